"""What every part of the gate has at hand."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from coachdesk.ui.background import Background
from coachdesk.ui.profile import Profile
from coachdesk.ui.shell import Shell


@dataclass(frozen=True)
class Porch:
    """The window, what works off its thread, which vault it is about, and what fetches what lies behind the
    lock: that is not here before the first paint."""

    shell: Shell
    background: Background
    profile: Profile
    behind: Callable[[], ModuleType]
