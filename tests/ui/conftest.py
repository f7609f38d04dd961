"""What every test of the window finds when it ends: nothing left open."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _no_window_is_left(qapp):
    """A window that outlives its test would be seen, and clicked, by the next one."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    names = [type(window).__name__ for window in left]
    for window in left:
        window.hide()
        window.deleteLater()
    assert names == [], "close what the test opened, or hand it to qtbot.addWidget"
