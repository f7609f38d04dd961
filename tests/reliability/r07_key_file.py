"""R7: the key file is damaged at random, and by somebody who puts the checksum right afterwards."""

import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from row import Result

from coachdesk.errors import (
    CoachdeskError,
    DamagedKeyFile,
    NewerVault,
    QuickUnlockRefused,
    WrongPassphrase,
    WrongRecoveryKey,
)
from coachdesk.store import key_file, keys
from coachdesk.store.key_file import HEAD, MAC, MAGIC, VERSION
from coachdesk.store.keys import FLOOR, Key, Passphrase, Secret, StoredKey
from coachdesk.store.recovery import RecoveryKey

NUMBER = "R7"
CHECK = "key-file fuzz, with the checksum repaired in half of it"
BOUND = "0 wrong unlocks, always a typed error"
QUICK, FULL = 600, 10_600
SECONDS = 20

DERIVED_EVERY = 20
"""A derivation takes a tenth of a second, the computer's slot none: one attack in so many takes that way."""

SUM = key_file.CHECK
TAIL = MAC + SUM
PASSPHRASE, RECOVERY, STORED = Passphrase("five quiet herons"), RecoveryKey(bytes(20)), StoredKey(bytes(32))
NONSENSE: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1,
    2,
    3,
    63,
    10**9,
    2**64,
    1e300,
    "",
    "0",
    "zz",
    "00" * 16,
    [],
    {},
    [[]],
)
TYPED = (DamagedKeyFile, NewerVault, QuickUnlockRefused, WrongPassphrase, WrongRecoveryKey)
Body = dict[str, Any]
Unlock = Callable[[bytes, Secret], Key]


@dataclass(frozen=True)
class Target:
    """A key file with three slots, and those of a stranger's vault."""

    key: Key
    stranger: Key


def run(n: int, folder: Path) -> Result:
    return _attacked(n, keys.unlock)


def planted(folder: Path) -> Result:
    """An opening that looks at neither checksum nor MAC."""
    return _attacked(200, _careless)


def _attacked(n: int, unlock: Unlock) -> Result:
    target, chance = _target(), random.Random(7)
    seen: Counter[str] = Counter()
    for number in range(n):
        file = _attack(target, chance)
        secret: Secret = STORED
        if number % DERIVED_EVERY == 0:
            secret = chance.choice((PASSPHRASE, RECOVERY))
        seen[_judged(file, secret, unlock)] += 1
    wrong, crashed = seen["unlocked"], seen["crashed"]
    told = ", ".join(f"{count:,} {name}" for name, count in seen.most_common() if name[0].isupper())
    return Result(n, f"{wrong} wrong unlocks, {crashed} untyped errors; {told}", not wrong and not crashed)


def _judged(file: bytes, secret: Secret, unlock: Unlock) -> str:
    """What became of it: the error's name, "unlocked", or "crashed" for one that says something else.

    A bare VaultError is one of those: "not enough memory" would mean that a cost out of bounds was tried.
    """
    try:
        unlock(file, secret)
    except TYPED as error:
        return type(error).__name__
    except CoachdeskError:
        return "crashed"
    except Exception:  # whatever another library raises is what this looks for
        return "crashed"
    return "unlocked"


def _careless(file: bytes, secret: Secret) -> Key:
    body = key_file.Body.model_validate_json(file[HEAD.size : -TAIL])
    slot = body.slot(keys.kind_of(secret))
    dek = keys._opened(slot, bytes(32), body.vault) if slot else None
    if dek is None:
        raise QuickUnlockRefused()
    return Key(dek, body.vault, file)


def _target() -> Target:
    key = keys.with_way(keys.create(PASSPHRASE.text, FLOOR, RECOVERY), STORED)
    stranger = keys.with_way(keys.create("another", FLOOR, RecoveryKey(bytes(range(20)))), STORED)
    return Target(key, stranger)


def _attack(target: Target, chance: random.Random) -> bytes:
    """A file that is not the true one."""
    while True:
        file = chance.choice(WAYS)(target, chance)
        if file != target.key.file:
            return file


def _flipped(target: Target, chance: random.Random) -> bytes:
    file = bytearray(target.key.file)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        file[chance.randrange(len(file))] ^= 1 << chance.randrange(8)
    return _repaired(bytes(file[:-SUM])) if chance.random() < 0.5 else bytes(file)


def _cut(target: Target, chance: random.Random) -> bytes:
    file = target.key.file[: chance.randrange(len(target.key.file))]
    file += chance.randbytes(chance.choice((0, 0, 1, 40, 5_000)))
    return _repaired(file) if chance.random() < 0.5 else file


def _headed(target: Target, chance: random.Random) -> bytes:
    magic = chance.choice((MAGIC, MAGIC[::-1]))
    version, length = (
        chance.choice((0, VERSION, 2, 65_535)),
        chance.choice((0, 1, len(target.key.file), 2**32 - 1)),
    )
    return _repaired(HEAD.pack(magic, version, length) + target.key.file[HEAD.size : -SUM])


def _edited(target: Target, chance: random.Random) -> bytes:
    """One value of the body is another."""
    body = _body(target.key)
    holder: Any = body
    if chance.random() < 0.8:
        holder = chance.choice(body["slots"])
        if "cost" in holder and chance.random() < 0.5:
            holder = holder["cost"]
    name = chance.choice([*holder, "more"])
    value = chance.choice((*NONSENSE, FLOOR.passes + 1, "passphrase", "recovery", "keyring"))
    old = holder.get(name)
    if isinstance(old, str) and chance.random() < 0.5:
        at = chance.randrange(len(old))
        value = old[:at] + chance.choice("0123456789abcdef") + old[at + 1 :]
    if chance.random() < 0.1:
        holder.pop(name, None)
    else:
        holder[name] = value
    return _with_body(target.key, body, chance)


def _mixed(target: Target, chance: random.Random) -> bytes:
    """Slots are swapped, doubled, dropped, renamed, or a stranger's."""
    body, others = _body(target.key), _body(target.stranger)
    slots = body["slots"] + others["slots"] * chance.choice((0, 1, 1, 3))
    body["slots"] = [dict(chance.choice(slots)) for _ in range(chance.choice((0, 1, 2, 3, 3, 4, 9)))]
    for slot in body["slots"]:
        if chance.random() < 0.2:
            donor = chance.choice(slots)
            for name in ("kind", "salt", "nonce", "sealed"):
                if chance.random() < 0.5:
                    slot[name] = donor[name]
    if chance.random() < 0.2:
        body["vault"] = others["vault"]
    return _with_body(target.key, body, chance)


def _spaced(target: Target, chance: random.Random) -> bytes:
    """The same words, differently written."""
    body = _body(target.key)
    text = json.dumps(body, indent=chance.choice((None, 1)), sort_keys=chance.random() < 0.5)
    return _with_text(target.key, chance.choice(("", "\ufeff", "[" * 5_000)) + text)


def _body(key: Key) -> Body:
    body: Body = json.loads(key.file[HEAD.size : -TAIL])
    return body


def _with_body(key: Key, body: Body, chance: random.Random) -> bytes:
    text = json.dumps(body, separators=(",", ":"))
    if chance.random() < 0.05:
        text = text.replace('"slots"', '"slots":[],"slots"', 1)
    return _with_text(key, text)


def _with_text(key: Key, text: str) -> bytes:
    content = text.encode()
    return _repaired(HEAD.pack(MAGIC, VERSION, len(content)) + content + key.file[-TAIL:-SUM])


def _repaired(whole: bytes) -> bytes:
    """With the checksum that belongs to it: whoever attacks can compute that."""
    return whole + hashlib.blake2b(whole, digest_size=SUM).digest()


WAYS = (_flipped, _cut, _headed, _edited, _edited, _mixed, _mixed, _spaced)
