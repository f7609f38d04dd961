"""A coach shares a note: it is offered to keep that, never kept by itself, and seen wherever the note is."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import coached_school
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind, SharedWith
from coachdesk.services import notebook, schedule, script, shared, timeline, visits
from coachdesk.ui import visit_list
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.search.finder import Finder
from coachdesk.ui.teacher import words
from coachdesk.ui.wishes import OpenNote

FIRST_PAGE = VisitScreen
TUESDAY = date(2027, 2, 2)


@pytest.fixture
def note(screen_desk, clock):
    """A visit that has just ended, with a line in its script."""
    clock.set(TUESDAY, 10, 12)
    made = screen_desk.do(coached_school.school, teachers=1)
    day = {"starts": datetime.combine(TUESDAY, time(9, 50)), "ends": datetime.combine(TUESDAY, time(10, 10))}
    event = screen_desk.do(schedule.create_event, {"kind": "visit", **day, "teachers": made.teachers}).id
    begun = screen_desk.do(visits.start_note, event, day["starts"])
    screen_desk.do(script.write_lines, begun, [Line(uuid4(), 5, LineKind.ACTION, "Six hands went up")])
    return begun


@pytest.fixture
def screen(screen_desk, note, workspace) -> VisitScreen:
    workspace.open(OpenNote(note))
    return workspace.screen_of(VisitScreen)


@pytest.fixture
def card(screen_desk, screen):
    screen.end()
    return screen.after.shared_card


def stamps(desk, note):
    return desk.ask(shared.of, note)


def press(qtbot, inside, name):
    button = next(b for b in inside.findChildren(QAbstractButton, name) if b.isVisibleTo(inside))
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def lines(card):
    buttons = card.findChildren(QAbstractButton, "remove_stamp")
    return [button.accessibleName() for button in buttons if not button.parentWidget().isHidden()]


def test_esc_puts_the_questions_away_and_stays_in_the_note(qtbot, workspace, screen_desk, screen, note):
    screen.end()
    press(qtbot, screen.after.shared_card, "ask_shared")
    for _key in range(2):
        assert workspace.current() is screen
        qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_Escape)
    assert workspace.current() is not screen
    assert stamps(screen_desk, note) == ()


def test_showing_a_note_offers_to_keep_that_and_keeps_nothing_by_itself(qtbot, screen_desk, screen, note):
    screen.show_to_teacher()
    assert screen.for_teacher.stamp_button.isVisible()
    assert stamps(screen_desk, note) == ()
    press(qtbot, screen, "stamp_shown")
    assert [(one.day, one.whom) for one in stamps(screen_desk, note)] == [(TUESDAY, SharedWith.TEACHER)]
    assert not screen.for_teacher.stamp_button.isVisible()


def test_it_is_taken_back_where_it_was_written_down_and_offered_again(
    qtbot, screen_desk, workspace, screen, note
):
    screen.show_to_teacher()
    screen.stamp_shown()
    workspace.undo()
    assert stamps(screen_desk, note) == ()
    qtbot.waitUntil(screen.for_teacher.stamp_button.isVisible)


def test_a_note_is_stamped_on_its_page_by_keys_alone(qtbot, workspace, screen, card):
    press(qtbot, screen, "ask_shared")
    press(qtbot, screen, "keep_stamp")
    qtbot.waitUntil(lambda: lines(card) == ["Take away: Shared 2 Feb with the teacher (shown)"])
    assert screen.after.head.about.text().replace("\u00a0", " ").endswith("Shared 2 Feb with the teacher")
    press(qtbot, screen, "remove_stamp")
    assert lines(card) == []
    workspace.undo()
    qtbot.waitUntil(lambda: lines(card) == ["Take away: Shared 2 Feb with the teacher (shown)"])


def test_who_somebody_else_was_is_asked_and_said(qtbot, screen_desk, screen, card, note):
    card.ask()
    form = card._asked.form
    assert not form.field("who").isVisible()
    whom = form.field("whom")
    whom.setFocus()
    qtbot.keyClick(whom, Qt.Key.Key_End)
    press(qtbot, screen, "keep_stamp")
    assert stamps(screen_desk, note) == ()
    assert form.field("who").hasFocus()
    qtbot.keyClicks(form.field("who"), "the union's advocate")
    press(qtbot, screen, "keep_stamp")
    qtbot.waitUntil(lambda: lines(card) == ["Take away: Shared 2 Feb with the union's advocate (shown)"])


def test_what_was_not_sent_off_does_not_go_into_another_note(screen_desk, screen, card, note):
    card.ask()
    card.show_stamps(uuid4(), (), TUESDAY)
    assert not card._asked.isVisible()


def test_a_shared_note_is_marked_in_the_list_the_search_box_and_the_timeline(screen_desk, screen, note):
    screen.show_to_teacher()
    screen.stamp_shown()
    screen_desk.settle()
    [row] = screen_desk.ask(notebook.newest)
    column = next(c for c in visit_list._columns(screen_desk.now) if c.title == "Shared")
    assert (column.text(row), column.spoken(row)) == ("2 Feb", "Shared 2 Feb with the teacher")
    found = Finder(screen_desk).found("hands", ())
    assert "Classroom visit · 2 Feb · Shared 2 Feb with the teacher" in [r.detail for r in found.rows]
    [moment] = screen_desk.ask(timeline.timeline, row.event.teachers[0].id).moments
    assert words.spoken(moment, TUESDAY).startswith("Today 9:50. Classroom visit")
    assert words.beside(moment, TUESDAY) == "Shared 2 Feb with the teacher"


def test_tab_goes_past_the_stamps_before_the_link_below_them(qtbot, screen_desk, screen, note, card):
    values = {"whom": SharedWith.TEACHER, "who": "", "how": "shown"}
    for day in (TUESDAY, TUESDAY - timedelta(1)):
        card.stamped.emit({**values, "day": day})
    qtbot.waitUntil(lambda: len(lines(card)) == 2)
    stops = card.findChildren(QAbstractButton, "remove_stamp")[-2:]
    qtbot.waitUntil(stops[0].isVisible)
    stops[0].setFocus()
    went = []
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        went.append(QApplication.focusWidget().objectName())
    assert (len(stops), went) == (2, ["remove_stamp", "ask_shared"])
