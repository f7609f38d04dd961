"""What is copied from the program: marked as confidential, and taken back after a minute and at lock."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

SECONDS = 60
KDE = "x-kde-passwordManagerHint"
_WINDOWS = 'application/x-qt-windows-mime;value="{name}"'
MARKS = {
    KDE: b"secret",
    _WINDOWS.format(name="ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format(name="CanIncludeInClipboardHistory"): bytes(4),
    _WINDOWS.format(name="CanUploadToCloudClipboard"): bytes(4),
}
"""What clipboard histories that mind it go by: Klipper and others that follow its hint; the histories of
Windows and its clouds. macOS wants a converter written in C++."""


class Clipboard(QObject):
    """Looks after the clipboard for as long as the desk is open.

    `ours` says whether what is on it came from this program; `seconds` is how long it may stay.
    """

    def __init__(
        self, parent: QObject, seconds: float = SECONDS, ours: Callable[[], bool] | None = None
    ) -> None:
        super().__init__(parent)
        self._board = QGuiApplication.clipboard()
        self._is_ours = ours or self._board.ownsClipboard
        self._left = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        self._left.timeout.connect(self.clear)
        self._board.dataChanged.connect(self._on_changed)

    def clear(self) -> None:
        """Take back what was copied here, unless something else was copied since."""
        self._left.stop()
        held = self._board.mimeData()
        if self._is_ours() and held and held.hasFormat(KDE):
            self._board.clear()

    def close(self) -> None:
        """Take it back, and look after the clipboard no longer."""
        self.clear()
        self._board.dataChanged.disconnect(self._on_changed)

    def _on_changed(self) -> None:
        """As text alone: a copy of a page in every form it could be asked for would be made at once."""
        copied = self._board.mimeData()
        if not self._is_ours():
            self._left.stop()
        elif copied and copied.hasText() and not copied.hasFormat(KDE):
            self._board.setMimeData(_marked(copied.text()))
            self._left.start()


def _marked(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    for kind, mark in MARKS.items():
        data.setData(kind, mark)
    return data
