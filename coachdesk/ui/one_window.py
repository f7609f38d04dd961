"""One window a vault: a second start asks the first window to come forward, and ends.

They meet at a socket in a folder that only this user may enter, named after the vault's folder itself and
not after one of its paths. Where there is no such place (Windows has no sockets of this kind in Python), or
the first does not answer, the second goes on: the vault's lock lets it no further than the first page.
"""

import logging
import os
import stat
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from coachdesk.paths import Folders

log = logging.getLogger(__name__)

LONGEST = 100  # bytes of a socket's path
PATIENCE = 1.0  # seconds for the first window to answer
GLANCE = 0.2  # seconds for what the second says: it said it before it waits
ANSWER = b"here"
MOST = 4096  # bytes of a message
TOKENS = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""What a desktop gives to a program that it starts, so that it may take the keyboard."""


def meeting_place(place: Folders) -> Path | None:
    """Where the windows of the vault in `place` meet; None where they cannot."""
    if os.name != "posix" or not place.data.is_dir():
        return None
    vault = place.data.stat()
    runtime = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    folder = runtime if runtime.is_absolute() and _is_private(runtime) else place.state
    path = folder / f"coachdesk-{vault.st_dev:x}-{vault.st_ino:x}.sock"
    return path if len(os.fsencode(path)) <= LONGEST else None


def call_first(place: Folders, patience: float = PATIENCE) -> bool:
    """Ask the window that shows the vault in `place` to come forward; whether it said so within `patience`
    seconds."""
    path = meeting_place(place)
    if path is None or not path.exists():
        return False
    import socket  # most have no other window, and it keeps the first page waiting

    token = next((os.environ[name] for name in TOKENS if os.environ.get(name)), "")
    try:
        with socket.socket(socket.AF_UNIX) as other:
            other.settimeout(patience)
            other.connect(os.fspath(path))
            other.sendall(os.fsencode(token)[:MOST])
            other.shutdown(socket.SHUT_WR)
            return other.recv(len(ANSWER)) == ANSWER
    except OSError:
        return False


class FirstWindow(QObject):
    """Emits `called` with the desktop's token when a second start asks for this window.

    Make it after the first paint. If another window holds the place already it is left to that one.
    """

    called = Signal(str)

    def __init__(self, parent: QObject, place: Folders) -> None:
        super().__init__(parent)
        self._socket = self._notifier = None
        path = meeting_place(place)
        if path is None or call_first(place):
            return
        import socket

        listening = socket.socket(socket.AF_UNIX)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.unlink(missing_ok=True)  # of a window that is gone
            listening.bind(os.fspath(path))
            listening.listen()
        except OSError:
            log.warning("no-meeting-place")
            listening.close()
            return
        self._path, self._socket = path, listening
        self._notifier = QSocketNotifier(listening.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_called)

    def close(self) -> None:
        """Be found no longer."""
        if self._socket and self._notifier:
            self._notifier.setEnabled(False)
            self._path.unlink(missing_ok=True)
            self._socket.close()
            self._socket = None

    def _on_called(self) -> None:
        if self._socket is None:
            return
        try:
            other, _nowhere = self._socket.accept()
            with other:
                other.settimeout(GLANCE)
                token = os.fsdecode(other.recv(MOST))
                other.sendall(ANSWER)
        except OSError:
            log.warning("call-not-understood")
            return
        self.called.emit(token)


def _is_private(folder: Path) -> bool:
    """Whether nobody else may enter it."""
    try:
        found = folder.stat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
