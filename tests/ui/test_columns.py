"""Cards stand beside each other where there is room, and follow each other where there is none."""

import pytest
from PySide6.QtWidgets import QPushButton

from coachdesk.ui.widgets.columns import BESIDE, Columns


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
