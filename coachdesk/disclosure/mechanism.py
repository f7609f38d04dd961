"""What a page may say about teachers, and why it proves nothing about any one of them.

The rule. Each school has one audience, one staff list, one set of rows and one grain for a whole school year,
fixed before its first page. A page speaks of one closed quarter. The teachers with at least one completed
visit in it are the active ones, D of them. Every row is one yes/no fact of an active teacher, published as a
band [L, U] of the count of yes. If D is below `need`, no row is shown; otherwise all are. A quarter is
published once.

The guarantee. Let the principal know the staff list, whom the coach visited, the complete answers of any m
teachers C, every earlier page and this source. Then for every other teacher t, every row a and every quarter,
both answers remain possible.

Proof. Let y be the count of yes in row a. `need` = 2m+3, 5m+6 or 10m+11 makes U >= m+1 and L <= D-m-1. All
rows of a quarter count the same teachers, and no fact enters two quarters, so a world may be altered inside
one quarter.

1. *Exchange.* If an active teacher u outside C answered row a unlike t, exchange the two teachers' complete
   rows for that quarter. No count on the page changes, no volume does, and every link inside a row moves with
   it. So the opposite answer is possible for t.
2. *Flip.* Otherwise all who answered unlike t are in C, at most m. If t said yes, then y >= D-m > L, so y-1
   >= L; if t said no, then y <= m < U, so y+1 <= U. Changing t's answer alone stays in the band. Where it is
   known that every active teacher has at least one of the rows, and a was t's only one, give t another row b:
   allowed if y_b < U_b. If y_b = U_b >= m+1, some v outside C has b, and v has a as well (else case 1
   applies), so b moves from v to t, and only y_a changes, by one. QED

The flip needs freedom between rows. Rows of which each teacher has exactly one add up to D, and that link
breaks the guarantee: of such a family at most one row may be published. A row must also be possible for a
teacher with a single visit, or its flip would move the volume.

Who is coached. To a principal who does not know whom the coach visited, being coached and not being coached
both remain, for every teacher outside C. What he sees is that D >= need, or that D < need. The staff list has
at least need+m+1 teachers. If t is active, and some teacher outside C is not, exchange their quarters; if
there is none, at least need teachers remain active without t, and their answers can be chosen to fall in the
printed bands, as C knows at most m of them. If t is not active, exchange with an active teacher outside C
when rows are shown; when they are not, then either D+1 < need and t may join, or D = need-1 >= m+1 and an
exchange is possible. This asks that a teacher may be active with no row answered yes. The volume is shown
only where the exchange is always possible (see `volume`).

What it does not say. A band makes an answer likelier for each teacher it speaks of. The guarantee is against
certainty, for up to m teachers who tell.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from coachdesk.disclosure.bands import TOO_FEW, Band, floor, label, need
from coachdesk.disclosure.volume import NOT_SHOWN, Volume, volume
from coachdesk.disclosure.windows import Window, closed
from coachdesk.errors import NotShareable

MOST_ROWS = 12
NONE_SHOWN = "Not shown: too few teachers this quarter."


@dataclass(frozen=True)
class Layout:
    """What is fixed for a school year before its first page.

    `roster` is the number of teachers on the school's list, `m` how many may tell (`bands.colluders`),
    `grain` the number of bands, `rows` the rows' keys in the order of the page.

    Raises:
        NotShareable: too few teachers for this grain, no rows, or more rows than a page takes.
    """

    roster: int
    m: int
    grain: int
    rows: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.roster < floor(self.grain, self.m):
            raise NotShareable(
                "Shares this fine need at least {fewest} teachers on the school's list; it has {roster}. "
                "Choose coarser shares.",
                fewest=floor(self.grain, self.m),
                roster=self.roster,
            )
        if not 0 < len(self.rows) <= MOST_ROWS or len(set(self.rows)) < len(self.rows):
            raise NotShareable(
                "A page has from 1 to {most} different rows. Choose them anew.", most=MOST_ROWS
            )


@dataclass(frozen=True)
class TeacherFacts:
    """One active teacher's quarter: the rows answered yes, completed visits (one or more), minutes."""

    yes: frozenset[str] = field(repr=False)
    visits: int = field(repr=False)
    minutes: int = field(repr=False)


@dataclass(frozen=True)
class Figures:
    """What may be printed: a band for every row, in the order of the page, and the volume.

    All rows are shown or none is. `sentence` says why none is, and is empty otherwise.
    """

    shown: bool
    bands: Mapping[str, Band]
    volume: Volume = NOT_SHOWN
    sentence: str = ""


def figures(layout: Layout, active: Sequence[TeacherFacts], *, present: int | None = None) -> Figures:
    """The figures of one closed quarter, from the facts of each teacher active in it.

    `present` is the number of teachers now on the school's list: if it fell below what the grain needs,
    nothing is shown, for then a shown row could prove who was coached. Those who joined since the year was
    fixed are not relied on.
    """
    roster = layout.roster if present is None else min(present, layout.roster)
    if len(active) < need(layout.grain, layout.m) or roster < floor(layout.grain, layout.m):
        return Figures(False, dict.fromkeys(layout.rows, TOO_FEW), sentence=NONE_SHOWN)
    counts = {row: sum(row in teacher.yes for teacher in active) for row in layout.rows}
    bands = {row: label(yes, len(active), layout.grain, layout.m) for row, yes in counts.items()}
    visits, minutes = ([teacher.visits for teacher in active], [teacher.minutes for teacher in active])
    return Figures(True, bands, volume(visits, minutes, roster, layout.m))


def may_release(window: Window, already_released: Collection[str], today: date) -> None:
    """Say nothing if the page of this window may be made today.

    `already_released` holds the names of the windows published before for this school.

    Raises:
        NotShareable: the window is still open, or its page has left before.
    """
    if not closed(window, today):
        raise NotShareable(
            "{quarter} is not over yet. Its page can be made from {day}: once, from the whole quarter.",
            quarter=window.name,
            day=window.last + timedelta(days=1),
        )
    if window.name in already_released:
        raise NotShareable(
            "The page of {quarter} has been made already. Save that page again as often as you like; a "
            "second one is not made, because the difference between two could give a teacher away.",
            quarter=window.name,
        )
