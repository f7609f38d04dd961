"""Opening the desk: everything here may take a second, so call it off the screen's thread."""

import logging
from typing import Literal

from coachdesk.errors import NotSaved
from coachdesk.paths import Folders
from coachdesk.services.desk import Desk, Post, direct
from coachdesk.store import vault
from coachdesk.store.keys import FLOOR, Cost
from coachdesk.store.vault import Vault

log = logging.getLogger(__name__)
QUICK: Cost = FLOOR  # for a sample, whose passphrase everybody knows


def vault_state(place: Folders) -> Literal["missing", "locked"]:
    """Whether there is a vault to unlock. Half of one counts: none may be made over it."""
    return "locked" if vault.present(place) else "missing"


def create_desk(place: Folders, passphrase: str, post: Post = direct, cost: Cost | None = None) -> Desk:
    """Make a vault in `place` and open the desk over it. Raises VaultExists."""
    return Desk(Vault.create(place, passphrase, cost), post)


def open_desk(place: Folders, passphrase: str, post: Post = direct) -> Desk:
    """Open the desk over the vault in `place`. Raises the VaultErrors of `Vault.open`."""
    vault = Vault.open(place, passphrase)
    try:
        desk = Desk(vault, post)
        _forget_old(desk)
    except BaseException:
        vault.close()
        raise
    return desk


def _forget_old(desk: Desk) -> None:
    """On a full disk they are kept: notes can still be read then."""
    try:
        desk.forget_old()
    except NotSaved:
        log.warning("old-changes-kept")
