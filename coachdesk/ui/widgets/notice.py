"""A notice inside the page: what is wrong, or good to know, at the place it is about."""

from PySide6 import QtGui
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text, polish

ICONS = {"danger": "circle-alert", "warning": "triangle-alert", "success": "circle-check", "info": "info"}


class Notice(QFrame):
    """A sentence with an icon, on a tint. Empty, it takes no room."""

    def __init__(self, tone: str = "danger", *, name: str = "notice") -> None:
        super().__init__()
        self.setObjectName(name)
        self._picture = Picture(ICONS[tone], tone, 18, at_top=True)
        self._text = Text()
        self._text.setObjectName(f"{name}_text")
        row = QHBoxLayout(self)
        row.setContentsMargins(*[theme.SPACE["md"], theme.SPACE["sm"]] * 2)
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(self._picture)
        row.addWidget(self._text, 1)
        self.setProperty("notice", tone)
        self._picture.set_icon(ICONS[tone], _ink(tone))
        self.hide()

    def text(self) -> str:
        return self._text.text()

    def say(self, text: str, tone: str = "") -> None:
        """Show `text` and have assistive tools speak it; an empty one clears the notice."""
        if tone:
            self._set_tone(tone)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        if text:
            announce(self, text)

    def clear(self) -> None:
        self.say("")

    def _set_tone(self, tone: str) -> None:
        self.setProperty("notice", tone)
        self._picture.set_icon(ICONS[tone], _ink(tone))
        polish(self)


def _ink(tone: str) -> str:
    return "accent" if tone == "info" else tone


def announce(about: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have assistive tools speak `text` now, or with patience."""
    event = QtGui.QAccessibleAnnouncementEvent(about, text)
    politeness = QtGui.QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QtGui.QAccessible.updateAccessibility(event)
