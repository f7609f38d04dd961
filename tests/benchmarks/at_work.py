"""The open desk in a process of its own, worked as a coach works it: `at_work.py PROFILE WHAT [settled]`.

`settled`: some seconds after unlocking, when the pages nobody went to are built. Prints what it measured as
JSON, in milliseconds.
"""

import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import at_calendar
import at_visit
from coach import Coach
from felt import Gaps, painted, pause
from PySide6.QtCore import QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from searching import beginnings, documents
from sqlmodel import Session, select

from coachdesk.model import EventTeacher
from coachdesk.ui import theme
from coachdesk.ui.screens import SCREENS
from coachdesk.ui.screens.teacher import TeacherScreen
from coachdesk.ui.screens.teachers import TeachersScreen
from coachdesk.ui.wishes import ShowTeacher

PAGES = [kind for kind in (*SCREENS[1:], SCREENS[0]) if kind.in_sidebar]  # the one shown first comes last
FILTERS = ("a", "an", "ma", "e", "ri", "o", "s", "ar", "el", "")
ROUNDS = 8  # through all pages
Figures = dict[str, list[float]]


def filtering(coach: Coach) -> Figures:
    """Type into the filter of the roster, and sort it."""
    teachers = coach.screen(TeachersScreen)
    table, narrow = teachers.list.table, teachers.list.filter.setText
    took = [painted(table.viewport(), lambda text=text: narrow(text)) for text in FILTERS * 5]
    return {"filter": took}


def switching(coach: Coach) -> dict[str, Figures]:
    """Go through the pages of the sidebar and a teacher's: the first time, and again and again."""
    busiest = ShowTeacher(coach.desk.ask(whom_most_is_with))
    gc.collect()  # what this question left behind is none of the first page's
    first, *later = [went_round(coach, busiest) for _ in range(ROUNDS)]
    return {
        "first": {name: [took] for name, took in first.items()},
        "again": {name: [went[name] for went in later] for name in first},
    }


def backing_up(coach: Coach) -> Figures:
    """Make a backup while the window is open."""
    gaps, loop = Gaps(), QEventLoop()
    began = time.perf_counter()
    coach.background.run(coach.desk.back_up, lambda _made: loop.quit())
    loop.exec()
    return {"gap": [gaps.longest], "took": [(time.perf_counter() - began) * 1000]}


def searching(coach: Coach) -> Figures:
    """Type the beginnings of words into the search box, letter by letter."""
    box = coach.workspace.search
    box.start()
    painted(box.panel.list.viewport(), lambda: box.setText("an"))
    took = []
    for typed in beginnings(coach.desk.ask(documents)):
        box.setText("")
        QApplication.processEvents()
        for letter in typed:
            took.append(painted(box.panel, lambda letter=letter: QTest.keyClick(box, letter)))
    return {"search": took}


WORK: dict[str, Callable[[Coach], object]] = {
    "filter": filtering,
    "switch": switching,
    "type": at_visit.typing,
    "tap": at_visit.tapping,
    "visit": at_visit.visiting,
    "week": at_calendar.painting,
    "drag": at_calendar.dragging,
    "back_up": backing_up,
    "search": searching,
}


def went_round(coach: Coach, busiest: ShowTeacher) -> dict[str, float]:
    """How long each page took to come up, by its title."""
    work, took = coach.workspace, {}
    for kind in PAGES:
        took[kind.title] = painted(work.stack, lambda kind=kind: work.show_screen(work.screen_of(kind)))
        pause(0.05)
    took[TeacherScreen.title] = painted(work.stack, lambda: work.open(busiest))
    pause(0.05)
    return took


def whom_most_is_with(session: Session) -> object:
    return Counter(session.exec(select(EventTeacher.teacher_id))).most_common(1)[0][0]


def main(profile: str, what: str, when: str = "") -> None:
    application = QApplication(sys.argv[:1])
    theme.apply(application, "light")
    coach = Coach(Path(profile))
    if when:
        coach.settle()
    figures = WORK[what](coach)
    coach.leave()
    print(json.dumps(figures))


if __name__ == "__main__":
    main(*sys.argv[1:])
