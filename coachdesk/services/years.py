"""The reporting year of a school: its quarters, its rows and how many teachers it speaks of.

All of it is fixed when the year's first page is released, and never changes afterwards: what could be chosen
again once the data are known could be chosen so that two pages differ by one teacher.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from coachdesk.disclosure import bands, windows
from coachdesk.disclosure.mechanism import Layout
from coachdesk.disclosure.windows import Window
from coachdesk.errors import NotShareable
from coachdesk.model import ReportingRow, ReportingYear, School, SchoolGoal, SchoolYear
from coachdesk.services import facts
from coachdesk.services.keep import keep
from coachdesk.services.wording import (
    FOCUS,
    FOCUS_LABELS,
    GOAL,
    MOVEMENT_LABEL,
    PROGRESS,
    ROUNDS_LABEL,
    RowOfTheYear,
)

MOST_GOALS = 4
LONGEST_WORD = 30  # letters; a longer one would not fit beside its band


@dataclass(frozen=True)
class Year:
    """One school's reporting year: as it was fixed, or, with no `fixed`, as it would be fixed today."""

    school: School
    name: str
    first_day: date
    last_day: date
    fixed: ReportingYear | None = None

    @property
    def quarters(self) -> tuple[Window, ...]:
        return windows.quarters(self.first_day, self.last_day)

    def overlaps(self, first: date, last: date) -> bool:
        return first <= self.last_day and self.first_day <= last


def years(session: Session, school: School) -> list[Year]:
    """The school's reporting years, oldest first.

    The days of a fixed year stand, whatever the coach's calendar says since; a calendar year that touches
    one, or bears its name, is none of its own.
    """
    asked = select(ReportingYear).where(ReportingYear.school_id == school.id)
    found = [Year(school, y.name, y.first_day, y.last_day, y) for y in session.exec(asked)]
    for calendar in session.exec(select(SchoolYear).order_by(col(SchoolYear.first_day))):
        name = windows.school_year(calendar.first_day, calendar.last_day)
        if not any(y.name == name or y.overlaps(calendar.first_day, calendar.last_day) for y in found):
            found.append(Year(school, name, calendar.first_day, calendar.last_day))
    return sorted(found, key=lambda year: year.first_day)


def rows_of(session: Session, year: Year) -> tuple[RowOfTheYear, ...]:
    """The rows of the year: those fixed, or those that would be fixed today."""
    if year.fixed is None:
        return _rows_today(session, year)
    asked = select(ReportingRow).where(ReportingRow.year_id == year.fixed.id)
    kept = session.exec(asked.order_by(col(ReportingRow.position)))
    return tuple(RowOfTheYear(row.family, row.key, row.label) for row in kept)


def layout_of(session: Session, year: Year) -> Layout:
    """What the figures of the year are made by.

    Raises:
        NotShareable: too few teachers on the school's list.
    """
    keys = tuple(row.key for row in rows_of(session, year))
    if year.fixed:
        return Layout(year.fixed.roster, year.fixed.colluders, year.fixed.grain, keys)
    roster = facts.on_the_list(session, year.school.id)
    return Layout(roster, bands.colluders(roster), bands.HALVES, keys)


def fix(session: Session, year: Year) -> UUID:
    """The record of the fixed year, made now if this is its first release."""
    if year.fixed:
        return year.fixed.id
    layout = layout_of(session, year)
    kept = keep(
        session,
        ReportingYear,
        {
            "school_id": year.school.id,
            "name": year.name,
            "first_day": year.first_day,
            "last_day": year.last_day,
            "roster": layout.roster,
            "colluders": layout.m,
            "grain": layout.grain,
        },
    )
    for position, row in enumerate(_rows_today(session, year)):
        keep(session, ReportingRow, {"year_id": kept.id, "position": position, **vars(row)})
    return kept.id


def _rows_today(session: Session, year: Year) -> tuple[RowOfTheYear, ...]:
    asked = select(SchoolGoal).where(
        SchoolGoal.school_id == year.school.id,
        col(SchoolGoal.active),
        col(SchoolGoal.school_year).in_(("", year.name)),
    )
    goals = session.exec(asked.order_by(col(SchoolGoal.position), col(SchoolGoal.created))).all()
    served = (
        RowOfTheYear(GOAL, facts.goal_key(goal.id), printable(goal.title)) for goal in goals[:MOST_GOALS]
    )
    focus = (RowOfTheYear(FOCUS, facts.focus_key(key), label) for key, label in FOCUS_LABELS.items())
    progress = (
        RowOfTheYear(PROGRESS, facts.MOVEMENT, MOVEMENT_LABEL),
        RowOfTheYear(PROGRESS, facts.ROUNDS, ROUNDS_LABEL),
    )
    return (*served, *focus, *progress)


def printable(text: str) -> str:
    """A name as every format can carry it: one line, no invisible signs, letters in their common form.

    Raises:
        NotShareable: a word too long for the page.
    """
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in plain if sign.isspace() or not unicodedata.category(sign).startswith("C"))
    if any(len(word) > LONGEST_WORD for word in re.split(r"[\s\-/]+", seen)):
        raise NotShareable(
            "The name of the school or one of its goals holds a word of more than {most} letters, "
            "which does not fit on the page. Shorten it, then try again.",
            most=LONGEST_WORD,
        )
    return " ".join(seen.split())
