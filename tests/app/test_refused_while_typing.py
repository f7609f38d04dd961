"""The vault takes nothing more while a coach types: all of it stays, is sealed at lock, and comes back."""

import coached_school
import pytest
from canary import leaks
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from sqlmodel import col, select

from coachdesk.app import Program
from coachdesk.model import ScriptLine
from coachdesk.services import contacts, notes, opening
from coachdesk.ui import theme
from coachdesk.ui.handover import Handover, Start
from coachdesk.ui.wishes import OpenNote, StartNote
from coachdesk.ui.workspace import Workspace

WORDS = "five little words on paper"
SECONDS = 20_000
REFUSALS = {
    "full": ("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1000000"),
    "read-only": ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
}
MANY = [f"{at} of 400 students open the doc; the others wait for the log-in" for at in range(400)]
"""Lines, more than a vault of one page has room for."""


@pytest.fixture
def started():
    """How often the program was to be started anew, and with what."""
    return []


@pytest.fixture
def program(qapp, qtbot, place, locked_vault, started):
    """Makes programs, unlocked, over a vault with a few teachers; each is ended after the test."""
    locked_vault(place, WORDS)
    desk = opening.open_desk(place, WORDS)
    desk.do(coached_school.school, teachers=3)
    desk.close()
    theme.dress(qapp, "light")
    made = []

    def make() -> Program:
        one = Program(place, Start(place.data), Handover(), lambda *how: started.append(how))
        made.append(one)
        one.begin()
        one.shell.activateWindow()
        qtbot.waitExposed(one.shell)
        qtbot.keyClicks(one.shell.page.edit, WORDS + "\r")
        qtbot.waitUntil(lambda: isinstance(one.shell.page, Workspace), timeout=SECONDS)
        return one

    yield make
    for one in made:
        one.shell.leave()
        one.end()
        one.shell.deleteLater()


def refuse(desk, why):
    """From now on the vault takes nothing."""
    desk._vault.inspect(lambda found: found.execute(REFUSALS[why][0]).fetchall())


def take_again(desk, why):
    desk._vault.inspect(lambda found: found.execute(REFUSALS[why][1]).fetchall())


@pytest.fixture(params=REFUSALS)
def refused(request, program, qtbot):
    """A program in which a visit runs: its first line is kept, its second is refused, and that is said."""
    made = program()
    made.shell.page.open(StartNote(teacher_id=made.desk.ask(contacts.people)[0].id))
    screen = made.shell.page.current()
    qtbot.keyClicks(screen.running.script, "t: Open the doc\r")
    qtbot.waitUntil(lambda: says(screen).startswith("Saved "), timeout=SECONDS)
    refuse(made.desk, request.param)
    screen.running.script.paste_text("\n".join(MANY))
    qtbot.waitUntil(lambda: says(screen).startswith("Not saved"), timeout=SECONDS)
    return made, screen, request.param


def says(screen):
    return screen.running.state.said.text()


def written(screen):
    return [line.text for line in screen.running.script.lines.written()]


def kept(desk):
    lines = select(ScriptLine.text).order_by(col(ScriptLine.position))
    return desk.ask(lambda session: list(session.exec(lines)))


def test_what_is_refused_stays_on_the_page_and_is_kept_once_it_can_be(qtbot, refused):
    made, screen, why = refused
    assert written(screen) == ["Open the doc", *MANY]
    assert kept(made.desk) == ["Open the doc"]
    qtbot.keyClicks(screen.running.script, " And on.")
    take_again(made.desk, why)
    again = screen.running.state.findChild(QAbstractButton, "retry_saving")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: kept(made.desk) == ["Open the doc", *MANY[:-1], MANY[-1] + " And on."], timeout=SECONDS
    )
    qtbot.waitUntil(lambda: says(screen).startswith("Saved "), timeout=SECONDS)


def test_what_is_refused_is_sealed_at_lock_and_back_at_unlock(qtbot, refused, program, place, started):
    made, screen, _why = refused
    note = screen.file.id
    qtbot.keyClick(made.shell.page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    [(start, handed)] = started
    assert (start.locked, handed.saved_at, handed.lost_at) == (True, "", "")
    assert leaks(place.data, ["400 students", "Open the doc", WORDS]) == []
    again = program()
    assert again.shell.toast.said.text() == "What could not be saved before is saved now."
    assert kept(again.desk) == ["Open the doc", *MANY]
    assert again.desk.rescued() == []
    again.shell.page.open(OpenNote(note))
    assert written(again.shell.page.current()) == ["Open the doc", *MANY]
    assert again.desk.ask(notes.running_note, again.desk.now().date()) == note
