"""Shares of teachers as printed words, and how many teachers each needs behind it.

A band says into which of `grain` equal parts a share falls: halves, fifths or tenths of the teachers active
in a quarter. No count, denominator or decimal is ever printed. `m` is how many teachers may tell the
principal their own answers without giving away anyone else's. All arithmetic is on whole numbers.
"""

from enum import StrEnum

from coachdesk.errors import NotShareable

HALVES, FIFTHS, TENTHS = 2, 5, 10


class Band(StrEnum):
    """Everything that may be printed about a share. The value is the text, and the whole vocabulary."""

    TOO_FEW = "•"
    FEWER_THAN_HALF = "fewer than half"
    HALF_OR_MORE = "half or more"
    FIFTH_1 = "0–19 %"
    FIFTH_2 = "20–39 %"
    FIFTH_3 = "40–59 %"
    FIFTH_4 = "60–79 %"
    FIFTH_5 = "80–100 %"
    TENTH_1 = "0–9 %"
    TENTH_2 = "10–19 %"
    TENTH_3 = "20–29 %"
    TENTH_4 = "30–39 %"
    TENTH_5 = "40–49 %"
    TENTH_6 = "50–59 %"
    TENTH_7 = "60–69 %"
    TENTH_8 = "70–79 %"
    TENTH_9 = "80–89 %"
    TENTH_10 = "90–100 %"

    @property
    def low(self) -> int:
        """Where the band begins, in percent of the active teachers; 0 for `TOO_FEW`."""
        return _EDGES[self][0]

    @property
    def high(self) -> int:
        """Where the band ends, in percent of the active teachers; 0 for `TOO_FEW`."""
        return _EDGES[self][1]


TOO_FEW = Band.TOO_FEW

_GRIDS = {
    grain: tuple(band for band in Band if band.name.startswith(prefix))
    for grain, prefix in ((FIFTHS, "FIFTH_"), (TENTHS, "TENTH_"))
} | {HALVES: (Band.FEWER_THAN_HALF, Band.HALF_OR_MORE)}

_EDGES = {
    band: (100 * number // grain, 100 * (number + 1) // grain)
    for grain, grid in _GRIDS.items()
    for number, band in enumerate(grid)
} | {Band.TOO_FEW: (0, 0)}


def need(grain: int, m: int) -> int:
    """The fewest active teachers a band of this grain may speak of, so that with m of them known no other is.

    Halves 2m+3, fifths 5m+6, tenths 10m+11: then every band has room for at least m+1 teachers who answer yes
    and m+1 who answer no. The proof is in `mechanism`.

    Raises:
        ValueError: an m other than 1 or 2, or a grain that does not exist. The minimum cannot be talked down.
    """
    if m not in (1, 2) or grain not in (HALVES, FIFTHS, TENTHS):
        raise ValueError("the minimum is defined for one or two who tell, and for halves, fifths and tenths")
    return {HALVES: 2 * m + 3, FIFTHS: 5 * m + 6, TENTHS: 10 * m + 11}[grain]


def floor(grain: int, m: int) -> int:
    """The smallest staff list for a grain: m+1 above `need`, so that a shown row proves nobody coached."""
    return need(grain, m) + m + 1


def colluders(roster: int) -> int:
    """How many teachers may tell the principal their own answers, by the number on the school's list.

    Two from 10 teachers, one for 7 to 9.

    Raises:
        NotShareable: below 7 teachers.
    """
    for m in (2, 1):
        if roster >= floor(HALVES, m):
            return m
    raise NotShareable(
        "With fewer than {fewest} teachers on this school's list, any figure about them could give one of "
        "them away, so no page is made. What you did without teachers can still be told in your own words.",
        fewest=floor(HALVES, 1),
    )


def label(yes: int, active: int, grain: int, m: int) -> Band:
    """The band in which `yes` of `active` teachers fall; `TOO_FEW` where fewer than `need` are active."""
    if active < need(grain, m):
        return Band.TOO_FEW
    return _GRIDS[grain][min(grain - 1, yes * grain // active)]
