"""A page scrolls where it is higher than its room, and only there."""

import pytest
from PySide6.QtWidgets import QVBoxLayout

from coachdesk.ui import theme
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.scroll import Scroll
from coachdesk.ui.widgets.text import Text

SENTENCE = "Nothing is ever deleted or ended because a day has come: you do it. " * 4


@pytest.fixture
def area(qapp, qtbot):
    theme.dress(qapp, "light")
    made = Scroll("page")
    qtbot.addWidget(made)
    column = QVBoxLayout(made.page)
    card = Card()
    for _text in range(3):
        card.column.addWidget(Text(SENTENCE))
    column.addWidget(card)
    column.addStretch(1)
    made.resize(700, 300)
    made.show()
    return made


def test_a_page_that_fits_does_not_scroll_to_nothing(area):
    assert area.page.heightForWidth(area.viewport().width()) < 300
    assert area.verticalScrollBar().maximum() == 0


def test_a_page_that_is_higher_than_its_room_scrolls_to_its_end(area, qtbot):
    area.resize(260, 300)
    needs = area.page.heightForWidth(area.viewport().width())
    assert needs > 300
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == needs - area.viewport().height())
