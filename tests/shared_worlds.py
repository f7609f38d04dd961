"""The worlds that tests of several modules begin with."""

import coached_school
from worlds import world

from coachdesk.services import roster


@world
def three_at_juniper(desk):
    """A school year, and three teachers of one school in it; nobody has been visited."""
    desk.do(coached_school.year)
    return desk.do(coached_school.school, teachers=3)


@world
def four_at_juniper(desk):
    """As `three_at_juniper`, with one more."""
    desk.do(coached_school.year)
    return desk.do(coached_school.school, teachers=4)


@world
def lincoln(desk):
    """A school that is known."""
    return desk.do(roster.save_school, {"name": "Lincoln Middle School", "short_code": "LMS"})
