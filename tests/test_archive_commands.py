"""`archive`, `open-archive` and `from-archive`: the way out and the way back without a window."""

import os
import shutil
from datetime import date

import pytest

from coachdesk.cli import main
from coachdesk.paths import folders
from coachdesk.services import sample
from coachdesk.services.sample.book import Shape

PASSPHRASE = "a slow train across the plains"
AGREED = (PASSPHRASE, "yes")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    place = folders(tmp_path_factory.mktemp("built") / "profile")
    sample.make(place, Shape(date(2026, 11, 20), teachers=1, years=1), passphrase=PASSPHRASE).close()
    return place.data


@pytest.fixture
def profile(built, tmp_path):
    return shutil.copytree(built, tmp_path / "profile")


@pytest.fixture
def say(monkeypatch, capsys):
    """A command with lines on its standard input; its exit code, and what it said."""

    def said(*words, lines=(PASSPHRASE,)):
        read, write = os.pipe()
        os.write(write, "".join(f"{line}\n" for line in lines).encode())
        os.close(write)
        with os.fdopen(read) as given:
            monkeypatch.setattr("sys.stdin", given)
            code = main([str(word) for word in words])
        told = capsys.readouterr()
        return code, told.out + told.err

    return said


def test_a_plain_archive_says_plainly_that_it_is_and_comes_back_as_a_vault(say, profile, tmp_path):
    code, told = say("archive", "--profile", profile, "--out", tmp_path / "all.zip", "--plain", lines=AGREED)
    assert code == 0
    assert "not encrypted" in told
    new = tmp_path / "new"
    assert say("from-archive", tmp_path / "all.zip", "--profile", new, lines=()) == (
        1,
        "A new vault needs a passphrase: hand it in twice, each on a line of its own.\n",
    )
    assert not new.exists()
    code, told = say("from-archive", tmp_path / "all.zip", "--profile", new, lines=("another one",) * 2)
    assert (code, "Made a vault with" in told) == (0, True)
    before = say("roster", "--list", "--profile", profile)
    assert say("roster", "--list", "--profile", new, lines=("another one",)) == before
    code, told = say("from-archive", tmp_path / "all.zip", "--profile", new)
    assert (code, "already a vault here" in told) == (1, True)


def test_an_archive_is_unpacked_into_files_that_anybody_can_read(say, profile, tmp_path):
    say("archive", "--profile", profile, "--out", tmp_path / "all.zip", "--plain", lines=AGREED)
    code, told = say("open-archive", tmp_path / "all.zip", "--out", tmp_path / "out")
    assert (code, "not encrypted" in told) == (0, True)
    assert (tmp_path / "out" / "csv" / "teacher.csv").read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_what_is_no_archive_is_refused_in_one_sentence(say, tmp_path):
    (tmp_path / "notes.txt").write_text("not an archive")
    for path in (tmp_path / "notes.txt", tmp_path / "nowhere.zip", tmp_path):
        code, told = say("open-archive", path, "--out", tmp_path / "out")
        assert (code, told.count("\n"), "not an archive of coachdesk" in told) == (1, 1, True)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("lines", [(PASSPHRASE,), (PASSPHRASE, "no"), (PASSPHRASE, "")])
def test_nothing_plain_is_written_before_somebody_was_told_and_said_yes(say, profile, tmp_path, lines):
    code, told = say("archive", "--profile", profile, "--out", tmp_path / "all.zip", "--plain", lines=lines)
    assert (code, told.count("\n")) == (1, 1)
    assert "whoever has the file can read every name and note in it. Nothing was written" in told
    assert not (tmp_path / "all.zip").exists()


def test_it_is_said_where_an_archive_and_a_vault_from_it_have_the_passphrase_of_before(
    say, profile, tmp_path
):
    code, told = say("archive", "--profile", profile, "--out", tmp_path / "all.zip.age")
    assert (code, "It has the vault's own passphrase" in told) == (0, True)
    code, told = say("from-archive", tmp_path / "all.zip.age", "--profile", tmp_path / "new")
    assert (code, "It has the archive's passphrase" in told) == (0, True)
