"""Opening the desk: everything here may take a second, so call it off the screen's thread."""

from typing import Literal

from coachdesk.paths import Folders
from coachdesk.services.desk import Desk, Post, direct
from coachdesk.store import vault
from coachdesk.store.keys import FLOOR, Cost
from coachdesk.store.vault import Vault

QUICK: Cost = FLOOR  # for a sample, whose passphrase everybody knows


def vault_state(place: Folders) -> Literal["missing", "locked"]:
    """Whether there is a vault to unlock. Half of one counts: none may be made over it."""
    return "locked" if vault.present(place) else "missing"


def create_desk(place: Folders, passphrase: str, post: Post = direct, cost: Cost | None = None) -> Desk:
    """Make a vault in `place` and open the desk over it. Raises VaultExists."""
    return Desk(Vault.create(place, passphrase, cost), post)


def open_desk(place: Folders, passphrase: str, post: Post = direct) -> Desk:
    """Open the desk over the vault in `place`. Raises the VaultErrors of `Vault.open`."""
    desk = Desk(Vault.open(place, passphrase), post)
    desk.forget_old()
    return desk
