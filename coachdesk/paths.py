"""Where things lie on this computer."""

from dataclasses import dataclass
from pathlib import Path

NAME = "coachdesk"


@dataclass(frozen=True)
class Folders:
    """The folders one profile uses; none of them needs to exist yet.

    `data` holds the vault, its key file and its backups; `settings` holds preferences and no secrets;
    `state` holds sealed drafts; `logs` holds event codes.
    """

    data: Path
    settings: Path
    state: Path
    logs: Path

    @property
    def vault(self) -> Path:
        return self.data / "coachdesk.vault"

    @property
    def backups(self) -> Path:
        return self.data / "backups"


def folders(profile: Path | None = None) -> Folders:
    """The per-user folders of this system, or everything under `profile`."""
    if profile is not None:
        return Folders(profile, profile, profile / "state", profile / "logs")
    import platformdirs

    return Folders(
        Path(platformdirs.user_data_dir(NAME, appauthor=False, roaming=False)),
        Path(platformdirs.user_config_dir(NAME, appauthor=False)),
        Path(platformdirs.user_state_dir(NAME, appauthor=False)),
        Path(platformdirs.user_log_dir(NAME, appauthor=False)),
    )


def resource(*parts: str) -> Path:
    """A file of ours: inside the package where coachdesk is installed, beside it in a checkout."""
    package = Path(__file__).parent
    installed = package / "resources"
    return (installed if installed.is_dir() else package.parent / "resources").joinpath(*parts)
