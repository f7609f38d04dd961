"""Backups and getting them back, as a coach asks for them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest

from coachdesk.errors import BadFile, Cancelled, DamagedVault, WrongPassphrase
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind
from coachdesk.paths import folders
from coachdesk.services import backups, hold, opening, restoring, roster, schedule, script, visits
from coachdesk.services.backups import Elsewhere
from coachdesk.store.keys import FLOOR

WORDS = "a passphrase"


@pytest.fixture
def own(place, locked_vault):
    """A desk over a vault with a passphrase."""
    locked_vault(place, WORDS)
    desk = opening.open_desk(place, WORDS)
    yield desk
    desk.close()


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def teacher(desk, name):
    return desk.do(roster.save_teacher, {"given_name": name, "family_name": "Rookhaven"})


def newest(place) -> Path:
    return backups.kept(place)[0].path


def row(look, noun):
    return next(row for row in look.rows if row.noun == noun)


def test_the_state_tells_when_where_and_how_many(own, place, stick):
    assert backups.state(own).last is None
    assert backups.back_up(own, stick) is Elsewhere.THERE
    assert backups.back_up_if_changed(own) is Elsewhere.NOT_WANTED
    state = backups.state(own, stick)
    assert (state.count, state.folder, state.second) == (1, place.backups, Elsewhere.THERE)
    assert abs((state.last - own.now()).total_seconds()) < 60
    assert not state.all_are_kept


def test_a_stick_that_is_back_gets_what_it_missed(own, stick):
    away = stick / "plugged out"
    assert backups.back_up(own, away) is Elsewhere.ABSENT
    away.mkdir()
    assert backups.state(own, away).second is Elsewhere.WAITS
    assert backups.back_up_if_changed(own, away) is Elsewhere.THERE
    assert backups.state(own).count == 1


def test_both_folders_are_listed_and_the_newest_is_first(own, place, stick):
    backups.back_up(own, stick)
    teacher(own, "Ada")
    backups.back_up(own)
    (stick / "2020-01-01.vault-backup").write_bytes(b"half a backup")
    listed = backups.kept(place, stick)
    assert [(one.here, one.in_second) for one in listed] == [(True, False), (True, True)]
    assert listed[0].made > listed[1].made
    (stick / listed[1].path.name).rename(stick / "2019-01-01.vault-backup")
    assert len(backups.kept(place, stick)) == 3


def test_looking_into_a_backup_tells_what_would_come_back_and_what_would_go(own, place):
    teacher(own, "Ada")
    changed = teacher(own, "Bo")
    backups.back_up(own)
    own.do(roster.save_teacher, {"id": changed.id, "given_name": "Bobby"})
    teacher(own, "Cy")
    look = restoring.look(restoring.opened(newest(place), desk=own), place, own)
    found = row(look, "teacher")
    assert (found.then, found.now, found.back, found.gone, found.other) == (2, 3, 0, 1, 1)
    assert look.compared
    assert not look.is_the_same


def test_a_note_whose_script_went_on_would_change(own, place):
    day = {"starts": datetime(2027, 2, 2, 9), "ends": datetime(2027, 2, 2, 10)}
    who = teacher(own, "Ada").id
    event = own.do(schedule.create_event, {"kind": "visit", **day, "teachers": [who]}).id
    note = own.do(visits.start_note, event, day["starts"])
    backups.back_up(own)
    of = restoring.opened(newest(place), desk=own)
    assert restoring.look(of, place, own).is_the_same
    own.do(script.write_lines, note, [Line(uuid4(), 5, LineKind.ACTION, "Six hands went up")])
    assert row(restoring.look(of, place, own), "visitnote").other == 1


@pytest.mark.parametrize("begins", [b"age-encryption.org/v1\n", b"PK\x03\x04"])
def test_an_archive_taken_for_a_backup_is_told(tmp_path, begins):
    (tmp_path / "archive").write_bytes(begins + bytes(5_000))
    with pytest.raises(BadFile, match="This is an archive, not a backup"):
        restoring.opened(tmp_path / "archive", "a passphrase")


def test_from_before_unlocking_the_same_is_told(own, place):
    teacher(own, "Ada")
    backups.back_up(own)
    own.close()
    look = restoring.look(restoring.opened(newest(place), WORDS), place)
    assert look.is_the_same
    place.vault.write_bytes(b"damaged" * 2_000)
    look = restoring.look(restoring.opened(newest(place), WORDS), place)
    assert (row(look, "teacher").then, row(look, "teacher").now, look.compared) == (1, None, False)


def test_a_backup_is_tested_with_progress_and_can_be_stopped(own, place):
    backups.back_up(own)
    of, heard = restoring.opened(newest(place), desk=own), []
    restoring.test(of, lambda done, total: heard.append(done <= total))
    assert heard
    assert all(heard)

    def stop(_done, _of):
        raise Cancelled

    with pytest.raises(Cancelled):
        restoring.test(of, stop)
    content = bytearray(newest(place).read_bytes())
    content[5_000] ^= 1
    newest(place).write_bytes(content)
    with pytest.raises(DamagedVault):
        restoring.test(of)


def test_what_is_about_to_be_restored_waits_for_a_backup_that_is_being_looked_at(own, place):
    looking, goes_on = Event(), Event()

    def wait(done, of):
        if (done, of) == (3, 4):
            looking.set()
            goes_on.wait(10)

    with ThreadPoolExecutor(2) as threads:
        made = threads.submit(own.backups.make, wait)
        assert looking.wait(10)
        closed = threads.submit(own.close_for_good)
        with pytest.raises(TimeoutError):
            closed.result(0.05)
        goes_on.set()
        closed.result(10)
        assert made.result(0.1).path == newest(place)


def test_last_week_comes_back_and_today_is_kept(own, place):
    teacher(own, "Ada")
    backups.back_up(own)
    last = newest(place)
    teacher(own, "Bo")
    of = restoring.opened(last, desk=own)
    own.close()
    restored = restoring.restore(place, of)
    assert (place.backups / restored.backup).is_file()
    again = opening.open_desk(place, WORDS)
    assert len(again.ask(roster.teachers, again.now())) == 1
    of = restoring.opened(place.backups / restored.backup, desk=again)
    assert row(restoring.look(of, place, again), "teacher").then == 2
    again.close()


def test_a_vault_is_made_of_one_backup_alone(own, place, tmp_path):
    teacher(own, "Ada")
    backups.back_up(own)
    new = folders(tmp_path / "new machine")
    restored = restoring.restore(new, restoring.opened(newest(place), WORDS))
    assert (restored.backup, restored.folder) == ("", "")
    again = opening.open_desk(new, WORDS)
    assert len(again.ask(roster.teachers, again.now())) == 1
    again.close()


def test_another_vaults_backup_asks_for_its_passphrase(own, place, tmp_path):
    backups.back_up(own)
    other = opening.create_desk(folders(tmp_path / "other"), "another passphrase", cost=FLOOR)
    with pytest.raises(WrongPassphrase, match="another key"):
        restoring.opened(newest(place), desk=other)
    assert restoring.opened(newest(place), WORDS, other)
    other.close()


def test_leaving_keeps_a_backup_in_both_folders(own, place, stick):
    teacher(own, "Ada")
    own.leave(stick)
    assert [(one.here, one.in_second) for one in backups.kept(place, stick)] == [(True, True)]


def test_while_hold_is_on_no_backup_goes(own, place):
    long_ago = datetime.now(UTC) - timedelta(days=4)
    own.backups.now = lambda: long_ago
    for _ in range(3):
        backups.back_up(own)
    own.do(hold.switch, True)
    assert backups.state(own).all_are_kept
    own.backups.now = lambda: datetime.now(UTC)
    backups.back_up(own)
    assert len(backups.kept(place)) == 4
    own.do(hold.switch, False)
    backups.back_up(own)
    assert len(backups.kept(place)) == 3


def test_a_backup_from_before_hold_does_not_switch_it_off(own, place):
    """Whoever asked the coach to keep everything still does."""
    teacher(own, "Ada")
    backups.back_up(own)
    day = datetime(2026, 11, 20, 9, tzinfo=UTC)
    own.do(hold.switch, True, day)
    own.close_for_good()
    of = restoring.opened(newest(place), WORDS)
    assert restoring.restore(place, of).stays_on_hold
    again = opening.open_desk(place, WORDS)
    assert again.ask(hold.since) == day
    again.make_sure()
    assert len(again.ask(roster.teachers, datetime.now())) == 1
    again.do(hold.switch, False)
    backups.back_up(again)
    again.close_for_good()
    assert not restoring.restore(place, restoring.opened(newest(place), WORDS)).stays_on_hold


def test_under_another_key_the_desk_that_was_open_says_whether_hold_is_on(own, place, tmp_path):
    teacher(own, "Ada")
    backups.back_up(own)
    own.close_for_good()
    new = folders(tmp_path / "new")
    of, day = restoring.opened(newest(place), WORDS), datetime(2026, 11, 20, 9, tzinfo=UTC)
    restoring.restore(new, of, held=day)
    again = opening.open_desk(new, WORDS)
    assert again.ask(hold.since) == day
    again.make_sure()
    again.close()
