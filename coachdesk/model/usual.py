"""What a coach usually does: how long a visit is planned, and which counters they agree on."""

from sqlmodel import Field

from coachdesk.model.kinds import Record, SharedLine

VISIT_MINUTES = 20  # product.md, Defaults: SchoolMint, Vosaic, Classroom Check-Up
SHORTEST, LONGEST = 5, 120


class Usual(Record, table=True):
    """The one row of what is usual; while there is none, the defaults are.

    With `own_counters` the counters that are offered are the rows of UsualCounter, however few; else they are
    the ready-made ones.
    """

    visit_minutes: int = Field(VISIT_MINUTES, title="Length of a visit", ge=SHORTEST, le=LONGEST)
    own_counters: bool = False


class UsualCounter(Record, table=True):
    """A counter that is offered when counters are agreed; the first two are proposed together."""

    position: int = 0
    name: SharedLine = Field(title="Counter", min_length=1)
    definition: SharedLine = Field("", title="What counts")
