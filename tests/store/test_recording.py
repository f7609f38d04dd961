import json
from uuid import uuid4

from sqlmodel import col, select, update

from coachdesk.model import Change, Release, ReleaseFile, ReportingYear, School
from coachdesk.services.keep import keep, keep_many, remove
from coachdesk.store.recording import Recording


def changes(vault):
    with vault.read() as session:
        return session.exec(select(Change).order_by(col(Change.number))).all()


def do(vault, work, **recording):
    return vault.submit(work, Recording(**recording)).result()


def test_a_new_row_is_kept_with_nothing_before(vault):
    school, _ = do(vault, lambda s: keep(s, School, {"name": "Lincoln"}), title="save school")
    [change] = changes(vault)
    assert (change.record, change.key, change.title, change.before) == (
        "School",
        school.id,
        "save school",
        None,
    )
    assert json.loads(change.after)["name"] == "Lincoln"


def test_a_changed_row_is_kept_as_it_was_and_as_it_is(vault):
    school, _ = do(vault, lambda s: keep(s, School, {"name": "Lincoln"}))
    do(vault, lambda s: keep(s, School, {"id": school.id, "name": "Adams"}))
    change = changes(vault)[-1]
    before, after = json.loads(change.before), json.loads(change.after)
    assert (before["name"], before["rev"], after["name"], after["rev"]) == ("Lincoln", 0, "Adams", 1)


def test_a_removed_row_is_kept_with_nothing_after(vault):
    school, _ = do(vault, lambda s: keep(s, School, {"name": "Lincoln"}))
    do(vault, lambda s: remove(s, s.get_one(School, school.id)))
    change = changes(vault)[-1]
    assert json.loads(change.before)["name"] == "Lincoln"
    assert change.after is None


def test_every_change_raises_the_revision_and_the_time(vault):
    school, _ = do(vault, lambda s: keep(s, School, {"name": "Lincoln"}))
    again, _ = do(vault, lambda s: keep(s, School, {"id": school.id, "name": "Adams"}))
    assert again.rev == school.rev + 1
    assert again.changed > school.changed
    assert again.created == school.created


def test_saving_the_same_again_changes_nothing(vault):
    school, _ = do(vault, lambda s: keep(s, School, {"name": "Lincoln"}))
    _, touched = do(vault, lambda s: keep(s, School, {"id": school.id, "name": "Lincoln"}))
    assert touched == frozenset()
    assert len(changes(vault)) == 1


def test_a_field_set_to_what_it_was_is_no_change(vault):
    def same(session):
        school = keep(session, School, {"name": "Lincoln"})
        school.name = "Lincoln"
        session.flush()
        return school

    assert do(vault, same)[0].rev == 0


def test_the_changes_themselves_are_not_kept_as_changes(vault):
    def hide(session):
        session.exec(select(Change)).one().undone = True

    do(vault, lambda s: keep(s, School, {"name": "Lincoln"}))
    do(vault, hide)
    assert [change.undone for change in changes(vault)] == [True]


def test_what_is_not_to_be_undone_is_not_kept(vault):
    _, touched = do(vault, lambda s: keep(s, School, {"name": "Lincoln"}), kept=False)
    assert touched == {School}
    assert changes(vault) == []


def test_typing_goes_on_in_one_change(vault):
    batch = uuid4()
    school, _ = do(vault, lambda s: keep(s, School, {"name": "L"}), batch=batch)
    for name in ("Li", "Lin"):
        do(
            vault,
            lambda s, name=name: keep(s, School, {"id": school.id, "name": name}),
            batch=batch,
            again=True,
        )
    do(vault, lambda s: keep(s, School, {"name": "Adams"}), batch=batch, again=True)
    first, second = changes(vault)
    assert (first.before, json.loads(first.after)["name"]) == (None, "Lin")
    assert json.loads(second.after)["name"] == "Adams"


def test_a_table_written_by_statement_is_touched_too(vault):
    do(vault, lambda s: keep(s, School, {"name": "Lincoln"}))
    _, touched = do(vault, lambda s: s.execute(update(School).values(short_code="L")))
    assert touched == {School}


def test_rows_that_came_in_bulk_are_kept_for_undo_if_asked(vault):
    rows = [{"name": "Lincoln"}, {"name": "Adams"}]
    do(vault, lambda s: keep_many(s, School, rows))
    assert changes(vault) == []
    do(vault, lambda s: keep_many(s, School, rows, undoable=True))
    assert [json.loads(change.after)["name"] for change in changes(vault)] == ["Lincoln", "Adams"]


def test_bytes_are_kept_as_text(vault):
    def release(session):
        school = keep(session, School, {"name": "Lincoln"})
        days = {"first_day": "2026-08-20", "last_day": "2027-06-05", "roster": 27, "colluders": 2}
        year = keep(session, ReportingYear, {"school_id": school.id, "name": "2026-27", **days})
        made = {"year_id": year.id, "quarter": "2026-27 Q1", "released": "2026-11-01T10:00:00Z", "rules": "1"}
        kept = keep(session, Release, made)
        file = {"release_id": kept.id, "format": "pdf", "name": "a.pdf", "digest": "", "content": b"%PDF\xff"}
        keep(session, ReleaseFile, file)

    do(vault, release)
    assert json.loads(changes(vault)[-1].after)["content"] == "JVBERv8="
