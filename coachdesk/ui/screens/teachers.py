"""Teachers: the roster, and one teacher's file beside it."""

from collections.abc import Callable, Container, Iterable, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from coachdesk.model import (
    CoachingCycle,
    CycleTeacher,
    Event,
    EventTeacher,
    NoSchool,
    Placement,
    School,
    SchoolYear,
    Teacher,
)
from coachdesk.model.caseload import Part, TeacherRow, is_in
from coachdesk.services import caseload, roster
from coachdesk.services.desk import Desk
from coachdesk.ui import labels, wishes
from coachdesk.ui.commands import command
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.roster_page import RosterPage
from coachdesk.ui.screen import Screen
from coachdesk.ui.seat import Seat
from coachdesk.ui.teacher_file import TeacherFile

WIDEST_FILE = 720


class TeachersScreen(Screen):
    title = QT_TRANSLATE_NOOP("Screen", "Teachers")
    icon = "users"
    shows = frozenset({wishes.ShowRoster})
    watches = frozenset(
        {
            *(CoachingCycle, CycleTeacher, Event, EventTeacher, NoSchool),
            *(Placement, School, SchoolYear, Teacher),
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("teachers_screen")
        self._everyone: Sequence[TeacherRow] = ()
        self._schools: Sequence[School] = ()
        self._opened = False  # the coach is in the file, not in the list
        self._refreshing = False
        self._put_away: UUID | None = None  # whom the coach meets again if it is undone
        self._bringing: Any = None  # a page that is fetched and built when it is first wanted
        self._pages = QStackedWidget(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.page = self._build_page()
        self._pages.addWidget(self.page)
        self.list = self.page.list
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(self._on_opened)
        self._seat = Seat(self._pages, self.page.room)
        self._seat_file()

    @cached_property
    def file(self) -> TeacherFile:
        """Built once the list is painted, or when it is first wanted: the list is what the coach came for."""
        file = self._build_file()
        file.offer_schools(self._schools)
        row = self.list.current()
        if row is not None:
            file.show_teacher(row)
        self.page.place.hide()
        self._seat.hold(file, file.back_button)
        self._seat_file()
        file.show()
        return file

    @property
    def _has_file(self) -> bool:
        return "file" in vars(self)

    def refresh(self) -> None:
        schools = self.desk.ask(roster.schools)
        if [(s.id, s.name) for s in schools] != [(s.id, s.name) for s in self._schools]:
            self._schools = schools
            if self._has_file:
                self.file.offer_schools(schools)
        self._list_again(None)
        self._meet_again()
        self._show_current()
        self._seat_file()

    def parts_ahead(self) -> Iterable[Callable[[], object]]:
        # asking the first time takes longest
        return (lambda: self.desk.ask(caseload.everyone, self.desk.now()), lambda: self.file)

    def flush(self) -> None:
        if self._has_file:
            self.file.flush()

    @property
    def is_unfinished(self) -> bool:
        brings = self._bringing is not None and self._pages.currentWidget() is self._bringing
        return brings or (self._has_file and self.file.saving.is_unfit) or super().is_unfinished

    def go_to_filter(self) -> None:
        self._close_file()
        self.list.filter.setFocus()
        self.list.filter.selectAll()

    def panes(self) -> Sequence[QWidget]:
        shown = (self.list.filter, self.list.table, self.file.first_field())
        return [pane for pane in shown if pane.isVisible()]

    def main_pane(self) -> QWidget:
        return self.page.main_pane()

    def leave_part(self) -> bool:
        if self._bringing is not None and self._bringing.isVisible():
            if not self._bringing.step_back():
                self._leave_bringing()
            return True
        if self.list.leave_filter():
            return True
        inside = self.window().focusWidget()
        in_file = inside is not None and self._has_file and self.file.isAncestorOf(inside)
        if self._opened or in_file:
            self._close_file()
            return True
        return False

    def about_whom(self) -> UUID | None:
        return self.file.row.id if self.file.row is not None else None

    def own_keys(self) -> Container[object]:
        return self.file.saving if self._has_file else ()

    def add(self) -> None:
        """Begin the file of a teacher who is not on the roster."""
        school = self.list.wanted_school()
        only = [self._schools[0].id] if len(self._schools) == 1 else []
        self._put_away = None
        self.file.new([school] if school else only)
        self._opened = True
        self._seat_file()
        self.file.start_editing()

    def archive(self) -> None:
        """Put the current teacher's file away."""
        self._put(roster.archive_teacher, self.tr("Archived {name}."))

    def restore(self) -> None:
        """Take the current teacher's file out of the archive."""
        self._put(roster.restore_teacher, self.tr("Restored {name}."))

    def _put(self, where: Any, saying: str) -> None:
        row = self.file.row
        if row is None:
            return
        self.flush()
        self._put_away = row.id
        self.desk.do(where, row.id)
        self._close_file()
        name = labels.person(row.name) if row.name else self.tr("a teacher with no name yet")
        self.said.emit(saying.format(name=name), True)

    def _meet_again(self) -> None:
        """Go to whom the coach put away last, once they are back in the list."""
        if self._put_away is not None and self.list.table.go_to(self._put_away):
            self._put_away = None

    def _list_again(self, pinned: UUID | None) -> None:
        self._show_everyone(self.desk.ask(caseload.everyone, self.desk.now()), pinned)

    def _show_everyone(self, everyone: Sequence[TeacherRow], pinned: UUID | None) -> None:
        self._refreshing = True
        self._everyone = everyone
        self.page.show_count(sum(is_in(row, Part.ALL) for row in self._everyone))
        self.list.show_rows(self._everyone, self._schools, pinned)
        self._refreshing = False

    def _on_chosen(self, _row: TeacherRow | None) -> None:
        if not self._refreshing:
            self._put_away = None
            self._show_current(even_new=True)
            self._seat_file()

    def _on_opened(self, row: TeacherRow) -> None:
        self.flush()
        self.open.emit(wishes.ShowTeacher(row.id))

    def _open_page(self) -> None:
        if self.file.row is not None:
            self._on_opened(self.file.row)

    def _start_note(self) -> None:
        if self.file.row is not None:
            self.flush()
            self.open.emit(wishes.StartNote(teacher_id=self.file.row.id))

    def _plan(self) -> None:
        if self.file.row is not None:
            self.flush()
            self.open.emit(wishes.PlanCycle(self.file.row.id))

    def _show_current(self, *, even_new: bool = False) -> None:
        """The file follows the list; a new teacher's stays until the coach leaves it."""
        row = self.list.current() if self._has_file else None
        if row is not None and (even_new or not (self._opened and self.file.is_new)):
            self.file.show_teacher(row)

    def _on_kept(self, record: Teacher) -> None:
        """Our own writing shows in the list; the form has it already.

        The next key may be on its way, so the vault is only asked what the record does not tell.
        """
        before = next((row for row in self._everyone if row.id == record.id), None)
        schools = set(self.file.form.answers().get("schools", ()))
        if before is None or schools != set(before.schools):
            self._list_again(record.id)
        elif (after := before.rewritten(record)) == before:
            return
        else:
            others = [row for row in self._everyone if row.id != record.id]
            self._show_everyone(sorted([*others, after], key=lambda row: row.order), record.id)
        self._refreshing = True
        self.list.show_teacher(record.id)
        self._refreshing = False
        row = self.list.current()
        if row is not None and row.id == record.id:
            self.file.show_standing(row)
        self._seat_file()

    def _close_file(self) -> None:
        self.flush()
        self._opened = False
        self._show_current()
        self._seat_file()
        self.list.table.setFocus()

    def _seat_file(self) -> None:
        self._seat.take(self._opened)
        beside = self._seat.is_beside
        self.page.show_beside(beside and (self.list.current() is not None or self._opened))
        self.page.show_begun(bool(self._everyone) or (beside and self._opened))

    def _build_file(self) -> TeacherFile:
        file = TeacherFile(self.desk, self.page.beside)
        file.setMaximumWidth(WIDEST_FILE)
        file.kept.connect(self._on_kept)
        file.failed.connect(self.warned)
        file.archive.connect(self.archive)
        file.restore.connect(self.restore)
        file.back.connect(self._close_file)
        file.start.connect(self._start_note)
        file.plan.connect(self._plan)
        file.page.connect(self._open_page)
        return file

    def _build_page(self) -> RosterPage:
        page = RosterPage(self._pages)
        page.place.seen.connect(lambda: self.file)
        page.add.connect(self.add)
        page.bring.connect(self.bring)
        page.schools.connect(self.open_schools)
        return page

    def open_schools(self) -> None:
        """Go to the schools, their goals and principals."""
        wanted = [school for school in self._schools if school.id == self.list.wanted_school()]
        known = [*wanted, *self._schools]
        self.open.emit(known[0] if known else School)

    def bring(self) -> None:
        """Go through bringing in a roster."""
        self.flush()
        if self._bringing is None:
            self._bringing = self._build_bringing()
        self._pages.setCurrentIndex(2)
        self._bringing.setFocus()

    def _on_brought(self, saying: str) -> None:
        self._leave_bringing()
        self.said.emit(saying, True)

    def _leave_bringing(self) -> None:
        if self._bringing is not None:
            self._bringing.start_over()
        self._pages.setCurrentIndex(0)
        self._seat_file()
        self.main_pane().setFocus()

    def _build_bringing(self) -> QWidget:
        from coachdesk.ui.bringing.page import BringInPage

        page = BringInPage(self.desk, self._pages)
        page.done.connect(self._on_brought)
        page.left.connect(self._leave_bringing)
        self._pages.addWidget(page)
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._seat_file()


@command("Add a teacher", menu="Teachers", keys="Ctrl+Shift+A", screen=TeachersScreen.title)
def add_teacher(screen: TeachersScreen) -> None:
    """Begin the file of a teacher who is not on the roster; write what you know, the rest can wait."""
    screen.add()


@command("Import a roster…", menu="Teachers", keys="Ctrl+Shift+I", screen=TeachersScreen.title)
def import_roster(screen: TeachersScreen) -> None:
    """Bring in the list of a school's system; nothing is written before you have seen what would change."""
    screen.bring()


@command("Schools and goals…", menu="Teachers", screen=TeachersScreen.title)
def schools_and_goals(screen: TeachersScreen) -> None:
    """Write down the schools you work at, their goals and principals."""
    screen.open_schools()


@command("Archive", menu="Teachers", keys="Del", screen=TeachersScreen.title, pane="teachers_table")
def archive(screen: TeachersScreen) -> None:
    """Put a teacher's file away; undo brings it back, and so does Restore in the archived part."""
    screen.archive()
