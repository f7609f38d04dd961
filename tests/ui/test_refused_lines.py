"""What a full disk refused belongs to its own note, wherever the coach goes meanwhile."""

from datetime import date, datetime, time

import pytest

from coachdesk.services import contacts, notes, schedule, visits
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.wishes import OpenNote, StartNote

FIRST_PAGE = VisitScreen
TUESDAY = date(2027, 2, 2)
WORDS = "x" * 50_000


@pytest.fixture
def juniper(three_at_juniper, clock):
    clock.set(TUESDAY, 9, 51)
    return three_at_juniper


@pytest.fixture
def screen(juniper, workspace) -> VisitScreen:
    return workspace.screen_of(VisitScreen)


@pytest.fixture
def ended(screen_desk, juniper):
    """Two notes whose visits are over."""

    def note(who, hour):
        starts, ends = (datetime.combine(TUESDAY, time(hour, minute)) for minute in (0, 20))
        values = {"kind": "visit", "starts": starts, "ends": ends, "teachers": [who]}
        begun = screen_desk.do(visits.start_note, screen_desk.do(schedule.create_event, values).id, starts)
        screen_desk.do(visits.end_visit, begun, ends)
        return begun

    return [note(who, hour) for who, hour in zip(juniper.teachers, (7, 8), strict=False)]


def fill_disk(vault):
    """What is short still has room in it."""
    vault.inspect(lambda c: c.execute("PRAGMA max_page_count = 1").fetchone())


def free_disk(vault):
    vault.inspect(lambda c: c.execute("PRAGMA max_page_count = 1000000").fetchone())


def refused(qtbot, page, state):
    page.flush()
    qtbot.waitUntil(lambda: state.said.text().startswith("Not saved"))


def kept(desk, note):
    return [line.text for line in desk.ask(notes.note, note, desk.now()).lines]


@pytest.fixture
def running(qtbot, vault, workspace, screen, juniper):
    """A visit in whose script stands what the vault would not take."""
    workspace.open(StartNote(teacher_id=juniper.teachers[2]))
    fill_disk(vault)
    screen.running.script.paste_text(WORDS)
    refused(qtbot, screen.running, screen.running.state)
    return screen.file.id


def test_a_visit_that_ends_keeps_the_lines_that_were_refused(qtbot, vault, workspace, screen, running):
    screen.end()
    assert screen.after.isVisible()
    assert screen.after.seen.written()[0].text == WORDS
    free_disk(vault)
    qtbot.keyClicks(screen.after.seen.script, "One more")
    assert workspace.flush()
    assert kept(screen.desk, running) == [WORDS, "One more"]
    assert screen.desk.rescued() == []


def test_a_note_that_is_opened_again_shows_the_lines_that_were_refused(
    qtbot, vault, workspace, screen, running
):
    workspace.open(StartNote(teacher_id=screen.desk.ask(contacts.people)[0].id))
    assert screen.file.id != running
    workspace.open(OpenNote(running))
    assert screen.running.script.lines.written()[0].text == WORDS
    free_disk(vault)
    screen.running.script.setFocus()
    qtbot.keyClicks(screen.running.script, "One more")
    assert workspace.flush()
    assert kept(screen.desk, running) == [WORDS, "One more"]


def test_what_was_refused_of_one_note_is_never_shown_in_another(qtbot, vault, workspace, screen, ended):
    first, second = ended
    workspace.open(OpenNote(first))
    fill_disk(vault)
    after = screen.after
    after.shared.field("strength").setPlainText(WORDS)
    refused(qtbot, after, after.head.state)
    workspace.open(OpenNote(second))
    after.shared.field("strength").setPlainText("Of the second")
    workspace.open(OpenNote(first))
    assert after.shared.answers()["strength"] == WORDS
    workspace.open(OpenNote(second))
    assert after.shared.answers()["strength"] == "Of the second"
    free_disk(vault)
    assert workspace.flush()
    strengths = [screen.desk.ask(notes.note, one, screen.desk.now()).strength for one in ended]
    assert strengths == [WORDS, "Of the second"]
