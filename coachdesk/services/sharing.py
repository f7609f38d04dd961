"""What a principal gets: the quarter's page, drafted, released once and handed out again unchanged.

Which figures appear is decided by `disclosure` from rules fixed for the year; nothing here may look at an
answer and choose. A release is all or nothing: figures, files and fixed year are kept together, or none is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, select

from coachdesk.disclosure.mechanism import Figures, Layout, figures, may_release
from coachdesk.disclosure.needles import Needles
from coachdesk.disclosure.windows import Window, closed
from coachdesk.errors import MovedOn, NotShareable
from coachdesk.export.formats import FORMATS
from coachdesk.export.page import AXIS, SHARE_HEADING, Band, Footnote, Page, Row, Section
from coachdesk.model import School
from coachdesk.services import certificate, clearance, facts, ledger, wording, years
from coachdesk.services.certificate import NOTHING, Certificate
from coachdesk.services.changes import lasting
from coachdesk.services.clearance import Cleared
from coachdesk.services.ledger import Entry, written
from coachdesk.services.wording import GOAL, RowOfTheYear
from coachdesk.services.years import Year

__all__ = [
    "AXIS",
    "SHARE_HEADING",
    "Band",
    "Certificate",
    "Draft",
    "Footnote",
    "Page",
    "Released",
    "Row",
    "SchoolWindow",
    "Section",
    "check_file_name",
    "draft",
    "listing",
    "release",
    "summary",
    "windows",
    "written",
]

_NO_SCHOOL = "There is no school of that name. See the names of your schools with --list, then try again."
_TWO_SCHOOLS = "Two schools have that name. Rename one of them, then try again."
_NO_QUARTER = "This school has no quarter of that name. See the quarters with --list, then try again."


@dataclass(frozen=True)
class SchoolWindow:
    """One quarter of one school: whether it is over, and whether its page has left."""

    school_id: UUID
    school: str
    window: Window
    closed: bool
    released: bool

    @property
    def name(self) -> str:
        return self.window.name


@dataclass(frozen=True)
class Draft:
    """What the principal will see, or has seen; with no `page`, `refused` says why there is none, and `why`
    is that refusal, for the screen to say in the coach's language.

    `file_name` is the name of its files without an ending. `first_of_year` is true while releasing this page
    would fix the year's rows and number of teachers.
    """

    page: Page | None
    certificate: Certificate = NOTHING
    file_name: str = ""
    refused: str = ""
    first_of_year: bool = False
    released: UUID | None = None
    why: NotShareable | None = None

    @property
    def left_out(self) -> tuple[str, ...]:
        return self.certificate.left_out


@dataclass(frozen=True)
class Released:
    """A release in the ledger, and what the coach may know of it."""

    id: UUID
    certificate: Certificate


@dataclass(frozen=True)
class _Quarter:
    """All that makes a page: the year, the quarter, its rows and its figures."""

    year: Year
    window: Window
    layout: Layout
    rows: tuple[RowOfTheYear, ...]
    figures: Figures

    @property
    def school(self) -> str:
        return years.printable(self.year.school.name)

    @property
    def goals(self) -> tuple[str, ...]:
        return tuple(row.label for row in self.rows if row.family == GOAL)

    @property
    def page(self) -> Page:
        return wording.page_of(self.school, self.window, self.rows, self.figures)


def windows(session: Session, today: date) -> list[SchoolWindow]:
    """The quarters that have begun, school by school, the newest first."""
    found = []
    for school in sorted(session.exec(select(School)), key=lambda school: school.name.casefold()):
        for year in years.years(session, school):
            for window in year.quarters:
                gone = ledger.released(session, year, window.name) is not None
                found.append(SchoolWindow(school.id, school.name, window, closed(window, today), gone))
    begun = [row for row in found if row.window.first <= today]
    return sorted(begun, key=lambda row: (row.school.casefold(), -row.window.first.toordinal()))


def listing(session: Session, today: date) -> list[SchoolWindow]:
    """The quarters that are over: those a page can be made of."""
    return [row for row in windows(session, today) if row.closed]


def draft(session: Session, school_id: UUID, quarter: str, today: date) -> Draft:
    """What the principal will see of this quarter, or has seen.

    A page that may not be made is no error here: `refused` says why.
    """
    try:
        year, window = _found(session, school_id, quarter)
        gone = ledger.released(session, year, window.name)
        if gone is not None:
            page, name = ledger.page_of(session, gone.id), ledger.stem_of(session, gone.id)
            return Draft(page, certificate.of_earlier(page), name, released=gone.id)
        drafted = _drafted(session, year, window, today)
        page, code = drafted.page, ledger.code_of(year.school)
        _check_goals(drafted, clearance.everybody(session))
    except NotShareable as refusal:
        return Draft(None, refused=str(refusal), why=refusal)
    told = certificate.of_draft(page, drafted.layout.m)
    return Draft(page, told, ledger.file_name(code, window, ""), first_of_year=year.fixed is None)


@lasting
def release(
    session: Session, school_id: UUID, quarter: str, today: date, seen: Page | None = None
) -> Released:
    """Release the page of a quarter; one that has left already is found again and stays as it is.

    With `seen`, the page that the coach was shown, no other page leaves.

    Raises:
        NotShareable: the quarter is still running, the school too small, or a check failed; nothing is kept.
        MovedOn: the page is no longer the one that was seen; nothing is kept.
    """
    year, window = _found(session, school_id, quarter)
    gone = ledger.released(session, year, window.name)
    if gone is not None:
        page = ledger.page_of(session, gone.id)
        return Released(gone.id, certificate.of_earlier(page))
    drafted = _drafted(session, year, window, today)
    page, code = drafted.page, ledger.code_of(year.school)
    if seen is not None and seen != page:
        raise MovedOn()
    people = clearance.everybody(session)
    _check_goals(drafted, people)
    files = {form: FORMATS[form].write(page) for form in FORMATS}
    cleared = _cleared(drafted, files, people)
    entry = Entry(years.fix(session, year), window, code, page, drafted.rows, drafted.figures, files)
    kept = ledger.write_down(session, entry)
    return Released(kept.id, certificate.of(page, drafted.layout.m, cleared))


@lasting
def summary(
    session: Session, school: str, quarter: str, today: date, formats: Collection[str]
) -> dict[str, bytes]:
    """The files of a quarter's page by name, released now if it has not left before.

    Raises:
        NotShareable: no such school, quarter or format, or a page that may not be made.
    """
    wanted = school.strip().casefold()
    named = [each for each in session.exec(select(School)) if each.name.strip().casefold() == wanted]
    if len(named) != 1:
        raise NotShareable(_NO_SCHOOL if not named else _TWO_SCHOOLS)
    ledger.check_formats(formats)
    return written(session, release(session, named[0].id, quarter, today).id, formats)


def check_file_name(session: Session, name: str) -> None:
    """Say nothing if a file may leave under this name.

    Raises:
        NotShareable: it holds something that points to a person.
    """
    clearance.check_file_name(name, clearance.everybody(session))


def _found(session: Session, school_id: UUID, quarter: str) -> tuple[Year, Window]:
    school = session.get(School, school_id)
    for year in years.years(session, school) if school else ():
        for window in year.quarters:
            if window.name == quarter.strip():
                return year, window
    raise NotShareable(_NO_QUARTER)


def _drafted(session: Session, year: Year, window: Window, today: date) -> _Quarter:
    may_release(window, (), today)
    layout = years.layout_of(session, year)
    active = facts.active_teachers(session, year.school.id, window)
    present = facts.on_the_list(session, year.school.id)
    rows = years.rows_of(session, year)
    return _Quarter(year, window, layout, rows, figures(layout, active, present=present))


def _check_goals(drafted: _Quarter, people: Needles) -> None:
    """Goals that were fixed have left on a page already: they are the same whoever has come since."""
    if drafted.year.fixed is None:
        clearance.check_names(drafted.goals, people)


def _cleared(drafted: _Quarter, files: Mapping[str, bytes], people: Needles) -> Cleared:
    """Every file under the name it will bear, held against the template of the same school."""
    empty = wording.template_of(drafted.school, drafted.window, drafted.rows)
    code = ledger.code_of(drafted.year.school)
    named = {ledger.file_name(code, drafted.window, form): content for form, content in files.items()}
    template = {form: FORMATS[form].write(empty) for form in files}
    return clearance.check_files(named, drafted.page, people, template)
