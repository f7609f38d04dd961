"""The recovery key: 160 random bits and a checksum of 40, as eight groups of five letters and digits.

The alphabet is Crockford's base32: no I, L, O or U. Small letters, spaces and dashes do not matter, O is read
as 0, I and L as 1. The checksum tells a slip of the pen from the key of another vault before anything is
derived.
"""

import hashlib
import secrets
from dataclasses import dataclass

from coachdesk.errors import MistypedRecoveryKey

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, LONG = 8, 5
BITS, CHECKED = 160, 40
_LETTERS = GROUPS * LONG
_BETWEEN = " -\u2010\u2011\u2012\u2013\u2014\u00a0\t\r\n"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", **dict.fromkeys(_BETWEEN, "")})
_LONGEST = 1_000  # characters; what is longer was pasted by mistake


@dataclass(frozen=True)
class RecoveryKey:
    """Its 20 random bytes."""

    bits: bytes

    def __repr__(self) -> str:
        return "RecoveryKey(…)"

    @property
    def groups(self) -> tuple[str, ...]:
        """As it stands on the sheet."""
        text = _spelled(self.bits + _checksum(self.bits))
        return tuple(text[at : at + LONG] for at in range(0, _LETTERS, LONG))


def new() -> RecoveryKey:
    return RecoveryKey(secrets.token_bytes(BITS // 8))


def typed(text: str) -> RecoveryKey:
    """The key that was typed. Raises MistypedRecoveryKey, saying what is wrong as far as that can be told."""
    letters = plain(text[:_LONGEST])
    strange = sorted(set(letters) - set(ALPHABET))
    if strange:
        raise MistypedRecoveryKey(
            "A recovery key has letters and digits only, and never the letter U. Compare what you typed with "
            "the sheet."
        )
    if len(letters) != _LETTERS:
        raise MistypedRecoveryKey(
            "A recovery key has {wanted} letters and digits; {typed} were typed. Compare them with the "
            "sheet.",
            wanted=_LETTERS,
            typed=len(letters) if len(text) <= _LONGEST else "many more",
        )
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    whole = number.to_bytes((BITS + CHECKED) // 8, "big")
    bits, check = whole[: BITS // 8], whole[BITS // 8 :]
    if check != _checksum(bits):
        raise MistypedRecoveryKey()
    return RecoveryKey(bits)


def plain(text: str) -> str:
    """`text` as it is compared: large letters, nothing between them, no letter that looks like a digit."""
    return text.upper().translate(_READ_AS)


def _checksum(bits: bytes) -> bytes:
    return hashlib.blake2b(bits, digest_size=CHECKED // 8, person=b"recovery key").digest()


def _spelled(whole: bytes) -> str:
    number = int.from_bytes(whole, "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LETTERS)))
