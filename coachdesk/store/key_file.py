"""The key file as it lies on the disk, looked at in every part before anything is derived.

    magic, version, length | JSON: the vault's id and its slots | MAC under the DEK | checksum

A checksum tells a damaged file from a wrong passphrase; the MAC under the vault's key tells that the whole
file is as this vault last wrote it.
"""

import hashlib
import hmac
import struct
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from coachdesk.errors import DamagedKeyFile, NewerVault
from coachdesk.store import files

MAGIC = b"COACHDESKKEY"
VERSION = 1
HEAD = struct.Struct("<12sHI")  # magic, version, length of the body
MAC, CHECK = 32, 16
LARGEST = 1 << 20

Hex16 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Hex24 = Annotated[str, Field(pattern=r"^[0-9a-f]{48}$")]
Hex48 = Annotated[str, Field(pattern=r"^[0-9a-f]{96}$")]
Kind = Literal["passphrase", "recovery", "keyring"]


class Cost(BaseModel):
    """What Argon2id costs: passes over `mib` MiB of memory. The floor is RFC 9106's second choice."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    passes: int = Field(3, ge=3, le=20)
    mib: int = Field(256, ge=64, le=1024)


class Slot(BaseModel):
    """The DEK, sealed under a key derived from one secret.

    A keyring's slot has no cost: its secret is 256 random bits, which no derivation makes harder to guess.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kind: Kind
    cost: Cost | None = None
    salt: Hex16
    nonce: Hex24
    sealed: Hex48

    @model_validator(mode="after")
    def _has_its_cost(self) -> "Slot":
        if (self.cost is None) != (self.kind == "keyring"):
            raise ValueError("a derived slot has a cost, a keyring's has none")
        return self

    def bound(self, vault: str) -> bytes:
        """What is sealed with the DEK, so that no slot can be made into another's."""
        return bound(self.kind, self.cost, self.salt, vault)


class Body(BaseModel):
    """What the key file says. Of each kind there is one slot at most, and one that a coach can carry."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    vault: Hex16
    slots: list[Slot] = Field(min_length=1, max_length=3)

    @model_validator(mode="after")
    def _has_a_way_in(self) -> "Body":
        kinds = [slot.kind for slot in self.slots]
        if len(set(kinds)) != len(kinds) or kinds == ["keyring"]:
            raise ValueError("one slot of each kind, and not the keyring's alone")
        return self

    def slot(self, kind: Kind) -> Slot | None:
        return next((slot for slot in self.slots if slot.kind == kind), None)

    def having(self, slot: Slot) -> "Body":
        """The same with `slot` in place of the one of its kind."""
        return Body(vault=self.vault, slots=[*self._but(slot.kind), slot])

    def lacking(self, kind: Kind) -> "Body":
        """The same without the slot of that kind. Raises ValueError if no way in would be left."""
        return Body(vault=self.vault, slots=self._but(kind))

    def _but(self, kind: Kind) -> list[Slot]:
        return [slot for slot in self.slots if slot.kind != kind]


def bound(kind: Kind, cost: Cost | None, salt: str, vault: str) -> bytes:
    passes, mib = (cost.passes, cost.mib) if cost else (0, 0)
    return f"{kind}|{passes}|{mib}|{salt}|{vault}".encode()


def packed(body: Body, mac_key: bytes) -> bytes:
    """The bytes of a key file."""
    text = body.model_dump_json(exclude_none=True).encode()
    content = HEAD.pack(MAGIC, VERSION, len(text)) + text
    whole = content + _mac(mac_key, content)
    return whole + hashlib.blake2b(whole, digest_size=CHECK).digest()


def unpacked(file: bytes) -> Body:
    """What a key file says. Raises DamagedKeyFile or NewerVault; whether it is genuine `is_genuine` tells."""
    if not HEAD.size + MAC + CHECK < len(file) <= LARGEST:
        raise DamagedKeyFile()
    whole, check = file[:-CHECK], file[-CHECK:]
    if not hmac.compare_digest(check, hashlib.blake2b(whole, digest_size=CHECK).digest()):
        raise DamagedKeyFile()
    magic, version, length = HEAD.unpack_from(file)
    if magic == MAGIC and version > VERSION:
        raise NewerVault()
    content = whole[:-MAC]
    if (magic, version, HEAD.size + length) != (MAGIC, VERSION, len(content)):
        raise DamagedKeyFile()
    try:
        return Body.model_validate_json(content[HEAD.size :])
    except ValidationError as error:
        raise DamagedKeyFile() from error


def is_genuine(file: bytes, mac_key: bytes) -> bool:
    """Whether the whole file is as the vault last wrote it; for one that `unpacked` took."""
    content, mac = file[: -MAC - CHECK], file[-MAC - CHECK : -CHECK]
    return hmac.compare_digest(mac, _mac(mac_key, content))


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


def _mac(key: bytes, content: bytes) -> bytes:
    return hmac.new(key, content, hashlib.sha256).digest()
