"""The key file: the vault's random key, wrapped by what the coach knows.

    passphrase --NFC, Argon2id--> a wrapping key --opens a slot--> DEK, 32 random bytes

A slot is sealed with XChaCha20-Poly1305; its kind, its derivation costs, its salt and the vault's id are
bound to it, so none can be swapped for another's. A checksum tells a damaged file from a wrong passphrase
before anything is derived; a MAC under the DEK tells that the whole file is as this vault last wrote it.
"""

import hashlib
import hmac
import secrets
import struct
import unicodedata
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from time import perf_counter
from typing import Annotated, Literal

from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.exceptions import CryptoError
from nacl.exceptions import RuntimeError as NoMemory
from nacl.pwhash import argon2id
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coachdesk.errors import CoachdeskError, DamagedKeyFile, NewerVault, VaultError, WrongPassphrase
from coachdesk.store import files

MAGIC = b"COACHDESKKEY"
VERSION = 1
HEAD = struct.Struct("<12sHI")  # magic, version, length of the body
MAC, CHECK = 32, 16
LARGEST = 1 << 20
LONGEST_PASSPHRASE = 4096  # characters; a file dropped into the field is not a passphrase
MIB = 1 << 20
SECONDS = (0.5, 1.5)  # what unlocking may cost

Hex16 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Hex24 = Annotated[str, Field(pattern=r"^[0-9a-f]{48}$")]
Hex48 = Annotated[str, Field(pattern=r"^[0-9a-f]{96}$")]


class Cost(BaseModel):
    """What Argon2id costs: passes over `mib` MiB of memory. The floor is RFC 9106's second choice."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    passes: int = Field(3, ge=3, le=20)
    mib: int = Field(256, ge=64, le=1024)


FLOOR = Cost(passes=3, mib=64)


class Slot(BaseModel):
    """The DEK, sealed under a key derived from one secret."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Literal["passphrase"]
    cost: Cost
    salt: Hex16
    nonce: Hex24
    sealed: Hex48

    def bound(self, vault: str) -> bytes:
        return _bound(self.kind, self.cost, self.salt, vault)


class Body(BaseModel):
    """What the key file says."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    vault: Hex16
    slots: list[Slot] = Field(min_length=1, max_length=8)


@dataclass(frozen=True)
class Key:
    """An open key file: the vault's key, the vault's id, and the file's bytes, which every backup carries."""

    dek: bytes
    vault: str
    file: bytes

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
    text = unicodedata.normalize("NFC", passphrase)
    if not text:
        raise CoachdeskError("Type a passphrase.")
    if len(text) > LONGEST_PASSPHRASE:
        raise CoachdeskError(
            "That passphrase is too long: at most {most} characters.", most=LONGEST_PASSPHRASE
        )
    return text.encode("utf-8", "surrogatepass")


def create(passphrase: str, cost: Cost | None = None) -> Key:
    """A new key with one slot. Without a `cost` the derivation is tuned to this computer."""
    secret, dek, vault = checked_passphrase(passphrase), secrets.token_bytes(32), secrets.token_hex(16)
    slot = _slot(secret, dek, vault, cost or calibrated())
    return Key(dek, vault, _packed(Body(vault=vault, slots=[slot]), dek))


def unlock(file: bytes, passphrase: str) -> Key:
    """The key in `file`.

    Raises DamagedKeyFile, NewerVault or WrongPassphrase; nothing is derived from a file that is not sound.
    """
    body, _number, dek = _looked_into(file, checked_passphrase(passphrase))
    return Key(dek, body.vault, file)


def rewrapped(file: bytes, old: str, new: str, cost: Cost | None = None) -> Key:
    """The same key in a new file: what `old` opens is wrapped anew for `new`, with a fresh salt and cost.

    The key comes from `old`, so nobody need hold it for this. Raises as `unlock` does.
    """
    fresh = checked_passphrase(new)
    body, number, dek = _looked_into(file, checked_passphrase(old))
    slots = list(body.slots)
    slots[number] = _slot(fresh, dek, body.vault, cost or calibrated())
    return Key(dek, body.vault, _packed(Body(vault=body.vault, slots=slots), dek))


def read(path: Path) -> bytes:
    """The bytes of a key file. Raises DamagedKeyFile if it is missing, too long, or no file at all."""
    try:
        return files.read_all(path, LARGEST + 1)
    except FileNotFoundError:
        raise DamagedKeyFile(
            "The key file {name} is missing, so no passphrase can be checked. "
            "Put it back beside the vault, from a backup.",
            name=path.name,
        ) from None
    except OSError as error:
        raise DamagedKeyFile() from error


def look_at(file: bytes) -> None:
    """Raise DamagedKeyFile or NewerVault if `file` is not a sound key file; no passphrase is needed."""
    _unpacked(file)


def calibrated() -> Cost:
    """A cost that takes this computer between half a second and one and a half."""
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


def _slot(secret: bytes, dek: bytes, vault: str, cost: Cost) -> Slot:
    salt, nonce = secrets.token_hex(16), secrets.token_bytes(24)
    wrapping = _derive(secret, bytes.fromhex(salt), cost)
    bound = _bound("passphrase", cost, salt, vault)
    sealed = crypto_aead_xchacha20poly1305_ietf_encrypt(dek, bound, nonce, wrapping)
    return Slot(kind="passphrase", cost=cost, salt=salt, nonce=nonce.hex(), sealed=sealed.hex())


def _looked_into(file: bytes, secret: bytes) -> tuple[Body, int, bytes]:
    """What the file says, which of its slots the secret opens, and the DEK in that slot."""
    body, content, mac = _unpacked(file)
    for number, slot in enumerate(body.slots):
        dek = _opened(slot, secret, body.vault)
        if dek is None:
            continue
        if not hmac.compare_digest(mac, _mac(dek, content)):
            raise DamagedKeyFile()
        return body, number, dek
    raise WrongPassphrase()


def _opened(slot: Slot, secret: bytes, vault: str) -> bytes | None:
    wrapping = _derive(secret, bytes.fromhex(slot.salt), slot.cost)
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(
            bytes.fromhex(slot.sealed), slot.bound(vault), bytes.fromhex(slot.nonce), wrapping
        )
    except CryptoError:
        return None


def _bound(kind: str, cost: Cost, salt: str, vault: str) -> bytes:
    return f"{kind}|{cost.passes}|{cost.mib}|{salt}|{vault}".encode()


def _derive(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    try:
        return argon2id.kdf(32, secret, salt, opslimit=cost.passes, memlimit=cost.mib * MIB)
    except NoMemory as error:
        raise VaultError(
            "There is not enough free memory to check the passphrase. Close other programs, then try again."
        ) from error


def _mac(dek: bytes, content: bytes) -> bytes:
    return hmac.new(derived(dek, "key file"), content, hashlib.sha256).digest()


def _packed(body: Body, dek: bytes) -> bytes:
    text = body.model_dump_json().encode()
    content = HEAD.pack(MAGIC, VERSION, len(text)) + text
    whole = content + _mac(dek, content)
    return whole + hashlib.blake2b(whole, digest_size=CHECK).digest()


def _unpacked(file: bytes) -> tuple[Body, bytes, bytes]:
    """The body of a key file, the bytes its MAC covers, and that MAC."""
    if not HEAD.size + MAC + CHECK < len(file) <= LARGEST:
        raise DamagedKeyFile()
    whole, check = file[:-CHECK], file[-CHECK:]
    if not hmac.compare_digest(check, hashlib.blake2b(whole, digest_size=CHECK).digest()):
        raise DamagedKeyFile()
    magic, version, length = HEAD.unpack_from(file)
    if magic == MAGIC and version > VERSION:
        raise NewerVault()
    content, mac = whole[:-MAC], whole[-MAC:]
    if (magic, version, HEAD.size + length) != (MAGIC, VERSION, len(content)):
        raise DamagedKeyFile()
    try:
        return Body.model_validate_json(content[HEAD.size :]), content, mac
    except ValidationError as error:
        raise DamagedKeyFile() from error
