"""What to know before going in: what was agreed to work on, what is looked for, what was agreed last time."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from coachdesk.services.notes import Card as Facts
from coachdesk.ui import theme
from coachdesk.ui.today import words
from coachdesk.ui.widgets.buttons import AIR, ICON, quiet
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text


class Before(Card):
    """Small, folds away, and has nothing more to say once the visit goes on."""

    def __init__(self) -> None:
        super().__init__(padding=theme.SPACE["sm"], gap=theme.SPACE["xs"])
        self.setObjectName("before_visit")
        self.toggle = quiet(self.tr("Before you go in"), "chevron-up", name="fold_before")
        self.toggle.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.toggle.clicked.connect(self.fold)
        self.column.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._facts = QWidget()
        self._facts.setObjectName("before_facts")
        grid = QGridLayout(self._facts)
        grid.setContentsMargins(theme.SPACE["md"], 0, theme.SPACE["md"], theme.SPACE["xs"])
        grid.setHorizontalSpacing(theme.SPACE["md"])
        grid.setVerticalSpacing(theme.SPACE["xs"])
        grid.setColumnStretch(1, 1)
        names = (self.tr("We work on"), self.tr("We look for"), self.tr("Last time we agreed"))
        self._rows = [(Text(name, "body", "muted", wrap=False), Text()) for name in names]
        for number, pair in enumerate(self._rows):
            for column, text in enumerate(pair):
                grid.addWidget(text, number, column, Qt.AlignmentFlag.AlignTop)
        self.column.addWidget(self._facts)

    def show_card(self, card: Facts) -> None:
        """Show what there is to know; where there is nothing, no card."""
        agreed = card.last_agreed
        last = words.agreed(agreed, card.event.starts.date()) if agreed else ""
        said = (card.focus, card.measure, last)
        for (name, text), fact in zip(self._rows, said, strict=True):
            text.setText(fact)
            name.setVisible(bool(fact))
            text.setVisible(bool(fact))
        self._unfold(True)
        self.setVisible(any(said))

    def fold(self) -> None:
        """Show only the heading, or all again."""
        self._unfold(self._facts.isHidden())

    def _unfold(self, open_: bool) -> None:
        self._facts.setVisible(open_)
        self.toggle.setIcon(theme.icon("chevron-up" if open_ else "chevron-down", "text", ICON, AIR))
