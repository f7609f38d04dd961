from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from coachdesk.model import Event
from coachdesk.model.schedule import EventKind, TimeCategory, time_category


def event(starts, ends):
    return Event.model_validate({"kind": EventKind.VISIT, "starts": starts, "ends": ends})


def test_minutes_come_from_the_calendar():
    assert event(datetime(2026, 9, 1, 9, 50), datetime(2026, 9, 1, 10, 35)).minutes == 45


@pytest.mark.parametrize("ends", [datetime(2026, 9, 1, 9, 50), datetime(2026, 9, 2, 0, 5)])
def test_an_event_ends_later_on_the_same_day(ends):
    with pytest.raises(ValidationError, match="on the same day"):
        event(datetime(2026, 9, 1, 9, 50), ends)


def test_events_keep_wall_clock_times():
    with pytest.raises(ValidationError):
        event(datetime(2026, 9, 1, 9, 50, tzinfo=UTC), datetime(2026, 9, 1, 10, 0, tzinfo=UTC))


def test_every_kind_of_event_has_a_time_category():
    of = {kind: (time_category(kind, True), time_category(kind, False)) for kind in EventKind}
    assert of[EventKind.VISIT] == (TimeCategory.IN_CYCLE, TimeCategory.JUST_IN_TIME)
    assert of[EventKind.PD_SESSION] == (TimeCategory.GROUP_PD, TimeCategory.GROUP_PD)
    assert {category for pair in of.values() for category in pair} == set(TimeCategory)
