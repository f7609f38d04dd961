"""Which vault the window is about: the coach's own, or a throw-away sample."""

from dataclasses import replace
from pathlib import Path

from coachdesk import paths
from coachdesk.paths import Folders
from coachdesk.ui import handover
from coachdesk.ui.handover import Start
from coachdesk.ui.preferences import Preferences


class Profile:
    """`place` and `start` as they were given, until a sample is taken in their place."""

    def __init__(self, place: Folders, start: Start) -> None:
        self.place, self.start = place, start
        self.sample: Path | None = None  # the folder of a sample, from before it is made until it is gone
        self.preferences = Preferences(place.settings)

    @property
    def second_folder(self) -> Path | None:
        """Where finished backups are copied to, if the coach chose a place for that."""
        chosen = self.preferences.now.second_folder
        return Path(chosen) if chosen else None

    @property
    def is_sample_taken(self) -> bool:
        """Whether this is about the sample already."""
        return self.sample is not None and self.place.data == self.sample

    def take_sample(self, folder: Path) -> None:
        """From now on this is about the sample in `folder`."""
        self.sample = folder
        self.place = paths.folders(folder)
        self.preferences.keep_in(self.place.settings)
        self.start = replace(self.start, demo=True)

    def forget_sample(self) -> None:
        """Delete it, where there is one."""
        if self.sample:
            handover.delete_sample(self.sample)
            self.sample = None
