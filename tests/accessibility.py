"""An audit of a window as an assistive program meets it: in this process, on every system, without a bus.

Use it as `assert audit(window) == []`.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

SMALLEST_TARGET = 24
"""WCAG 2.2, SC 2.5.8, in logical pixels."""

NO_ROLE = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Border}


def audit(window: QWidget) -> list[str]:
    """What a screen reader or an unsteady hand would stumble over; an empty list is a clean window."""
    findings = []
    for widget in [window, *window.findChildren(QWidget)]:
        if _takes_focus(widget, window):
            findings += [f"{problem}: {_path(widget)}" for problem in _problems(widget)]
    return findings


def tab_order(window: QWidget) -> list[QWidget]:
    """What Tab visits in turn, from the window's first."""
    order, widget = [], window.nextInFocusChain()
    while widget is not window:
        if (
            widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isVisibleTo(window)
            and widget.isEnabled()
        ):
            order.append(widget)
        widget = widget.nextInFocusChain()
    return order


def _takes_focus(widget: QWidget, window: QWidget) -> bool:
    if not widget.isVisibleTo(window) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
        return False
    parent = widget.parentWidget()
    return not (widget.focusProxy() or (parent and parent.focusProxy() is widget))


def _problems(widget: QWidget) -> list[str]:
    met = QAccessible.queryAccessibleInterface(widget)
    if met is None or not met.isValid():
        return ["cannot be met"]
    problems = []
    name = met.text(QAccessible.Text.Name).strip()
    if isinstance(widget, QComboBox):  # its name is what it shows, so the label must be its buddy
        if not met.relations(QAccessible.RelationFlag.Label):
            problems.append("no label is its buddy")
    elif not name:
        problems.append("no name")
    if met.role() in NO_ROLE:
        problems.append("no role")
    if isinstance(widget, QAbstractButton) and min(widget.width(), widget.height()) < SMALLEST_TARGET:
        problems.append(f"smaller than {SMALLEST_TARGET} px")
    return problems


def _path(widget: QWidget) -> str:
    names = []
    step: QWidget | None = widget
    while step is not None:
        names.append(step.objectName() or type(step).__name__)
        step = step.parentWidget()
    return "/".join(reversed(names))
