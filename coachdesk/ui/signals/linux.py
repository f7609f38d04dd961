"""Linux: what logind (system bus) and the desktop's screen lock (session bus) say over D-Bus.

Both buses are found as every program finds them (DBUS_SYSTEM_BUS_ADDRESS, DBUS_SESSION_BUS_ADDRESS). One that
is not there, or a machine without logind, is no error: what is heard of the other still locks. Whoever else
may speak on a bus can at worst lock the desk.
"""

import logging
import os
from collections.abc import Callable, Sequence
from typing import Any

import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal, Slot

log = logging.getLogger(__name__)

LOGIN = "org.freedesktop.login1"
MANAGER_PATH, MANAGER = "/org/freedesktop/login1", f"{LOGIN}.Manager"
SESSION = f"{LOGIN}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
OWN_SESSION = "auto"
"""The session we run in, or, started by the user's own services, the one the user sees (systemd 246)."""
TIMEOUT_MS = 5_000  # for an answer that nobody waits for


class _Login(QObject):
    """Asks logind; `system` is the address of a bus other than this computer's."""

    def __init__(self, parent: QObject, system: str) -> None:
        from PySide6 import QtDBus  # 6 ms; nothing on the way to the first page needs it

        super().__init__(parent)
        self._dbus: Any = QtDBus
        self._inhibitor: Any = None  # while it is held, the computer waits
        self._waiting: dict[QObject, tuple[str, Callable[[Any], None]]] = {}  # questions on their way
        self._names: list[str] = []
        self._system = self._bus(system or QtDBus.QDBusConnection.BusType.SystemBus)

    def close(self) -> None:
        """Hear nothing more, and let the computer do as it likes.

        This object goes first: a connection that ends while who listens to it still lives lets go of them on
        its own thread, and calls into Python from there without the interpreter's lock (PySide6 6.11).
        """
        for watcher in self._waiting:
            watcher.setParent(None)  # ours alone now: it goes with the next line, and its answer with it
        self._waiting.clear()
        self._inhibitor = None
        if shiboken6.isValid(self):
            shiboken6.delete(self)
        for name in self._names:
            self._dbus.QDBusConnection.disconnectFromBus(name)

    def _bus(self, which: object) -> Any:
        """A connection of our own: others in this process are not ours to close."""
        self._names.append(f"coachdesk-{id(self)}-{len(self._names)}")
        return self._dbus.QDBusConnection.connectToBus(which, self._names[-1])

    def _inhibit(self, what: str, why: str, how: str) -> None:
        self._ask("Inhibit", [what, "coachdesk", why, how], self._hold)

    def _hold(self, answer: Any) -> None:
        self._inhibitor = answer

    def _ask(self, method: str, words: Sequence[object], then: Callable[[Any], None]) -> None:
        """Ask logind without waiting for it."""
        call = self._dbus.QDBusMessage.createMethodCall(LOGIN, MANAGER_PATH, MANAGER, method)
        call.setArguments(list(words))
        watcher = self._dbus.QDBusPendingCallWatcher(self._system.asyncCall(call, TIMEOUT_MS), self)
        self._waiting[watcher] = method, then
        watcher.finished.connect(self._answered)

    def _answered(self, watcher: Any) -> None:
        method, then = self._waiting.pop(watcher)
        if watcher.isError():
            log.warning("login-%s-refused", method.lower())
        else:
            then(watcher.reply().arguments()[0])
        watcher.deleteLater()  # it holds the answer, and with it what keeps the computer awake


class LinuxStay(_Login):
    """While it is not closed the computer is not switched off by a click; the desktop shows `why`."""

    def __init__(self, parent: QObject, why: str, system: str = "") -> None:
        super().__init__(parent, system)
        if self._system.isConnected():
            self._inhibit("shutdown", why, "block")


class LinuxSignals(_Login):
    """Emits `gone` with why: "screen", "sleep", "session" or "user". The computer sleeps once it is closed.

    `system` and `session` are the addresses of buses other than the ones of this computer and this user.
    """

    gone = Signal(str)

    def __init__(self, parent: QObject, system: str = "", session: str = "") -> None:
        super().__init__(parent, system)
        self._sessions: set[str] = set()
        users = self._bus(session or self._dbus.QDBusConnection.BusType.SessionBus)
        if users.isConnected():
            self._listen_to_screen(users)
        if self._system.isConnected():
            self._listen_to_login()

    def _listen_to_screen(self, bus: Any) -> None:
        for interface in SCREEN_SAVERS:  # whichever runs, and wherever it puts its object
            bus.connect("", "", interface, "ActiveChanged", self, QtCore.SLOT("_on_screen(bool)"))

    def _listen_to_login(self) -> None:
        self._system.connect(
            LOGIN, MANAGER_PATH, MANAGER, "PrepareForSleep", self, QtCore.SLOT("_on_sleep(bool)")
        )
        self._inhibit("sleep", self.tr("Locks before the computer sleeps"), "delay")
        for session in filter(None, dict.fromkeys((os.environ.get("XDG_SESSION_ID"), OWN_SESSION))):
            self._ask("GetSession", [session], self._listen_to_session)

    def _listen_to_session(self, answer: Any) -> None:
        path = answer.path()
        if path in self._sessions:
            return
        self._sessions.add(path)
        self._system.connect(LOGIN, path, SESSION, "Lock", self, QtCore.SLOT("_on_session_lock()"))
        changed = QtCore.SLOT("_on_session_changed(QString,QVariantMap,QStringList)")
        self._system.connect(LOGIN, path, PROPERTIES, "PropertiesChanged", self, changed)

    @Slot(bool)
    def _on_screen(self, locked: bool) -> None:
        if locked:
            self.gone.emit("screen")

    @Slot(bool)
    def _on_sleep(self, _begins: bool) -> None:
        """Before it, and after one that did not wait for us."""
        self.gone.emit("sleep")

    @Slot()
    def _on_session_lock(self) -> None:
        self.gone.emit("session")

    @Slot(str, "QVariantMap", "QStringList")
    def _on_session_changed(self, interface: str, values: dict[str, object], _stale: list[str]) -> None:
        if interface == SESSION and values.get("Active") is False:
            self.gone.emit("user")
