"""How many visits and hours a quarter held, rounded to five, where that gives no teacher's share away.

The printed total is a limit on every single teacher's: take away what m teachers tell of themselves and the
least the others must have had, and the rest bounds the last one. The total is printed only if that bound
stays clear of the truth for every teacher: by half of it, and by two visits or half an hour (the p% rule of
official statistics with p = 50 and m known contributors; the closed form equals the linear programme over all
choices of m).

Visits and hours are printed together or not at all, so there is one decision that depends on values, and it
says little: "•" is also what a quarter prints in which any one teacher you like had many more visits. So "•"
bounds nobody from above.

The decision must not prove who was coached either. Some totals pass the rule only if every teacher was
active, and then printing them would say so. A total is therefore printed only while at least m+1 teachers on
the staff list were not active: of those at least one is unknown to the principal, and exchanging that
teacher's quarter with an active teacher's changes nothing on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coachdesk.disclosure.bands import HALVES, TOO_FEW, need

VISITS_STEP = 5
MINUTES_STEP = 5 * 60
LEAST_VISITS = 1
LEAST_MINUTES = 15


@dataclass(frozen=True)
class Volume:
    """Visits and hours as printed: multiples of five, or None for both."""

    visits: int | None = None
    hours: int | None = None

    @property
    def visits_text(self) -> str:
        return _printed(self.visits)

    @property
    def hours_text(self) -> str:
        return _printed(self.hours)


NOT_SHOWN = Volume()


def volume(visits: Sequence[int], minutes: Sequence[int], roster: int, m: int) -> Volume:
    """The quarter's visits and hours; both sequences hold one number for each active teacher.

    `roster` is the number of teachers on the school's list in that quarter.
    """
    active = len(visits)
    if active < need(HALVES, m) or active + m + 1 > roster:
        return NOT_SHOWN
    if not (
        _covers(visits, VISITS_STEP, LEAST_VISITS, m) and _covers(minutes, MINUTES_STEP, LEAST_MINUTES, m)
    ):
        return NOT_SHOWN
    return Volume(_rounded(sum(visits), VISITS_STEP), _rounded(sum(minutes), MINUTES_STEP) // 60)


def _rounded(total: int, step: int) -> int:
    return (total + step // 2) // step * step


def _covers(values: Sequence[int], step: int, least: int, m: int) -> bool:
    """Whether the printed total leaves every teacher's own value open upwards."""
    upper = _rounded(sum(values), step) + (step - 1) // 2
    largest = sorted(values, reverse=True)
    others_least = least * (len(values) - 1 - m)
    for place, value in enumerate(largest):
        known = sum(largest[: m + 1]) - value if place <= m else sum(largest[:m])
        room = upper - value - known - others_least
        if 2 * room < max(4 * least, value):
            return False
    return True


def _printed(total: int | None) -> str:
    return TOO_FEW.value if total is None else f"about {total}"
