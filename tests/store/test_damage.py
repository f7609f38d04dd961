"""R6, quick tier: a damaged vault gives what was kept or says that it is damaged; never anything else."""

import random

from sqlmodel import col, select

from coachdesk.errors import DamagedVault, NotAVault
from coachdesk.model import School
from coachdesk.services.keep import keep_many
from coachdesk.store.vault import Vault

KEY = bytes(range(32))
ROUNDS = 200
SCHOOLS = [(f"School {number}", f"{number}" * 90) for number in range(300)]


def flip(content, chance):
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def tear(content, chance):
    """A page of which the second half was never written."""
    page = chance.randrange(len(content) // 4096) * 4096
    content[page + 2048 : page + 4096] = bytes(2048)


def swap(content, chance):
    """Two pages in each other's place."""
    one, other = (chance.randrange(len(content) // 4096) * 4096 for _ in range(2))
    content[one : one + 4096], content[other : other + 4096] = (
        content[other : other + 4096],
        content[one : one + 4096],
    )


def cut(content, chance):
    del content[chance.randrange(4096, len(content)) :]


def kept(path):
    vault = Vault.open_with_key(path, KEY)
    try:
        with vault.read() as session:
            rows = session.exec(select(School.name, School.source_id).order_by(col(School.created)))
            return [tuple(row) for row in rows]
    finally:
        vault.close()


def test_damage_is_never_taken_for_what_was_written(vault, place):
    rows = ({"name": name, "source_id": text} for name, text in SCHOOLS)
    vault.submit(lambda session: keep_many(session, School, rows)).result()
    vault.close()
    sound, chance, told = place.vault.read_bytes(), random.Random(5), 0
    for _ in range(ROUNDS):
        content = bytearray(sound)
        chance.choice([flip, tear, swap, cut])(content, chance)
        place.vault.write_bytes(content)
        try:
            assert sorted(kept(place.vault)) == sorted(SCHOOLS)
        except (DamagedVault, NotAVault):
            told += 1
    assert told > ROUNDS / 10
    place.vault.write_bytes(sound)
    assert sorted(kept(place.vault)) == sorted(SCHOOLS)
