"""What an assistive technology sees: the accessible tree, asked over the accessibility bus."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jeepney import (
    DBusAddress,
    DBusErrorResponse,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    Properties,
    message_bus,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_SPI = "org.a11y.atspi"
_TIMEOUT = 5.0
_FOCUS_TIMEOUT = 1.0
FOCUSED, SHOWING, ENABLED, SELECTED = 12, 25, 8, 23  # AtspiStateType
_SCREEN = 0


class Gone(Exception):
    """The program, or that part of it, is no longer there."""


@dataclass(frozen=True)
class Node:
    """One part of a window."""

    bus: DBusConnection
    owner: str
    path: str

    @property
    def name(self) -> str:
        return str(self._property("Accessible", "Name"))

    @property
    def role(self) -> str:
        return str(self._call("Accessible", "GetRoleName"))

    def is_(self, state: int) -> bool:
        low, high = self._call("Accessible", "GetState")
        return bool((low | high << 32) >> state & 1)

    @property
    def room(self) -> tuple[int, int, int, int]:
        """Where it is on the screen, also where that is scrolled out of sight: x, y, width, height."""
        return self._call("Component", "GetExtents", "u", (_SCREEN,))

    @property
    def centre(self) -> tuple[int, int]:
        x, y, width, height = self.room
        return x + width // 2, y + height // 2

    @property
    def text(self) -> str:
        return str(self._call("Text", "GetText", "ii", (0, -1)))

    def children(self) -> list["Node"]:
        return [Node(self.bus, owner, path) for owner, path in self._call("Accessible", "GetChildren")]

    def below(self) -> Iterator["Node"]:
        """All parts of it that are showing, itself first."""
        yield self
        for child in self.children():
            if child.is_(SHOWING):
                yield from child.below()

    def _property(self, interface: str, name: str) -> object:
        address = DBusAddress(self.path, self.owner, f"{_SPI}.{interface}")
        return _answer(self.bus, Properties(address).get(name))[0][1]

    def _call(self, interface, method, signature=None, words=()):
        address = DBusAddress(self.path, self.owner, f"{_SPI}.{interface}")
        answer = _answer(self.bus, new_method_call(address, method, signature, words))
        return answer[0] if len(answer) == 1 else answer


def _answer(bus, message):
    reply = bus.send_and_get_reply(message, timeout=_TIMEOUT)
    if reply.header.message_type is MessageType.error:
        raise Gone(DBusErrorResponse(reply).name)
    return reply.body


class Ears:
    """Hears where the keyboard goes."""

    RULE = MatchRule(type="signal", interface=f"{_SPI}.Event.Object", member="StateChanged")

    def __init__(self, bus: DBusConnection) -> None:
        self._bus = bus
        registry = DBusAddress("/org/a11y/atspi/registry", f"{_SPI}.Registry", f"{_SPI}.Registry")
        wanted = ("object:state-changed:focused", [], "")
        _answer(bus, new_method_call(registry, "RegisterEvent", "sass", wanted))
        _answer(bus, message_bus.AddMatch(self.RULE))
        self._heard: deque[Message] = bus.filter(self.RULE, bufsize=1000).__enter__()

    def focus_after(self, act: Callable[[], None]) -> Node | None:
        """What has the keyboard once `act` has had its effect; None where it had none."""
        self._heard.clear()
        act()
        try:
            while True:
                heard = self._bus.recv_until_filtered(self._heard, timeout=_FOCUS_TIMEOUT)
                if heard.body[:2] == ("focused", 1):
                    fields = heard.header.fields
                    return Node(self._bus, fields[HeaderFields.sender], fields[HeaderFields.path])
        except TimeoutError:
            return None


def accessibility_bus(session_address: str) -> DBusConnection:
    with open_dbus_connection(session_address) as session:
        asked = new_method_call(DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus"), "GetAddress")
        (address,) = _answer(session, asked)
    return open_dbus_connection(address)


def programs(bus: DBusConnection) -> list[Node]:
    """Everything that has windows."""
    return Node(bus, f"{_SPI}.Registry", "/org/a11y/atspi/accessible/root").children()
