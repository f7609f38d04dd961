"""A process that saves school after school, until it is killed."""

from multiprocessing.connection import Connection
from pathlib import Path

from coachdesk.model import School
from coachdesk.services.keep import keep
from coachdesk.store.vault import Vault


def save_until_killed(path: Path, start: int, acknowledged: Connection) -> None:
    """Save schools numbered from `start`; each number is sent once its save has been acknowledged."""
    vault = Vault.open_with_key(path, bytes(range(32)))
    for number in range(start, start + 10_000):
        values = {"name": f"{number}", "source_id": "x" * (number % 400)}
        vault.submit(lambda session, values=values: keep(session, School, values)).result()
        acknowledged.send(number)
