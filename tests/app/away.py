"""A computer that says that the coach goes away: logind and a screen lock, on a bus of the test's own."""

import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

LOGIN = "org.freedesktop.login1"
MANAGER = DBusAddress("/org/freedesktop/login1", interface=f"{LOGIN}.Manager")
SESSION = "/org/freedesktop/login1/session/_37"
SCREEN = DBusAddress("/org/freedesktop/ScreenSaver", interface="org.freedesktop.ScreenSaver")
WAITS = (("sleep", "delay"), ("shutdown", "block"))
PATIENCE = 10.0  # seconds


@dataclass
class Computer:
    """Says things, and remembers what it was asked. Its one bus stands for the system's and the user's."""

    address: str
    bus: DBusConnection
    sessions: tuple[str, ...] = ("37", "auto")
    asked: list[str] = field(default_factory=list)
    _inhibitors: list[int] = field(default_factory=list)
    _promised: Event = field(default_factory=Event)
    _over: Event = field(default_factory=Event)

    def locks_screen(self, locked: bool = True, interface: str = SCREEN.interface or "") -> None:
        self._say(DBusAddress(SCREEN.object_path, interface=interface), "ActiveChanged", "b", (locked,))

    def falls_asleep(self, begins: bool = True) -> None:
        self._say(MANAGER, "PrepareForSleep", "b", (begins,))

    def locks_session(self, path: str = SESSION) -> None:
        self._say(DBusAddress(path, interface=f"{LOGIN}.Session"), "Lock")

    def changes_user(self, active: bool = False) -> None:
        changed = (f"{LOGIN}.Session", {"Active": ("b", active)}, [])
        self._say(
            DBusAddress(SESSION, interface="org.freedesktop.DBus.Properties"),
            "PropertiesChanged",
            "sa{sv}as",
            changed,
        )

    def is_held_awake(self) -> bool:
        """Whether somebody holds an inhibitor: its pipe has an end that is open."""
        return any(not _is_closed(end) for end in self._inhibitors)

    def sleeps_once_let(self) -> bool:
        """Wait until nobody holds the computer awake; False where that does not come."""
        return all(select.select([end], [], [], PATIENCE)[0] for end in self._inhibitors)

    def has_promised_to_wait(self) -> bool:
        """Wait until it has said that it will; who asked need not have heard it yet."""
        return self._promised.wait(PATIENCE)

    def answer(self) -> None:
        """Answer every question until it is over."""
        while not self._over.is_set():
            with suppress(TimeoutError):
                message = self.bus.receive(timeout=0.05)
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)

    def end(self) -> None:
        self._over.set()
        for end in self._inhibitors:
            os.close(end)

    def _answer(self, message: Message) -> None:
        method = message.header.fields[HeaderFields.member]
        self.asked.append(method)
        if method == "GetSession" and message.body[0] in self.sessions:
            self.bus.send(new_method_return(message, "o", (SESSION,)))
        elif method == "Inhibit" and (message.body[0], message.body[3]) in WAITS:
            ours, theirs = os.pipe()
            self._inhibitors.append(ours)
            self.bus.send(new_method_return(message, "h", (theirs,)))
            os.close(theirs)
            self._promised.set()
        else:
            self.bus.send(new_error(message, f"{LOGIN}.NoSuchSession"))

    def _say(self, what: DBusAddress, name: str, signature: str | None = None, body: tuple = ()) -> None:
        self.bus.send(new_signal(what, name, signature, body))


def _is_closed(end: int) -> bool:
    return bool(select.select([end], [], [], 0)[0])


@contextmanager
def computer() -> Iterator[Computer]:
    """One computer; its bus ends with it."""
    with _bus() as address, open_dbus_connection(address, enable_fds=True) as bus:
        bus.send_and_get_reply(message_bus.RequestName(LOGIN))
        one = Computer(address, bus)
        answering = Thread(target=one.answer)
        answering.start()
        try:
            yield one
        finally:
            one.end()
            answering.join()


@contextmanager
def _bus() -> Iterator[str]:
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as running:
        assert running.stdout is not None
        try:
            yield running.stdout.readline().strip()
        finally:
            running.terminate()
