"""Words on a page, in the sizes and tones of the look."""

from PySide6 import QtCore
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from coachdesk.ui import theme


class Text(QLabel):
    """Plain text that wraps; `role` is a size of type, `tone` a colour ("muted", "danger" …)."""

    def __init__(
        self, text: str = "", role: str = "body", tone: str = "", *, bold: bool = False, wrap: bool = True
    ) -> None:
        super().__init__()
        self.setText(text)
        self.setFont(theme.font(role, bold))
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setProperty("tone", tone)

    def setText(self, text: str) -> None:
        if "<" in text or "&lt;" in text:  # all that could pass for markup; naming Qt delays the first paint
            self.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        super().setText(text)

    def set_tone(self, tone: str) -> None:
        self.setProperty("tone", tone)
        polish(self)


def polish(widget: QWidget) -> None:
    """Have the style sheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def heading(text: str, level: int = 1) -> Text:
    """A heading of level 1, 2 or 3."""
    return Text(text, f"h{level}", bold=True, wrap=False)


def muted(text: str = "", role: str = "body") -> Text:
    return Text(text, role, "muted")


def badge(text: str, tone: str = "") -> Text:
    """A small rounded label; the word carries the meaning, the tone only underlines it."""
    made = Text(text, "caption", tone, wrap=False)
    made.setProperty("badge", True)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made
