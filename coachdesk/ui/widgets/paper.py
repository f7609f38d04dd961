"""The principal's page as it will be on paper, on the screen: the same words in the same order.

Paper is white by day and by night. Its words are real text, so a screen reader reads them; the drawing of a
band is painted between them from the label alone.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from coachdesk.services.sharing import AXIS, SHARE_HEADING, Footnote, Page, Row, Section
from coachdesk.ui import theme, tokens
from coachdesk.ui.widgets.text import Text

MARGIN = theme.SPACE["xxl"]
BAR_WIDTH, BAR_HEIGHT, TRACK_HEIGHT = 150, 12, 6
WORDS_WIDTH = 118
INK, QUIET, ACCENT = (tokens.LIGHT[name] for name in ("text", "muted", "accent"))
HAIR, TRACK, TINT = tokens.LIGHT["border"], tokens.LIGHT["sidebar"], tokens.LIGHT["accent_soft"]
WHITE, SHADE = tokens.LIGHT["surface"], "#4F9EA7"
_SIDES = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
_SHEET = f"""
QFrame#paper {{ background: {WHITE}; border: 1px solid {HAIR}; border-top: 6px solid {ACCENT}; }}
QFrame#paper QLabel {{ color: {INK}; }}
QFrame#paper QLabel[ink="quiet"] {{ color: {QUIET}; }}
QFrame#paper QLabel[ink="accent"] {{ color: {ACCENT}; }}
QFrame#paper QFrame[said="true"] {{ background: {TINT}; border-radius: 8px; }}
"""


class Paper(QFrame):
    """One page; `show_page` fills it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("paper")
        self.setStyleSheet(_SHEET)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, theme.SPACE["xl"], MARGIN, theme.SPACE["xl"])
        self._column.setSpacing(0)

    def show_page(self, page: Page) -> None:
        _clear(self._column)
        self._add(ink(page.title, "caption", "accent", bold=True))
        self._add(ink(page.school, "h1", bold=True))
        self._add(ink(f"{page.window}  ·  {page.span}", "lead", "quiet"), after="md")
        self._add(ink(page.introduction), after="lg")
        for part in page.sections:
            self._add(_Table(part) if part.rows else _Said(part), after="lg")
        self._add(_Footnotes(page.footnotes))
        self._column.addStretch(1)

    def _add(self, widget: QWidget, after: str = "xs") -> None:
        self._column.addWidget(widget)
        self._column.addSpacing(theme.SPACE[after])


def ink(text: str, role: str = "body", tone: str = "", *, bold: bool = False) -> Text:
    """Words on paper: in ink of one of three tones, whatever the scheme of the screen."""
    made = Text(text, role, bold=bold)
    made.setProperty("ink", tone)
    return made


class _Said(QFrame):
    """A part of the page that is one sentence."""

    def __init__(self, part: Section) -> None:
        super().__init__()
        self.setProperty("said", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE["lg"], theme.SPACE["md"]] * 2)
        column.setSpacing(theme.SPACE["xs"])
        column.addWidget(ink(part.heading, "lead", "accent", bold=True))
        column.addWidget(ink(part.sentence, "lead"))


class _Table(QWidget):
    """A part of the page with rows: what each is about, its band drawn, its band in words."""

    def __init__(self, part: Section) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(ink(part.heading, "lead", "accent", bold=True))
        column.addWidget(_Head(part.sentence))
        for row in part.rows:
            column.addWidget(_Line(row))


class _Columns(QWidget):
    """Two texts on a line, above a hairline; what stands in the gap between them is painted."""

    def __init__(self, left: Text, right: Text) -> None:
        super().__init__()
        self._gap = QSpacerItem(BAR_WIDTH, BAR_HEIGHT, QSizePolicy.Policy.Fixed)
        right.setFixedWidth(WORDS_WIDTH)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.SPACE["xs"] + 1, 0, theme.SPACE["xs"] + 1)
        line.setSpacing(0)
        line.addWidget(left, 1)
        line.addSpacing(theme.SPACE["lg"])
        line.addItem(self._gap)
        line.addSpacing(theme.SPACE["lg"])
        line.addWidget(right)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        room = QRectF(self._gap.geometry())
        with QPainter(self) as painter:
            painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(HAIR))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_between(painter, QRectF(room.left(), room.center().y(), BAR_WIDTH, 0))

    def paint_between(self, painter: QPainter, axis: QRectF) -> None:
        """Paint along the axis, a line from 0 to 100 %."""


class _Head(_Columns):
    """Above the rows: what they have in common, the axis, and what the words are of."""

    def __init__(self, sentence: str) -> None:
        super().__init__(ink(sentence, "caption", "quiet"), ink(SHARE_HEADING, "caption", "quiet"))

    def paint_between(self, painter: QPainter, axis: QRectF) -> None:
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(QUIET))
        room = axis.adjusted(0, -BAR_HEIGHT, 0, BAR_HEIGHT)
        for text, side in zip(AXIS, _SIDES, strict=True):
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)


class _Line(_Columns):
    """One row: the interval its band stands for, on the axis."""

    def __init__(self, row: Row) -> None:
        super().__init__(ink(row.label), ink(row.band.words, bold=True))
        self._band = row.band

    def paint_between(self, painter: QPainter, axis: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        track, shade = TRACK_HEIGHT / 2, BAR_HEIGHT / 2
        start = axis.left() + axis.width() * self._band.low / 100
        width = axis.width() * (self._band.high - self._band.low) / 100
        painter.setBrush(QColor(TRACK))
        painter.drawRoundedRect(axis.adjusted(0, -track, 0, track), track, track)
        painter.setBrush(QColor(SHADE))
        painter.drawRoundedRect(QRectF(start, axis.y() - shade, width, BAR_HEIGHT), 3, 3)


class _Footnotes(QWidget):
    """What stands at the foot of the page, side by side."""

    def __init__(self, notes: tuple[Footnote, ...]) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, theme.SPACE["sm"], 0, 0)
        line.setSpacing(theme.SPACE["xl"])
        for note in notes:
            column = QVBoxLayout()
            column.setSpacing(theme.SPACE["xs"])
            column.addWidget(ink(note.heading, "caption", "accent", bold=True))
            for sentence in note.sentences:
                column.addWidget(ink(sentence, "caption", "quiet"))
            column.addStretch(1)
            line.addLayout(column, 1)


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
