from datetime import date

import pytest
from sqlmodel import col, select

from coachdesk.errors import CoachdeskError, Invalid, MovedOn
from coachdesk.model import Event, Placement, School, SchoolYear, Teacher
from coachdesk.services.keep import keep, keep_many, remove


def add_placement(session):
    school, teacher = (
        keep(session, School, {"name": "Lincoln"}),
        keep(session, Teacher, {"family_name": "Reyes"}),
    )
    keep(session, Placement, {"school_id": school.id, "teacher_id": teacher.id})
    return school


def test_a_new_record_has_a_key_and_times(desk):
    school = desk.do(keep, School, {"name": "Lincoln"})
    kept = desk.ask(lambda s: s.get(School, school.id))
    assert (kept.name, kept.rev, kept.created, kept.changed) == ("Lincoln", 0, school.created, school.changed)
    assert kept.created.tzinfo is not None


def test_what_is_left_out_stays_as_it_was(desk):
    school = desk.do(keep, School, {"name": "Lincoln", "short_code": "LMS"})
    again = desk.do(keep, School, {"id": school.id, "name": "Lincoln Middle"})
    assert (again.id, again.name, again.short_code) == (school.id, "Lincoln Middle", "LMS")


def test_a_key_may_be_text(desk):
    school = desk.do(keep, School, {"name": "Lincoln"})
    assert desk.do(keep, School, {"id": str(school.id), "name": "Adams"}).id == school.id


def test_a_record_may_bring_its_own_key(desk):
    other = School(name="x")
    assert desk.do(keep, School, {"id": other.id, "name": "Lincoln"}).id == other.id


@pytest.mark.parametrize(
    ("record", "values", "problems"),
    [
        (School, {}, {"name": "Please fill this in."}),
        (School, {"name": ""}, {"name": "Please fill this in."}),
        (School, {"name": "a\nb"}, {"name": "This has a line break or sign that does not fit here."}),
        (School, {"name": "x" * 501}, {"name": "This is too long."}),
        (
            SchoolYear,
            {"name": "2026-27", "first_day": date(2026, 8, 20), "last_day": date(2026, 8, 21)},
            {"form": "The last day must come 4 weeks to a year after the first."},
        ),
    ],
)
def test_what_cannot_be_kept_is_said_by_field(desk, record, values, problems):
    with pytest.raises(Invalid) as refused:
        desk.do(keep, record, values)
    assert refused.value.problems == problems
    with pytest.raises(Invalid) as refused:
        desk.do(keep_many, record, [values])
    assert refused.value.problems == problems


def test_what_was_typed_is_not_repeated_in_the_error(desk):
    with pytest.raises(Invalid) as refused:
        desk.do(keep, Teacher, {"family_name": "Quackenbush\n"})
    assert "Quackenbush" not in f"{refused.value} {refused.value.problems} {refused.value.__cause__}"


def test_a_stale_revision_overwrites_nothing(desk):
    school = desk.do(keep, School, {"name": "Lincoln"})
    desk.do(keep, School, {"id": school.id, "rev": 0, "name": "Adams"})
    with pytest.raises(MovedOn):
        desk.do(keep, School, {"id": school.id, "rev": 0, "name": "Jefferson"})
    assert desk.ask(lambda s: s.get(School, school.id)).name == "Adams"


def test_a_row_in_hand_is_as_it_was_written_and_is_not_written_again(desk):
    def twice(session):
        school = keep(session, School, {"name": "Lincoln"})
        school.short_code = "LMS"
        again = keep(session, School, {"id": school.id, "name": "Adams"})
        return again is school, school.name, school.short_code, school.rev, list(session.dirty)

    assert desk.do(twice) == (True, "Adams", "LMS", 2, [])
    kept = desk.ask(lambda s: s.exec(select(School)).one())
    assert (kept.name, kept.short_code, kept.rev) == ("Adams", "LMS", 2)
    assert desk.do(keep, School, {"id": kept.id, "name": "Adams"}).rev == 2


def test_a_row_that_went_by_statement_is_not_said_to_be_kept(desk):
    def meanwhile(session):
        school = keep(session, School, {"name": "Lincoln"})
        session.connection().exec_driver_sql("DELETE FROM school")
        keep(session, School, {"id": school.id, "name": "Adams"})

    with pytest.raises(MovedOn):
        desk.do(meanwhile)


def test_a_record_that_is_gone_does_not_come_back_by_itself(desk):
    school = desk.do(keep, School, {"name": "Lincoln"})
    desk.undo()
    with pytest.raises(MovedOn):
        desk.do(keep, School, {"id": school.id, "rev": 0, "name": "Adams"})


def test_a_new_record_may_say_that_it_is_new(desk):
    assert desk.do(keep, School, {"rev": 0, "name": "Lincoln"}).name == "Lincoln"


def test_many_are_kept_as_one_would_be(desk):
    day = {"starts": "2026-10-05T09:00", "ends": "2026-10-05T09:40"}
    assert desk.do(keep_many, Event, ({"kind": "visit", **day} for _ in range(3))) == 3
    desk.do(keep, Event, {"kind": "visit", **day})
    asked = select(Event).order_by(col(Event.created))
    rows = [
        row.model_dump(exclude={"id", "created", "changed"})
        for row in desk.ask(lambda s: s.exec(asked).all())
    ]
    assert len(rows) == 4
    assert all(row == rows[0] for row in rows)


def test_many_are_more_than_one_handful(desk):
    assert desk.do(keep_many, School, [{"name": f"{number}"} for number in range(5_001)]) == 5_001
    assert len(desk.ask(lambda s: s.exec(select(School.id)).all())) == 5_001


def test_none_of_many_is_kept_if_one_cannot_be(desk):
    with pytest.raises(Invalid):
        desk.do(keep_many, School, [{"name": "Lincoln"}, {"name": ""}])
    assert desk.ask(lambda s: s.exec(select(School)).all()) == []


def test_keeping_none_is_no_mistake(desk):
    assert desk.do(keep_many, School, []) == 0


def test_everyone_hears_of_many(desk):
    told = []
    desk.on_change = lambda touched, _by: told.append(touched)
    desk.do(keep_many, School, [{"name": "Lincoln"}])
    assert told == [{School}]


def test_a_removed_record_is_gone(desk):
    school = desk.do(keep, School, {"name": "Lincoln"})
    desk.do(lambda s: remove(s, s.get_one(School, school.id)))
    assert desk.ask(lambda s: s.get(School, school.id)) is None


def test_what_others_belong_to_is_not_removed(desk):
    school = desk.do(add_placement)
    with pytest.raises(CoachdeskError, match="does not fit"):
        desk.do(lambda s: remove(s, s.get_one(School, school.id)))
    assert desk.ask(lambda s: s.get(School, school.id)) is not None
