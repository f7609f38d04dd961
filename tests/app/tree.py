"""The accessible tree of a window, read level by level, and what a screen reader would stumble over."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jeepney import DBusAddress, Message, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection
from jeepney.low_level import HeaderFields

SPI = "org.a11y.atspi"
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
    asked = [_call(part, "Accessible", "GetChildren") for part in level]
    for part, answer in zip(level, _answers(bus, asked), strict=True):
        part.inside = [Part(owner, path) for owner, path in (answer[0] if answer else ())]
    _fill(bus, [part for above in level for part in above.inside])
    for above in level:
        above.inside = [part for part in above.inside if part.is_(SHOWING)]
    return [part for above in level for part in above.inside]


def _fill(bus: DBusConnection, parts: Sequence[Part]) -> None:
    """What is to be known of each of them; of what does not show, only that."""
    states = _answers(bus, [_call(part, "Accessible", "GetState") for part in parts])
    for part, answer in zip(parts, states, strict=True):
        low, high = answer[0] if answer else (0, 0)
        part.states = low | high << 32
    shown = [part for part in parts if part.is_(SHOWING)]
    for part, answer in zip(
        shown, _answers(bus, [_call(part, "Accessible", "GetRoleName") for part in shown]), strict=True
    ):
        part.role = answer[0] if answer else ""
    for part, answer in zip(shown, _answers(bus, [_name(part) for part in shown]), strict=True):
        part.name = answer[0][1] if answer else ""
    boxes = [part for part in shown if part.role == "combo box"]
    relations = _answers(bus, [_call(part, "Accessible", "GetRelationSet") for part in boxes])
    for part, answer in zip(boxes, relations, strict=True):
        part.labelled = any(kind == LABELLED_BY for kind, _others in (answer[0] if answer else ()))


def _name(part: Part) -> Message:
    return Properties(DBusAddress(part.path, part.owner, f"{SPI}.Accessible")).get("Name")


def _call(part: Part, interface: str, method: str) -> Message:
    return new_method_call(DBusAddress(part.path, part.owner, f"{SPI}.{interface}"), method)


def _answers(bus: DBusConnection, asked: Sequence[Message]) -> list[tuple[object, ...] | None]:
    """The answer to each, None where that part has gone: all are asked before the first is waited for."""
    waiting: dict[int, int] = {}
    answers: list[tuple[object, ...] | None] = [None] * len(asked)
    for number, message in enumerate(asked):
        serial = next(bus.outgoing_serial)
        waiting[serial] = number
        bus.send(message, serial=serial)
    while waiting:
        heard = bus.receive(timeout=PATIENCE)
        number = waiting.pop(heard.header.fields.get(HeaderFields.reply_serial, -1), None)
        if number is not None and heard.header.message_type is MessageType.method_return:
            answers[number] = heard.body
    return answers
