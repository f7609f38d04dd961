"""Stops at the pages that say why a vault does not open."""

from collections.abc import Generator

from coachdesk.errors import (
    DamagedKeyFile,
    DamagedVault,
    MixedCopy,
    NewerVault,
    NotAVault,
    NoVault,
    OlderCopy,
    OpenElsewhere,
    OtherCopy,
    PartedCopy,
    VaultError,
)
from coachdesk.ui.gate.refused import Refused
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
