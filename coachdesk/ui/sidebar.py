"""The sidebar: the pages that exist, and Lock now."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coachdesk.ui import theme
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.text import Text

WIDE, SLIM = 204, 56
ENTRY = 44
ICON = Qt.ItemDataRole.UserRole


class Sidebar(QWidget):
    """One tab stop; arrows move between the pages. Collapsed it shows icons, and still has its names."""

    picked = Signal(int)

    def __init__(self, pages: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = Text("Coachdesk", "h3", bold=True, wrap=False)
        self.entries = self._build_entries(pages)
        self.lock = button(self.tr("Lock now"), "lock", name="lock_now")
        self.lock.setToolTip(self.tr("Lock now (Ctrl+L)"))
        self._lock_words = self.lock.text()
        self._initials_said = Text(self.tr("Initials, not names"), "caption", "muted")
        self.names_button = button(self.tr("Show names"), "eye", name="show_names")
        self.names_button.setToolTip(self.tr("Initials stand for names. Show names again (Shift+F9)"))
        self._names_words = self.names_button.text()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE["lg"], 0, theme.SPACE["md"])
        column.setSpacing(theme.SPACE["sm"])
        self.name.setContentsMargins(theme.SPACE["md"], 0, 0, 0)
        column.addWidget(self.name)
        column.addWidget(self.entries, 1)
        self._foot = QVBoxLayout()
        self._foot.addWidget(self._initials_said)
        self._foot.addWidget(self.names_button)
        self._foot.addWidget(self.lock)
        self._slim = False
        self.show_initials(False)
        column.addLayout(self._foot)
        self.collapse(False)

    def show_entry(self, number: int) -> None:
        """Mark the page that is shown, without picking it again."""
        self.entries.blockSignals(True)
        self.entries.setCurrentRow(number)
        self.entries.blockSignals(False)

    def show_initials(self, on: bool) -> None:
        """Say that initials stand for names, and offer the way back."""
        self.names_button.setVisible(on)
        self._initials_said.setVisible(on and not self._slim)

    def collapse(self, slim: bool) -> None:
        self._slim = slim
        self._initials_said.setVisible(self.names_button.isVisibleTo(self) and not slim)
        self.names_button.setText("" if slim else self._names_words)
        self.setFixedWidth(SLIM if slim else WIDE)
        self.name.setVisible(not slim)
        self.lock.setText("" if slim else self._lock_words)
        side = theme.SPACE["xs"] if slim else theme.SPACE["md"]
        self._foot.setContentsMargins(side, 0, side, 0)

    def _build_entries(self, pages: Sequence[tuple[str, str]]) -> QListWidget:
        entries = QListWidget()
        entries.setObjectName("nav")
        entries.setAccessibleName(self.tr("Pages"))
        entries.setItemDelegate(Entry(entries))
        entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        entries.setFrameShape(QListWidget.Shape.NoFrame)
        entries.viewport().setAutoFillBackground(False)
        entries.setMouseTracking(True)
        for title, icon in pages:
            item = QListWidgetItem(title, entries)
            item.setData(ICON, icon)
            item.setToolTip(title)
        entries.currentRowChanged.connect(self.picked)
        for chosen in (entries.itemClicked, entries.itemActivated):  # the one that is marked already, too
            chosen.connect(lambda item: self.picked.emit(entries.row(item)))
        return entries


class Entry(QStyledItemDelegate):
    """A page's icon and name; the one that is shown has a bar, a tint and bold words."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(SLIM, ENTRY)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        state = option.state
        shown = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        room = QRectF(option.rect).adjusted(8, 2, -8, -2)
        if shown or state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(theme.token("accent_soft" if shown else "hover"))
            painter.drawRoundedRect(room, 7, 7)
        if shown:
            painter.setBrush(theme.token("accent"))
            painter.drawRoundedRect(QRectF(room.x(), room.y() + 9, 3, room.height() - 18), 1.5, 1.5)
        if state & QStyle.StateFlag.State_HasFocus:
            theme.ring(painter, room, 7)
        icon = theme.icon(index.data(ICON), "accent" if shown else "text")
        slim = option.rect.width() <= SLIM
        left = room.center().x() - 10 if slim else room.x() + 12
        icon.paint(painter, round(left), round(room.center().y()) - 10, 20, 20)
        if not slim:
            painter.setFont(theme.font("body", shown))
            painter.setPen(theme.token("text"))
            painter.drawText(room.adjusted(44, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, index.data())
        painter.restore()
