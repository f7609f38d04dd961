"""Bringing a part of a scrolled page into view: Qt does so for Tab alone."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget
from shiboken6 import isValid

from coachdesk.ui import theme


def bring(part: QWidget) -> None:
    """Scroll the page that `part` stands on so far that it is seen, once it has its place."""
    QTimer.singleShot(0, part, lambda: _bring(part))


def _bring(part: QWidget) -> None:
    step = part.parentWidget() if isValid(part) else None
    while step is not None:
        if isinstance(step, QScrollArea):
            step.ensureWidgetVisible(part, theme.SPACE["lg"], theme.SPACE["xl"])
        step = step.parentWidget()
