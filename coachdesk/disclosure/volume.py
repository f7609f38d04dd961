"""How many visits and hours a quarter held, rounded to five, where that gives no teacher's share away.

The printed total is a limit on every single teacher's: take away what m teachers tell of themselves and the
least the others must have had, and the rest bounds the last one. The total is printed only if that bound
stays clear of the truth for every teacher: by half of it, and by two visits or half an hour (the p% rule of
official statistics with p = 50 and m known contributors; the closed form equals the linear programme over all
choices of the m). That a total is printed at all says that nobody had nearly all of it; no rule that looks at
values can hide this, and it is not counted.

Visits and hours are printed together or not at all, so there is one decision that depends on values, and "•"
says little: it is also what a quarter prints in which any one teacher you like had many more visits. So "•"
bounds nobody from above.

The decision must not prove who was coached either: some totals pass the rule only if nearly everyone was
active. While m+1 teachers on the staff list were not active, one of them is unknown to the principal, and
exchanging that teacher's quarter with an active teacher's changes nothing on the page. Otherwise the same
total must pass also if only R-m-1 teachers had been active: whichever m of them tell, their own values as
they are, and all others with equal shares of the rest. Then any teacher who does not tell may have been among
the missing. The rule's room is a minimum of linear functions of the told values, so it suffices to try the
largest and the smallest; shares are rounded up, which only makes the rule stricter.
"""

from collections.abc import Iterator, Sequence
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
    if len(visits) < need(HALVES, m):
        return NOT_SHOWN
    for values, step, least in ((visits, VISITS_STEP, LEAST_VISITS), (minutes, MINUTES_STEP, LEAST_MINUTES)):
        printed = _rounded(sum(values), step)
        upper = printed + (step - 1) // 2
        largest = sorted(values, reverse=True)
        if not (
            printed
            and _open_upwards(largest, upper, least, m)
            and _open_to_fewer(largest, upper, least, roster, m)
        ):
            return NOT_SHOWN
    return Volume(_rounded(sum(visits), VISITS_STEP), _rounded(sum(minutes), MINUTES_STEP) // 60)


def _rounded(total: int, step: int) -> int:
    return (total + step // 2) // step * step


def _open_upwards(largest: Sequence[int], upper: int, least: int, m: int) -> bool:
    """Whether a total of at most `upper` leaves each of the values, largest first, open upwards."""
    others_least = least * (len(largest) - 1 - m)
    for place, value in enumerate(largest):
        told = sum(largest[: m + 1]) - value if place <= m else sum(largest[:m])
        if 2 * (upper - value - told - others_least) < max(4 * least, value):
            return False
    return True


def _open_to_fewer(largest: Sequence[int], upper: int, least: int, roster: int, m: int) -> bool:
    """Whether the total could have been printed with m+1 teachers of the list not active, whoever tells."""
    if len(largest) + m + 1 <= roster:
        return True
    for told in _tellers(largest, m):
        others = roster - m - 1 - len(told)
        share = sum(largest) - sum(told) + others - 1
        scaled = sorted((*(value * others for value in told), *[share] * others), reverse=True)
        if not _open_upwards(scaled, upper * others, least * others, m):
            return False
    return True


def _tellers(largest: Sequence[int], m: int) -> Iterator[tuple[int, ...]]:
    """The extreme choices of at most m values: so many of the largest, so many of the smallest."""
    for high in range(m + 1):
        for low in range(m + 1 - high):
            yield (*largest[:high], *largest[len(largest) - low :])


def _printed(total: int | None) -> str:
    return TOO_FEW.value if total is None else f"about {total}"
