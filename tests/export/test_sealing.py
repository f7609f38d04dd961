"""A sealed file is an age file: what we write another reader opens, and nothing that was touched opens."""

import random
import re

import pyrage
import pytest

from coachdesk.errors import BadFile, WrongPassphrase
from coachdesk.export.sealing import CHEAPEST, PIECE, is_sealed, opened, sealed

PASSPHRASE = "seven herons över water"


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5])
def test_what_is_sealed_here_opens_here_and_with_another_program(size):
    content = random.Random(size).randbytes(size)
    file = sealed(content, PASSPHRASE, CHEAPEST)
    assert is_sealed(file)
    assert opened(file, PASSPHRASE) == content
    assert pyrage.passphrase.decrypt(file, PASSPHRASE) == content


def test_the_same_content_is_never_sealed_alike():
    assert sealed(b"x", PASSPHRASE, CHEAPEST)[30:] != sealed(b"x", PASSPHRASE, CHEAPEST)[30:]


def test_a_wrong_passphrase_is_said_to_be_wrong():
    with pytest.raises(WrongPassphrase, match="does not open this file"):
        opened(sealed(b"x", PASSPHRASE, CHEAPEST), "seven herons over sand")


@pytest.mark.parametrize("part", ["head", "mac", "nonce", "first piece", "last piece"])
def test_a_flipped_bit_anywhere_is_noticed(part):
    file = bytearray(sealed(b"x" * (PIECE + 100), PASSPHRASE, CHEAPEST))
    end = file.index(b"\n--- ")
    at = {
        "head": 45,
        "mac": end + 9,
        "nonce": end + 50,
        "first piece": end + 300,
        "last piece": len(file) - 50,
    }
    file[at[part]] ^= 1
    with pytest.raises((BadFile, WrongPassphrase)):
        opened(bytes(file), PASSPHRASE)


def without_first_piece(file):
    start = file.index(b"\n--- ") + 5 + 43 + 1 + 16
    return file[:start] + file[start + PIECE + 16 :]


@pytest.mark.parametrize(
    "change",
    [
        lambda f: f[:-1],
        lambda f: f[: -(100 + 16)],
        lambda f: f + b"x",
        lambda f: f + bytes(PIECE),
        without_first_piece,
        lambda f: f[:60],
        lambda f: f[: f.index(b"\n--- ") + 55],
        lambda f: re.sub(rb"(scrypt \S+) \d+", rb"\1 40", f),
        lambda f: re.sub(rb"(scrypt \S+) \d+", rb"\1 010", f),
        lambda f: f.replace(b"-> scrypt", b"-> X25519"),
    ],
)
def test_what_was_cut_lengthened_or_made_dear_is_refused_at_once(change):
    file = sealed(b"x" * (PIECE + 100), PASSPHRASE, CHEAPEST)
    with pytest.raises(BadFile):
        opened(change(file), PASSPHRASE)
