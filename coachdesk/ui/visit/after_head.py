"""The head of an ended visit's page: with whom and when, whether all is saved, and the one key to be done."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.model.visits import NoteState
from coachdesk.services.notes import NoteFile
from coachdesk.ui import dates, labels, stamped, theme
from coachdesk.ui.saving import SaveState
from coachdesk.ui.visit import words
from coachdesk.ui.widgets.buttons import button, primary, quiet
from coachdesk.ui.widgets.text import Text, muted

LATER_KEYS = "Alt+L"
REFUSED = 420  # pixels beside the date for why something is not saved


class AfterHead(QWidget):
    """Later and Finish for a note to finish; Reopen for a finished one; nothing for a closed one."""

    later = Signal()
    finish = Signal()
    reopen = Signal()
    back = Signal()
    versions = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = Text("", "h2", bold=True)
        self.about = muted()
        self.state = SaveState(room=REFUSED)
        self.back_button = quiet(self.tr("Back"), "arrow-left", name="leave_note")
        self.back_button.clicked.connect(self.back)
        self.versions_button = quiet(self.tr("Earlier versions"), "archive-restore", name="earlier_versions")
        self.versions_button.clicked.connect(self.versions)
        self.later_button = button(self.tr("Later"), "clock", name="later")
        self.later_button.clicked.connect(self.later)
        self.reopen_button = button(self.tr("Reopen"), "undo-2", name="reopen_note")
        self.reopen_button.clicked.connect(self.reopen)
        self.finish_button = primary(self.tr("Finish visit"), "check", name="finish_visit")
        self.finish_button.clicked.connect(self.finish)
        later, finish = self.tr("Finish it another time ({keys})"), self.tr("Nothing is required ({keys})")
        self.later_button.setToolTip(later.format(keys=LATER_KEYS))
        self.finish_button.setToolTip(finish.format(keys="Ctrl+Enter"))
        top, below = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(theme.SPACE["sm"])
        top.addWidget(self.title, 1)
        for each in (self.versions_button, self.back_button, self.later_button):
            top.addWidget(each)
        top.addWidget(self.reopen_button)
        top.addWidget(self.finish_button)
        below.setSpacing(theme.SPACE["md"])
        below.addWidget(self.about, 1)
        below.addWidget(self.state)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xxs"])
        column.addLayout(top)
        column.addLayout(below)

    def show_note(self, file: NoteFile, today: date) -> None:
        """Say with whom it was, where, when and whether shared, and offer what can be done with its note."""
        event = file.card.event
        self.title.setText(self.tr("Visit note · {name}").format(name=labels.people(event.names)))
        minutes = self.tr("{number} min").format(number=event.minutes)
        shared = stamped.newest(file.shared, today)
        facts = (dates.day(file.started.date()), *words.place(file.card), minutes, self._state(file), shared)
        whole = (fact.replace(" ", "\u00a0") for fact in facts if fact)  # a fact is not broken over two lines
        self.about.setText(" · ".join(whole))
        draft = file.state is NoteState.DRAFT
        self.later_button.setVisible(draft)
        self.finish_button.setVisible(draft)
        self.reopen_button.setVisible(file.state is NoteState.FINISHED and not file.closed)
        self.back_button.setVisible(not draft)

    def _state(self, file: NoteFile) -> str:
        if file.closed:
            return labels.label(NoteState.CLOSED)
        if file.state is NoteState.FINISHED:
            return labels.label(NoteState.FINISHED)
        return self.tr("To finish")
