"""Preferences: one typed dataclass with bounds, no secrets and no names of people."""

import logging
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

log = logging.getLogger(__name__)

THEMES = ("system", "light", "dark")
DENSITIES = ("comfortable", "compact", "touch")
IDLE_MINUTES = (1, 60)
FILE = "settings.json"


@dataclass(frozen=True)
class Settings:
    """What the coach may choose. `idle_minutes` has no "never" (vault.md, Locking)."""

    theme: str = "system"
    density: str = "comfortable"
    idle_minutes: int = 5
    initials: bool = False  # in the place of names, on every page
    second_folder: str = ""  # where finished backups are copied to; "" for nowhere

    def __post_init__(self) -> None:
        """Put what is out of bounds back in: a hand-edited file must never keep the program from starting."""
        default = {field.name: field.default for field in fields(self)}
        if self.theme not in THEMES:
            object.__setattr__(self, "theme", default["theme"])
        if self.density not in DENSITIES:
            object.__setattr__(self, "density", default["density"])
        if type(self.initials) is not bool:
            object.__setattr__(self, "initials", default["initials"])
        if not isinstance(self.second_folder, str):
            object.__setattr__(self, "second_folder", default["second_folder"])
        if type(self.idle_minutes) is not int:
            object.__setattr__(self, "idle_minutes", default["idle_minutes"])
        low, high = IDLE_MINUTES
        object.__setattr__(self, "idle_minutes", min(max(self.idle_minutes, low), high))


def load(folder: Path) -> Settings:
    """The kept preferences; defaults for whatever is missing or unreadable."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
        import json  # most have no such file, and it keeps the first window waiting

        kept = json.loads(text)
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError):
        log.warning("settings-unreadable")
        return Settings()
    known = {field.name for field in fields(Settings)}
    if not isinstance(kept, dict):
        return Settings()
    return replace(Settings(), **{key: value for key, value in kept.items() if key in known})


def second_folder(folder: Path) -> Path | None:
    """Where finished backups are copied to, if the coach chose a place for that."""
    chosen = load(folder).second_folder
    return Path(chosen) if chosen else None


def save(folder: Path, settings: Settings) -> None:
    """Write `settings` whole or not at all."""
    import json

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = folder / (FILE + ".new")
    fresh.write_text(json.dumps(asdict(settings), indent=2, sort_keys=True), encoding="utf-8")
    fresh.replace(folder / FILE)
