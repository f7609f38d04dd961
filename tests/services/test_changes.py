from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from coachdesk.errors import MovedOn
from coachdesk.model import Placement, Release, ReleaseFile, ReportingYear, School, Teacher
from coachdesk.services import changes
from coachdesk.services.keep import keep, keep_many, remove


def add_teacher_and_school(session):
    school, teacher = (
        keep(session, School, {"name": "Lincoln"}),
        keep(session, Teacher, {"family_name": "Reyes"}),
    )
    keep(session, Placement, {"school_id": school.id, "teacher_id": teacher.id})
    return school


def remove_everything(session):
    for record in (Placement, Teacher, School):
        for row in session.exec(select(record)).all():
            remove(session, row)


def content(session):
    kinds = (School, Teacher, Placement)
    return [
        row.model_dump(exclude={"rev", "changed"})
        for kind in kinds
        for row in session.exec(select(kind)).all()
    ]


def test_what_came_together_goes_together(desk):
    desk.do(add_teacher_and_school)
    assert desk.undo().title == "add teacher and school"
    assert desk.ask(content) == []


def test_what_went_comes_back_with_its_kin(desk):
    desk.do(add_teacher_and_school)
    before = desk.ask(content)
    desk.do(remove_everything)
    assert desk.ask(content) == []
    desk.undo()
    assert desk.ask(content) == before


def test_one_after_the_other_is_taken_back_newest_first(desk):
    school = desk.do(keep, School, {"name": "A"})
    for name in ("B", "C"):
        desk.do(keep, School, {"id": school.id, "name": name})
    names = []
    while desk.undo():
        names += [row["name"] for row in desk.ask(content)]
    assert names == ["B", "A"]


def test_a_row_changed_twice_by_one_command_goes_back_all_the_way(desk):
    school = desk.do(keep, School, {"name": "A"})

    def twice(session):
        for name in ("B", "C"):
            keep(session, School, {"id": school.id, "name": name})

    desk.do(twice)
    desk.undo()
    assert [row["name"] for row in desk.ask(content)] == ["A"]


def test_what_came_to_nothing_is_passed_over(desk):
    """As a word that was typed and deleted before the caret left the field."""
    school = desk.do(keep, School, {"name": "A"})

    def there_and_back(session):
        for name in ("B", "A"):
            keep(session, School, {"id": school.id, "name": name})
        remove(session, keep(session, Teacher, {"family_name": "Reyes"}))

    desk.do(there_and_back)
    assert desk.undo().title == "keep"
    assert desk.ask(content) == []
    assert desk.redo().title == "keep"
    assert desk.redo() is None
    assert [row["name"] for row in desk.ask(content)] == ["A"]
    desk.do(there_and_back)
    assert desk.undo() is not None
    assert desk.undo() is None


def test_undo_counts_as_a_change_of_the_row(desk):
    school = desk.do(keep, School, {"name": "A"})
    desk.do(keep, School, {"id": school.id, "name": "B"})
    desk.undo()
    with pytest.raises(MovedOn):
        desk.do(keep, School, {"id": school.id, "rev": 1, "name": "C"})


def test_undo_is_told_to_everyone(desk):
    desk.do(keep, School, {"name": "A"})
    told = []
    desk.on_change = lambda touched, _by: told.append(touched)
    desk.undo()
    assert told == [{School}]


def test_a_batch_of_which_one_row_moved_on_stays_whole(desk, vault):
    desk.do(add_teacher_and_school)
    vault.submit(lambda s: s.connection().exec_driver_sql("UPDATE school SET name = 'Adams'")).result()
    with pytest.raises(MovedOn):
        desk.undo()
    assert len(desk.ask(content)) == 3


def test_a_row_that_is_gone_has_moved_on(desk, vault):
    desk.do(keep, School, {"name": "A"})
    vault.submit(lambda s: s.connection().exec_driver_sql("DELETE FROM school")).result()
    with pytest.raises(MovedOn):
        desk.undo()


def test_an_import_goes_back_as_one(desk):
    desk.do(keep_many, School, [{"name": "A"}, {"name": "B"}], undoable=True)
    desk.undo()
    assert desk.ask(content) == []


def test_bytes_come_back_as_they_were(desk):
    def add_file(session):
        school = keep(session, School, {"name": "Lincoln"})
        days = {"first_day": "2026-08-20", "last_day": "2027-06-05", "roster": 27, "colluders": 2}
        year = keep(session, ReportingYear, {"school_id": school.id, "name": "2026-27", **days})
        made = {"year_id": year.id, "quarter": "2026-27 Q1", "released": "2026-11-01T10:00:00Z", "rules": "1"}
        release = keep(session, Release, made)
        file = {"release_id": release.id, "format": "pdf", "name": "a.pdf", "digest": ""}
        return keep(session, ReleaseFile, {**file, "content": b"%PDF\xff\x00"})

    file = desk.do(add_file)
    desk.do(lambda s: remove(s, s.get_one(ReleaseFile, file.id)))
    desk.undo()
    assert desk.ask(lambda s: s.get_one(ReleaseFile, file.id)).content == b"%PDF\xff\x00"


def test_thirty_days_are_remembered(desk):
    desk.do(keep, School, {"name": "A"})
    now = datetime.now(UTC)
    assert desk.do(changes.forget_old, now + timedelta(days=29)) == 0
    assert desk.do(changes.forget_old, now + timedelta(days=31)) == 1
    assert desk.undo() is None


def test_there_is_nothing_to_undo_in_a_new_vault(desk):
    assert desk.ask(changes.newest) == 0
    assert desk.undo() is None
