"""What every part of the gate has at hand."""

from collections.abc import Callable
from types import ModuleType

from coachdesk.ui.background import Background
from coachdesk.ui.profile import Profile
from coachdesk.ui.shell import Shell


class Porch:
    """The window, what works off its thread, which vault it is about, and what fetches what lies behind the
    lock: that is not here before the first paint."""

    def __init__(
        self, shell: Shell, background: Background, profile: Profile, behind: Callable[[], ModuleType]
    ) -> None:
        self.shell, self.background, self.profile, self.behind = shell, background, profile, behind
