"""The week as it is felt: painted anew, and an event dragged over it."""

from coach import Coach
from felt import painted, pause
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from coachdesk.ui.screens.calendar import CalendarScreen
from coachdesk.ui.week.event_button import EventButton

REPAINTS = 60
STEPS = 60  # of a drag
STEP = 7  # pixels
TAKEN_UP = 20  # pixels after which it is a drag, not a click
Figures = dict[str, list[float]]


def painting(coach: Coach) -> Figures:
    """Have the whole week painted, with every event on it that is in sight."""
    canvas = coach.screen(CalendarScreen).week.canvas
    pause(0.5)
    return {"painted": [painted(canvas, canvas.update) for _ in range(REPAINTS)]}


def dragging(coach: Coach) -> Figures:
    """Drag an event down and up again, step by step; each until it is painted where it is then."""
    canvas = coach.screen(CalendarScreen).week.canvas
    pause(0.5)
    button, took = in_sight(canvas.buttons()), []
    at = button.rect().center()
    QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=at)
    move(button, at + QPoint(0, TAKEN_UP))
    pause(0.3)
    for step in range(STEPS):
        far = QPoint(0, STEP if step % 20 < 10 else -STEP)
        took.append(painted(button, lambda far=far: move(button, at + far)))
    QTest.keyClick(button, Qt.Key.Key_Escape)
    return {"painted": took}


def in_sight(buttons: list[EventButton]) -> EventButton:
    """An event in the middle of the week that can be seen."""
    seen = [button for button in buttons if not button.visibleRegion().isEmpty()]
    return seen[len(seen) // 2]


def move(button: QWidget, to: QPoint) -> None:
    """The mouse is there now, its left button held: as the window system would say it."""
    where = QPointF(to)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    around = button.mapToGlobal(where)
    moved = QMouseEvent(QEvent.Type.MouseMove, where, around, Qt.MouseButton.NoButton, left, none)
    QApplication.sendEvent(button, moved)
