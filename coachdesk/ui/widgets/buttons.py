"""Buttons. Each is named by its visible verb; one on a page is primary."""

from PySide6 import QtCore
from PySide6.QtCore import QSize
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton

from coachdesk.ui import theme

ICON = 18
AIR = 4  # between the icon and the words


def is_enter(event: QKeyEvent) -> bool:
    """Either of the two keys; asked here, for the first paint does not wait for Qt's own names."""
    return event.key() in (QtCore.Qt.Key.Key_Return, QtCore.Qt.Key.Key_Enter)


class Button(QPushButton):
    """Enter presses it as Space does, once: an Enter held down on the page before presses nothing here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~QtCore.Qt.KeyboardModifier.KeypadModifier
        if is_enter(event) and plain and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, icon: str = "", *, name: str = "", kind: str = "") -> QPushButton:
    """A button; `name` is its stable object name, `kind` one of the style sheet's."""
    made = _named(Button(text), name, kind)
    if icon:
        role = {"primary": "on_accent", "danger": "danger"}.get(kind, "text")
        made.setIcon(theme.icon(icon, role, ICON, AIR))
        made.setIconSize(QSize(ICON + AIR, ICON))
    return made


def _named(made: QPushButton, name: str, kind: str) -> QPushButton:
    made.setObjectName(name)
    made.setAccessibleName(made.text().replace("&", ""))
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    return made


def primary(text: str, icon: str = "", *, name: str = "") -> QPushButton:
    """The one thing to do next on this page."""
    return button(text, icon, name=name, kind="primary")


def quiet(text: str, icon: str = "", *, name: str = "") -> QPushButton:
    """A button without a frame, for what is seldom wanted."""
    return button(text, icon, name=name, kind="quiet")


def way_back(text: str, *, name: str = "") -> QPushButton:
    """The way back at the head of a page, at its left edge."""
    return button(text, "arrow-left", name=name, kind="edge")


class Link(Button):
    """Has the hand from the first time it is pointed at: the first paint does not wait for Qt's own names."""

    def enterEvent(self, event: QEnterEvent) -> None:
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)


def link(text: str, *, name: str = "") -> QPushButton:
    """Looks like a link, is pressed like a button."""
    made = _named(Link(text), name, "link")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def chip(text: str, *, name: str = "", checked: bool = False) -> QPushButton:
    """A round button that stays pressed: assistive tools call it a check box."""
    made = button(text, name=name, kind="chip")
    made.setCheckable(True)
    made.setChecked(checked)
    return made


def icon_button(icon: str, says: str, *, name: str = "") -> QToolButton:
    """A picture to press, reached with Tab; `says` is its name and its tool tip."""
    made = QToolButton()
    made.setObjectName(name)
    made.setProperty("kind", "quiet")
    made.setIcon(theme.icon(icon, "text", ICON))
    made.setIconSize(QSize(ICON, ICON))
    made.setAccessibleName(says)
    made.setToolTip(says)
    return made
