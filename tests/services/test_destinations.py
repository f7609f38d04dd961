"""A coach is told when a file is about to leave with a syncing program or a stick."""

from coachdesk.services import destinations


def test_a_folder_of_a_syncing_program_is_warned_about(tmp_path):
    (tmp_path / "Dropbox" / "work").mkdir(parents=True)
    assert "Dropbox copies this folder" in destinations.warning(tmp_path / "Dropbox" / "work")


def test_of_an_ordinary_folder_nothing_is_said(tmp_path):
    assert destinations.warning(tmp_path) == ""
    assert destinations.notice(tmp_path) is None


def test_of_a_drive_that_can_be_carried_away_it_is_said(tmp_path):
    assert "can be carried away" in str(destinations.notice(tmp_path, lambda _folder: True))
