"""A menu bar that gives the keyboard back at the first Esc, and the row at the top of the window it is in."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QWidget

from coachdesk.ui import theme


class MenuBar(QMenuBar):
    """Qt's own keeps the arrow keys after Esc has closed a menu, until Esc is pressed once more.

    And it takes the keyboard where Alt is let go before the first key of a shortcut of two, as Alt+1, D; or
    where a screen reader listens, for whom Qt says the press of Alt once more, after that of Alt+6.
    """

    _with_another = False  # a key was pressed while Alt is held

    def add_menu(self, title: str) -> QMenu:
        """A new menu at the end of the bar."""
        menu = self.addMenu(title)
        menu.installEventFilter(self)
        return menu

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in an open menu closes it, and the focus goes back to where it was."""
        if (
            isinstance(watched, QMenu)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            watched.hide()
            self.keyPressEvent(event)
            return True
        if _is_more_than_alt(event):
            self._with_another = True
            super().eventFilter(watched, QEvent(QEvent.Type.Shortcut))  # Alt alone is no longer waited for
        elif self._with_another and _lets_alt_go(event):
            self._with_another = False
            super().eventFilter(watched, QEvent(QEvent.Type.Shortcut))
        return super().eventFilter(watched, event)


def _is_more_than_alt(event: QEvent) -> bool:
    """Whether another key was pressed while Alt is held."""
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.ShortcutOverride
        and event.modifiers() == Qt.KeyboardModifier.AltModifier
        and event.key() not in (Qt.Key.Key_Alt, Qt.Key.Key_Meta)
    )


def _lets_alt_go(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.KeyRelease
        and event.key() in (Qt.Key.Key_Alt, Qt.Key.Key_Meta)
    )


class TopBar(QWidget):
    """The menus, and at the right what is wanted on every page."""

    def __init__(self, menus: MenuBar, at_right: QWidget) -> None:
        super().__init__()
        self.setObjectName("top_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.SPACE["xs"], theme.SPACE["md"], theme.SPACE["xs"])
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(menus, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(at_right)
