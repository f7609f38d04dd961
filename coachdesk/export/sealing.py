"""Sealing a file with a passphrase in the age format, version 1 (https://age-encryption.org/v1).

Not a format of ours: whoever has the passphrase opens the file without coachdesk, by `age --decrypt` or any
other program that knows age. A random file key is wrapped by scrypt(passphrase); the content goes through
ChaCha20-Poly1305 in pieces of 64 KiB, numbered, the last one marked, so that none can be changed, moved, left
out or added. The specification is C2SP's age.md; tests hold what is written here against another reader.
"""

import binascii
import hmac
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from functools import partial

from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_decrypt as _decrypt,
)
from nacl.bindings import (
    crypto_aead_chacha20poly1305_ietf_encrypt as _encrypt,
)
from nacl.bindings import (
    crypto_pwhash_scryptsalsa208sha256_ll as _scrypt,
)
from nacl.exceptions import CryptoError

from coachdesk.errors import BadFile, CoachdeskError, WrongPassphrase

SUFFIX = ".age"
MAGIC = b"age-encryption.org/v1\n"
COST = 18  # log2 of scrypt's N, as age itself: 256 MiB, about a second
CHEAPEST = 10  # for tests
DEAREST = 22  # that is tried on opening, as in age: a file may not ask for endless work
PIECE = 64 << 10
TAG = 16
_HEAD = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n"
    rb"--- ([A-Za-z0-9+/]{43})\n"
)
_NO_NONCE = bytes(12)

WRONG = (
    "That passphrase does not open this file. Check Caps Lock and try again; it is the one that was chosen "
    "when the file was made."
)
_DAMAGED = "This file is damaged or cut short, so it cannot be opened. Use another copy of it."
_OTHER = "This file was sealed by another program, in a way that coachdesk does not know. Open it there."
_NO_MEMORY = "There is not enough free memory for this. Close other programs, then try again."


def is_sealed(data: bytes) -> bool:
    return data.startswith(MAGIC)


def sealed(content: bytes, passphrase: str, cost: int = COST) -> bytes:
    """`content`, sealed. Takes about a second, on purpose."""
    key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
    wrapped = _encrypt(key, None, _NO_NONCE, _wrapping(passphrase, salt, cost))
    head = MAGIC + b"-> scrypt " + _packed(salt) + b" %d\n" % cost + _packed(wrapped) + b"\n---"
    mac = hmac.digest(_derived(key, b"", b"header"), head, "sha256")
    payload = _derived(key, nonce, b"payload")
    pieces = (
        _encrypt(piece, None, number, payload)
        for number, piece in zip(_numbers(len(content)), _pieces(content, PIECE), strict=True)
    )
    return b"".join((head, b" ", _packed(mac), b"\n", nonce, *pieces))


def opened(data: bytes, passphrase: str) -> bytes:
    """What is sealed in `data`. Raises WrongPassphrase, or BadFile if the file is not whole."""
    head = _HEAD.match(data)
    if head is None:
        raise BadFile(_OTHER if b"\n--- " in data[:PIECE] else _DAMAGED)
    salt, wrapped, mac = (_unpacked(head[number]) for number in (1, 3, 4))
    if int(head[2]) > DEAREST:
        raise BadFile(_DAMAGED)
    try:
        key = _decrypt(wrapped, None, _NO_NONCE, _wrapping(passphrase, salt, int(head[2])))
    except CryptoError as error:
        raise WrongPassphrase(WRONG) from error
    signed = data[: head.start(4) - 1]
    if not hmac.compare_digest(mac, hmac.digest(_derived(key, b"", b"header"), signed, "sha256")):
        raise BadFile(_DAMAGED)
    return _opened_pieces(key, data[head.end() :])


def _opened_pieces(key: bytes, data: bytes) -> bytes:
    nonce, body = data[:16], memoryview(data)[16:]
    sealed_pieces = list(_pieces(body, PIECE + TAG))
    payload = _derived(key, nonce, b"payload")
    if len(nonce) < 16 or len(body) < TAG or (len(sealed_pieces) > 1 and len(sealed_pieces[-1]) == TAG):
        raise BadFile(_DAMAGED)
    numbers = _numbers(len(body) - TAG * len(sealed_pieces))
    try:
        return b"".join(
            _decrypt(bytes(piece), None, number, payload)
            for number, piece in zip(numbers, sealed_pieces, strict=True)
        )
    except CryptoError as error:
        raise BadFile(_DAMAGED) from error


def _pieces(content: bytes | memoryview, size: int) -> Iterator[bytes]:
    """`content` in pieces of `size`; one empty piece of nothing."""
    for start in range(0, max(len(content), 1), size):
        yield bytes(content[start : start + size])


def _numbers(length: int) -> Iterator[bytes]:
    """The nonce of each piece of so long a content: its number, and whether it is the last."""
    count = max(1, -(-length // PIECE))
    for number in range(count):
        yield number.to_bytes(11, "big") + (b"\1" if number == count - 1 else b"\0")


def _wrapping(passphrase: str, salt: bytes, cost: int) -> bytes:
    work = partial(_scrypt, n=1 << cost, r=8, p=1, dklen=32, maxmem=(1 << cost) * 1024 + (1 << 25))
    try:
        return work(passphrase.encode("utf-8", "surrogatepass"), salt=b"age-encryption.org/v1/scrypt" + salt)
    except (MemoryError, ValueError, RuntimeError) as error:
        raise CoachdeskError(_NO_MEMORY) from error


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA-256 (RFC 5869), one block long."""
    first = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(first, purpose + b"\1", "sha256")


def _packed(data: bytes) -> bytes:
    return b64encode(data).rstrip(b"=")


def _unpacked(text: bytes) -> bytes:
    try:
        data = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise BadFile(_DAMAGED) from error
    if _packed(data) != text:  # written in another way than the one that is allowed
        raise BadFile(_DAMAGED)
    return data
