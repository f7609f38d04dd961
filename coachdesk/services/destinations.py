"""What a coach should know of the place a file is about to go to, as a sentence."""

from collections.abc import Callable
from pathlib import Path

from coachdesk.errors import CoachdeskError
from coachdesk.services import drives, whereabouts

_COPIED = (
    "{program} copies this folder to its servers: what is written here leaves this laptop, and stays there."
)
_CARRIED = "This is a drive that can be carried away: whoever finds it has what is written here."


def warning(folder: Path) -> str:
    """What is good to know before something is written there; "" where nothing is."""
    told = notice(folder)
    return str(told) if told else ""


def notice(folder: Path, is_removable: Callable[[Path], bool] = drives.is_removable) -> CoachdeskError | None:
    """As `warning`, in a form that the screen says in the coach's language."""
    program = whereabouts.synced_by(folder)
    if program:
        return CoachdeskError(_COPIED, program=program)
    return CoachdeskError(_CARRIED) if is_removable(folder) else None
