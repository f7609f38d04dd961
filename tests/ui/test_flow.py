"""The layout of chips: it breaks lines as words do, and outlives what lay in it."""

import pytest
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from coachdesk.ui.widgets.flow import Flow


@pytest.fixture
def holder(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow(gap=6, parent=holder)
    for _ in range(3):
        chip = QWidget()
        chip.setFixedSize(80, 30)
        flow.addWidget(chip)
    return holder


def test_what_does_not_fit_goes_into_the_next_line(holder):
    assert [holder.layout().heightForWidth(width) for width in (300, 200, 90)] == [30, 66, 102]


def test_a_chip_that_was_deleted_leaves_no_gap_and_is_not_asked_again(holder):
    delete(holder.layout().itemAt(0).widget())
    flow = holder.layout()
    assert flow.count() == 2
    assert flow.heightForWidth(200) == 30
    assert flow.itemAt(2) is None
    assert flow.sizeHint().width() == 166
