"""The vault is deleted from Settings, and the program begins at its first page."""

import pytest

from coachdesk.app import Program, present
from coachdesk.services import hold, opening, roster
from coachdesk.ui import theme
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.handover import Handover, Start
from coachdesk.ui.wishes import DeleteVault
from coachdesk.ui.workspace import Workspace

WORDS = "five little words on paper"


@pytest.fixture
def begin(qapp, qtbot, place):
    """Makes programs on one profile; what they would start anew as is kept."""
    theme.dress(qapp, "light")
    made = []

    def make():
        restarts = []
        program = Program(
            place, Start(place.data), Handover(), lambda start, handed: restarts.append((start, handed))
        )
        made.append(program)
        program.begin()
        qtbot.waitExposed(program.shell)
        return program, restarts

    yield make
    for program in made:
        program.shell.leave()
        program.end()
        program.shell.deleteLater()


def test_after_the_vault_is_deleted_the_program_starts_at_its_first_page(qtbot, place, locked_vault, begin):
    locked_vault(place, WORDS)
    desk = opening.open_desk(place, WORDS)
    desk.do(roster.save_school, {"name": "Lincoln"})
    desk.leave()
    program, restarts = begin()
    program.shell.page.edit.setText(WORDS)
    program.shell.page.button.click()
    qtbot.waitUntil(lambda: isinstance(program.shell.page, Workspace), timeout=20_000)
    program.shell.page.open(DeleteVault())
    qtbot.waitUntil(lambda: bool(restarts), timeout=20_000)
    [(start, _handed)] = restarts
    assert not start.locked
    assert not present(place)
    assert not list(place.data.rglob("*.vault*")) if place.data.exists() else True
    again, _ = begin()
    assert isinstance(again.shell.page, NewVault)


def test_a_vault_that_may_not_be_deleted_is_closed_and_so_is_the_window_when_asked(
    qtbot, place, locked_vault, begin
):
    locked_vault(place, WORDS)
    desk = opening.open_desk(place, WORDS)
    desk.do(roster.save_school, {"name": "Lincoln"})
    desk.do(hold.switch, True)
    desk.leave()
    program, restarts = begin()
    program.shell.page.edit.setText(WORDS)
    program.shell.page.button.click()
    qtbot.waitUntil(lambda: isinstance(program.shell.page, Workspace), timeout=20_000)
    program.shell.page.open(DeleteVault())
    qtbot.waitUntil(lambda: program.desk is None, timeout=20_000)
    program.exit.leave()
    assert not program.shell.isVisible()
    assert present(place) and not restarts
