"""With whom a note was shared: what the coach wrote down of it, and the place to write it down."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.model import SharedStamp
from coachdesk.model.question import questions
from coachdesk.model.visits import SharedHow, SharedWith
from coachdesk.services import shared
from coachdesk.services.shared import Stamp, Stamps
from coachdesk.ui import stamped, theme
from coachdesk.ui.form import Form, Section
from coachdesk.ui.widgets import into_view
from coachdesk.ui.widgets.buttons import button, icon_button, link, quiet
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading, muted


class SharedCard(QWidget):
    """A card with a line for each stamp, the newest first, and the questions of one once they are asked for.

    Of a note without a stamp there is a link alone: it takes little room, for most notes are never shared.
    """

    stamped = Signal(object)  # what is to be written down: values of a `SharedStamp`
    removed = Signal(object)  # the key of a stamp

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shared_card")
        self._shown: Stamps | None = None
        self._today = date.min
        self._about: UUID | None = None
        self._asked: Asked | None = None
        self._card = Card()
        self._card.hide()
        self._says = muted("", "caption")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.SPACE["xs"])
        self.ask_button = link(self.tr("Write down that it was shared"), name="ask_shared")
        self.ask_button.clicked.connect(self.ask)
        self._card.column.addWidget(heading(self.tr("Shared"), 3))
        self._card.column.addLayout(self._lines)
        self._card.column.addWidget(self._says)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["xs"])
        column.addWidget(self._card)
        column.addWidget(self.ask_button)

    def show_stamps(self, note_id: UUID, stamps: Stamps, today: date) -> None:
        """Show with whom this note was shared."""
        if note_id != self._about:
            self._about = note_id
            self.leave()
        if (stamps, today) == (self._shown, self._today):
            return
        self._shown, self._today = stamps, today
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        lines = [self._line(stamp) for stamp in stamps]
        for line in lines:
            self._lines.addWidget(line)
        removes = [line.findChildren(QAbstractButton, "remove_stamp")[0] for line in lines]
        for before, after in pairwise((self.ask_button, *removes, self.ask_button)):
            self.setTabOrder(before, after)  # as they stand: Qt goes by what was built first
        self._explain()

    def ask(self) -> None:
        """Ask with whom, how and when."""
        if self._asked is None:
            self._asked = Asked()
            self._asked.answered.connect(self.stamped)
            self._asked.left.connect(self._on_left)
            self._card.column.addWidget(self._asked)
        self._asked.begin(self._today)
        self._asked.show()
        self.ask_button.hide()
        self._explain()
        self._asked.form.focus("whom")
        into_view.bring(self._asked)

    def leave(self) -> None:
        """Put the questions away."""
        if self._asked is not None:
            self._asked.hide()
        self.ask_button.show()
        self._explain()

    def leave_part(self) -> bool:
        """Esc while the questions stand puts them away, and the coach stays in the note."""
        asks = self._asked is not None and self._asked.isVisible()
        self.say({})
        return asks

    def say(self, problems: Mapping[str, str]) -> None:
        """Say why it cannot be written down so; without a problem the questions are put away."""
        if problems and self._asked is not None:
            self._asked.form.say(problems)
            self._asked.form.focus(next(iter(problems)))
        elif self._asked is not None and self._asked.isVisible():
            self.leave()
            self.ask_button.setFocus()

    def _on_left(self) -> None:
        self.say({})

    def _line(self, stamp: Stamp) -> QWidget:
        said = stamped.whole(stamp, self._today)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(Text(said), 1)
        remove = icon_button("x", self.tr("Take away: {stamp}").format(stamp=said), name="remove_stamp")
        remove.clicked.connect(partial(self.removed.emit, stamp.id))
        row.addWidget(remove)
        return line

    def _explain(self) -> None:
        """Say what it is about, once there is more than the link."""
        if self._shown:
            says = self.tr(
                "What you change afterwards leaves this as it is. How the note read before is under Earlier "
                "versions, for thirty days."
            )
        else:
            says = self.tr("For your own record; nothing is written down by itself.")
        self._says.setText(says)
        self._card.setVisible(bool(self._shown) or self.ask_button.isHidden())


class Asked(QWidget):
    """The questions of one stamp."""

    answered = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = Form(Section(questions(SharedStamp, shared.FIELDS), pairs=True), name="shared")
        self.form.edited.connect(self._on_edited)
        self.keep_button = button(self.tr("Write it down"), "check", name="keep_stamp")
        self.keep_button.clicked.connect(self._on_keep)
        self.leave_button = quiet(self.tr("Cancel"), name="leave_stamp")
        self.leave_button.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(self.keep_button)
        row.addWidget(self.leave_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["md"])
        column.addWidget(self.form)
        column.addLayout(row)

    def begin(self, today: date) -> None:
        """Ask anew: shown to the teacher, today, unless the coach says otherwise."""
        self.form.fill({"whom": SharedWith.TEACHER, "who": "", "how": SharedHow.SHOWN, "day": today})
        self._offer_who()

    def _on_edited(self, key: str) -> None:
        if key == "whom":
            self._offer_who()

    def _offer_who(self) -> None:
        """Who it was is asked of those who are neither the teacher nor the principal."""
        somebody = self.form.answer("whom") is SharedWith.OTHER
        self.form.offer("who", somebody)
        self.form.require("who", somebody)

    def _on_keep(self) -> None:
        problems = self.form.problems()
        self.form.say(problems)
        if problems:
            self.form.focus(next(iter(problems)))
            return
        self.answered.emit(self.form.answers())
