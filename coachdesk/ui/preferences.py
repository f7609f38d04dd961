"""What the coach chose, while the program runs: changed in one place, told at once, kept without a word."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from coachdesk import settings
from coachdesk.errors import NotSaved
from coachdesk.settings import Settings


class Preferences(QObject):
    """Emits `changed` with the new settings. Without a `folder` they are kept as long as the program runs."""

    changed = Signal(object)

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self._folder = folder
        self.now = settings.load(folder) if folder else Settings()

    def change(self, **values: Any) -> None:
        """Have these apply from now on, and keep them. Raises NotSaved if they only apply."""
        wanted = replace(self.now, **values)
        if wanted == self.now:
            return
        self.now = wanted
        self.changed.emit(wanted)
        if self._folder:
            try:
                settings.save(self._folder, wanted)
            except OSError as error:
                raise NotSaved(
                    "This applies until you quit, but the disk would not keep it. "
                    "Free some space, then choose again."
                ) from error

    def keep_in(self, folder: Path) -> None:
        """From now on they are kept there: the sample's go with the sample."""
        self._folder = folder
        if (folder / settings.FILE).exists():
            self.now = settings.load(folder)
            self.changed.emit(self.now)
