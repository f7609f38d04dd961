"""A small vault and a backup of it, for the rows that break backups and the getting back of them."""

from collections.abc import Iterable
from pathlib import Path

from sqlmodel import select

from coachdesk.model import School
from coachdesk.paths import Folders, folders
from coachdesk.services.keep import keep
from coachdesk.store import backup, key_file
from coachdesk.store.keys import FLOOR, Key, create
from coachdesk.store.making import bear
from coachdesk.store.parts import key_path
from coachdesk.store.seen import Memory
from coachdesk.store.vault import Vault

WORDS = "a passphrase"
THEN, NOW = ["Lincoln"], ["Adams", "Lincoln"]


def begun(profile: Path) -> tuple[Folders, Key]:
    """A profile whose vault holds NOW, and whose one backup holds THEN."""
    place = folders(profile)
    place.data.mkdir(mode=0o700)
    key = create(WORDS, FLOOR)
    bear(place, key)
    vault = opened(place, key)
    save(vault, THEN)
    vault.backup_now()
    save(vault, set(NOW) - set(THEN))
    vault.close()
    return place, key


def opened(place: Folders, key: Key) -> Vault:
    """As unlocking opens it, but for the derivation and the lock."""
    if backup.unwrap(place.vault, key_path(place), key):
        Memory(place, key.vault).allow_older()
    return Vault(place, place.vault, key, None)


def save(vault: Vault, names: Iterable[str]) -> None:
    for name in sorted(names):
        vault.submit(lambda session, name=name: keep(session, School, {"name": name})).result()


def schools(vault: Vault) -> list[str]:
    with vault.read() as session:
        return sorted(session.exec(select(School.name)))


def key_is_sound(place: Folders, key: Key) -> bool:
    """Whether the key file beside the vault is one that this vault wrote."""
    return key_file.is_genuine(key_path(place).read_bytes(), key.derived("key file"))
