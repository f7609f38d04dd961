"""A coach is told when a file is about to leave with a syncing program or a stick."""

from pathlib import Path

import pytest

from coachdesk.services import destinations


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("/home/c/Dropbox/work", "Dropbox"),
        ("/home/c/OneDrive - Fern District/x", "OneDrive - Fern District"),
        ("/Users/c/Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("/home/c/Nextcloud", "Nextcloud"),
        ("/home/c/Google Drive/My Drive", "Google Drive"),
        ("/home/c/Documents", ""),
        ("/home/c/boxes", ""),
        ("/home/c/dropbox-old/../plain", ""),
    ],
)
def test_a_folder_of_a_syncing_program_is_known(folder, program):
    assert destinations.synced_by(Path(folder)) == program
    assert (
        (program in destinations.warning(Path(folder))) if program else not destinations.warning(Path(folder))
    )


def test_onedrive_says_itself_where_it_is(monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", "/home/c/Work files")
    assert destinations.synced_by(Path("/home/c/Work files/a")) == "OneDrive"


def test_a_stick_is_known_by_where_it_is_and_by_what_the_kernel_says(tmp_path):
    mounts, blocks = tmp_path / "mounts", tmp_path / "block"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /mnt/my\\040stick vfat rw 0 0\ntmpfs /tmp tmpfs rw\n"
    )
    for name, removable in (("sda", "0"), ("sdb", "1")):
        (blocks / name).mkdir(parents=True)
        (blocks / name / "removable").write_text(f"{removable}\n")
    told = [
        destinations.is_removable(Path(path), mounts, blocks)
        for path in ("/mnt/my stick/a", "/home/c", "/run/media/c/STICK", "/media/c/STICK")
    ]
    assert told == [True, False, True, True]
    assert not destinations.is_removable(Path("/home/c"), tmp_path / "none", tmp_path / "none")
    assert "carried away" in destinations.warning(Path("/media/c/STICK"))
