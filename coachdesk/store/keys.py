"""What opens a vault: its random key, wrapped by a passphrase, by a sheet of paper, or by the computer.

    passphrase    --NFC, Argon2id-->  \\
    recovery key  --Argon2id------->   a wrapping key --opens a slot--> DEK, 32 random bytes
    key store     --BLAKE2b-------->  /

A slot is sealed with XChaCha20-Poly1305; its kind, its derivation costs, its salt and the vault's id are
bound to it, so none can be swapped for another's.
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from math import ceil
from pathlib import Path
from time import perf_counter

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.exceptions import RuntimeError as NoMemory
from nacl.pwhash import argon2id

from coachdesk.errors import (
    CoachdeskError,
    DamagedKeyFile,
    LastWayIn,
    NoSuchWayIn,
    QuickUnlockRefused,
    VaultError,
    WrongPassphrase,
    WrongRecoveryKey,
)
from coachdesk.store import files, key_file
from coachdesk.store.key_file import CHECK, HEAD, LARGEST, MAC, MAGIC, VERSION, Body, Cost, Kind, Slot, read
from coachdesk.store.recovery import RecoveryKey

__all__ = ["CHECK", "FLOOR", "HEAD", "LARGEST", "MAC", "MAGIC", "VERSION", "Body", "Cost", "Slot", "read"]

LONGEST_PASSPHRASE = 4096  # characters; a file dropped into the field is not a passphrase
MIB = 1 << 20
SECONDS = (0.5, 1.5)  # what unlocking may cost
TOO_QUICK = SECONDS[0] / 2  # below that it is said to be less than this computer can do
FLOOR = Cost(passes=3, mib=64)


@dataclass(frozen=True)
class Passphrase:
    """What the coach knows."""

    text: str

    def __repr__(self) -> str:
        return "Passphrase(…)"


@dataclass(frozen=True)
class StoredKey:
    """32 random bytes that this computer's key store keeps."""

    bits: bytes

    def __repr__(self) -> str:
        return "StoredKey(…)"


Secret = Passphrase | RecoveryKey | StoredKey


@dataclass(frozen=True)
class Key:
    """An open key file: the vault's key, the vault's id, and the file's bytes, which every backup carries.

    `by` is the kind of secret that opened it, `seconds` what its derivation took.
    """

    dek: bytes
    vault: str
    file: bytes
    by: Kind = field(default="passphrase", compare=False)
    seconds: float = field(default=0.0, compare=False)

    def __repr__(self) -> str:
        return "Key(…)"

    def derived(self, purpose: str) -> bytes:
        """A key for one purpose, 32 bytes."""
        return derived(self.dek, purpose)


def derived(dek: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose, from which neither the DEK nor another purpose's key can be found."""
    return hashlib.blake2b(key=dek, digest_size=32, person=purpose.encode().ljust(16, b"\0")).digest()


def checked_passphrase(passphrase: str) -> bytes:
    """The bytes of a passphrase, however its accents were typed. Empty or endless ones are refused."""
    if len(passphrase) > 4 * LONGEST_PASSPHRASE:  # before NFC, which takes its time with a long text
        raise CoachdeskError(_TOO_LONG, most=LONGEST_PASSPHRASE)
    text = unicodedata.normalize("NFC", passphrase)
    if not text:
        raise CoachdeskError("Type a passphrase.")
    if len(text) > LONGEST_PASSPHRASE:
        raise CoachdeskError(_TOO_LONG, most=LONGEST_PASSPHRASE)
    return text.encode("utf-8", "surrogatepass")


_TOO_LONG = "That passphrase is too long: at most {most} characters."


def create(
    passphrase: str, cost: Cost | None = None, recovery: RecoveryKey | None = None, vault: str = ""
) -> Key:
    """A new key, opened by a passphrase and, if there is one, by a recovery key.

    Without a `cost` the derivation is tuned to this computer; without a `vault` the id is a new one.
    """
    secret, dek = Passphrase(passphrase), secrets.token_bytes(32)
    checked_passphrase(passphrase)  # before seconds are spent on tuning
    vault = vault or secrets.token_hex(16)
    slots = [_slot(secret, dek, vault, cost or calibrated())]
    if recovery:
        slots.append(_slot(recovery, dek, vault, None))
    return Key(dek, vault, _packed(Body(vault=vault, slots=slots), dek))


def unlock(file: bytes, secret: str | Secret) -> Key:
    """The key in `file`, by a passphrase or another secret.

    Raises DamagedKeyFile, NewerVault, or what `secret` deserves: WrongPassphrase, WrongRecoveryKey,
    QuickUnlockRefused; nothing is derived from a file that is not sound.
    """
    body = key_file.unpacked(file)
    given = Passphrase(secret) if isinstance(secret, str) else secret
    material = _material(given)
    slot = body.slot(kind_of(given))
    began = perf_counter()
    dek = _opened(slot, material, body.vault) if slot else None
    if dek is None:
        raise _refusal(given)
    if not key_file.is_genuine(file, derived(dek, "key file")):
        raise DamagedKeyFile()
    return Key(dek, body.vault, file, kind_of(given), perf_counter() - began)


def kind_of(secret: Secret) -> Kind:
    """Which slot a secret opens."""
    if isinstance(secret, Passphrase):
        return "passphrase"
    return "recovery" if isinstance(secret, RecoveryKey) else "keyring"


def kinds(file: bytes) -> tuple[Kind, ...]:
    """The ways in that a key file has. Raises DamagedKeyFile or NewerVault."""
    return tuple(slot.kind for slot in key_file.unpacked(file).slots)


def with_way(key: Key, secret: Secret, cost: Cost | None = None) -> Key:
    """The same key, opened by `secret` from now on instead of what opened that slot before.

    A passphrase is derived at `cost`, by default tuned to this computer. Raises DamagedKeyFile if the file
    is not genuine.
    """
    body = _genuine(key)
    if isinstance(secret, Passphrase):
        checked_passphrase(secret.text)
        cost = cost or calibrated()
    slot = _slot(secret, key.dek, body.vault, cost)
    return _with_body(key, body.having(slot))


def without_way(key: Key, kind: Kind) -> Key:
    """The same key, no longer opened that way.

    Raises LastWayIn where nothing but the computer's key store would be left, NoSuchWayIn if it is gone.
    """
    body = _genuine(key)
    if body.slot(kind) is None:
        raise NoSuchWayIn()
    if not any(slot.kind not in (kind, "keyring") for slot in body.slots):
        raise LastWayIn()
    return _with_body(key, body.lacking(kind))


def rewrapped(file: bytes, old: str, new: str, cost: Cost | None = None) -> Key:
    """The same key in a new file: what `old` opens is wrapped anew for `new`, with a fresh salt and cost.

    The key comes from `old`, so nobody need hold it for this. Raises as `unlock` does.
    """
    checked_passphrase(new)
    return with_way(unlock(file, old), Passphrase(new), cost)


def look_at(file: bytes) -> None:
    """Raise DamagedKeyFile or NewerVault if `file` is not a sound key file; no passphrase is needed."""
    key_file.unpacked(file)


def write(path: Path, key: Key) -> None:
    """Replace the key file at `path` whole or not at all. Raises NotSaved."""
    files.write_whole(path, key.file)


@cache
def calibrated() -> Cost:
    """A cost that takes this computer between half a second and one and a half; tried out once a run."""
    cost = Cost(passes=3, mib=256)
    started = perf_counter()
    _derive(b"calibration", bytes(16), cost)
    return tuned(cost, perf_counter() - started)


def tuned(cost: Cost, seconds: float) -> Cost:
    """`cost` made bearable, knowing that it took `seconds`: less memory if slow, more passes if fast."""
    low, high = SECONDS
    if seconds > high:
        return Cost(passes=cost.passes, mib=max(FLOOR.mib, int(cost.mib * high / seconds)))
    if seconds < low:
        return Cost(passes=min(20, ceil(cost.passes * low / max(seconds, 0.001))), mib=cost.mib)
    return cost


def is_cheap(key: Key) -> bool:
    """Whether guessing the passphrase costs less than this computer could make it cost."""
    return key.by == "passphrase" and key.seconds < TOO_QUICK


def _refusal(secret: Secret) -> VaultError:
    if isinstance(secret, Passphrase):
        return WrongPassphrase()
    return WrongRecoveryKey() if isinstance(secret, RecoveryKey) else QuickUnlockRefused()


def _material(secret: Secret) -> bytes:
    return checked_passphrase(secret.text) if isinstance(secret, Passphrase) else secret.bits


def _genuine(key: Key) -> Body:
    body = key_file.unpacked(key.file)
    if body.vault != key.vault or not key_file.is_genuine(key.file, key.derived("key file")):
        raise DamagedKeyFile()
    return body


def _with_body(key: Key, body: Body) -> Key:
    return Key(key.dek, key.vault, _packed(body, key.dek), key.by, key.seconds)


def _slot(secret: Secret, dek: bytes, vault: str, cost: Cost | None) -> Slot:
    """A recovery key costs no more than the floor: nobody guesses 160 random bits."""
    kind = kind_of(secret)
    spent = None if kind == "keyring" else (cost or FLOOR)
    salt, nonce = secrets.token_hex(16), secrets.token_bytes(24)
    wrapping = _wrapping(_material(secret), salt, spent)
    bound = key_file.bound(kind, spent, salt, vault)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(dek, bound, nonce, wrapping)
    return Slot(kind=kind, cost=spent, salt=salt, nonce=nonce.hex(), sealed=sealed.hex())


def _opened(slot: Slot, material: bytes, vault: str) -> bytes | None:
    wrapping = _wrapping(material, slot.salt, slot.cost)
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes.fromhex(slot.sealed), slot.bound(vault), bytes.fromhex(slot.nonce), wrapping
        )
    except CryptoError:
        return None


def _wrapping(material: bytes, salt: str, cost: Cost | None) -> bytes:
    if cost is None:
        return hashlib.blake2b(
            key=material, salt=bytes.fromhex(salt), digest_size=32, person=b"keyring"
        ).digest()
    return _derive(material, bytes.fromhex(salt), cost)


def _derive(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    try:
        return argon2id.kdf(32, secret, salt, opslimit=cost.passes, memlimit=cost.mib * MIB)
    except NoMemory as error:
        raise VaultError(
            "There is not enough free memory to check the passphrase. Close other programs, then try again."
        ) from error


def _packed(body: Body, dek: bytes) -> bytes:
    return key_file.packed(body, derived(dek, "key file"))
