"""Reading and writing at the same time: the screen's queries never fail because something is being saved."""

from concurrent.futures import ThreadPoolExecutor

from sqlmodel import func, select

from coachdesk.model import School
from coachdesk.services.keep import keep

SAVES, READERS = 60, 4


def test_readers_see_every_save_whole_while_others_are_written(vault):
    """Each save keeps two schools: no reader ever counts an odd number."""

    def pair(session):
        for name in "ab":
            keep(session, School, {"name": name})

    def count():
        with vault.read() as session:
            return session.exec(select(func.count()).select_from(School)).one()

    def watch():
        seen = []
        while not seen or seen[-1] < 2 * SAVES:
            seen.append(count())
        return seen

    with ThreadPoolExecutor(READERS) as readers:
        watching = [readers.submit(watch) for _ in range(READERS)]
        saves = [vault.submit(pair) for _ in range(SAVES)]
        for save in saves:
            save.result()
        seen = [number for watcher in watching for number in watcher.result()]
    assert {number % 2 for number in seen} == {0}
    assert count() == 2 * SAVES
