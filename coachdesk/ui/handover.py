"""What one process of the program hands to the next when it starts itself anew.

Nothing that was read or typed: times, the window's place, and where a sample lies. It travels in the
environment and is taken out of it at once.
"""

import os
from collections.abc import MutableMapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

VARIABLE = "COACHDESK_HANDOVER"
SAMPLE_FOLDER = "coachdesk-sample-"


@dataclass(frozen=True)
class Start:
    """How the program is started, as the command line says it."""

    profile: Path | None = None
    demo: bool = False
    locked: bool = False

    def arguments(self) -> list[str]:
        """The words that start it like this again. A locked sample is known by what is handed over."""
        words = ["--profile", str(self.profile)] if self.profile else []
        if self.locked:
            return [*words, "--locked"]
        return [*words, "--demo"] if self.demo else words


@dataclass(frozen=True)
class Handover:
    """Times are as the coach reads them; `saved_at` is empty where something was sealed instead of saved, and
    `lost_at` says when something could be neither. `news` is for the lock page: what was restored. `broken`
    says what was found when the vault was looked over: MixedCopy or DamagedVault."""

    locked_at: str = ""
    saved_at: str = ""
    sample: str = ""
    place: str = ""
    lost_at: str = ""
    news: str = ""
    broken: str = ""

    def leave_in(self, environment: MutableMapping[str, str]) -> None:
        import json

        environment[VARIABLE] = json.dumps(asdict(self))


def found(environment: MutableMapping[str, str] = os.environ) -> Handover:
    """What the process before handed over; nothing where there was none."""
    text = environment.pop(VARIABLE, "")
    if not text:
        return Handover()
    import json  # most have no process before, and it keeps the first window waiting

    try:
        said = json.loads(text)
        return Handover(**{field.name: str(said.get(field.name, "")) for field in fields(Handover)})
    except (ValueError, AttributeError):
        return Handover()


def new_sample_folder() -> Path:
    """A folder for a throw-away vault."""
    import tempfile  # not before the first paint

    return Path(tempfile.mkdtemp(prefix=SAMPLE_FOLDER))


def is_sample_folder(folder: Path) -> bool:
    """Whether `folder` is one that `new_sample_folder` made: only such a one is ever deleted."""
    import tempfile

    made_here = folder.parent.resolve() == Path(tempfile.gettempdir()).resolve()
    return made_here and folder.name.startswith(SAMPLE_FOLDER) and folder.is_dir() and not folder.is_symlink()


def delete_sample(folder: Path) -> None:
    """Delete a throw-away vault and everything with it."""
    import shutil

    if is_sample_folder(folder):
        shutil.rmtree(folder, ignore_errors=True)
