"""Where things lie on this computer."""

from dataclasses import dataclass
from pathlib import Path

NAME = "coachdesk"


@dataclass(frozen=True)
class Folders:
    """The folders one profile uses; none of them needs to exist yet.

    `data` holds the vault, its key file and its backups; `settings` holds preferences and no secrets;
    `state` holds sealed drafts; `logs` holds event codes. With `on_computer` what is remembered of a vault
    lies with this computer and not with the profile, which may be copied with all that is in it.
    """

    data: Path
    settings: Path
    state: Path
    logs: Path
    on_computer: bool = False

    @property
    def vault(self) -> Path:
        return self.data / "coachdesk.vault"

    @property
    def backups(self) -> Path:
        return self.data / "backups"

    @property
    def memory(self) -> Path:
        """Where is remembered how far each vault came."""
        return _of_system("state") if self.on_computer else self.state


def folders(profile: Path | None = None, *, on_computer: bool = False) -> Folders:
    """The per-user folders of this system, or everything under `profile`; see `Folders`."""
    if profile is not None:
        return Folders(profile, profile, profile / "state", profile / "logs", on_computer)
    data, settings, state, logs = (_of_system(kind) for kind in ("data", "config", "state", "log"))
    return Folders(data, settings, state, logs, on_computer)


def _of_system(kind: str) -> Path:
    import platformdirs  # a window on a profile does not need it before its first paint

    roaming = {"roaming": False} if kind == "data" else {}
    return Path(getattr(platformdirs, f"user_{kind}_dir")(NAME, appauthor=False, **roaming))


def resource(*parts: str) -> Path:
    """A file of ours: inside the package where coachdesk is installed, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "resources"
    return (installed if installed.is_dir() else package.parent / "resources").joinpath(*parts)
