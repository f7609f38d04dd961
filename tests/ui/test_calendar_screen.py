"""The calendar as a coach uses it: drawn, dragged, carried by keys; seen on the week and in the vault."""

from datetime import date, datetime, time, timedelta

import pytest
from accessibility import audit, tab_order
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from coachdesk.model import VisitNote
from coachdesk.model.schedule import DidntHappen, EventKind, EventStatus
from coachdesk.services import cycles, roster, schedule, usual
from coachdesk.services.keep import keep
from coachdesk.ui import theme
from coachdesk.ui.screens.calendar import CalendarScreen
from coachdesk.ui.screens.visit import VisitScreen
from coachdesk.ui.week.event_button import EventButton
from coachdesk.ui.wishes import OpenNote, PlanCycle, ShowEvent, ShowTeacher, StartNote

FIRST_PAGE = VisitScreen
MONDAY = date(2027, 2, 1)
TUESDAY = date(2027, 2, 2)
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def at(hour, minute=0, day=TUESDAY):
    return datetime.combine(day, time(hour, minute))


@pytest.fixture
def juniper(three_at_juniper, clock):
    """Three teachers of one school, on a Tuesday in February."""
    clock.set(TUESDAY, 9, 41)
    return three_at_juniper


@pytest.fixture
def visit(screen_desk, juniper):
    return add(screen_desk, juniper, at(9, 50))


@pytest.fixture
def page(juniper, workspace):
    return on_calendar(workspace)


def on_calendar(workspace):
    screen = workspace.screen_of(CalendarScreen)
    workspace.show_screen(screen)
    return screen


def add(desk, juniper, starts, minutes=20, who=0):
    """A visit of a teacher, from then on for so long."""
    times = {"starts": starts, "ends": starts + timedelta(minutes=minutes)}
    return desk.do(schedule.create_event, {"kind": "visit", **times, "teachers": [juniper.teachers[who]]}).id


def kept(desk, first=MONDAY):
    return desk.ask(schedule.week, first).events


def times(desk, first=MONDAY):
    return [(row.starts, row.ends) for row in kept(desk, first)]


def button(page, key):
    return page.week.canvas.button_of(key)


def point(page, moment):
    """The middle of a day's column, at a time of it."""
    grid = page.week.canvas.grid
    column = grid.column(moment.date())
    x = (grid.x(column) + grid.x(column + 1)) // 2
    return QPoint(x, grid.y(moment.hour * 60 + moment.minute) + 1)


def draw(page, first, last):
    canvas = page.week.canvas
    QTest.mousePress(canvas, LEFT, NO_KEYS, point(page, first))
    QTest.mouseMove(canvas, point(page, last))
    QTest.mouseRelease(canvas, LEFT, NO_KEYS, point(page, last))


def drag(held, page, first, last, *, drop=True):
    """Take an event at one time and carry it to another."""
    QTest.mousePress(held, LEFT, NO_KEYS, point(page, first) - held.pos())
    middle = (point(page, first) + point(page, last)) / 2
    for where in (middle, point(page, last)):
        QTest.mouseMove(held, where - held.pos())
    if drop:
        QTest.mouseRelease(held, LEFT, NO_KEYS, point(page, last) - held.pos())


def press(page, key, modifiers=NO_KEYS):
    QTest.keyClick(page.window().focusWidget(), key, modifiers)


def toast(workspace):
    return workspace.toast.said.text() if workspace.toast.isVisible() else ""


def named(page, name):
    return page.findChild(QAbstractButton, name)


def field(page, key, kind=QLineEdit):
    found = page.panel.form.field(key)
    assert isinstance(found, kind)
    return found


def choose_teacher(page, name):
    choice = page.panel.form.people.choice
    choice.setCurrentIndex(choice.findText(name))
    choice.activated.emit(choice.currentIndex())


def write(page, key, text):
    edit = field(page, key)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Tab)


def saved(qtbot, page):
    qtbot.waitUntil(lambda: page.panel.state.said.text().startswith("Saved"))


# what is seen


def test_the_week_that_is_now_is_shown_with_its_month(page):
    assert page.head.month.text() == "February 2027"
    assert page.head.which.text() == "1–5 February · week 5"
    assert [day.day for day in page.week.days] == [MONDAY + timedelta(days=n) for n in range(5)]


def test_every_event_is_a_button_with_a_name_by_time(screen_desk, juniper, visit, workspace):
    add(screen_desk, juniper, at(8, day=MONDAY), 30, 1)
    page = on_calendar(workspace)
    names = [shown.accessibleName() for shown in page.week.canvas.buttons()]
    assert names == [
        "Classroom visit, Yusra Bukowiec, Monday 1 February 8:00 to 8:30, planned",
        "Classroom visit, Zofia Abernethy, Tuesday 2 February 9:50 to 10:10, planned",
    ]
    visited = [widget for widget in tab_order(page.window()) if isinstance(widget, EventButton)]
    assert visited == page.week.canvas.buttons()


def test_the_school_day_is_in_sight_at_first(qtbot, page):
    bar = page.week.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    opens = page.week.canvas.opens_at()
    assert bar.value() <= opens < bar.value() + 60


def when(page):
    return page.panel.head.when.text().replace("\u00a0", " ")


def test_the_next_event_is_beside_the_week_at_first(visit, page):
    assert page.panel.row.id == visit
    assert when(page) == "Tuesday 2 February · 9:50–10:10 · 20 min"


def test_a_weekend_is_shown_only_with_something_on_it(screen_desk, juniper, workspace):
    add(screen_desk, juniper, at(10, day=date(2027, 2, 6)))
    page = on_calendar(workspace)
    assert [day.day.day for day in page.week.days] == [1, 2, 3, 4, 5, 6]


def test_the_line_of_the_moment_moves_with_the_clock(page, clock):
    line = page.week.findChild(QWidget, "now_line")
    before = line.geometry()
    clock.set(TUESDAY, 10, 41)
    page.week.tick()
    assert line.y() - before.y() == page.week.canvas.grid.y(60)
    clock.set(TUESDAY + timedelta(days=7), 10)
    page.week.tick()
    assert not line.isVisible()


def test_events_at_one_time_stand_side_by_side_and_it_is_said(screen_desk, juniper, visit, workspace):
    other = add(screen_desk, juniper, at(10), 30, 1)
    page = on_calendar(workspace)
    assert not button(page, visit).geometry().intersects(button(page, other).geometry())
    assert page.panel.head.overlap.text() == (
        "This overlaps another event, from 10:00 to 10:30. Both are kept."
    )


def test_an_empty_week_says_so_and_can_still_be_drawn_on(qtbot, page, workspace):
    says = page.head.empty.findChild(QLabel)
    assert page.head.empty.isVisible()
    assert says.text() == "Nothing is planned this week: draw an event below, or"
    with qtbot.waitSignal(page.open) as asked:
        named(page, "empty_plan_cycle").click()
    assert isinstance(asked.args[0], PlanCycle)


def test_what_did_not_happen_and_what_took_place_are_said(screen_desk, visit, workspace):
    screen_desk.do(schedule.didnt_happen, visit, DidntHappen.TESTING)
    page = on_calendar(workspace)
    QTest.mouseClick(button(page, visit), LEFT)
    assert button(page, visit).accessibleName().endswith(", didn't happen")
    assert page.panel.head.standing.text() == "Didn't happen · Testing"
    named(page, "event_took_place").click()
    assert button(page, visit).accessibleName().endswith(", completed")


# by mouse


def test_a_visit_is_drawn_and_kept_once_its_teacher_is_chosen(qtbot, page, screen_desk, workspace):
    draw(page, at(13), at(13, 40))
    assert when(page) == "Tuesday 2 February · 13:00–13:40 · 40 min"
    assert kept(screen_desk) == ()
    choose_teacher(page, "Ximena Castellanos")
    saved(qtbot, page)
    [row] = kept(screen_desk)
    assert (row.starts, row.ends, row.kind) == (at(13), at(13, 40), EventKind.VISIT)
    assert row.names == ("Ximena Castellanos",)
    assert button(page, row.id).isVisible()
    assert toast(workspace) == "Added to Tuesday 13:00."
    write(page, "place", "Library")  # what is added to a new event is one step with it
    workspace.undo()
    assert toast(workspace) == "Undone: adding an event."
    assert kept(screen_desk) == ()
    qtbot.waitUntil(lambda: page.week.canvas.buttons() == [])


def test_what_was_drawn_is_left_without_a_trace(page, screen_desk):
    draw(page, at(13), at(13, 40))
    assert page.findChild(QWidget, "week_drawn").isVisible()
    named(page, "event_cancel").click()
    assert not page.findChild(QWidget, "week_drawn").isVisible()
    assert not page.panel.is_new
    assert kept(screen_desk) == ()


def test_a_teacher_chosen_and_cancelled_at_once_is_not_kept(page, screen_desk):
    draw(page, at(13), at(13, 40))
    choose_teacher(page, "Ximena Castellanos")
    named(page, "event_cancel").click()
    page.flush()
    screen_desk.flush()
    assert kept(screen_desk) == ()


def test_what_a_full_disk_refused_is_cancelled_for_good(qtbot, page, visit, vault, screen_desk):
    draw(page, at(13), at(13, 40))
    page.panel.form.field("preparation").setPlainText("x" * 50_000)
    vault.inspect(lambda c: c.execute("PRAGMA max_page_count = 1").fetchone())
    choose_teacher(page, "Ximena Castellanos")
    qtbot.waitUntil(lambda: page.panel.state.said.text().startswith("Not saved"))
    named(page, "event_cancel").click()
    vault.inspect(lambda c: c.execute("PRAGMA max_page_count = 1000000").fetchone())
    QTest.mouseClick(button(page, visit), LEFT)
    page.flush()
    assert screen_desk.flush()
    assert [row.id for row in kept(screen_desk)] == [visit]
    assert screen_desk.rescued() == []


def test_what_is_drawn_again_keeps_what_was_said_of_it(page):
    draw(page, at(13), at(13, 40))
    QTest.keyClicks(field(page, "title"), "Stations")
    draw(page, at(14), at(14, 30))
    assert page.panel.draft() == (at(14), at(14, 30))
    assert field(page, "title").text() == "Stations"


def test_an_event_that_is_not_kept_yet_stays_open_in_another_week(qtbot, page, screen_desk):
    draw(page, at(13), at(13, 40))
    page.weeks(1)
    assert page.panel.is_new
    choose_teacher(page, "Ximena Castellanos")
    saved(qtbot, page)
    assert times(screen_desk) == [(at(13), at(13, 40))]
    assert page.head.which.text() == "1–5 February · week 5"


def test_what_is_begun_and_left_for_another_event_is_said(visit, page, workspace):
    draw(page, at(13), at(13, 40))
    QTest.keyClicks(field(page, "title"), "Stations")
    page.flush()
    QTest.mouseClick(button(page, visit), LEFT)
    assert toast(workspace) == "Not kept — Choose the teacher this is with."


def test_a_click_on_an_event_shows_it(screen_desk, juniper, visit, workspace):
    other = add(screen_desk, juniper, at(13), who=1)
    page = on_calendar(workspace)
    QTest.mouseClick(button(page, other), LEFT)
    assert page.panel.row.id == other


def test_an_event_is_dragged_to_another_day_and_back_by_undo(qtbot, visit, page, screen_desk, workspace):
    drag(button(page, visit), page, at(9, 55), at(13, 5, day=date(2027, 2, 4)))
    assert times(screen_desk) == [(at(13, day=date(2027, 2, 4)), at(13, 20, day=date(2027, 2, 4)))]
    assert toast(workspace) == "Moved to Thursday 13:00."
    workspace.toast.undo_button.click()
    assert times(screen_desk) == [(at(9, 50), at(10, 10))]
    qtbot.waitUntil(lambda: "Abernethy, Tuesday" in button(page, visit).accessibleName())


def test_an_event_that_was_dropped_is_painted_as_any_other(visit, page):
    held = button(page, visit)
    drag(held, page, at(9, 55), at(13, 5, day=date(2027, 2, 4)))
    page.week.select(visit)
    dropped = held.grab().toImage()
    held.show_event(held.row, held.geometry(), selected=True)
    assert held.grab().toImage() == dropped


def test_nothing_is_written_before_the_drop_and_esc_lets_go(visit, page, screen_desk):
    held = button(page, visit)
    before = held.geometry()
    drag(held, page, at(9, 55), at(13, 5), drop=False)
    assert held.y() > before.y()
    assert times(screen_desk) == [(at(9, 50), at(10, 10))]
    QTest.keyClick(held, Qt.Key.Key_Escape)
    assert held.geometry() == before
    QTest.mouseRelease(held, LEFT, NO_KEYS, QPoint(5, 5))
    assert times(screen_desk) == [(at(9, 50), at(10, 10))]


def test_esc_lets_go_of_what_is_being_drawn(page):
    canvas = page.week.canvas
    QTest.mousePress(canvas, LEFT, NO_KEYS, point(page, at(13)))
    QTest.mouseMove(canvas, point(page, at(14)))
    press(page, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, NO_KEYS, point(page, at(14)))
    assert not page.panel.is_new


def test_the_foot_of_an_event_makes_it_longer(visit, page, screen_desk, workspace):
    held = button(page, visit)
    foot = QPoint(held.width() // 2, held.height() - 2)
    QTest.mousePress(held, LEFT, NO_KEYS, foot)
    for minutes in (15, 30):
        down = page.week.canvas.grid.y(minutes)
        QTest.mouseMove(held, foot + QPoint(0, down))
    QTest.mouseRelease(held, LEFT, NO_KEYS, foot + QPoint(0, down))
    assert times(screen_desk) == [(at(9, 50), at(10, 40))]
    assert toast(workspace) == "Now Tuesday 9:50 to 10:40."
    workspace.undo()
    assert toast(workspace) == "Undone: changing how long an event lasts."


def test_a_drop_on_another_event_keeps_both_and_says_so(screen_desk, juniper, visit, workspace):
    add(screen_desk, juniper, at(13), 30, 1)
    page = on_calendar(workspace)
    drag(button(page, visit), page, at(9, 55), at(13, 5))
    assert toast(workspace) == (
        "Moved to Tuesday 13:00. This overlaps another event, from 13:00 to 13:30. Both are kept."
    )
    left, right = (shown.geometry() for shown in page.week.canvas.buttons())
    assert not left.intersects(right)


# by keys


@pytest.fixture
def held(visit, page):
    """The keyboard on the visit of Tuesday."""
    button(page, visit).setFocus()
    return page


@pytest.mark.parametrize(
    ("key", "modifiers", "span"),
    [
        (Qt.Key.Key_Down, ALT, (at(10, 5), at(10, 25))),
        (Qt.Key.Key_Up, ALT, (at(9, 35), at(9, 55))),
        (Qt.Key.Key_Right, ALT, (at(9, 50, date(2027, 2, 3)), at(10, 10, date(2027, 2, 3)))),
        (Qt.Key.Key_Left, ALT, (at(9, 50, MONDAY), at(10, 10, MONDAY))),
        (Qt.Key.Key_Down, ALT | SHIFT, (at(9, 50), at(10, 25))),
        (Qt.Key.Key_Up, ALT | SHIFT, (at(9, 50), at(9, 55))),
    ],
)
def test_alt_and_an_arrow_carries_the_event(held, screen_desk, key, modifiers, span):
    focus = held.window().focusWidget()
    press(held, key, modifiers)
    assert times(screen_desk) == [span]
    assert held.window().focusWidget() is focus


def test_beyond_friday_lies_the_next_monday(screen_desk, juniper, workspace):
    friday = add(screen_desk, juniper, at(9, day=date(2027, 2, 5)))
    page = on_calendar(workspace)
    button(page, friday).setFocus()
    press(page, Qt.Key.Key_Right, ALT)
    assert times(screen_desk, date(2027, 2, 8)) == [
        (at(9, day=date(2027, 2, 8)), at(9, 20, date(2027, 2, 8)))
    ]
    assert page.head.which.text() == "8–12 February · week 6"
    assert page.window().focusWidget() is button(page, friday)


def test_arrows_go_from_place_to_place_and_stop_at_events(visit, page):
    page.week.canvas.go_to_slot(at(8, 30))
    page.week.canvas.slot.setFocus()
    press(page, Qt.Key.Key_Down)
    assert page.week.canvas.slot.accessibleName() == "Tuesday 2 February 9:00, free"
    press(page, Qt.Key.Key_Down)
    assert page.window().focusWidget() is button(page, visit)
    assert page.panel.row.id == visit
    press(page, Qt.Key.Key_Down)
    assert page.week.canvas.slot.accessibleName() == "Tuesday 2 February 10:30, free"
    press(page, Qt.Key.Key_Up)
    assert page.window().focusWidget() is button(page, visit)
    press(page, Qt.Key.Key_Right)
    assert page.week.canvas.slot.accessibleName() == "Wednesday 3 February 9:30, free"


def test_enter_on_an_empty_place_makes_an_event_there(qtbot, page, screen_desk):
    page.week.canvas.go_to_slot(at(13))
    page.week.canvas.slot.setFocus()
    press(page, Qt.Key.Key_Return)
    assert page.panel.is_new
    assert page.window().focusWidget() is page.panel.form.people.choice
    choose_teacher(page, "Yusra Bukowiec")
    saved(qtbot, page)
    assert times(screen_desk) == [(at(13), at(13, 20))]


@pytest.mark.parametrize("key", [Qt.Key.Key_N, Qt.Key.Key_Insert])
def test_n_and_insert_begin_an_event(page, key):
    page.week.canvas.slot.setFocus()
    press(page, key)
    assert page.panel.is_new


def test_delete_takes_an_event_away_and_undo_brings_it_back(qtbot, held, visit, screen_desk, workspace):
    press(held, Qt.Key.Key_Delete)
    assert kept(screen_desk) == ()
    assert toast(workspace) == "Deleted the event of Tuesday 9:50."
    assert held.window().focusWidget() is held.week.canvas.slot
    workspace.undo()
    qtbot.waitUntil(lambda: button(held, visit) is not None)


def test_the_keyboard_goes_on_when_the_weekend_went_with_its_last_event(screen_desk, juniper, workspace):
    saturday = date(2027, 2, 6)
    page, key = on_calendar(workspace), add(screen_desk, juniper, at(10, day=saturday))
    workspace.open(ShowEvent(key))
    press(page, Qt.Key.Key_Delete)
    assert page.week.canvas.slot.hasFocus()
    assert page.week.canvas.slot_at == at(10, day=date(2027, 2, 5))
    press(page, Qt.Key.Key_Left)
    assert page.week.canvas.slot_at == at(10, day=date(2027, 2, 4))


def test_page_keys_go_to_other_weeks_and_t_to_this_one(page):
    page.week.canvas.slot.setFocus()
    press(page, Qt.Key.Key_PageDown)
    assert page.head.which.text() == "8–12 February · week 6"
    press(page, Qt.Key.Key_PageUp)
    press(page, Qt.Key.Key_PageUp)
    assert page.head.which.text() == "25–29 January · week 4"
    press(page, Qt.Key.Key_T)
    assert page.head.which.text() == "1–5 February · week 5"


def test_enter_opens_an_event_and_esc_goes_back_to_it(held, visit):
    press(held, Qt.Key.Key_Return)
    assert held.window().focusWidget() is held.panel.form.field("kind")
    held.leave_part()
    assert held.window().focusWidget() is button(held, visit)


# the event beside the week


def test_an_event_is_moved_without_dragging(qtbot, visit, page, screen_desk):
    write(page, "day", "3/2/2027")
    write(page, "starts", "11:00")
    assert field(page, "ends").text() == "11:20"
    qtbot.waitUntil(
        lambda: times(screen_desk) == [(at(11, day=date(2027, 2, 3)), at(11, 20, date(2027, 2, 3)))]
    )
    qtbot.waitUntil(lambda: "Wednesday 3 February 11:00" in button(page, visit).accessibleName())


def test_an_end_before_the_start_is_said_under_its_field(qtbot, visit, page, screen_desk):
    write(page, "ends", "8:00")
    problem = page.findChild(QLabel, "event_ends_problem")
    qtbot.waitUntil(problem.isVisible)
    assert problem.text() == "The end must come after the start."
    assert field(page, "ends").text() == "8:00"
    assert times(screen_desk) == [(at(9, 50), at(10, 10))]


def test_a_visit_without_a_teacher_is_said_and_nothing_is_lost(qtbot, visit, page, screen_desk):
    named(page, "take_out_person").click()
    qtbot.waitUntil(lambda: "Choose the teacher this is with." in page.panel.state.said.text())
    assert kept(screen_desk)[0].names == ("Zofia Abernethy",)


def test_a_workshop_needs_nobody(qtbot, page, screen_desk):
    draw(page, at(13), at(14))
    kind = field(page, "kind", QComboBox)
    kind.setCurrentText("PD session")
    kind.activated.emit(kind.currentIndex())
    saved(qtbot, page)
    assert kept(screen_desk)[0].kind is EventKind.PD_SESSION


def test_an_archived_teacher_with_something_planned_is_said(visit, page, juniper, screen_desk):
    screen_desk.do(roster.archive_teacher, juniper.teachers[0])
    screen_desk.flush()
    page.show_record(ShowEvent(visit))
    assert page.panel.head.archived.text().startswith("The teacher of this event is in the archive.")
    assert not named(page, "event_start_note").isVisible()


def test_a_key_cannot_carry_an_event_across_midnight(screen_desk, juniper, workspace):
    late = add(screen_desk, juniper, at(23, 40), 15)
    page = on_calendar(workspace)
    button(page, late).setFocus()
    press(page, Qt.Key.Key_Down, ALT)
    assert toast(workspace) == "An event ends on the day it begins, at 23:59 at the latest."
    assert times(screen_desk) == [(at(23, 40), at(23, 55))]


def test_an_event_cannot_lie_where_the_clocks_change(page, screen_desk, juniper, workspace):
    sunday = date(2027, 3, 14)
    event = add(screen_desk, juniper, at(4, day=sunday))
    page.show_record(ShowEvent(event))
    screen_desk.flush()
    drag(button(page, event), page, at(4, 5, sunday), at(2, 5, sunday))
    assert toast(workspace).startswith("The clocks change between these times.")
    assert [row.starts for row in kept(screen_desk, date(2027, 3, 8))] == [at(4, day=sunday)]


def test_why_it_did_not_happen_is_one_choice(visit, page, screen_desk, workspace):
    page.panel.reasons.actions()[0].trigger()
    [row] = kept(screen_desk)
    assert (row.status, row.reason) == (EventStatus.DIDNT_HAPPEN, DidntHappen.ABSENT)
    workspace.undo()
    assert kept(screen_desk)[0].status is EventStatus.PLANNED


def test_the_note_and_the_teacher_are_one_button_away(qtbot, visit, page, juniper, screen_desk):
    asked = []
    page.open.disconnect()  # who answers is not asked here
    page.open.connect(asked.append)
    named(page, "event_start_note").click()
    named(page, "event_open_teacher").click()
    note = screen_desk.do(keep, VisitNote, {"event_id": visit, "started": at(9, 50)})
    qtbot.waitUntil(lambda: page.panel.head.read_button.isVisible())
    named(page, "event_open_note").click()
    assert asked == [StartNote(visit), ShowTeacher(juniper.teachers[0]), OpenNote(note.id)]


def test_an_event_with_a_written_note_stays(visit, page, screen_desk, workspace):
    screen_desk.do(keep, VisitNote, {"event_id": visit, "started": at(9, 50), "reflection": "Try it slower."})
    named(page, "event_delete").click()
    assert "There is a note of this event, so it stays." in toast(workspace)
    assert len(kept(screen_desk)) == 1


def test_an_event_names_its_round(page, juniper, screen_desk, qtbot):
    plan = screen_desk.ask(cycles.plan_cycle, juniper.teachers[1], "Wait time", at(10))
    screen_desk.do(cycles.add_planned, plan)
    qtbot.waitUntil(lambda: len(page.week.canvas.buttons()) > 0)
    QTest.mouseClick(page.week.canvas.buttons()[0], LEFT)
    assert page.panel.head.round.text() == "Round 1 · Wait time"


# beside the rest of the program


def test_what_others_change_is_seen(qtbot, page, screen_desk, juniper):
    key = add(screen_desk, juniper, at(13))
    qtbot.waitUntil(lambda: button(page, key) is not None)


def test_an_event_is_shown_in_its_own_week(page, screen_desk, juniper, workspace):
    far = add(screen_desk, juniper, at(9, day=date(2027, 3, 2)))
    workspace.open(ShowEvent(far))
    assert page.head.which.text() == "1–5 March · week 9"
    assert page.panel.row.id == far
    assert page.window().focusWidget() is button(page, far)


def test_an_event_that_is_gone_is_said(visit, page, screen_desk, workspace):
    screen_desk.do(schedule.delete_event, visit)
    workspace.open(ShowEvent(visit))
    assert toast(workspace) == "This event is no longer on the calendar."


def test_a_new_event_is_begun_at_the_next_free_time(visit, page):
    named(page, "new_event_button").click()
    assert page.panel.draft() == (at(10, 10), at(10, 30))


def test_a_new_event_is_as_long_as_a_visit_usually_is(screen_desk, visit, page):
    screen_desk.do(usual.plan_visits_for, 45)
    named(page, "new_event_button").click()
    assert page.panel.draft() == (at(10, 10), at(10, 55))


def test_buttons_are_used_again_in_the_next_week(screen_desk, juniper, workspace):
    for week in range(2):
        for n in range(30):
            day = MONDAY + timedelta(days=7 * week + n % 5)
            add(screen_desk, juniper, at(8 + n // 5, day=day), 30)
    page = on_calendar(workspace)
    before = set(page.week.canvas.findChildren(EventButton))
    page.weeks(1)
    assert set(page.week.canvas.findChildren(EventButton)) == before
    assert len(page.week.canvas.buttons()) == 30


def test_sixty_events_are_all_there(screen_desk, juniper, workspace):
    for n in range(60):
        start = at(8 + n // 10, 30 * (n // 5 % 2), MONDAY + timedelta(days=n % 5))
        add(screen_desk, juniper, start, 25, n % 3)
    page = on_calendar(workspace)
    shown = page.week.canvas.buttons()
    assert len(shown) == 60
    assert all(one.width() >= 24 and one.height() >= 24 for one in shown)
    pairs = zip(shown, shown[1:], strict=False)
    assert not any(one.geometry().intersects(other.geometry()) for one, other in pairs)


def test_an_event_is_painted_anew_where_it_looks_otherwise(qtbot, qapp, visit, page, screen_desk):
    """Painted once, it is shown again as it is: until something about it is not as it was."""
    button = page.week.canvas.button_of(visit)
    page.week.select(None)
    seen = [button.grab().toImage()]

    def looks_new():
        seen.append(button.grab().toImage())
        return seen[-1] != seen[-2]

    assert not looks_new()
    page.week.select(visit)
    assert looks_new()
    screen_desk.do(schedule.took_place, visit)
    qtbot.waitUntil(looks_new)
    theme.apply(qapp, "dark")
    try:
        assert looks_new()
    finally:
        theme.apply(qapp, "light")


def test_in_a_narrow_window_the_event_has_a_page_of_its_own(visit, page, workspace):
    workspace.resize(800, 560)
    assert not page.panel.isVisible()
    QTest.mouseDClick(button(page, visit), LEFT)
    assert page.panel.isVisible()
    assert not page.week.isVisible()
    named(page, "back_to_week").click()
    assert page.week.isVisible()


def test_no_button_over_the_week_is_cut_off(qapp, page, workspace):
    head = page.head
    theme.apply(qapp, "light", "touch")
    try:
        for width in (800, 1000, 1024, 1060, 1366):
            workspace.resize(width, 700)
            qapp.processEvents()
            shown = (head.today_button, head.new_button, head.plan_button)
            assert all(each.width() >= each.sizeHint().width() for each in shown), width
    finally:
        theme.apply(qapp, "light")


def test_the_calendar_can_be_used_without_seeing_it_in_a_small_window(visit, page, workspace):
    workspace.resize(800, 560)
    assert audit(workspace) == []
    page._on_opened(visit)
    assert audit(workspace) == []
    page.new_event()
    assert audit(workspace) == []
