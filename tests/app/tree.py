"""The accessible tree of a window, read level by level, and what a screen reader would stumble over."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from jeepney import DBusAddress, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection
from jeepney.low_level import HeaderFields

SPI = "org.a11y.atspi"
NAME = "Name"  # a property; all else that is asked for is a method
SERIAL = 8  # where it lies in a message
FOCUSABLE, SHOWING = 11, 25  # AtspiStateType
LABELLED_BY = 2  # AtspiRelationType
PATIENCE = 20.0  # seconds
NO_ROLE = {"", "filler", "unknown", "invalid", "redundant object"}
CONTROLS = {
    *("push button", "toggle button", "check box", "radio button", "text", "password text", "entry"),
    *("combo box", "spin button", "slider", "table", "tree", "tree table", "list", "menu item"),
    *("page tab", "link", "calendar"),
}
CELLS = {"cell", "table cell"}  # named after what stands in them, so an empty one has no name
PRESSED = {"push button", "toggle button", "check box", "radio button", "page tab", "menu item"}


@dataclass
class Part:
    """One part of a window that shows, with the parts in it."""

    owner: str
    path: str
    name: str = ""
    role: str = ""
    states: int = 0
    labelled: bool = False
    inside: list["Part"] = field(default_factory=list)

    def is_(self, state: int) -> bool:
        return bool(self.states >> state & 1)

    def below(self, way: str = "") -> Iterator[tuple[str, "Part"]]:
        """It and all in it, each with the way to it."""
        way = f"{way}/{self.role} {self.name!r}"
        yield way, self
        for part in self.inside:
            yield from part.below(way)


def tree(bus: DBusConnection, owner: str, path: str) -> Part:
    """All that shows, from there on."""
    root = Part(owner, path)
    _fill(bus, [root])
    level = [root]
    while level:
        level = _next_level(bus, level)
    return root


def findings(root: Part) -> list[str]:
    """A sentence for each thing that is wrong; none for a window in which everybody finds the way."""
    found = []
    for way, part in root.below():
        found += [f"{problem}: {way}" for problem in _problems(part)]
    return found


def _problems(part: Part) -> Iterator[str]:
    takes_focus = part.is_(FOCUSABLE) and part.role not in CELLS
    if not part.name.strip() and (takes_focus or part.role in CONTROLS):
        yield "no name"
    if takes_focus and part.role in NO_ROLE:
        yield "no role"
    if takes_focus and part.role == "combo box" and not part.labelled:
        yield "no label"
    alike = Counter((each.role, each.name) for each in part.inside if each.role in PRESSED and each.name)
    for (role, name), count in alike.items():
        if count > 1:
            yield f"{count} of {role} {name!r} side by side"


def _next_level(bus: DBusConnection, level: Sequence[Part]) -> list[Part]:
    for part, answer in zip(level, _answers(bus, level, "GetChildren"), strict=True):
        part.inside = [Part(owner, path) for owner, path in (answer[0] if answer else ())]
    _fill(bus, [part for above in level for part in above.inside])
    for above in level:
        above.inside = [part for part in above.inside if part.is_(SHOWING)]
    return [part for above in level for part in above.inside]


def _fill(bus: DBusConnection, parts: Sequence[Part]) -> None:
    """What is to be known of each of them; of what does not show, only that."""
    for part, answer in zip(parts, _answers(bus, parts, "GetState"), strict=True):
        low, high = answer[0] if answer else (0, 0)
        part.states = low | high << 32
    shown = [part for part in parts if part.is_(SHOWING)]
    for part, answer in zip(shown, _answers(bus, shown, "GetRoleName"), strict=True):
        part.role = answer[0] if answer else ""
    for part, answer in zip(shown, _answers(bus, shown, NAME), strict=True):
        part.name = answer[0][1] if answer else ""
    boxes = [part for part in shown if part.role == "combo box"]
    for part, answer in zip(boxes, _answers(bus, boxes, "GetRelationSet"), strict=True):
        part.labelled = any(kind == LABELLED_BY for kind, _others in (answer[0] if answer else ()))


@cache
def _asked(owner: str, path: str, what: str) -> bytes:
    """A question as it goes over the bus, but for its number: the same parts are asked again and again."""
    part = DBusAddress(path, owner, f"{SPI}.Accessible")
    message = Properties(part).get(NAME) if what == NAME else new_method_call(part, what)
    return message.serialise(serial=1)


def _answers(bus: DBusConnection, parts: Sequence[Part], what: str) -> list[tuple[object, ...] | None]:
    """The answer of each, None where it has gone: all are asked at once, before the first is waited for."""
    waiting = {next(bus.outgoing_serial): number for number in range(len(parts))}
    answers: list[tuple[object, ...] | None] = [None] * len(parts)
    raw = (_asked(part.owner, part.path, what) for part in parts)
    bus.sock.sendall(
        b"".join(
            each[:SERIAL] + serial.to_bytes(4, sys.byteorder) + each[SERIAL + 4 :]
            for serial, each in zip(waiting, raw, strict=True)
        )
    )
    while waiting:
        heard = bus.receive(timeout=PATIENCE)
        number = waiting.pop(heard.header.fields.get(HeaderFields.reply_serial, -1), None)
        if number is not None and heard.header.message_type is MessageType.method_return:
            answers[number] = heard.body
    return answers
