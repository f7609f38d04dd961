"""Cards stand beside each other where there is room, and follow each other where there is none."""

import pytest
from PySide6.QtWidgets import QPushButton

from coachdesk.ui.widgets.columns import BESIDE, WIDEST, Columns
from coachdesk.ui.widgets.text import Text


@pytest.fixture
def cards(qtbot):
    made = [QPushButton(name) for name in "abc"]
    columns = Columns(made[:2], made[2:])
    qtbot.addWidget(columns)
    columns.show()
    return columns, made


def test_in_a_wide_window_the_second_column_stands_beside_the_first(cards):
    columns, (first, below, beside) = cards
    columns.resize(BESIDE, 400)
    columns.layout().activate()
    assert beside.y() == first.y() < below.y()
    assert beside.x() > first.geometry().right()


def test_in_a_narrow_window_all_stand_in_one_column_in_the_same_order(cards):
    columns, made = cards
    for width in (BESIDE, BESIDE - 1):
        columns.resize(width, 400)
        columns.layout().activate()
    assert [card.x() for card in made] == [0, 0, 0]
    assert sorted(made, key=lambda card: card.y()) == made


def test_words_that_wrap_have_the_height_they_need_in_one_column(qtbot):
    words = Text("What stands here goes on for a line or more. " * 8)
    columns = Columns((words,), ())
    qtbot.addWidget(columns)
    columns.show()
    columns.resize(BESIDE - 1, 400)
    columns.layout().activate()
    assert columns.layout().heightForWidth(BESIDE - 1) == words.heightForWidth(WIDEST)
