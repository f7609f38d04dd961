"""On the page of an archived teacher: their file is deleted for good, once what goes was read."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from coachdesk.services import forgetting, hold
from coachdesk.services.desk import Desk
from coachdesk.services.forgetting import Going
from coachdesk.ui import labels
from coachdesk.ui.leaving.question import Question
from coachdesk.ui.leaving.working import Working
from coachdesk.ui.widgets.buttons import button, quiet
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading


class ForgetCard(Working):
    """`gone` says that the file is deleted and all was read about it; `asking` that the room is needed."""

    gone = Signal()
    asking = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__("forget_teacher")
        self._desk = desk
        self._teacher: UUID | None = None
        what = self.tr(
            "For a teacher whose file you no longer keep. You are shown first what goes and what stays; a "
            "backup is made before."
        )
        self._what = Text(what, "body", "muted")
        self.asking.connect(self._what.setHidden)
        self.look_button = button(
            self.tr("Delete this file…"), "user-x", name="look_before_forgetting", kind="danger"
        )
        self.look_button.clicked.connect(self.look)
        row = QHBoxLayout()
        row.addWidget(heading(self.tr("Delete this file for good"), 3), 1)
        row.addWidget(self.look_button)
        self.column.addLayout(row)
        self.column.addWidget(self._what)
        self._build_question()
        self._build_backups()
        self.add_foot()

    @property
    def is_telling(self) -> bool:
        """Whether something is being done, or was done and is to be read."""
        return self.is_busy or not self.old.isHidden()

    def show_teacher(self, teacher_id: UUID) -> None:
        """From now on it is about this one."""
        if teacher_id != self._teacher and not self.is_busy:
            self._teacher = teacher_id
            self.outcome.clear()
            self.old.hide()
            self.look_button.show()
            self.question.hide()
            self.asking.emit(False)

    def look(self) -> None:
        """Say what would go and what would stay, and ask."""
        if self._teacher is None or self.is_busy:
            return
        found = self._desk.ask(forgetting.going, self._teacher)
        if found.held:
            self.outcome.say(self.tr(hold.HELD), "warning")
            return
        self.outcome.clear()
        self.goes.say(self._goes(found), "danger")
        self.stays.say(self._stays(found), "info")
        self.look_button.hide()
        self.asking.emit(True)
        self.question.ask(self.keep_button)

    def put_away(self) -> None:
        """Nothing is deleted."""
        self.question.hide()
        self.look_button.show()
        self.asking.emit(False)
        self.look_button.setFocus()

    def forget(self) -> None:
        """Delete it."""
        desk, key = self._desk, self._teacher
        if key is None:
            return

        def work(_report: object) -> int:
            forgetting.delete_for_good(desk, key)
            return forgetting.older_backups(desk)

        self.question.hide()
        self.begin(self.tr("Keeping a backup, then deleting the file…"), work, self._forgotten, stops=False)

    def drop_backups(self) -> None:
        """Delete the backups in which the file still is."""
        desk = self._desk
        self.begin(
            self.tr("Making a new backup, then deleting the others…"),
            lambda _report: forgetting.drop_older_backups(desk),
            self._dropped,
            stops=False,
        )

    def offer(self, possible: bool) -> None:
        for part in (self.look_button, self.drop_button, self.leave_button):
            part.setEnabled(possible)

    def _forgotten(self, backups: int) -> None:
        self._teacher = None
        self.outcome.say(self.tr("The file is deleted, and wiped from the vault."), "success")
        still = self.tr(
            "Backups made until now still hold it ({count} here, and those in a second folder); they go with "
            "time, as they are thinned out. Or delete them now: a new one is made first. Backups in a second "
            "folder and archives that left are yours to delete."
        )
        self.old_words.setText(still.format(count=backups))
        self.look_button.hide()
        self.old.ask(self.leave_button)

    def _dropped(self, count: Any) -> None:
        self.old.hide()
        said = self.tr("Deleted {count} older backups; a new one is there.")
        self.outcome.say(said.format(count=count), "success")
        self.gone.emit()

    def _goes(self, found: Going) -> str:
        said = self.tr(
            "These go for good: the file of {name}, with events ({events}), notes ({notes}) and their lines "
            "({lines}), cycles ({cycles}), action steps ({steps}) and agreements ({agreements}); and all "
            "earlier versions of these."
        )
        facts = {
            "name": labels.person(found.name),
            "events": found.events,
            "notes": found.notes,
            "lines": found.lines,
            "cycles": found.cycles,
            "steps": found.steps,
            "agreements": found.agreements,
        }
        return said.format(**facts)

    def _stays(self, found: Going) -> str:
        said = [
            self.tr(
                "These stay: published pages ({pages}) with their figures, and the number of teachers a "
                "school year began with. Quarters not published yet are counted without this teacher."
            ),
            self.tr("Events together with others ({together}) stay with those.") if found.together else "",
            self.tr("{mentions} other notes hold this family name: search for it, and change them yourself.")
            if found.mentions
            else "",
        ]
        facts = {"pages": found.pages, "together": found.together, "mentions": found.mentions}
        return " ".join(filter(None, said)).format(**facts)

    def _build_question(self) -> None:
        self.goes, self.stays = Notice("danger", name="file_goes"), Notice("info", name="file_stays")
        self.forget_button = button(
            self.tr("Delete for good"), "user-x", name="forget_for_good", kind="danger"
        )
        self.forget_button.clicked.connect(self.forget)
        self.keep_button = quiet(self.tr("Keep the file"), name="keep_file")
        self.keep_button.clicked.connect(self.put_away)
        self.question = Question((self.goes, self.stays), (self.forget_button, self.keep_button))
        self.column.addWidget(self.question)

    def _build_backups(self) -> None:
        self.old_words = Text("")
        self.drop_button = button(
            self.tr("Delete the older backups"), "x", name="drop_older_backups", kind="danger"
        )
        self.drop_button.clicked.connect(self.drop_backups)
        self.leave_button = quiet(self.tr("Leave them"), name="leave_backups")
        self.leave_button.clicked.connect(self.gone)
        self.old = Question((self.old_words,), (self.drop_button, self.leave_button))
        self.column.addWidget(self.old)
