"""Days by which a file was to be kept are listed, and nothing happens by itself."""

from datetime import date, timedelta

from coachdesk.model import Agreement, Colleague, Teacher
from coachdesk.services import retention, roster
from coachdesk.services.keep import keep
from coachdesk.services.retention import Why

TODAY = date(2027, 6, 1)


def in_days(number):
    return TODAY + timedelta(number)


def test_what_has_come_and_what_comes_soon_is_listed_oldest_first(desk, lincoln):
    def fill(session):
        for name, until in (("Okafor", -3), ("Rivera", 20), ("Later", 61), ("Never", None)):
            day = None if until is None else in_days(until)
            keep(session, Teacher, {"family_name": name, "keep_until": day})
        principal = keep(session, Colleague, {"name": "Ignatius Rookhaven", "role": "principal"})
        made = {"kind": "principal_coach", "status": "agreed", "review_on": in_days(10)}
        keep(session, Agreement, made | {"colleague_id": principal.id})
        keep(session, Agreement, made | {"school_id": lincoln.id, "review_on": in_days(60)})
        keep(session, Agreement, made | {"status": "ended", "review_on": in_days(1)})

    desk.do(fill)
    found = desk.ask(retention.due, TODAY)
    assert [(one.about, one.why, one.come) for one in found] == [
        ("Okafor", Why.KEEP_UNTIL, True),
        ("Ignatius Rookhaven", Why.REVIEW, False),
        ("Rivera", Why.KEEP_UNTIL, False),
        (lincoln.name, Why.REVIEW, False),
    ]


def test_nothing_is_done_because_a_day_has_come(desk):
    key = desk.do(roster.save_teacher, {"family_name": "Okafor", "keep_until": in_days(-900)}).id
    writes = desk._vault.writes()
    desk.ask(retention.due, TODAY)
    assert desk._vault.writes() == writes
    assert desk.ask(roster.teacher, key).record.family_name == "Okafor"
