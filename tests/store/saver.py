"""Processes that save one thing after the other, until they are killed."""

from multiprocessing.connection import Connection
from pathlib import Path

from coachdesk.model import School
from coachdesk.services.keep import keep
from coachdesk.store import files
from coachdesk.store.vault import Vault


def save_until_killed(path: Path, start: int, acknowledged: Connection) -> None:
    """Save schools numbered from `start`; each number is sent once its save has been acknowledged."""
    vault = Vault.open_with_key(path, bytes(range(32)))
    for number in range(start, start + 10_000):
        values = {"name": f"{number}", "source_id": "x" * (number % 400)}
        vault.submit(lambda session, values=values: keep(session, School, values)).result()
        acknowledged.send(number)


def acknowledge_too_early(path: Path, start: int, acknowledged: Connection) -> None:
    """As `save_until_killed`, but each number is sent before its save has begun."""
    vault = Vault.open_with_key(path, bytes(range(32)))
    for number in range(start, start + 10_000):
        acknowledged.send(number)
        values = {"name": f"{number}", "source_id": "x" * (number % 400)}
        vault.submit(lambda session, values=values: keep(session, School, values)).result()


def replace_until_killed(path: Path, contents: tuple[bytes, bytes], begun: Connection) -> None:
    """Write one content and the other in turns to `path`; says so once it has begun."""
    for number in range(100_000):
        files.write_whole(path, contents[number % 2])
        if number == 1:
            begun.send(True)
