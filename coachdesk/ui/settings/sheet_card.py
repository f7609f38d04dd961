"""The recovery sheet: shown and printed again, replaced by a new one, or taken away."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coachdesk.services import keys
from coachdesk.services.keys import Sheet, Ways
from coachdesk.ui import dates, theme
from coachdesk.ui.sheet_view import SheetView
from coachdesk.ui.widgets import into_view
from coachdesk.ui.widgets.buttons import button, quiet
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading


class SheetCard(Card):
    """Emits `wanted` with the sheet that is to open the notes from now on, or `revoked`.

    The key stands on the screen only while it is asked for.
    """

    wanted = Signal(object)
    revoked = Signal()

    def __init__(self, view: SheetView | None = None) -> None:
        super().__init__()
        self._ways = Ways((), None)
        self._new: Sheet | None = None
        self.state = Text("", "body", "muted")
        self.state.setObjectName("sheet_state")
        self.show_button = button(self.tr("Show or print the sheet"), "eye", name="show_sheet")
        self.new_button = button(self.tr("Make a new sheet"), "plus", name="new_sheet")
        self.revoke_button = quiet(self.tr("Take the sheet away"), "x", name="revoke_sheet")
        self.show_button.clicked.connect(self._show_sheet)
        self.new_button.clicked.connect(self._make_new)
        self.view = view or SheetView()
        self.seen, self.sure = self._build_seen(), self._build_sure()
        self.revoke_button.clicked.connect(lambda: self._open(self.sure))
        buttons = Flow()
        for made in (self.show_button, self.new_button, self.revoke_button):
            buttons.addWidget(made)
        self.column.addWidget(heading(self.tr("Recovery sheet"), 3))
        self.column.addWidget(self.state)
        self.column.addLayout(buttons)
        self.column.addWidget(self.seen)
        self.column.addWidget(self.sure)
        self.forget()

    def show_ways(self, ways: Ways) -> None:
        """Say how it stands with the sheet; what was being done is done."""
        self._ways = ways
        self.forget()
        self.show_button.setVisible(ways.sheet is not None)
        self.revoke_button.setVisible(ways.has_sheet)
        if ways.sheet:
            made = self.tr("Made on {day}. It opens your notes if you lose your passphrase.")
            self.state.setText(made.format(day=dates.with_year(ways.sheet.made)))
        elif ways.has_sheet:
            self.state.setText(
                self.tr("There is a sheet, but it cannot be printed again. Make a new one if it is lost.")
            )
        else:
            none = self.tr("There is none: if you forget your passphrase, nobody can bring your notes back.")
            self.state.setText(none)

    def forget(self) -> None:
        """Take the key off the screen; the keyboard stays in this card."""
        at = self.window().focusWidget()
        if at is not None and (self.seen.isAncestorOf(at) or self.sure.isAncestorOf(at)):
            self.new_button.setFocus()
        self._new = None
        self.view.show_sheet(None)
        self.seen.hide()
        self.sure.hide()

    def _show_sheet(self) -> None:
        self._new = None
        self.view.show_sheet(self._ways.sheet)
        self.news.clear()
        self.use_button.hide()
        self._open(self.seen)

    def _make_new(self) -> None:
        self._new = keys.new_sheet(date.today())
        self.view.show_sheet(self._new)
        first = self.tr("Print or save this sheet, then use it: only then it opens your notes.")
        replaces = self.tr(
            "Print or save this sheet first. Once you use it, the old one opens your notes no longer; "
            "backups made before still open by the old one."
        )
        self.news.say(replaces if self._ways.has_sheet else first)
        self.use_button.show()
        self._open(self.seen)

    def _use(self) -> None:
        if self._new:
            self.wanted.emit(self._new)

    def _open(self, part: QWidget) -> None:
        self.seen.setVisible(part is self.seen)
        self.sure.setVisible(part is self.sure)
        into_view.bring(part)

    def _build_seen(self) -> QWidget:
        self.news = Notice("info", name="new_sheet_news")
        self.use_button = button(self.tr("Use this sheet from now on"), "check", name="use_sheet")
        self.use_button.clicked.connect(self._use)
        self.hide_button = quiet(self.tr("Hide the key"), "eye-off", name="hide_sheet")
        self.hide_button.clicked.connect(self.forget)
        return _room(self.news, self.view, self.use_button, self.hide_button)

    def _build_sure(self) -> QWidget:
        warning = Notice("warning", name="revoke_warning")
        self.sure_button = button(self.tr("Yes, take it away"), name="revoke_sure", kind="danger")
        self.sure_button.clicked.connect(self.revoked)
        self.keep_button = quiet(self.tr("Keep it"), name="revoke_keep")
        self.keep_button.clicked.connect(self.forget)
        room = _room(warning, self.sure_button, self.keep_button)
        warning.say(
            self.tr(
                "Then only your passphrase opens your notes, and if you forget it they are lost. Backups "
                "made before still open by the old sheet: tear it up."
            )
        )
        return room


def _room(*parts: QWidget) -> QWidget:
    """What is opened beneath the buttons; its own buttons stand side by side."""
    room = QWidget()
    column = QVBoxLayout(room)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SPACE["md"])
    row = QHBoxLayout()
    for part in parts:
        if isinstance(part, QPushButton):
            row.addWidget(part)
        else:
            column.addWidget(part)
    row.addStretch(1)
    column.addLayout(row)
    return room
