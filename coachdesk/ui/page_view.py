"""The page as the principal will see it, and beside it what the coach is told; or why there is no page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QWidget

from coachdesk.services.sharing import Draft
from coachdesk.ui import messages, theme
from coachdesk.ui.certificate_card import CertificateCard
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.notice import announce
from coachdesk.ui.widgets.paper import Paper
from coachdesk.ui.widgets.scroll import Scroll
from coachdesk.ui.widgets.text import Text

BESIDE = 840  # width from which the card has room beside the paper
CARD_WIDTH = 320
WIDEST_PAPER = 820


class PageView(QStackedWidget):
    """`show_draft` shows either."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.refused = Empty("shield", "")
        self.refused.sentence.setObjectName("refused")
        self.area = Scroll("page_preview", self)
        self.addWidget(self.area)
        self._build_page(self.area.page)
        self.addWidget(self.refused)

    def show_draft(self, draft: Draft) -> None:
        self.setCurrentIndex(1 if draft.page is None else 0)
        if draft.page is None:
            says = messages.words(draft.why) if draft.why else draft.refused
            self.refused.sentence.setText(says)
            announce(self.refused, says)
        else:
            self.paper.show_page(draft.page)
            self.certificate.show_certificate(draft.certificate)

    def _build_page(self, inside: QWidget) -> None:
        says = self.tr("Exactly what the principal will see")
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._sides.setContentsMargins(0, 0, theme.SPACE["xs"], 0)
        self._sides.setSpacing(theme.SPACE["lg"])
        self.paper, self.certificate = Paper(inside), CertificateCard()
        self.paper.setMaximumWidth(WIDEST_PAPER)
        left = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        left.setSpacing(theme.SPACE["xs"])
        self._sides.addLayout(left, 1)
        left.addWidget(Text(says, "caption", "muted", bold=True))
        left.addWidget(self.paper)
        left.addStretch(1)
        self._sides.addWidget(self.certificate, 0, Qt.AlignmentFlag.AlignTop)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = self.area.verticalScrollBar()  # what the keyboard holds on to: it moves by the keys
        bar.setObjectName("page_scroll")
        bar.setAccessibleName(says)
        bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card goes below the paper where there is no room beside it."""
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(direction)
        self.certificate.setMinimumWidth(CARD_WIDTH if beside else 0)
        self.certificate.setMaximumWidth(CARD_WIDTH if beside else WIDEST_PAPER)
        policy = QSizePolicy.Policy.Fixed if beside else QSizePolicy.Policy.Preferred
        self.certificate.setSizePolicy(policy, QSizePolicy.Policy.Minimum)
