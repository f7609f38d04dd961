"""Folders that are copied elsewhere, and drives that can be pulled out, are known as such."""

import json

import pytest

from coachdesk.services.whereabouts import others_beside, synced_by


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


@pytest.mark.parametrize(
    "name",
    [
        "coachdesk (Ann's conflicted copy 2026-11-22).vault",
        "coachdesk (conflicted copy 2026-11-22 101112).vault",
        "coachdesk.sync-conflict-20261122-101112-ABCDEFG.vault",
        "coachdesk-LAPTOP7.vault",
        "coachdesk (1).vault",
        "coachdesk 2.vault",
    ],
)
def test_a_second_version_that_a_sync_program_kept_is_found(home, name):
    for file in ("coachdesk.vault", "coachdesk.key", "coachdesk.vault-journal", "coachdesk.vault.new", name):
        (home / file).touch()
    assert others_beside(home / "coachdesk.vault") == [name]


def test_where_there_is_none_none_is_found(home):
    (home / "coachdesk.vault").touch()
    assert others_beside(home / "coachdesk.vault") == []
    assert others_beside(home / "nowhere" / "coachdesk.vault") == []
