"""R10 and R13, quick tier: nothing the coach wrote can be read in any file of the vault."""

import base64
import math
from collections import Counter

import pytest

from coachdesk.model import Change, Teacher
from coachdesk.services.keep import keep
from coachdesk.store.vault import Vault

NAME, PASSPHRASE = "Zebulon Quackenbush", "correct horse battery staple"


def spellings(canary):
    plain = canary.encode()
    return [plain, canary.encode("utf-16-le"), base64.b64encode(plain)[:-4], plain.hex().encode()]


def leaks(folder, canaries):
    """Files below `folder` that hold one of the canaries, however it is spelt."""
    needles = [spelling for canary in canaries for spelling in spellings(canary)]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(needle in path.read_bytes() for needle in needles)
    ]


def entropy(content):
    """Bits per byte."""
    return -sum(n / len(content) * math.log2(n / len(content)) for n in Counter(content).values())


@pytest.fixture
def journal():
    return []


@pytest.fixture
def written(place, journal, locked_vault):
    """A vault with a teacher, changed once, a backup and a sealed draft; its journal as it was mid-save."""
    locked_vault(place, PASSPHRASE)
    vault = Vault.open(place, PASSPHRASE)
    values = {"given_name": "Zebulon", "family_name": NAME, "background": NAME * 300}
    teacher, _ = vault.submit(lambda s: keep(s, Teacher, values)).result()

    def rename(session):
        keep(session, Teacher, {"id": teacher.id, "background": "short"})
        session.connection().exec_driver_sql("PRAGMA cache_spill = 1")
        session.connection().exec_driver_sql("PRAGMA cache_size = 1")
        rows = [
            {"batch": "0" * 32, "at": "2026-01-01", "key": "0" * 32, "record": NAME * 20} for _ in range(60)
        ]
        session.connection().exec_driver_sql(
            "INSERT INTO change (batch, at, title, record, key, undone)"
            " VALUES (:batch, :at, '', :record, :key, 0)",
            rows,
        )
        journal.append((place.data / "coachdesk.vault-journal").read_bytes())

    vault.submit(rename).result()
    with vault.read() as session:
        assert session.get(Teacher, teacher.id).family_name == NAME
        assert session.get(Change, 1).after
    vault.backup_now()
    vault.drafts.seal(NAME.encode())
    yield place
    vault.close()


def test_no_name_and_no_passphrase_is_in_any_file(written, journal):
    assert leaks(written.data, [NAME, "Quackenbush", PASSPHRASE]) == []
    assert len(journal[0]) > 4096
    assert not any(spelling in journal[0] for spelling in spellings(NAME))


@pytest.mark.parametrize("number", range(4))
def test_a_planted_leak_is_found_however_it_is_spelt(vault, place, number):
    (place.data / "leak").write_bytes(b"log: " + spellings(NAME)[number] + b" saved")
    assert leaks(place.data, [NAME]) == ["leak"]


def test_every_page_looks_random(written):
    for path in (written.vault, *written.backups.iterdir()):
        content = path.read_bytes()
        pages = [content[start : start + 4096] for start in range(0, len(content) - 4096, 4096)]
        assert not content.startswith(b"SQLite")
        assert min(map(entropy, pages)) > 7.9
