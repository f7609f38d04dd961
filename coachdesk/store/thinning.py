"""Which backups are kept: all of two days, then one for each of 12 days, 10 weeks and 9 months.

Days, weeks and months count only where there are backups, so a holiday or a clock that was wrong for a while
costs none. A backup from the future (the clock stood wrong) counts as of today.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

ALL = timedelta(days=2)
DAYS, WEEKS, MONTHS = 12, 10, 9
FALL = 0.8  # of the rows that there were: with fewer, something may have gone that is still wanted
LOOK_BACK = 30  # days with backups, within which a fall is noticed

Period = Callable[[datetime], tuple[int, ...]]


@dataclass(frozen=True)
class Copy:
    """One backup: when it was made (with a time zone), how many rows it has, whether it was just verified.

    `rows` is None where nobody can tell: it was made under another key.
    """

    name: str
    made: datetime
    rows: int | None = None
    verified: bool = False


def spare(
    copies: Iterable[Copy], now: datetime, *, hold: bool = False, zone: tzinfo | None = None
) -> list[Copy]:
    """Those that may go. The newest verified one never may, and none while `hold` is on or rows have gone.

    Days begin at midnight in `zone`, or where this computer is.
    """
    newest_first = sorted(copies, key=lambda copy: copy.made, reverse=True)
    if hold or has_fallen(newest_first, zone):
        return []
    kept = {copy.name for copy in _last(newest_first)}
    kept |= {copy.name for copy in newest_first if copy.made > now - ALL}
    left = [copy for copy in newest_first if copy.made <= now - ALL]
    for period, most in ((_day(zone), DAYS), (_week(zone), WEEKS), (_month(zone), MONTHS)):
        chosen = _one_each(left, period, most)
        kept |= {copy.name for copy in chosen.values()}
        left = [copy for copy in left if period(copy.made) not in chosen]
    return [copy for copy in newest_first if copy.name not in kept]


def has_fallen(copies: Iterable[Copy], zone: tzinfo | None = None) -> bool:
    """Whether the last backup has more than 20 % fewer rows than one of the last thirty days had."""
    newest_first = sorted(copies, key=lambda copy: copy.made, reverse=True)
    day = _day(zone)
    days = set(sorted({day(copy.made) for copy in newest_first}, reverse=True)[:LOOK_BACK])
    lately = [copy.rows for copy in newest_first if copy.rows is not None and day(copy.made) in days]
    now = next((copy.rows for copy in _last(newest_first) if copy.rows is not None), None)
    return now is not None and bool(lately) and now < FALL * max(lately)


def _last(newest_first: Sequence[Copy]) -> list[Copy]:
    """The newest verified one first, then the newest; the clock may have stood wrong for either."""
    return [*[copy for copy in newest_first if copy.verified][:1], *newest_first[:1]]


def _one_each(newest_first: Sequence[Copy], period: Period, most: int) -> dict[tuple[int, ...], Copy]:
    """The last of each of the newest `most` periods, by its period."""
    chosen: dict[tuple[int, ...], Copy] = {}
    for copy in newest_first:
        chosen.setdefault(period(copy.made), copy)
    return dict(list(chosen.items())[:most])


def _day(zone: tzinfo | None) -> Period:
    return lambda made: (made.astimezone(zone).toordinal(),)


def _week(zone: tzinfo | None) -> Period:
    return lambda made: tuple(made.astimezone(zone).isocalendar()[:2])


def _month(zone: tzinfo | None) -> Period:
    return lambda made: (made.astimezone(zone).year, made.astimezone(zone).month)
