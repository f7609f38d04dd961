"""What leaves by the coach's own hand is listed: written and written down, or neither."""

import hashlib

import pytest
from sqlmodel import select

from coachdesk.errors import NotShareable, VaultError
from coachdesk.model import Departure
from coachdesk.model.departures import Left
from coachdesk.services import departures

FILES = {"page.pdf": b"%PDF", "page.csv": b"a,b"}


def listed(desk):
    return {(one.what, one.name, one.folder) for one in desk.ask(departures.gone)}


def test_each_file_is_listed_with_its_name_and_folder(desk, tmp_path):
    written = departures.save(desk, Left.SUMMARY, FILES, tmp_path / "out")
    assert [path.read_bytes() for path in written] == list(FILES.values())
    assert listed(desk) == {(Left.SUMMARY, name, str(tmp_path / "out")) for name in FILES}
    digests = desk.ask(lambda session: {one.digest for one in session.exec(select(Departure))})
    assert digests == {hashlib.sha256(content).hexdigest() for content in FILES.values()}


def test_what_could_not_be_written_is_not_listed(desk, tmp_path):
    (tmp_path / "page.csv").write_bytes(b"another")
    with pytest.raises(NotShareable):
        departures.save(desk, Left.SUMMARY, FILES, tmp_path)
    assert listed(desk) == set()
    assert not (tmp_path / "page.pdf").exists()


def test_what_could_not_be_listed_does_not_stay(desk, tmp_path):
    (tmp_path / "page.csv").write_bytes(FILES["page.csv"])
    desk.close()
    with pytest.raises(VaultError):
        departures.save(desk, Left.SUMMARY, FILES, tmp_path)
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {"page.csv"}


def test_all_that_left_is_listed_the_newest_first(desk, tmp_path):
    names = [f"page-{number}.csv" for number in range(240)]
    departures.save(desk, Left.SUMMARY, {name: b"" for name in names}, tmp_path)
    departures.note_sheets(desk._vault, [(None, b""), (tmp_path / "sheet.txt", b"groups")])
    gone = desk.ask(departures.gone)
    assert len(gone) == 242
    assert {one.name for one in gone[:2]} == {"", "sheet.txt"}
