"""The cycles with a teacher, the open ones first, and the counters agreed for all visits."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.services import counters, cycles
from coachdesk.services.cycles import CycleFile
from coachdesk.services.desk import Desk
from coachdesk.ui import ready_counters, theme
from coachdesk.ui.teacher.counters import Counters
from coachdesk.ui.teacher.cycle_card import CycleCard
from coachdesk.ui.widgets.buttons import button
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.scroll import Scroll

WIDEST = 900


class CyclesView(QWidget):
    """Asks for the newest dozen. As a container it holds the keys under which its forms write."""

    wished = Signal(object)
    plan = Signal()
    agreed = Signal(object, object)  # the cycle's id, None for all visits, and the counters
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._teacher: UUID | None = None
        self.cards: dict[UUID, CycleCard] = {}
        begin = button(self.tr("Plan a cycle"), "calendar-days", name="plan_first_cycle")
        begin.clicked.connect(self.plan)
        sentence = self.tr("No cycle yet: plan to meet, visit and meet again.")
        self.nothing = Empty("repeat-2", sentence, begin)
        self.always = Counters(self.tr("Counters in every visit"))
        self.always.agreed.connect(self._agree_always)
        self._always_card = Card()
        self._always_card.column.addWidget(self.always)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = Scroll("cycles_scroll", self)
        outer.addWidget(area)
        page = area.page
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE["lg"])
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.SPACE["md"], theme.SPACE["xs"], 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(self.nothing)
        column.addLayout(self._list)
        column.addWidget(self._always_card)
        column.addStretch(1)
        page.setMaximumWidth(WIDEST)

    def __contains__(self, key: object) -> bool:
        return any(card.owns(key) for card in self.cards.values())

    def refresh(self, teacher_id: UUID, today: date) -> None:
        found = self._desk.ask(cycles.cycles_of, teacher_id)
        if teacher_id != self._teacher or [file.record.id for file in found] != list(self.cards):
            self._build_again(found, today)
        self._teacher = teacher_id
        offered = ready_counters.offered(self._desk)
        for file in found:
            card = self.cards[file.record.id]
            card.show_file(file, today)
            if card.is_open:
                card.counters.show_counters(
                    self._desk.ask(counters.counters_of_cycle, file.record.id), offered
                )
        self.always.show_counters(self._desk.ask(counters.agreed_counters, teacher_id, None), offered)
        self.nothing.setVisible(not found)

    def flush(self) -> None:
        for card in self.cards.values():
            card.flush()

    def first(self) -> QWidget:
        return next((card.first() for card in self.cards.values()), self.always.add_button)

    def edit_first(self) -> None:
        """Open the form of the first cycle, where there is one."""
        for card in list(self.cards.values())[:1]:
            card.edit_button.click()

    def _build_again(self, found: Sequence[CycleFile], today: date) -> None:
        self.flush()
        for old in self.cards.values():
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = {}
        for file in found:
            card = CycleCard(self._desk, file, today)
            card.wished.connect(self.wished)
            card.agreed.connect(self.agreed)
            card.failed.connect(self.failed)
            self.cards[file.record.id] = card
            self._list.addWidget(card)

    def _agree_always(self, said: object) -> None:
        self.agreed.emit(None, said)
