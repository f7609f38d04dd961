"""R21: somebody offers another key store than this computer's: never used, and the passphrase opens."""

import itertools
import os
import random
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import keyring
from keyring.backends import SecretService, chainer, fail, null
from row import CannotRun, Result
from secret_service import bus, key_store

from coachdesk.errors import CoachdeskError, QuickUnlockRefused
from coachdesk.paths import Folders, folders
from coachdesk.services import keys
from coachdesk.services.keys import Keys
from coachdesk.store import key_store as stores
from coachdesk.store.keys import FLOOR, StoredKey
from coachdesk.store.vault import Vault

NUMBER = "R21"
CHECK = "key store: plaintext, null, fail, chained, hostile environment, none, dead"
BOUND = "refused; passphrase still opens"
QUICK, FULL = 24, 96
SECONDS = 25

WORDS = "five quiet herons over water"
BACKENDS = (null.Keyring, fail.Keyring, chainer.ChainerBackend)
CHOSEN = (
    "",
    "keyring.backends.null.Keyring",
    "keyring.backends.fail.Keyring",
    "keyring.backends.chainer.ChainerBackend",
    "keyrings.alt.file.PlaintextKeyring",
    "no.such.Keyring",
)
PROPERTIES: tuple[Mapping[str, str], ...] = (
    {},
    {"KEYRING_PROPERTY_GET_PASSWORD": "x"},
    {"KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/session"},
    {"KEYRING_PROPERTY_SCHEME": "KeePassXC"},
)
BUSES = ("real", "empty", "none", "dead")
Find = Callable[[], object]


class Plaintext(null.Keyring):
    """As keyrings.alt.file.PlaintextKeyring: what it keeps, everybody can read."""


def run(n: int, folder: Path) -> Result:
    return _tried(n, folder, stores.found)


def planted(folder: Path) -> Result:
    """The key store that the library itself would choose."""
    return _tried(8, folder, _librarys_choice)


def _tried(n: int, folder: Path, find: Find) -> Result:
    if not shutil.which("gnome-keyring-daemon"):
        raise CannotRun("needs gnome-keyring: apt-get install gnome-keyring")
    used = unopened = refused = opened = 0
    with ExitStack() as running:
        addresses = _addresses(folder, running)
        place = _vault(folder, addresses["real"])
        cases = list(itertools.product(BUSES, CHOSEN, PROPERTIES))
        random.Random(21).shuffle(cases)
        for where, chosen, properties in (cases * (n // len(cases) + 1))[:n]:
            with _around(
                {"PYTHON_KEYRING_BACKEND": chosen, "DBUS_SESSION_BUS_ADDRESS": addresses[where], **properties}
            ):
                found = find()
                used += not _may_be_used(found, where)
                key = _key(place)
            refused += key is None
            opened += key is not None and _opens(place, key)
            unopened += not _opens(place, WORDS) or (key is not None) != (where == "real")
    taken = sum(_is_taken(kind) for kind in (*BACKENDS, Plaintext))
    said = (
        f"{used} untrusted used, {taken} untrusted taken, {unopened} wrong answers; "
        f"{opened} opened by the real one, {refused} told to type the passphrase"
    )
    return Result(n, said, not used and not taken and not unopened and opened > 0 < refused)


def _librarys_choice() -> object:
    try:
        keyring.core.init_backend()
    except ImportError:
        return None
    return keyring.get_keyring()


def _may_be_used(found: object, where: str) -> bool:
    if found is None:
        return where != "real"
    backend = found._backend if isinstance(found, stores.KeyStore) else found
    return type(backend) is SecretService.Keyring and not vars(backend)


def _is_taken(kind: type) -> bool:
    try:
        stores.KeyStore(kind(), "hostile")
    except QuickUnlockRefused:
        return False
    return True


def _key(place: Folders) -> StoredKey | None:
    try:
        return keys.key_of_this_computer(place, keys.store_of_this_computer())
    except QuickUnlockRefused:
        return None


def _opens(place: Folders, secret: str | StoredKey) -> bool:
    try:
        Vault.open(place, secret).close()
    except CoachdeskError:
        return False
    return True


def _vault(folder: Path, address: str) -> Folders:
    place = folders(folder / "profile")
    vault = Vault.create(place, WORDS, FLOOR)
    with _around({"DBUS_SESSION_BUS_ADDRESS": address}):
        Keys(vault).open_quickly(keys.store_of_this_computer())
    vault.close()
    return place


def _addresses(folder: Path, running: ExitStack) -> dict[str, str]:
    """A bus with a key store, one without, none at all, and one whose key store was killed."""
    made = {name: folder / name for name in BUSES}
    for path in made.values():
        path.mkdir()
    with key_store(made["dead"]) as dead:
        pass
    real, empty = running.enter_context(key_store(made["real"])), running.enter_context(bus(made["empty"]))
    return {"real": real, "empty": empty, "none": f"unix:path={folder}/nowhere", "dead": dead}


@contextmanager
def _around(variables: Mapping[str, str]) -> Iterator[None]:
    """With these variables, and only while it lasts."""
    before = dict(os.environ)
    os.environ.update({name: value for name, value in variables.items() if value})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
