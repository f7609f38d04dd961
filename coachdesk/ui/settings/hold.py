"""The switch for Hold, with what it does in plain words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox

from coachdesk.errors import CoachdeskError
from coachdesk.services import hold
from coachdesk.services.desk import Desk
from coachdesk.ui import dates, messages
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.text import Text, heading


class Hold(Card):
    """Off, and hardly ever needed: `warned` says that the choice could not be kept."""

    warned = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.switch = QCheckBox(self.tr("Hold: take nothing old away"))
        self.switch.setObjectName("hold")
        self.switch.setAccessibleName(self.switch.text())
        self.switch.clicked.connect(self._on_clicked)
        self.state = Text("", "caption", "muted")
        self.state.setObjectName("hold_state")
        what = self.tr(
            "Earlier versions of a note are kept for 30 days, and backups are thinned out as they grow old. "
            "If you are asked to keep everything, for a public-records request, a court or a dispute, switch "
            "Hold on: until you switch it off, coachdesk lets no earlier version and no backup go."
        )
        self.column.addWidget(heading(self.tr("Keep everything"), 3))
        self.column.addWidget(Text(what))
        self.column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.state)
        self.refresh()

    def refresh(self) -> None:
        """Show what the vault says."""
        since = self._desk.ask(hold.since)
        self.switch.setChecked(since is not None)
        if since:
            day = dates.with_year(since.astimezone().date())
            self.state.setText(self.tr("On since {day}. Nothing old is taken away.").format(day=day))
        else:
            self.state.setText(self.tr("Off. What is older than its time is let go when you leave."))

    def _on_clicked(self, on: bool) -> None:
        try:
            self._desk.do(hold.switch, on)
        except CoachdeskError as error:
            self.warned.emit(messages.words(error))
        self.refresh()
