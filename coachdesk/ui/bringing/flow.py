"""Bringing in a roster, step by step: choose or paste, name the columns where they are unknown, decide."""

from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError, MovedOn
from coachdesk.services import bringing, layouts, roster, upload
from coachdesk.services.desk import Desk
from coachdesk.services.incoming import Decision, Preview
from coachdesk.services.upload import ColumnMap, RosterFile, Sheet, Upload
from coachdesk.ui import messages
from coachdesk.ui.background import Background
from coachdesk.ui.bringing.choose import Ask, ChoosePage, ask_for_file
from coachdesk.ui.bringing.columns import ColumnsPage
from coachdesk.ui.bringing.decide import DecidePage

Looked = tuple[Upload, Sheet | None, RosterFile | None]


class BringIn(QWidget):
    """Emits `done` with what was Brought, or `skipped`. It can be shown anywhere, and used once or many
    times.

    `leave` is the word on the button that skips it; `ask` picks a file.
    """

    done = Signal(object)
    skipped = Signal()

    def __init__(self, desk: Desk, leave: str = "", ask: Ask = ask_for_file) -> None:
        super().__init__()
        self.setObjectName("bring_in_roster")
        self._desk = desk
        self._background = Background(self)
        self._asked = False  # which column is what
        self._school: UUID | None = None  # the one the list is about
        self._upload = Upload(b"")
        self._file: RosterFile | None = None
        self._preview: Preview | None = None
        self.choose = ChoosePage(leave or self.tr("Cancel"), ask)
        self.columns = ColumnsPage()
        self.decide = DecidePage()
        self._pages = QStackedWidget()
        for page in (self.choose, self.columns, self.decide):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.setFocusProxy(self.choose.choose_button)
        self._connect()

    @property
    def step(self) -> QWidget | None:
        """The page that is shown."""
        return self._pages.currentWidget()

    def start_over(self) -> None:
        """Go to the first step, everything forgotten."""
        self._upload, self._file, self._preview = Upload(b""), None, None
        self.choose.paste.clear()
        self._go_to(self.choose)

    def step_back(self) -> bool:
        """Go to the step before; False on the first, where there is none."""
        if self.step is self.choose:
            return False
        self._go_to(self.columns if self.step is self.decide and self._asked else self.choose)
        return True

    def open_file(self, path: Path) -> None:
        """Read the file at `path`, off the screen's thread, and go on with it."""
        self._look(lambda: upload.opened(path))

    def open_text(self, text: str) -> None:
        """Read a pasted list and go on with it."""
        self._look(lambda: upload.pasted(text))

    def _connect(self) -> None:
        self.choose.file_chosen.connect(self.open_file)
        self.choose.list_pasted.connect(self.open_text)
        self.choose.left.connect(self.skipped)
        self.columns.back.connect(self.step_back)
        self.columns.decided.connect(self._read)
        self.decide.back.connect(self.step_back)
        self.decide.school_chosen.connect(self._show_preview)
        self.decide.decided.connect(self._bring)

    def _look(self, make: Callable[[], Upload]) -> None:
        self._go_to(self.choose)
        self.choose.set_busy(self.tr("Reading the list…"))
        self._background.run(lambda: _looked(make()), self._on_looked, self._on_unreadable)

    def _on_looked(self, looked: Looked) -> None:
        self.choose.set_busy("")
        self._upload, sheet, file = looked
        self.decide.forget()
        self._asked = sheet is not None
        if sheet is not None:
            self.columns.show_sheet(sheet, self._desk.ask(layouts.remembered, sheet))
            self._go_to(self.columns)
        elif file is not None:
            self._decide_about(file)

    def _on_unreadable(self, error: BaseException) -> None:
        messages.note(error)
        self.choose.refuse(messages.words(error))

    def _read(self, columns: ColumnMap) -> None:
        given = self._upload
        self.columns.set_busy(True)
        self._background.run(lambda: upload.read(given, columns), self._on_read, self._on_unread)

    def _on_read(self, file: RosterFile) -> None:
        self.columns.set_busy(False)
        self._decide_about(file)

    def _on_unread(self, error: BaseException) -> None:
        messages.note(error)
        self.columns.refuse(messages.words(error))

    def _decide_about(self, file: RosterFile) -> None:
        self._file, self._preview, self._school = file, None, None
        schools = [(school.id, school.name) for school in self._desk.ask(roster.schools)]
        self.decide.offer_schools(schools, len(file.schools))
        self._go_to(self.decide)
        self._show_preview(None)

    def _show_preview(self, school: UUID | None) -> None:
        """Show what would change if the list is about `school`; where that cannot be, say why and ask
        again."""
        if self._file is None:
            return
        try:
            self._preview = self._desk.ask(bringing.preview, self._file, school)
        except CoachdeskError as error:
            self._say_why_not(messages.words(error))
        else:
            self._school = school
            self.decide.problem.clear()
            self.decide.show_preview(self._preview)

    def _say_why_not(self, why: str) -> None:
        """What was shown before stays; at first there is nothing to show."""
        if self._preview is None:
            self.decide.ask_for_school(why)
        else:
            self.decide.refuse(why)
            self.decide.choose_school(self._school)

    def _bring(self, decisions: Mapping[str, Decision]) -> None:
        """Keep a backup of what there is, then write it."""
        if self._preview is None:
            return
        self.decide.set_busy(self.tr("Making a backup first…"))
        self._background.run(self._desk.back_up, lambda _made: self._write(decisions), self._not_backed_up)

    def _not_backed_up(self, error: BaseException) -> None:
        messages.note(error)
        self.decide.set_busy("")
        self.decide.refuse(messages.words(error))

    def _write(self, decisions: Mapping[str, Decision]) -> None:
        """If the roster moved on meanwhile, show what would change now."""
        self.decide.set_busy("")
        if self._preview is None:
            return
        try:
            brought = self._desk.do(bringing.bring, self._preview, decisions)
        except MovedOn as error:
            self._show_preview(self._school)
            self.decide.refuse(messages.words(error))
        except CoachdeskError as error:
            self.decide.refuse(messages.words(error))
        else:
            self.start_over()
            self.done.emit(brought)

    def _go_to(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)


def _looked(given: Upload) -> Looked:
    """What to ask about the columns; or, where there is nothing to ask, the people."""
    sheet = upload.look(given)
    return given, sheet, None if sheet else upload.read(given)
