"""A visit after the bell, by mouse and by keys: nothing is required, everything typed is kept."""

from datetime import date, datetime, time
from uuid import uuid4

import coached_school
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from sqlmodel import select
from worlds import world

from coachdesk.model import ActionStep, Event
from coachdesk.model.goals import Owner
from coachdesk.model.schedule import EventKind, EventStatus
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind, NoteState
from coachdesk.services import counters, notes, schedule, script, tagging, visits
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.visit.after import AfterVisit
from coachdesk.ui.wishes import OpenNote

FIRST_PAGE = VisitScreen
TUESDAY, WEEKS_LATER = date(2027, 2, 2), date(2027, 3, 2)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
LINES = (
    (12, LineKind.TEACHER, "Open the shared doc. Great!"),
    (95, LineKind.ACTION, "22 of 24 open it, a good start"),
)


def at(hour, minute=0, second=0, day=TUESDAY):
    return datetime.combine(day, time(hour, minute, second))


@world
def with_counter(desk, three_at_juniper):
    desk.do(counters.agree_counters, three_at_juniper.teachers[0], None, [{"name": "Tech trouble"}])
    return three_at_juniper


@world
def ended(desk, with_counter):
    """A visit that has just ended, with two lines in its script."""
    values = {"kind": "visit", "starts": at(9, 50), "ends": at(10, 10), "teachers": with_counter.teachers[:1]}
    event = desk.do(schedule.create_event, {**values, "place": "12"}).id
    begun = desk.do(visits.start_note, event, at(9, 50))
    desk.do(script.write_lines, begun, [Line(uuid4(), *line) for line in LINES])
    desk.do(visits.end_visit, begun, at(10, 11))
    return begun


@pytest.fixture
def juniper(with_counter, clock):
    clock.set(TUESDAY, 10, 12)
    return with_counter


@pytest.fixture
def note(juniper, ended):
    return ended


@pytest.fixture
def screen(note, workspace) -> VisitScreen:
    return workspace.screen_of(VisitScreen)


@pytest.fixture
def after(workspace, screen, note) -> AfterVisit:
    workspace.open(OpenNote(note))
    return screen.after


def file_of(desk, note):
    return desk.ask(notes.note, note, desk.now())


def steps_of(desk, note):
    return file_of(desk, note).steps


def click(qtbot, inside, name):
    qtbot.mouseClick(inside.findChild(QAbstractButton, name), LEFT)


def press(qtbot, workspace, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(workspace.focusWidget() or workspace, key, held)


def write(qtbot, form, key, words):
    form.field(key).setFocus()
    qtbot.keyClicks(form.field(key), words)


def saved(qtbot, after):
    qtbot.waitUntil(lambda: after.head.state.said.text().startswith("Saved"))


def said(workspace):
    return workspace.toast.said.text()


def debriefs(session):
    return session.exec(select(Event).where(Event.kind == EventKind.DEBRIEF)).all()


def seen(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


# what is there


def test_it_says_with_whom_where_and_when_and_that_it_is_to_finish(after):
    assert after.head.title.text() == "Visit note · Zofia Abernethy"
    facts = after.head.about.text().replace("\u00a0", " ")
    assert facts == "Tuesday 2 February · Room 12 · 21 min · To finish"


def test_the_script_is_there_to_be_read_and_mended(qtbot, screen_desk, after, note):
    after.seen.script.setFocus()
    qtbot.keyClick(after.seen.script, Qt.Key.Key_Home, CTRL)
    qtbot.keyClicks(after.seen.script, "Now: ")
    after.shared.field("strength").setFocus()
    saved(qtbot, after)
    assert file_of(screen_desk, note).lines[0].text == "Now: Open the shared doc. Great!"


def test_a_line_added_now_bears_the_time_of_the_last(qtbot, screen_desk, after, note):
    after.seen.script.setFocus()
    qtbot.keyClick(after.seen.script, Qt.Key.Key_End, CTRL)
    qtbot.keyClicks(after.seen.script, "bell")
    after.shared.field("strength").setFocus()
    saved(qtbot, after)
    last = file_of(screen_desk, note).lines[-1]
    assert (last.offset, last.text) == (95, "bell")


def test_a_count_can_still_be_mended(qtbot, screen_desk, workspace, after, note):
    press(qtbot, workspace, Qt.Key.Key_6, ALT)
    qtbot.waitUntil(lambda: file_of(screen_desk, note).counters[0].count == 1)


def test_words_that_judge_are_asked_about_but_not_what_was_said_aloud(qtbot, workspace, after):
    assert after.seen.hint.said.text() == "01:35: “good”. What did you see or hear?"
    write(qtbot, after.shared, "strength", "She should")
    after.shared.field("wondering").setFocus()
    assert "One strength: “should”." in after.seen.hint.said.text()


# what is written


def test_every_text_is_kept_by_itself_in_its_own_layer(qtbot, screen_desk, after, note):
    write(qtbot, after.shared, "strength", "Wait time")
    write(qtbot, after.shared, "wondering", "Pairs?")
    write(qtbot, after.private, "interpretation", "Tired class")
    write(qtbot, after.private, "reflection", "I talked a lot")
    qtbot.waitUntil(lambda: file_of(screen_desk, note).reflection == "I talked a lot")
    saved(qtbot, after)
    file = file_of(screen_desk, note)
    assert (file.strength, file.wondering) == ("Wait time", "Pairs?")
    assert (file.interpretation, file.reflection) == ("Tired class", "I talked a lot")


def test_the_two_layers_are_marked(after):
    marks = seen(after)
    assert marks.count("Only you can read this") == 2
    assert "The teacher may read this." in marks


def test_what_is_typed_stays_while_something_else_changes(qtbot, screen_desk, after, note):
    write(qtbot, after.shared, "strength", "Wait t")
    screen_desk.do(tagging.tag, note, "1A")
    qtbot.waitUntil(after.tags.chips["1A"].isChecked)
    qtbot.keyClicks(after.shared.field("strength"), "ime")
    after.shared.field("wondering").setFocus()
    saved(qtbot, after)
    assert file_of(screen_desk, note).strength == "Wait time"


def test_a_step_is_agreed_by_typing_it_with_a_day_to_check_back(qtbot, screen_desk, after, note):
    write(qtbot, after.step.form, "text", "Add a sentence starter")
    after.shared.field("strength").setFocus()
    saved(qtbot, after)
    [step] = steps_of(screen_desk, note)
    assert (step.text, step.owner, step.due_on) == ("Add a sentence starter", Owner.TEACHER, None)
    assert step.check_back_on == date(2027, 2, 9)


def test_whose_step_it_is_and_when_it_is_due_can_be_said(qtbot, screen_desk, after, note):
    write(qtbot, after.step.form, "text", "Bring two examples")
    qtbot.keyClick(after.step.form.field("owner"), Qt.Key.Key_Down)
    write(qtbot, after.step.form, "due_on", "2027-02-04")
    after.step.form.field("text").setFocus()
    saved(qtbot, after)
    [step] = steps_of(screen_desk, note)
    assert (step.owner, step.due_on) == (Owner.COACH, date(2027, 2, 4))


def test_a_day_that_is_none_is_said_under_its_field_before_finishing(qtbot, after):
    write(qtbot, after.step.form, "due_on", "soon")
    after.finish()
    assert "Write a date like" in seen(after.step)
    assert after.isVisible()


def test_a_day_without_words_says_what_is_missing(qtbot, screen_desk, after, note):
    form = after.step.form
    write(qtbot, form, "due_on", "2027-02-04")
    assert "Say what" not in seen(form)
    form.field("owner").setFocus()
    assert "Say what, or the day is not kept." in seen(form)
    qtbot.waitUntil(lambda: after.head.state.said.text() == "The day waits for what you agreed.")
    assert form.field("text").accessibleDescription() == "Say what, or the day is not kept."
    write(qtbot, form, "text", "Model it")
    assert "Say what" not in seen(form)
    form.field("owner").setFocus()
    qtbot.waitUntil(lambda: [step.due_on for step in steps_of(screen_desk, note)] == [date(2027, 2, 4)])


def test_what_else_was_agreed_is_shown(qtbot, screen_desk, after, note):
    for text in ("Model it", "Bring headphones"):
        screen_desk.do(visits.agree_step, file_of(screen_desk, note).card.event.id, {"step": text})
    qtbot.waitUntil(lambda: after.step.form.answers()["text"] == "Model it")
    qtbot.waitUntil(lambda: "Also agreed: Bring headphones" in seen(after.step))


# what I was practising


def test_what_is_suggested_is_dotted_and_accepted_with_one_key(qtbot, screen_desk, workspace, after, note):
    chip = after.tags.chips["1D"]
    assert not chip.isChecked()
    assert chip.accessibleName().endswith("suggested")
    press(qtbot, workspace, Qt.Key.Key_A, ALT)
    assert chip.isChecked()
    assert [(tag.code, tag.accepted) for tag in file_of(screen_desk, note).tags] == [("1D", True)]
    assert not after.tags.accept.isVisible()


def test_a_chip_tags_and_once_more_takes_it_away(qtbot, screen_desk, after, note):
    chip = after.tags.chips["2A"]
    qtbot.mouseClick(chip, LEFT)
    assert chip.isChecked()
    assert ("2A", True) in [(tag.code, tag.accepted) for tag in file_of(screen_desk, note).tags]
    qtbot.mouseClick(chip, LEFT)
    assert not chip.isChecked()
    assert "2A" not in [tag.code for tag in file_of(screen_desk, note).tags]


def test_two_strokes_tag_while_typing(qtbot, workspace, after):
    write(qtbot, after.private, "reflection", "I asked")
    press(qtbot, workspace, Qt.Key.Key_3, ALT)
    press(qtbot, workspace, Qt.Key.Key_C)
    assert after.tags.chips["3C"].isChecked()
    assert after.private.answers()["reflection"] == "I asked"


def test_what_was_tagged_in_a_line_stands_at_its_end(screen_desk, workspace, after, note):
    codes = after.seen.script.line_codes
    assert codes.needs() == 0  # nothing was tagged yet, so it takes no room
    first, second = file_of(screen_desk, note).lines
    screen_desk.do(tagging.tag, note, "1D", first.id)
    screen_desk.do(tagging.tag, note, "4A")
    workspace.open(OpenNote(note))
    assert (codes.of(first.id), codes.of(second.id)) == (["1D"], ())
    assert codes.isVisible()
    screen_desk.do(visits.finish, note, at(10, 15), {})
    workspace.open(OpenNote(note))
    assert codes.of(first.id) == ["1D"]


def test_a_tag_typed_into_the_script_goes_to_the_chips(qtbot, screen_desk, after, note):
    after.seen.script.setFocus()
    qtbot.keyClick(after.seen.script, Qt.Key.Key_End, CTRL)
    qtbot.keyClicks(after.seen.script, "we looked it up #2B ")
    assert after.tags.chips["2B"].isChecked()
    assert file_of(screen_desk, note).lines[-1].text.strip() == "we looked it up"


# the debrief


def test_a_missing_debrief_is_offered_added_and_undone(qtbot, screen_desk, workspace, after, note):
    assert after.debrief.isVisible()
    click(qtbot, after, "add_debrief")
    assert not after.debrief.isVisible()
    assert said(workspace).startswith("Debrief added: Today")
    assert len(screen_desk.ask(debriefs)) == 1
    click(qtbot, workspace, "toast_undo")
    assert screen_desk.ask(debriefs) == []
    qtbot.waitUntil(after.debrief.isVisible)


# being done with it


def test_nothing_is_required_later_is_one_key(qtbot, screen_desk, workspace, after, note):
    write(qtbot, after.shared, "strength", "Wait")
    press(qtbot, workspace, Qt.Key.Key_L, ALT)
    assert not after.isVisible()
    assert said(workspace) == "Kept among the notes to finish."
    file = file_of(screen_desk, note)
    assert (file.state, file.strength) == (NoteState.DRAFT, "Wait")
    assert file.card.event.status is EventStatus.COMPLETED


def test_escape_loses_nothing(qtbot, screen_desk, workspace, after, note):
    write(qtbot, after.private, "reflection", "Slower")
    press(qtbot, workspace, Qt.Key.Key_Escape)
    assert not after.isVisible()
    workspace.flush()
    assert file_of(screen_desk, note).reflection == "Slower"


def test_ctrl_enter_finishes_and_undo_takes_it_back(qtbot, screen_desk, workspace, after, note):
    write(qtbot, after.shared, "strength", "Wait time")
    press(qtbot, workspace, Qt.Key.Key_Return, CTRL)
    assert not after.isVisible()
    assert said(workspace) == "Note finished."
    assert file_of(screen_desk, note).state is NoteState.FINISHED
    click(qtbot, workspace, "toast_undo")
    file = file_of(screen_desk, note)
    assert (file.state, file.strength) == (NoteState.DRAFT, "Wait time")


def test_finish_by_mouse_leads_back(qtbot, screen_desk, workspace, after, note):
    click(qtbot, after, "finish_visit")
    assert not after.isVisible()
    assert file_of(screen_desk, note).state is NoteState.FINISHED


def test_a_finished_note_stays_editable_and_can_be_reopened(qtbot, screen_desk, workspace, screen, note):
    screen_desk.do(visits.finish, note, at(10, 20))
    workspace.open(OpenNote(note))
    after = screen.after
    assert "Finished" in after.head.about.text()
    assert not after.head.finish_button.isVisible()
    write(qtbot, after.shared, "wondering", "Pairs?")
    after.private.field("reflection").setFocus()
    saved(qtbot, after)
    assert file_of(screen_desk, note).wondering == "Pairs?"
    click(qtbot, after, "reopen_note")
    assert after.head.finish_button.isVisible()
    assert file_of(screen_desk, note).state is NoteState.DRAFT


def test_ctrl_enter_on_a_finished_note_changes_nothing(qtbot, screen_desk, workspace, screen, note):
    screen_desk.do(visits.finish, note, at(10, 20))
    workspace.open(OpenNote(note))
    press(qtbot, workspace, Qt.Key.Key_Return, CTRL)
    assert file_of(screen_desk, note).finished == at(10, 20)
    assert screen.after.isVisible()


@pytest.fixture
def closed(screen_desk, workspace, clock, screen, note):
    """The same note, finished and seen four weeks later."""
    screen_desk.do(visits.finish, note, at(10, 20))
    clock.set(WEEKS_LATER)
    workspace.open(OpenNote(note))
    return screen.after


def test_a_closed_note_is_read_and_says_why(qtbot, closed):
    after = closed
    assert "Ten school days have passed" in after.closed_notice.text()
    qtbot.keyClicks(after.shared.field("strength"), "too late")
    qtbot.keyClicks(after.seen.script, "too late")
    assert after.shared.answers()["strength"] == ""
    assert [line.text for line in after.seen.written()] == [text for _at, _kind, text in LINES]
    assert not after.tags.chips["1A"].isEnabled()
    assert not after.debrief.isVisible()
    assert "No step was agreed in this visit." in seen(after)
    assert after.head.back_button.isVisible()
    click(qtbot, after, "leave_note")
    assert not after.isVisible()


@pytest.fixture
def other(screen_desk, juniper):
    """The note of another visit on the same day."""
    event = screen_desk.do(coached_school.event, juniper.school, juniper.teachers[1:2], day=TUESDAY)
    return screen_desk.do(visits.start_note, event, at(11))


def test_another_note_takes_nothing_of_this_one_along(qtbot, screen_desk, other, after, note):
    write(qtbot, after.shared, "strength", "Wait time")
    write(qtbot, after.step.form, "text", "Model it")
    after.show_note(file_of(screen_desk, other))
    after.flush()
    screen_desk.flush()
    assert after.shared.answers()["strength"] == ""
    assert after.step.form.answers()["text"] == ""
    assert file_of(screen_desk, note).strength == "Wait time"
    assert [step.text for step in steps_of(screen_desk, note)] == ["Model it"]
    assert file_of(screen_desk, other).strength == ""
    assert len(screen_desk.ask(lambda session: session.exec(select(ActionStep)).all())) == 1


# how it is reached and seen


def test_f6_goes_round_the_parts(qtbot, workspace, after):
    visited = []
    for _ in range(8):
        press(qtbot, workspace, Qt.Key.Key_F6)
        visited.append(workspace.focusWidget().objectName())
    assert {"script", "after_strength", "step_text", "standard_1a", "after_interpretation"} <= set(visited)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (800, 560)])
def test_nothing_is_cut_off_at_the_side(qtbot, workspace, after, width, height):
    workspace.resize(width, height)
    forms = (after.shared, after.private, after.step.form)
    fields = [form.field(key) for form in forms for key in form.keys()]  # noqa: SIM118
    shown = [*fields, after.head.finish_button, after.tags.chips["1F"], after.debrief.add]
    qtbot.waitUntil(lambda: all(part.mapTo(workspace, QPoint(part.width(), 0)).x() < width for part in shown))


def test_all_of_it_fits_a_small_laptop_without_scrolling(qtbot, workspace, after):
    workspace.resize(1366, 768)
    qtbot.waitUntil(lambda: after.width() > 1000)
    assert after._area.verticalScrollBar().maximum() == 0
