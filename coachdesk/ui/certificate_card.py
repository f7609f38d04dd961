"""What the coach is told beside the page: what was left out and why, and what was checked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coachdesk.services.sharing import Certificate
from coachdesk.ui import theme
from coachdesk.ui.widgets.card import Card, line
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text, heading


class CertificateCard(Card):
    """For the coach alone; nothing of it is on the page."""

    def __init__(self) -> None:
        super().__init__(gap=theme.SPACE["md"])
        self.setObjectName("certificate")
        self._left_out, self._checks = _List("minus", "muted"), _List("check", "success")
        self.column.addWidget(heading(self.tr("What was left out, and why"), 3))
        self.column.addWidget(self._left_out)
        self.column.addWidget(line())
        checked = QHBoxLayout()
        checked.setSpacing(theme.SPACE["sm"])
        checked.addWidget(Picture("shield-check", "success", 22), 0, Qt.AlignmentFlag.AlignTop)
        checked.addWidget(
            Text(self.tr("Checked: proves nothing about any one teacher"), "lead", bold=True), 1
        )
        self.column.addLayout(checked)
        self.column.addWidget(self._checks)
        self.column.addStretch(1)

    def show_certificate(self, certificate: Certificate) -> None:
        self._left_out.show_lines(certificate.left_out)
        self._checks.show_lines(certificate.checks)


class _List(QWidget):
    """Sentences, each behind the same small picture."""

    def __init__(self, icon: str, role: str) -> None:
        super().__init__()
        self._icon, self._role = icon, role
        self._shown: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE["sm"])

    def show_lines(self, lines: Sequence[str]) -> None:
        if self._shown == tuple(lines):
            return
        self._shown = tuple(lines)
        for old in self.findChildren(QWidget, "line"):
            old.setParent(None)
            old.deleteLater()
        for sentence in lines:
            self._column.addWidget(self._line(sentence))

    def _line(self, sentence: str) -> QWidget:
        holder = QWidget()
        holder.setObjectName("line")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(Picture(self._icon, self._role, 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(sentence), 1)
        return holder
