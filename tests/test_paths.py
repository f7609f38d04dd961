from pathlib import Path

from coachdesk import paths


def test_a_profile_keeps_everything_under_its_folder(tmp_path):
    place = paths.folders(tmp_path)
    assert {place.data, place.settings, place.state.parent, place.logs.parent} == {tmp_path}
    assert place.vault.parent == tmp_path


def test_without_a_profile_the_folders_are_the_systems_own():
    place = paths.folders()
    assert all("coachdesk" in folder.parts for folder in (place.data, place.settings, place.state))


def test_resources_are_found():
    assert paths.resource("standards.toml").is_file()
    assert isinstance(paths.resource("icons"), Path)
