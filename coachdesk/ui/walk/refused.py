"""Stops at the pages that say why a vault does not open, or why it cannot be closed."""

from collections.abc import Generator

from coachdesk.errors import (
    DamagedKeyFile,
    DamagedPages,
    DamagedVault,
    MixedCopy,
    NewerVault,
    NotAVault,
    NotSaved,
    NoVault,
    OlderCopy,
    OpenElsewhere,
    OtherCopy,
    PartedCopy,
    VaultError,
)
from coachdesk.ui.gate.refused import Refused
from coachdesk.ui.held import Held
from coachdesk.ui.shell import Shell

WHEN = "Friday 20 November, 9:58"
OTHER = "/media/stick/School year 2026/coachdesk-profile"
STOPS: dict[str, VaultError] = {
    "older copy": OlderCopy(),
    "parted copy": PartedCopy(),
    "other copy": OtherCopy(folder=OTHER),
    "other copy open": OtherCopy(OtherCopy.OPEN, folder=OTHER),
    "mixed copy": MixedCopy(),
    "damaged": DamagedVault(),
    "damaged in part": DamagedPages(),
    "damaged key file": DamagedKeyFile(),
    "not a vault": NotAVault(),
    "newer version": NewerVault(),
    "open elsewhere": OpenElsewhere(),
    "missing": NoVault(
        "The vault file {name} is missing, but its key file is here. Put the vault back, "
        "from where it went or from a backup.",
        name="coachdesk.vault",
    ),
}


def refused_stops(shell: Shell) -> Generator[str, None, None]:
    """Each cause with its page; then what looking again says where nothing has changed."""
    for name, error in STOPS.items():
        page = Refused(error, WHEN if isinstance(error, OlderCopy | PartedCopy | OtherCopy) else "")
        shell.show_page(page)
        yield f"refused {name}"
    page.still()
    yield "refused still"
    yield from _held_stop(shell)


def _held_stop(shell: Shell) -> Generator[str, None, None]:
    """The lock on a full disk, until there is room."""
    full = [NotSaved()]

    def keep() -> None:
        if full:
            raise full[0]

    held = Held(shell, keep, lambda _passphrase: None)
    yield "lock held on a full disk"
    held.let_leave()
    yield "lock held not closed"
    full.clear()
    held.try_again()
    shell.lift()
