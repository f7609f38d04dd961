"""A vault that may not be trusted is said on a page before it is used, and what is chosen there is done."""

import shutil

import pytest

from coachdesk.app import Program
from coachdesk.model import School
from coachdesk.paths import Folders, folders
from coachdesk.services import opening, roster
from coachdesk.services.keep import keep
from coachdesk.store import seal
from coachdesk.store.files import PAGE
from coachdesk.store.vault import Vault
from coachdesk.ui import theme
from coachdesk.ui.gate.refused import Refused
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.handover import Handover, Start
from coachdesk.ui.workspace import Workspace

WORDS = "five little words on paper"
SECONDS = 20_000


@pytest.fixture
def restarts():
    return []


@pytest.fixture
def program(qapp, qtbot, place, restarts):
    """Makes programs; each is ended after the test."""
    theme.dress(qapp, "light")
    made = []

    def make(handed: Handover | None = None, place: Folders = place) -> Program:
        program = Program(
            place,
            Start(place.data, locked=handed is not None),
            handed or Handover(),
            lambda *how: restarts.append(how),
        )
        made.append(program)
        program.begin()
        qtbot.waitExposed(program.shell)
        return program

    yield make
    for program in made:
        program.shell.leave()
        program.end()
        program.shell.deleteLater()


@pytest.fixture
def coached(place, locked_vault):
    locked_vault(place, WORDS)
    desk = opening.open_desk(place, WORDS)
    desk.do(roster.save_school, {"name": "Lincoln Middle School"})
    desk.close()
    return place


def refused(program, qtbot):
    qtbot.waitUntil(lambda: isinstance(program.shell.page, Refused), timeout=SECONDS)
    return program.shell.page


def unlock(program, qtbot, to):
    qtbot.waitUntil(lambda: isinstance(program.shell.page, Unlock), timeout=SECONDS)
    qtbot.keyClicks(program.shell.page.edit, WORDS + "\r")
    qtbot.waitUntil(lambda: isinstance(program.shell.page, to), timeout=SECONDS)


def test_an_emptied_file_is_said_before_the_passphrase_is_typed(program, coached, qtbot):
    kept = coached.vault.read_bytes()
    coached.vault.write_bytes(b"")
    made = program()
    page = refused(made, qtbot)
    assert "empty or cut short" in page.problem.text()
    coached.vault.write_bytes(kept)
    page.buttons["look_again"].click()
    unlock(made, qtbot, Workspace)


def test_an_older_copy_is_used_only_when_the_coach_says_so(program, coached, qtbot):
    older = coached.data / "older"
    shutil.copy(coached.vault, older)
    vault = Vault.open(coached, WORDS)
    vault.submit(lambda session: keep(session, School, {"name": "Adams"})).result()
    vault.close()
    older.replace(coached.vault)
    made = program()
    unlock(made, qtbot, Refused)
    made.shell.page.buttons["use_anyway"].click()
    assert "This copy will be used" in made.shell.page.news.text()
    unlock(made, qtbot, Workspace)
    assert [school.name for school in made.desk.ask(roster.schools)] == ["Lincoln Middle School"]


def test_a_mixed_copy_is_found_while_the_coach_works_and_is_used_when_they_say_so(
    program, coached, restarts, qtbot
):
    vault = Vault.open(coached, WORDS)
    vault.inspect(lambda c: c.execute("UPDATE school SET name = 'Lincoln'").fetchall())
    vault.close()
    made = program()
    unlock(made, qtbot, Workspace)
    qtbot.waitUntil(lambda: len(restarts) == 1, timeout=SECONDS)
    [(start, handed)] = restarts
    assert (start.locked, handed.broken) == (True, "MixedCopy")
    again = program(handed)
    page = refused(again, qtbot)
    assert "Parts of the vault are older" in page.problem.text()
    page.buttons["use_anyway"].click()
    unlock(again, qtbot, Workspace)
    vault = again.desk._vault
    assert vault.inspect(lambda connection: seal.holds(connection, vault.key.dek))


def test_damage_where_no_note_lies_is_told_and_what_can_be_read_is_read_when_the_coach_says_so(
    program, coached, restarts, qtbot
):
    vault = Vault.open(coached, WORDS)
    asked = "SELECT rootpage FROM sqlite_master WHERE type = 'index' AND tbl_name = 'actionstep'"
    page = vault.inspect(lambda connection: connection.execute(asked).fetchone()[0])
    vault.close()
    content = bytearray(coached.vault.read_bytes())
    content[(page - 1) * PAGE + 100] ^= 1
    coached.vault.write_bytes(content)
    made = program()
    unlock(made, qtbot, Workspace)
    qtbot.waitUntil(lambda: len(restarts) == 1, timeout=SECONDS)
    again = program(restarts[0][1])
    refused(again, qtbot).buttons["use_anyway"].click()
    unlock(again, qtbot, Workspace)
    assert [school.name for school in again.desk.ask(roster.schools)] == ["Lincoln Middle School"]
    again.desk._vault.idle().result()
    assert len(restarts) == 1


def test_a_copy_is_told_of_the_other_and_used_only_when_the_coach_says_so(program, coached, qtbot):
    one = folders(coached.data, on_computer=True)
    Vault.open(one, WORDS).close()
    shutil.copytree(one.data, one.data.with_name("copy"))
    vault = Vault.open(folders(one.data.with_name("copy"), on_computer=True), WORDS)
    vault.submit(lambda session: keep(session, School, {"name": "Adams"})).result()
    vault.close()
    made = program(place=one)
    unlock(made, qtbot, Refused)
    page = made.shell.page
    assert "saved on this computer since" in page.problem.text()
    assert page.findChild(object, "last_saved").text()
    page.buttons["use_anyway"].click()
    unlock(made, qtbot, Workspace)
    assert [school.name for school in made.desk.ask(roster.schools)] == ["Lincoln Middle School"]
