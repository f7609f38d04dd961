"""While the desk is open: what looks after it when the coach goes away, besides the idle minutes."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from coachdesk.ui.clipboard import Clipboard
from coachdesk.ui.signals import seam


class Away(QObject):
    """Calls `lock` when the operating system says that the coach went away, a visit or not; keeps the
    clipboard clean meanwhile."""

    def __init__(self, parent: QObject, lock: Callable[[], None]) -> None:
        super().__init__(parent)
        self.clipboard = Clipboard(self)
        self.signals = seam.listen(self)
        if self.signals:
            self.signals.gone.connect(lambda _why: lock())

    def close(self) -> None:
        """The desk is closed: hear nothing more, and leave nothing on the clipboard."""
        self.clipboard.close()
        if self.signals:
            self.signals.close()
        self.deleteLater()
