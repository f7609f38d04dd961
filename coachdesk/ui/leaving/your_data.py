"""Settings, Your data: everything in one file, how long things are kept, and the end of the vault."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.services.desk import Desk
from coachdesk.ui import theme
from coachdesk.ui.leaving.archive_card import ArchiveCard, Ask
from coachdesk.ui.leaving.delete_card import DeleteCard
from coachdesk.ui.leaving.retention_card import Retention
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.save_dialog import ask_where
from coachdesk.ui.widgets.columns import Columns


class YourData(QWidget):
    """`wished` asks for a teacher's page, or for the end of the vault."""

    wished = Signal(object)

    def __init__(self, desk: Desk, preferences: Preferences, ask: Ask = ask_where) -> None:
        super().__init__()
        self.setObjectName("your_data")
        self.archive = ArchiveCard(desk, ask)
        self.retention = Retention(desk)
        self.retention.wished.connect(self.wished)
        self.delete = DeleteCard(desk, preferences)
        self.delete.wished.connect(self.wished)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(Columns((self.archive,), (self.retention, self.delete)), 1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.retention.refresh()
