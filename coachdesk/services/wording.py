"""The words of a principal's page. Apart from the names of the school and its goals they are all here.

A page says bands and rounded totals in fixed sentences; nothing a coach noted has a place in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from coachdesk.disclosure.bands import Band
from coachdesk.disclosure.mechanism import NONE_SHOWN, Figures
from coachdesk.disclosure.volume import Volume
from coachdesk.disclosure.windows import Window
from coachdesk.export import page
from coachdesk.export.page import Footnote, Page, Section
from coachdesk.model.cycles import Focus

GOAL, FOCUS, PROGRESS = "goal", "focus", "progress"

FOCUS_LABELS = {
    Focus.ENGAGEMENT_AGENCY: "Engagement and agency",
    Focus.ACCESS_DIFFERENTIATION: "Access and differentiation",
    Focus.ASSESSMENT_FEEDBACK: "Assessment and feedback",
    Focus.DEVICES_WORKFLOW: "Devices and workflow",
}
MOVEMENT_LABEL = "A step we agreed on was reached, fully or in part"
ROUNDS_LABEL = "A full round: we met, I visited, we met again"

_TITLE = "Coaching summary for the principal"
_INTRODUCTION = (
    "Coaching is a meeting, a visit to the classroom and a meeting again. "
    "This page says what that work was about in this quarter, for the school as a whole."
)
_FAMILIES = (
    (GOAL, "School goals", "In my work with teachers we worked toward"),
    (FOCUS, "Focus of the teaching", "In my work with teachers we worked on"),
    (PROGRESS, "Progress", "In my work with teachers"),
)
_VOLUME_HEADING = "How much"
_VOLUME = "Visits to teachers: {visits}. Time with teachers: {hours} hours."
_NONE = Section("Work with teachers", NONE_SHOWN)

# Not from the system's language, which would make other bytes on another laptop.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_HOW_TO_READ = Footnote(
    "How to read this page",
    (
        "A share is of the teachers I visited at this school in this quarter. "
        "It lies somewhere in the shaded part; nothing finer can be known from this page.",
        "Shares do not add up: one teacher can count in several rows.",
        "A visit to two teachers at once counts for each of them.",
        "A quarter's page is made once and does not change.",
    ),
)
_LEFT_OUT = Footnote(
    "What was left out, and why",
    (
        "Names, notes, and who is coached: coaching is confidential.",
        "Numbers of teachers and exact shares: among few teachers they could point to one.",
        "Visits and hours are rounded to five for the same reason.",
        "All rows are shown, or none is.",
    ),
)


@dataclass(frozen=True)
class RowOfTheYear:
    """One row as it was fixed for the year: what it counts and what the page calls it."""

    family: str
    key: str
    label: str


def page_of(school: str, window: Window, rows: Sequence[RowOfTheYear], figures: Figures) -> Page:
    """The page, from labels alone."""
    return Page(
        title=_TITLE,
        school=school,
        window=window.name,
        span=span_of(window),
        introduction=_INTRODUCTION,
        sections=_shown(rows, figures) if figures.shown else (_NONE,),
        footnotes=(_HOW_TO_READ, _LEFT_OUT),
    )


def template_of(school: str, window: Window, rows: Sequence[RowOfTheYear]) -> Page:
    """The page with everything in it that a page of these rows could say, whoever is on the list."""
    full = (
        _shown(rows, Figures(True, dict.fromkeys((row.key for row in rows), band), Volume(0, 0)))
        for band in (Band.FEWER_THAN_HALF, Band.HALF_OR_MORE)
    )
    nothing = Figures(False, {})
    return replace(page_of(school, window, rows, nothing), sections=(_NONE, *chain.from_iterable(full)))


def span_of(window: Window) -> str:
    """The first and last day of a window in words; the year of the first only where it is another one."""
    first, last = window.first, window.last
    year = "" if first.year == last.year else f", {first.year}"
    return f"{_day(first)}{year} to {_day(last)}, {last.year}"


def _day(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}"


def volume_sentence(volume: Volume) -> str:
    if volume.visits is None:
        return NONE_SHOWN
    return _VOLUME.format(visits=volume.visits_text, hours=volume.hours_text)


def _shown(rows: Sequence[RowOfTheYear], figures: Figures) -> tuple[Section, ...]:
    parts = [Section(_VOLUME_HEADING, volume_sentence(figures.volume))]
    for family, heading, sentence in _FAMILIES:
        of_family = tuple(_row(row, figures.bands[row.key]) for row in rows if row.family == family)
        if of_family:
            parts.append(Section(heading, sentence, of_family))
    return tuple(parts)


def _row(row: RowOfTheYear, band: Band) -> page.Row:
    return page.Row(row.label, page.Band(band.value, band.low, band.high))
