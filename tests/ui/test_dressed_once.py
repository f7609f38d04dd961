"""A page is built in its place: to dress what moves house anew takes longer than to build it."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from coachdesk.ui.screens import SCREENS
from coachdesk.ui.widgets.scroll import Scroll
from coachdesk.ui.workspace import Workspace

FEW = 20  # parts that may be dressed twice; built from the inside out, a page's hundreds are, at every level


class Dressing(QObject):
    """Counts the parts that are dressed again."""

    def __init__(self, qapp) -> None:
        super().__init__()
        self.again = 0
        self._app = qapp

    def __enter__(self) -> "Dressing":
        self._app.installEventFilter(self)
        return self

    def __exit__(self, *_error: object) -> None:
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange and isinstance(watched, QWidget):
            self.again += watched.testAttribute(Qt.WidgetAttribute.WA_WState_Polished)
        return False


@pytest.fixture
def window(qtbot, dressed):
    shown = QWidget()
    qtbot.addWidget(shown)
    return shown


def test_what_is_dressed_and_moves_house_is_seen(qapp, window):
    area, held = Scroll(parent=window), QWidget()
    words = QLabel("Words", held)
    words.ensurePolished()
    with Dressing(qapp) as dressing:
        held.setParent(area.page)
    assert dressing.again == 1


def test_hardly_a_part_of_any_page_is_dressed_twice_while_it_is_built(qapp, window, screen_desk):
    workspace = Workspace(screen_desk, SCREENS, lambda: None, parent=window)
    built = {}
    for kind in SCREENS:
        with Dressing(qapp) as dressing:
            workspace.screen_of(kind)
        built[kind.title] = dressing.again
    assert {title: again for title, again in built.items() if again > FEW} == {}
