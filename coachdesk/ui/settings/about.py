"""Which version this is, and whose work it is built on."""

from importlib import metadata
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

import coachdesk
from coachdesk.ui import theme
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading

NOTICES = "THIRD-PARTY-NOTICES.md"


class About(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.notices = QTextEdit()
        self.notices.setObjectName("notices")
        self.notices.setAccessibleName(self.tr("Licences of others' work"))
        self.notices.setReadOnly(True)
        self.notices.setTabChangesFocus(True)
        self.notices.setMinimumHeight(260)
        card = Card()
        card.column.addWidget(heading(self.tr("Coachdesk {version}").format(version=coachdesk.VERSION), 3))
        card.column.addWidget(
            Text(
                self.tr(
                    "Free software under the MIT licence. It has no server and sends nothing anywhere: your "
                    "notes stay on this laptop, encrypted."
                )
            )
        )
        card.column.addWidget(heading(self.tr("Licences"), 3))
        card.column.addWidget(Text(self.tr("Coachdesk is built on the work of others."), "body", "muted"))
        card.column.addWidget(self.notices, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(card, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """The file is read when it is first looked at."""
        super().showEvent(event)
        if not self.notices.toPlainText():
            missing = self.tr("The file {name} is missing.").format(name=NOTICES)
            self.notices.setMarkdown(_without_title(notices()) or missing)


def notices() -> str:
    """The notices as they came with the program; "" where they are missing."""
    beside = Path(coachdesk.__file__).parent.parent / NOTICES
    if beside.is_file():  # in a checkout
        return beside.read_text(encoding="utf-8")
    try:
        return metadata.distribution("coachdesk").read_text(f"licenses/{NOTICES}") or ""
    except metadata.PackageNotFoundError:
        return ""


def _without_title(text: str) -> str:
    """The card has a heading of its own."""
    first, _end, rest = text.partition("\n")
    return rest if first.startswith("# ") else text
