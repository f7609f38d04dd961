"""The counters agreed beforehand: large buttons that show the tap at once."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from coachdesk.services.notes import Counter
from coachdesk.ui import theme, tokens
from coachdesk.ui.widgets.flow import Flow

KEYS = ("6", "7", "8", "9")
PAD = 12
NARROWEST, WIDEST_NAME = 150, 230


class CounterButton(QAbstractButton):
    """Taps are counted here and told as where the counter stands."""

    counted = Signal(object, int)

    def __init__(self, counter: Counter, key: str) -> None:
        super().__init__()
        self.setObjectName(f"counter_{key}")
        self.counter_id: UUID = counter.id
        self.count = counter.count
        self._name, self._keys = counter.name, self.tr("Alt+{key}").format(key=key)
        self.setToolTip(self._hint(counter))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret in the script
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: self.add(1))
        self._name_it()

    def add(self, by: int) -> None:
        """Count one more, or take one back; never below nothing."""
        if self.count + by >= 0:
            self.show_count(self.count + by)
            self.counted.emit(self.counter_id, self.count)

    def show_count(self, number: int) -> None:
        self.count = number
        self._name_it()
        self.update()

    def sizeHint(self) -> QSize:
        number = self._number_width()
        wide = self._name_room().width() + number + 3 * PAD
        high = max(self._name_room().height() + self._small().height(), 32) + PAD
        return QSize(max(NARROWEST, wide), high)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            painter.setPen(theme.token("text"))
            number = QRect(self.width() - PAD - self._number_width(), 0, self._number_width(), self.height())
            painter.setFont(theme.font("h2", bold=True))
            painter.drawText(
                number, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(self.count)
            )
            room = QRect(PAD, PAD // 2, number.left() - 2 * PAD, self.height() - PAD)
            painter.setFont(theme.font("body"))
            painter.drawText(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, self._shown_name())
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.token("muted"))
            painter.drawText(room, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, self._keys)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        back = menu.addAction(self.tr("Take one back"))
        back.setEnabled(self.count > 0)
        back.triggered.connect(lambda: self.add(-1))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def _hint(self, counter: Counter) -> str:
        keys = self.tr("{keys} counts, Shift+{keys} takes one back.").format(keys=self._keys)
        return f"{counter.name}: {counter.definition}\n{keys}" if counter.definition else keys

    def _name_it(self) -> None:
        self.setAccessibleName(self.tr("{name} {number}").format(name=self._name, number=self.count))

    def _small(self) -> QRect:
        return self.fontMetrics().boundingRect(self._keys)

    def _number_width(self) -> int:
        return 2 * self.fontMetrics().horizontalAdvance(str(max(self.count, 88)))

    def _shown_name(self) -> str:
        """Two rows of a name; the tip has all of a longer one."""
        return self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, 2 * WIDEST_NAME - 40)

    def _name_room(self) -> QRect:
        within = QRect(0, 0, WIDEST_NAME, 1000)
        return self.fontMetrics().boundingRect(within, Qt.TextFlag.TextWordWrap, self._shown_name())

    def _paint_ground(self, painter: QPainter) -> None:
        around = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ground = "accent_soft" if self.isDown() else "hover" if self.underMouse() else "surface"
        painter.setPen(QPen(theme.token("border_strong"), 1))
        painter.setBrush(theme.token(ground))
        painter.drawRoundedRect(around, tokens.RADIUS["control"], tokens.RADIUS["control"])
        if self.hasFocus():
            theme.ring(painter, QRectF(self.rect()), tokens.RADIUS["control"])


class Counters(QWidget):
    """At most four: Alt+6 to Alt+9 count, with Shift they take one back. Without any it takes no room.

    The keys are those of the page it stands on, so that they can say that there is nothing to count: what
    is out of sight has no keys.
    """

    counted = Signal(object, int)
    none_agreed = Signal()

    def __init__(self, keys_of: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName("counters")
        self.buttons: list[CounterButton] = []
        self._row = Flow(gap=theme.SPACE["sm"], parent=self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for place, key in enumerate(KEYS):
            for keys, by in ((f"Alt+{key}", 1), (f"Alt+Shift+{key}", -1)):
                shortcut = QShortcut(QKeySequence(keys), keys_of or self)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.activated.connect(partial(self.tap, place, by))

    def show_counters(self, counters: Sequence[Counter]) -> None:
        """Have these on."""
        if [button.counter_id for button in self.buttons] != [counter.id for counter in counters]:
            self._build(counters)

    def tap(self, place: int, by: int) -> None:
        """Count at the first, second, third or fourth; without any, tell that none was agreed."""
        if not self.buttons:
            self.none_agreed.emit()
        elif place < len(self.buttons):
            self.buttons[place].add(by)

    def _build(self, counters: Sequence[Counter]) -> None:
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [CounterButton(counter, key) for counter, key in zip(counters, KEYS, strict=False)]
        for button in self.buttons:
            button.counted.connect(self.counted)
            self._row.addWidget(button)
            button.setMinimumHeight(max(each.sizeHint().height() for each in self.buttons))
        self.setVisible(bool(self.buttons))
