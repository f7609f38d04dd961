"""Backups: when the last was made and where, one more now, one brought back, and a second folder."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from coachdesk.errors import Cancelled, CoachdeskError
from coachdesk.services import backups, restoring
from coachdesk.services.backups import Elsewhere, State
from coachdesk.services.desk import Desk
from coachdesk.ui import messages, theme
from coachdesk.ui.background import Background, Job, Report
from coachdesk.ui.backing_up import second_folder
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.restoring import words
from coachdesk.ui.restoring.ask import Ask, ask_for_folder
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading


class Backups(QWidget):
    """Emits `restore_wanted`; `warned` says that a choice could not be kept."""

    restore_wanted = Signal()
    warned = Signal(str)

    def __init__(self, desk: Desk, preferences: Preferences, ask: Ask = ask_for_folder) -> None:
        super().__init__()
        self.setObjectName("backups")
        self._desk, self.preferences, self._ask = desk, preferences, ask
        self._background = Background(self)
        self._job: Job | None = None
        self._asked: object = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(self._backup_card())
        column.addWidget(self._second_card())
        column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask how it stands; a stick may take a moment to answer."""
        desk, second = self._desk, second_folder(self.preferences)
        self._asked = asked = object()

        def show(state: State) -> None:
            if asked is self._asked:  # an older answer may come later, and is about another folder
                self._show(state)

        self._background.run(lambda: backups.state(desk, second), self._if_here(show))

    def back_up(self) -> None:
        """Make one now, whether or not anything was written."""
        second = second_folder(self.preferences)
        self._begin(
            self.tr("Making a backup…"),
            lambda report: backups.back_up(self._desk, second, report),
            self.tr("Backup made and verified."),
        )

    def test(self) -> None:
        """Test the newest."""

        def work(report: Report) -> None:
            newest = backups.newest(self._desk)
            restoring.test(restoring.opened(newest, desk=self._desk), report)

        whole = self.tr("The last backup is whole: every byte and every record was looked at.")
        self._begin(self.tr("Testing the last backup…"), work, whole)

    def _begin(self, doing: str, work: Callable[[Report], object], done: str) -> None:
        if self._job:
            return
        self.outcome.clear()
        self._set_busy(doing)
        self._job = self._background.run_long(
            work,
            self._if_here(lambda _answer: self._ended(done)),
            self._if_here(self._failed),
            self._if_here(self._show_progress),
        )

    def _ended(self, done: str) -> None:
        self._job = None
        self._set_busy("")
        if done:
            self.outcome.say(done, "success")
        self.refresh()

    def _failed(self, error: BaseException) -> None:
        self._ended("")
        if not isinstance(error, Cancelled):
            messages.note(error)
            self.outcome.say(messages.words(error), "danger")

    def _show_progress(self, done: int, of: int) -> None:
        self.progress.setRange(0, of)
        self.progress.setValue(done)

    def _set_busy(self, doing: str) -> None:
        at = self.now_button.hasFocus() or self.test_button.hasFocus()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(doing)
        self.progress.setVisible(bool(doing))
        self.stop_button.setVisible(bool(doing))
        if doing and at:
            self.stop_button.setFocus()
        for part in (self.now_button, self.test_button, self.restore_button):
            part.setEnabled(not doing)
        if not doing:
            self.now_button.setFocus()

    def _stop(self) -> None:
        if self._job:
            self._job.stop()

    def _show(self, state: State) -> None:
        if state.last is None:
            self.last.setText(self.tr("None yet. One is made soon after you begin, and when you quit."))
        else:
            said = (
                self.tr("Last: {when}. It is the only one, in {folder}.")
                if state.count == 1
                else self.tr("Last: {when}. There are {count}, in {folder}.")
            )
            last = words.when(state.last, date.today())
            self.last.setText(said.format(when=last, count=state.count, folder=state.folder))
        self.test_button.setEnabled(state.last is not None and self._job is None)
        self.kept.setVisible(state.all_are_kept)
        self._show_second(state.second)

    def _show_second(self, how: Elsewhere) -> None:
        chosen = second_folder(self.preferences)
        self.folder.setText(str(chosen) if chosen else self.tr("None is chosen."))
        self.folder_state.setText(
            {
                Elsewhere.NOT_WANTED: "",
                Elsewhere.THERE: self.tr("The last backup is there too."),
                Elsewhere.WAITS: self.tr("The last backup is copied there with the next one, or now."),
                Elsewhere.ABSENT: self.tr("It is not there just now. It gets the newest when it is back."),
                Elsewhere.FULL: self.tr("There is no room left in it."),
                Elsewhere.REFUSED: self.tr("It could not be written. Choose another, or check its rights."),
            }[how]
        )
        self.folder_state.setVisible(chosen is not None and bool(self.folder_state.text()))
        self.forget_button.setVisible(chosen is not None)

    def _choose(self) -> None:
        if path := self._ask(self):
            self._change(path)

    def _forget(self) -> None:
        self.choose_button.setFocus()
        self._change("")

    def _change(self, path: str) -> None:
        try:
            self.preferences.change(second_folder=path)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
        if path:
            self._copy()
        self.refresh()

    def _copy(self) -> None:
        desk, second = self._desk, second_folder(self.preferences)
        self._background.run(
            lambda: backups.back_up_if_changed(desk, second), self._if_here(self._show_second), self._failed
        )

    def _backup_card(self) -> Card:
        card = Card(gap=theme.SPACE["sm"])
        self.last = Text("")
        self.last.setObjectName("last_backup")
        makes = self.tr(
            "Coachdesk makes one soon after you unlock, every half hour and when you quit, if anything "
            "changed. Each is read again before it counts. All of the last two days are kept, then one a day "
            "for twelve days, one a week for ten weeks and one a month for nine months."
        )
        self.kept = Notice("info", name="all_backups_kept")
        self.kept.say(
            self.tr("Just now none is deleted: Hold is on, or much less is in your notes than there was.")
        )
        self.outcome = Notice("success", name="backups_outcome")
        self.progress = QProgressBar()
        self.progress.setObjectName("backups_progress")
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.now_button = button(self.tr("Back up now"), "save", name="back_up_now")
        self.now_button.clicked.connect(self.back_up)
        self.test_button = button(self.tr("Test the last backup"), "shield-check", name="test_last_backup")
        self.test_button.clicked.connect(self.test)
        self.stop_button = button(self.tr("Stop"), "x", name="stop_backup")
        self.stop_button.clicked.connect(self._stop)
        self.stop_button.hide()
        self.restore_button = button(self.tr("Restore…"), "archive-restore", name="restore")
        self.restore_button.clicked.connect(self.restore_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["sm"])
        for part in (self.now_button, self.test_button, self.restore_button, self.stop_button):
            row.addWidget(part)
        row.addStretch(1)
        card.column.addWidget(heading(self.tr("Backups"), 3))
        card.column.addWidget(self.last)
        card.column.addWidget(Text(makes, "caption", "muted"))
        card.column.addWidget(self.kept)
        card.column.addWidget(self.outcome)
        card.column.addWidget(self.progress)
        card.column.addLayout(row)
        return card

    def _second_card(self) -> Card:
        card = Card(gap=theme.SPACE["xs"])
        why = self.tr(
            "A USB stick, or a folder that a syncing program keeps: each backup is one finished, encrypted "
            "file, so both are safe for it. One such file and its passphrase are enough on a new computer."
        )
        self.folder = Text("")
        self.folder.setObjectName("second_folder")
        self.folder_state = Text("", "caption", "muted")
        self.folder_state.setObjectName("second_folder_state")
        self.choose_button = button(self.tr("Choose a folder…"), "folder-open", name="choose_second_folder")
        self.choose_button.clicked.connect(self._choose)
        self.forget_button = button(self.tr("Copy there no longer"), "x", name="forget_second_folder")
        self.forget_button.clicked.connect(self._forget)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(self.choose_button)
        row.addWidget(self.forget_button)
        row.addStretch(1)
        card.column.addWidget(heading(self.tr("Second folder"), 3))
        card.column.addWidget(Text(why, "body", "muted"))
        card.column.addWidget(self.folder)
        card.column.addWidget(self.folder_state)
        card.column.addSpacing(theme.SPACE["xs"])
        card.column.addLayout(row)
        return card

    def _if_here(self, call: Callable[..., object]) -> Callable[..., None]:
        """The page may be gone by the time an answer comes."""

        def answer(*told: object) -> None:
            if isValid(self):
                call(*told)

        return answer
