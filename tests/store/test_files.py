import os
import stat
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from coachdesk.errors import DamagedVault, NotAVault, NotSaved, VaultError
from coachdesk.store import files


def test_a_file_is_replaced_whole_and_private(tmp_path):
    path = tmp_path / "coachdesk.key"
    files.write_whole(path, b"old")
    files.write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_half_written_file_of_an_earlier_crash_is_no_obstacle(tmp_path):
    (tmp_path / "a.new").write_bytes(b"half")
    files.write_whole(tmp_path / "a", b"whole")
    assert [left.name for left in tmp_path.iterdir()] == ["a"]


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    (tmp_path / "a").mkdir()
    with pytest.raises(NotSaved):
        files.write_whole(tmp_path / "a", b"new")
    assert [left.name for left in tmp_path.iterdir()] == ["a"]


def test_creating_never_touches_a_file_that_is_there(tmp_path):
    (tmp_path / "a").write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        files.create(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"kept"


def test_reading_stops_at_the_limit(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert files.read_all(tmp_path / "a", 10) == b"x" * 10


def nothing(path):
    path.write_bytes(b"")


def stub(path):
    path.write_bytes(b"\1" * 100)


def plaintext(path):
    path.write_bytes(files.PLAIN_HEADER + bytes(8192))


def link(path):
    (path.parent / "real").write_bytes(os.urandom(8192))
    path.symlink_to(path.parent / "real")


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (os.mkdir, NotAVault, "folder, a link"),
        (link, NotAVault, "folder, a link"),
        (os.mkfifo, NotAVault, "folder, a link"),
        (plaintext, NotAVault, "without encryption"),
        (nothing, DamagedVault, "empty or cut short"),
        (stub, DamagedVault, "empty or cut short"),
    ],
)
def test_what_cannot_be_a_vault_is_named(tmp_path, make, error, words):
    make(tmp_path / "coachdesk.vault")
    with pytest.raises(error, match=words):
        files.look_at_vault(tmp_path / "coachdesk.vault")


@pytest.fixture
def _not_as_root():
    """Root may write anything: be nobody for a while."""
    if os.geteuid() == 0:
        os.seteuid(65534)
        yield
        os.seteuid(0)
    else:
        yield


@pytest.mark.usefixtures("_not_as_root")
def test_a_vault_that_may_not_be_written_is_named():
    with TemporaryDirectory() as folder:
        path = Path(folder, "coachdesk.vault")
        path.write_bytes(os.urandom(8192))
        path.chmod(0o400)
        with pytest.raises(VaultError, match="permissions"):
            files.look_at_vault(path)


def test_a_random_file_may_be_a_vault(tmp_path):
    path = tmp_path / "coachdesk.vault"
    path.write_bytes(os.urandom(8192))
    files.look_at_vault(path)
