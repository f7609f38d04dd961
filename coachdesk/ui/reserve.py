"""Room on the disk that is kept for a last save: laid when there is time, and said when it was needed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from coachdesk.services.desk import Desk
from coachdesk.ui.background import Background

FIRST_MS, EVERY_MS = 5_000, 60_000


class Reserve(QObject):
    """Looks after the reserve of an open desk. `warn` says a sentence that stays until it is put away;
    `unsay` puts it away where it stands still."""

    def __init__(
        self, desk: Desk, warn: Callable[[str], object], unsay: Callable[[str], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._warn, self._unsay = desk, warn, unsay
        self._sentence = ""  # what was said last
        self._background = Background(self)
        self._said = self._busy = False
        self._timer = QTimer(self, interval=FIRST_MS)
        self._timer.timeout.connect(self.lay)

    def begin(self) -> None:
        """The desk is open."""
        if not self._timer.isActive():
            self._timer.start()

    def look(self) -> None:
        """Something was saved: where the reserve was needed for that, say so, once."""
        if self._desk.gave_room and not self._said:
            self._say(
                self.tr(
                    "The disk is full. What you typed was saved in room that coachdesk keeps for this. "
                    "Free some space on the disk now: the next time there may be none."
                )
            )

    def failed(self) -> None:
        """Something was not saved, and that is said where it was typed: nothing says the contrary beside."""
        self._said = True
        self._unsay(self._sentence)

    def lay(self) -> None:
        """Lay the reserve, or lay it again, where there is room for it."""
        self._timer.setInterval(EVERY_MS)
        if not self._busy:
            self._busy = True
            self._background.run(self._desk.keep_room, self._on_laid, self._on_failed)

    def _on_laid(self, laid: bool) -> None:
        self._busy = False
        if laid:
            self._said = False
        elif not self._said:
            self._say(
                self.tr(
                    "The disk is nearly full. Free some space, so that what you type can always be saved."
                )
            )

    def _on_failed(self, _error: BaseException) -> None:
        """The vault was closed meanwhile: there is nothing to look after."""
        self._timer.stop()

    def _say(self, sentence: str) -> None:
        self._said, self._sentence = True, sentence
        self._warn(sentence)
