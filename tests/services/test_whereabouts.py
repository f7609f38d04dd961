"""Folders that are copied elsewhere, and drives that can be pulled out, are known as such."""

import json

import pytest

from coachdesk.services.whereabouts import is_removable, synced_by


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def inside(home, *parts):
    folder = home.joinpath(*parts)
    folder.mkdir(parents=True)
    return folder


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("OneDrive", ["OneDrive", "Desk"]),
        ("OneDrive", ["OneDrive - Fern Hollow Schools", "Documents"]),
        ("OneDrive", ["Library", "CloudStorage", "OneDrive-Personal"]),
        ("Dropbox", ["Dropbox"]),
        ("Dropbox", ["Dropbox (Personal)", "a", "b"]),
        ("iCloud", ["Library", "Mobile Documents", "com~apple~CloudDocs"]),
        ("iCloud", ["iCloudDrive"]),
        ("Google Drive", ["Google Drive", "My Drive"]),
        ("Google Drive", ["Library", "CloudStorage", "GoogleDrive-coach@fernhollow.example"]),
        ("Nextcloud", ["Nextcloud", "coach"]),
        ("Nextcloud", ["nextcloud2"]),
    ],
)
def test_a_folder_of_a_sync_program_is_known_by_its_name(home, name, parts):
    assert synced_by(inside(home, *parts), {}, home) == name
    assert synced_by(home.joinpath(*parts, "not", "yet", "there"), {}, home) == name


@pytest.mark.parametrize("parts", [[".local", "share", "coachdesk"], ["My Dropboxes"], ["One Drive"], []])
def test_other_folders_are_not(home, parts):
    assert synced_by(home.joinpath(*parts), {}, home) == ""


@pytest.mark.parametrize("variable", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_onedrive_is_found_where_the_environment_says(home, variable):
    folder = inside(home, "work files")
    assert synced_by(folder / "desk", {variable: str(folder)}, home) == "OneDrive"
    assert synced_by(home / "desk", {variable: str(folder)}, home) == ""
    assert synced_by(home / "desk", {variable: ""}, home) == ""


@pytest.mark.parametrize("where", [".dropbox", "appdata/Dropbox"])
def test_dropbox_is_found_where_it_wrote_down_its_folder(home, where):
    folder = inside(home, "shared with me")
    info = {"personal": {"path": str(folder), "host": 1}, "business": {"path": str(home / "other")}}
    (inside(home, where) / "info.json").write_text(json.dumps(info))
    environment = {"APPDATA": str(home / "appdata")}
    assert synced_by(folder / "desk", environment, home) == "Dropbox"
    assert synced_by(home / "other", environment, home) == "Dropbox"
    assert synced_by(home / "mine", environment, home) == ""


@pytest.mark.parametrize("where", [".config/Nextcloud", "config/Nextcloud"])
def test_nextcloud_is_found_where_it_wrote_down_its_folders(home, where):
    folders = [inside(home, "cloud"), inside(home, "second one")]
    lines = ["[Accounts]", "version=2", "0\\Folders\\1\\targetPath=/"]
    lines += [f"0\\Folders\\{n}\\localPath={folder}/" for n, folder in enumerate(folders)]
    (inside(home, where) / "nextcloud.cfg").write_text("\n".join(lines))
    environment = {"XDG_CONFIG_HOME": str(home / "config")}
    assert [synced_by(folder / "desk", environment, home) for folder in folders] == ["Nextcloud"] * 2
    assert synced_by(home / "mine", environment, home) == ""


def test_a_link_into_such_a_folder_is_followed(home):
    (home / "desk").symlink_to(inside(home, "Dropbox", "desk"))
    assert synced_by(home / "desk", {}, home) == "Dropbox"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"personal": 7}', '{"personal": {}}', "\x00", "[" * 100_000]
)
def test_settings_that_mean_nothing_are_none(home, text):
    (inside(home, ".dropbox") / "info.json").write_text(text)
    assert synced_by(home / "desk", {}, home) == ""


# drives


def mounts(tmp_path, *lines):
    table = tmp_path / "mountinfo"
    table.write_text("\n".join(["22 1 8:1 / / rw - ext4 /dev/sda1 rw", *lines]) + "\n")
    return table


@pytest.fixture
def blocks(tmp_path):
    """Two drives with a partition each: one that stays, and one that can be pulled out."""
    for number, name, removable in (("8:1", "sda", "0"), ("8:17", "sdb", "1")):
        drive = tmp_path / "devices" / name
        (drive / f"{name}1").mkdir(parents=True)
        (drive / "removable").write_text(f"{removable}\n")
        (tmp_path / "block").mkdir(exist_ok=True)
        (tmp_path / "block" / number).symlink_to(drive / f"{name}1")
    return tmp_path / "block"


def test_a_drive_that_says_it_can_be_pulled_out_is_removable(tmp_path, blocks):
    stick = inside(tmp_path, "stick of mine")
    named = str(stick).replace(" ", "\\040")
    table = mounts(tmp_path, f"36 22 8:17 / {named} rw - vfat /dev/sdb1 rw")
    assert is_removable(stick / "page.pdf", table, blocks)
    assert not is_removable(tmp_path / "page.pdf", table, blocks)


@pytest.mark.parametrize("place", ["/media/coach/STICK", "/run/media/coach/STICK"])
def test_what_the_desktop_plugged_in_is_removable_whatever_it_says(tmp_path, blocks, place):
    from pathlib import Path

    table = mounts(tmp_path, f"36 22 8:1 / {place} rw - vfat /dev/sdc1 rw")
    assert is_removable(Path(place) / "page.pdf", table, blocks)


def test_where_nothing_is_known_nothing_is_said(tmp_path, blocks):
    assert not is_removable(tmp_path, tmp_path / "nowhere", blocks)
    assert not is_removable(tmp_path, mounts(tmp_path), tmp_path / "nowhere")


def test_this_computers_own_table_is_understood(tmp_path):
    assert is_removable(tmp_path) in (True, False)
