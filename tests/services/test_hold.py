"""Hold: nothing old is taken away while it is on."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from coachdesk.errors import CoachdeskError
from coachdesk.model import Change
from coachdesk.model.schedule import EventKind
from coachdesk.services import changes, hold, roster, schedule
from coachdesk.services.checking import CHECKS
from coachdesk.services.desk import Desk
from coachdesk.store.vault import Vault

LATER = datetime.now(UTC) + timedelta(days=400)
KEY = bytes(range(32))


def test_it_is_off_until_it_is_switched_on(desk):
    assert not desk.ask(hold.is_on)
    assert desk.ask(hold.since) is None


def test_while_it_is_on_no_old_change_is_forgotten(desk, lincoln):
    desk.do(hold.switch, True)
    assert not desk.ask(changes.has_old, LATER)
    assert desk.do(changes.forget_old, LATER) == 0
    assert desk.ask(lambda session: session.exec(select(Change)).all())


def test_once_it_is_off_again_they_are(desk, lincoln):
    desk.do(hold.switch, True)
    desk.do(hold.switch, False)
    assert desk.ask(changes.has_old, LATER)
    assert desk.do(changes.forget_old, LATER) > 0


def test_it_says_since_when_and_switching_on_twice_leaves_the_day(desk):
    day = datetime(2026, 11, 20, 9, tzinfo=UTC)
    desk.do(hold.switch, True, day)
    desk.do(hold.switch, True, day + timedelta(days=3))
    assert desk.ask(hold.since) == day


def test_the_vault_remembers_it(vault, desk, place):
    desk.do(hold.switch, True)
    desk.close()
    again = Desk(Vault.open_with_key(place.vault, KEY))
    assert again.ask(hold.is_on)
    again.close()


def test_undo_takes_back_what_was_done_before_and_leaves_hold_on(desk):
    desk.do(roster.save_school, {"name": "Lincoln Middle School", "short_code": "LMS"})
    desk.do(hold.switch, True)
    assert desk.undo().title == "save school"
    assert desk.ask(hold.is_on)


@pytest.mark.parametrize("on", [True, False])
def test_the_seal_holds_afterwards(desk, vault, on):
    desk.do(hold.switch, True)
    desk.do(hold.switch, on)

    assert [said for said, is_well in CHECKS if not vault.inspect(is_well)] == []


def test_while_it_is_on_no_event_goes(desk):
    """Not even a quick contact, which has no note that would keep it."""
    starts = datetime(2027, 2, 2, 10)
    values = {"kind": EventKind.OTHER_DUTY, "starts": starts, "ends": starts.replace(hour=11)}
    event = desk.do(schedule.create_event, values)
    desk.do(hold.switch, True)
    with pytest.raises(CoachdeskError, match="Hold is on"):
        desk.do(schedule.delete_event, event.id)
    desk.do(hold.switch, False)
    desk.do(schedule.delete_event, event.id)
