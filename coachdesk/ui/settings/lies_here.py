"""Where the vault lies, and who else gets a copy of that folder."""

from pathlib import Path

from coachdesk.ui import lying
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading


class LiesHere(Card):
    def __init__(self, vault: Path) -> None:
        super().__init__()
        self.notice = Notice("warning", name="vault_place_warning")
        self.path = Text(str(vault.parent))
        self.path.setObjectName("vault_place")
        self.column.addWidget(heading(self.tr("Where your vault lies"), 3))
        self.column.addWidget(self.path)
        self.column.addWidget(self.notice)
        against = lying.of_vault(vault)
        self.notice.say(against)
        if not against:
            fine = self.tr("No sync program that coachdesk knows copies this folder.")
            self.column.addWidget(Text(fine, "caption", "muted"))
        self.disk = Text(lying.of_disk(vault.parent), "caption", "muted")
        self.disk.setObjectName("disk_encryption")
        self.column.addWidget(self.disk)
