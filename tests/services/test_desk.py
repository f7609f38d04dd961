import logging
import shutil
import threading
from concurrent.futures import wait

import pytest
from sqlmodel import select

from coachdesk.errors import Invalid, MovedOn, NotSaved, VaultError
from coachdesk.model import School
from coachdesk.services import roster
from coachdesk.services.changes import lasting
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep
from coachdesk.store.vault import Vault

LONG_AGO = "UPDATE change SET at = '2020-01-01 00:00:00.000000'"


def schools(session):
    return sorted(school.name for school in session.exec(select(School)))


def save_school(session, values):
    return keep(session, School, values)


@pytest.fixture
def slow(desk):
    """A writer that is busy until it is let go."""
    gate = threading.Event()
    busy = desk.do_later("slow", lambda _session: gate.wait(30))
    yield gate
    gate.set()
    wait([busy])


@pytest.fixture
def _full(vault):
    """A vault that has no room for one page more."""
    vault.inspect(lambda c: c.execute("PRAGMA max_page_count = 1").fetchone())


def test_what_was_done_can_be_asked_at_once(desk):
    desk.do(keep, School, {"name": "Lincoln"})
    assert desk.ask(schools) == ["Lincoln"]


def test_everyone_is_told_which_tables_changed_and_by_whom(desk):
    told = []
    desk.on_change = lambda touched, by: told.append((touched, by))
    desk.do_as("me", keep, School, {"name": "Lincoln"})
    assert told == [({School}, "me")]


def test_nobody_is_told_of_what_changed_nothing(desk):
    told = []
    desk.on_change = lambda touched, by: told.append((touched, by))
    desk.do(schools)
    with pytest.raises(Invalid):
        desk.do(keep, School, {"name": ""})
    assert told == []


def test_changes_are_told_through_the_post(vault):
    posted, told = [], []
    desk = Desk(vault, posted.append)
    desk.on_change = lambda touched, by: told.append(by)
    desk.do_as("me", keep, School, {"name": "Lincoln"})
    desk.do_later("field", keep, School, {"name": "Adams"}).result()
    assert told == []
    for call in posted:
        call()
    assert told == ["me", "field"]


def test_asking_keeps_nothing(desk):
    desk.ask(lambda session: session.add(School(name="ghost")))
    assert desk.ask(schools) == []


def test_later_returns_before_it_is_done(desk, slow):
    future = desk.do_later("field", keep, School, {"name": "Lincoln"})
    assert not future.done()
    slow.set()
    assert future.result().name == "Lincoln"
    assert desk.ask(schools) == ["Lincoln"]


def test_the_newest_of_what_waits_under_one_key_wins(desk, slow):
    futures = [desk.do_later("field", keep, School, {"name": name}) for name in ("L", "Li", "Lin")]
    other = desk.do_later("other", keep, School, {"name": "Adams"})
    slow.set()
    assert [future.result().name for future in futures] == ["Lin"] * 3
    assert other.result().name == "Adams"
    assert desk.ask(schools) == ["Adams", "Lin"]


def test_an_error_comes_with_the_answer(desk):
    with pytest.raises(Invalid):
        desk.do_later("field", keep, School, {"name": ""}).result()


def typed(desk, school, *names):
    for name in names:
        desk.do_later("name", keep, School, {"id": school.id, "name": name}).result()


def test_typing_in_one_field_is_one_step_of_undo(desk):
    school = desk.do(keep, School, {"name": "Lincoln"})
    typed(desk, school, "A", "Ad", "Adams")
    desk.undo()
    assert desk.ask(schools) == ["Lincoln"]


def test_leaving_the_field_ends_the_step(desk):
    school = desk.do(keep, School, {"name": "Lincoln"})
    typed(desk, school, "A", "Adams")
    desk.settle()
    typed(desk, school, "Jefferson")
    desk.undo()
    assert desk.ask(schools) == ["Adams"]


def test_what_comes_after_closing_leaves_nothing_behind(desk, vault):
    desk.close()
    with pytest.raises(VaultError):
        desk.do_later("field", save_school, {"name": "Lincoln"}).result()
    assert vault.drafts.found() == []


def test_undo_says_what_it_took_back(desk):
    desk.do(save_school, {"name": "Lincoln"})
    assert desk.undo().title == "save school"
    assert desk.undo() is None


def test_what_was_done_before_the_desk_was_opened_stays(vault, desk):
    desk.do(keep, School, {"name": "Lincoln"})
    assert Desk(vault).undo() is None


@lasting
def publish(session):
    return keep(session, School, {"name": "Published"})


def test_a_lasting_command_cannot_be_undone(desk):
    desk.do(keep, School, {"name": "Lincoln"})
    desk.do(publish)
    desk.do_later("page", publish).result()
    desk.undo()
    assert desk.ask(schools) == ["Published", "Published"]


def test_undo_refuses_what_has_moved_on(desk, vault):
    school = desk.do(keep, School, {"name": "Lincoln"})
    vault.submit(lambda s: s.connection().exec_driver_sql("UPDATE school SET name = 'Adams'")).result()
    with pytest.raises(MovedOn):
        desk.undo()
    assert desk.ask(schools) == ["Adams"]
    assert school.name == "Lincoln"


def test_a_flush_waits_for_what_is_queued(desk):
    desk.do_later("field", keep, School, {"name": "Lincoln"})
    assert desk.flush(timeout_ms=10_000)
    assert desk.ask(schools) == ["Lincoln"]
    assert desk.rescued() == []


def test_a_flush_that_comes_too_late_seals_the_draft(desk, slow, caplog):
    caplog.set_level(logging.WARNING)
    desk.do_later("field", roster.save_teacher, {"family_name": "Quackenbush"})
    assert not desk.flush(timeout_ms=1)
    drafts = [draft for draft in desk.rescued() if draft.command is roster.save_teacher]
    assert [draft.args for draft in drafts] == [({"family_name": "Quackenbush"},)]
    assert "Quackenbush" not in repr(drafts) + caplog.text
    assert "flush-late" in caplog.text


def test_a_sealed_draft_that_was_written_after_all_is_not_offered(desk, slow, place):
    future = desk.do_later("field", save_school, {"name": "Lincoln"})
    desk.flush(timeout_ms=1)
    slow.set()
    future.result()
    assert desk.flush(timeout_ms=10_000)
    assert list(place.state.glob("*.sealed")) == []


def test_a_sealed_draft_that_the_disk_keeps_is_no_reason_to_tell_nobody(desk, slow, place, caplog):
    told = []
    desk.on_change = lambda touched, by: told.append((touched, by))
    future = desk.do_later("field", save_school, {"name": "Lincoln"})
    desk.flush(timeout_ms=1)
    for path in place.state.glob("*.sealed"):
        path.unlink()
        path.mkdir()  # which does not go as a file does
    slow.set()
    future.result()
    assert told == [({School}, "field")]
    assert desk.flush(timeout_ms=10_000)
    assert "draft-left" in caplog.text


@pytest.mark.usefixtures("_full")
def test_what_a_full_disk_refused_is_sealed_and_comes_back(desk, place):
    values = {"family_name": "Quackenbush", "background": "x" * 100_000}
    with pytest.raises(NotSaved):
        desk.do_later("field", roster.save_teacher, values).result()
    assert not desk.flush()
    assert not desk.flush()
    assert len(list(place.state.glob("*.sealed"))) == 1
    desk.close()

    again = Desk(Vault.open_with_key(place.vault, bytes(range(32))))
    [draft] = again.rescued()
    again.bring_back(draft)
    assert again.rescued() == []
    assert again.ask(lambda s: s.connection().exec_driver_sql("SELECT family_name FROM teacher").all()) == [
        ("Quackenbush",)
    ]
    again.close()


def test_a_draft_that_still_cannot_be_kept_stays_sealed(desk):
    with pytest.raises(Invalid):
        desk.do_later("field", roster.save_teacher, {"family_name": "two\nlines"}).result()
    assert not desk.flush()
    [draft] = desk.rescued()
    with pytest.raises(Invalid):
        desk.bring_back(draft)
    assert [again.path for again in desk.rescued()] == [draft.path]


def test_a_draft_that_was_given_up_is_not_offered(desk):
    with pytest.raises(Invalid):
        desk.do_later("field", roster.save_teacher, {"family_name": "two\nlines"}).result()
    assert not desk.flush()
    desk.forget_draft("field")
    desk.forget_draft("field")
    assert desk.rescued() == []
    assert desk.flush()


def test_a_draft_that_was_put_right_is_not_offered(desk):
    with pytest.raises(Invalid):
        desk.do_later("field", roster.save_teacher, {"family_name": "two\nlines"}).result()
    desk.flush()
    desk.do_later("field", roster.save_teacher, {"family_name": "Reyes"}).result()
    assert desk.rescued() == []
    assert desk.flush()


def test_a_draft_of_a_command_that_is_no_more_is_left_alone(desk, vault, caplog):
    vault.drafts.seal(b'{"module": "os", "name": "remove", "args": []}')
    vault.drafts.seal(b'{"module": "coachdesk.services.roster", "name": "gone", "args": []}')
    assert desk.rescued() == []
    assert caplog.messages == ["draft-of-another-version"] * 2


def test_leaving_writes_backs_up_and_closes(desk, place):
    desk.do_later("field", keep, School, {"name": "Lincoln"})
    desk.leave()
    assert len(list(place.backups.iterdir())) == 1
    again = Desk(Vault.open_with_key(place.vault, bytes(range(32))))
    assert again.ask(schools) == ["Lincoln"]
    assert not again.back_up()
    again.close()


def test_leaving_forgets_what_is_older_than_thirty_days(desk, vault, place):
    desk.do(keep, School, {"name": "Lincoln"})
    vault.submit(lambda s: s.connection().exec_driver_sql(LONG_AGO)).result()
    desk.leave()
    again = Vault.open_with_key(place.vault, bytes(range(32)))
    assert again.inspect(lambda c: c.execute("SELECT count(*) FROM change").fetchone()) == (0,)
    again.close()


def test_the_vault_is_closed_even_if_the_backup_fails(desk, place):
    place.backups.write_bytes(b"a file where the folder should be")
    desk.do(keep, School, {"name": "Lincoln"})
    with pytest.raises(NotSaved):
        desk.leave()
    Vault.open_with_key(place.vault, bytes(range(32))).close()


def test_what_was_typed_after_a_draft_was_sealed_is_sealed_in_its_place(desk, slow):
    for name in ("Quack", "Quackenbush"):
        desk.do_later("field", roster.save_teacher, {"family_name": name})
        assert not desk.flush(timeout_ms=1)
    drafts = [draft for draft in desk.rescued() if draft.command is roster.save_teacher]
    assert [draft.args for draft in drafts] == [({"family_name": "Quackenbush"},)]


def test_what_followed_a_draft_that_is_being_written_is_sealed(desk, slow):
    """The first is with the writer, its sealed copy is there; the second waits behind it."""
    desk.flush(timeout_ms=1)
    desk.do_later("slow", roster.save_teacher, {"family_name": "Quackenbush"})
    assert not desk.flush(timeout_ms=1)
    assert [draft.args for draft in desk.rescued()] == [({"family_name": "Quackenbush"},)]


def test_what_is_typed_is_sealed_even_when_the_vault_file_is_gone(desk, vault, place):
    def lose_the_connection(session, values):
        place.vault.rename(place.data / "away")
        session.invalidate()
        return roster.save_teacher(session, values)

    lost = desk.do_later("field", lose_the_connection, {"family_name": "Quackenbush"})
    with pytest.raises(VaultError):
        lost.result()
    assert not desk.flush()
    assert len(list(place.state.glob("*.sealed"))) == 1
    (place.data / "away").rename(place.vault)


def test_a_draft_that_cannot_be_sealed_either_is_said_and_tried_again(desk, slow, place):
    desk.do_later("one", roster.save_teacher, {"family_name": "Quackenbush"})
    shutil.rmtree(place.state)
    place.state.write_bytes(b"a file where the folder should be")
    with pytest.raises(NotSaved):
        desk.flush(timeout_ms=1)
    place.state.unlink()
    assert not desk.flush(timeout_ms=1)
    assert len(list(place.state.glob("*.sealed"))) == 2


def test_a_save_is_answered_even_if_its_telling_fails(desk):
    def fail(_touched, _by):
        raise RuntimeError

    desk.on_change = fail
    assert desk.do_later("field", keep, School, {"name": "Lincoln"}).result(10).name == "Lincoln"


def test_a_draft_of_a_module_that_is_no_more_is_left_alone(desk, vault, caplog):
    vault.drafts.seal(b'{"module": "coachdesk.services.gone.away", "name": "save", "args": []}')
    assert desk.rescued() == []
    assert caplog.messages == ["draft-of-another-version"]


def test_what_the_disk_refuses_is_sealed_before_the_coach_leaves(vault, desk):
    pages = vault.inspect(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
    vault.inspect(lambda c: c.execute(f"PRAGMA max_page_count = {pages}").fetchone())
    names = [f"{number}" * 30 for number in range(10, 99)]
    later = [desk.do_later(name, roster.save_teacher, {"family_name": name}) for name in names]
    refused = [name for name, future in zip(names, later, strict=True) if future.exception()]
    assert refused
    assert sorted(draft.args[0]["family_name"] for draft in desk.rescued()) == refused
    vault.inspect(lambda c: c.execute("PRAGMA max_page_count = 100000").fetchone())
    for name in refused:
        desk.do_later(name, roster.save_teacher, {"family_name": name}).result()
    assert desk.rescued() == []
