"""Getting a backup back from a terminal."""

from pathlib import Path

import pytest
from test_cli import PASSPHRASE, coachdesk, is_one_sentence, listed, profile  # noqa: F401 - fixtures

from coachdesk import settings
from coachdesk.paths import folders
from coachdesk.services import backups, opening, roster
from coachdesk.settings import Settings


@pytest.fixture
def kept(profile):  # noqa: F811
    """Its backup, after which one teacher more came."""
    desk = opening.open_desk(folders(profile), PASSPHRASE)
    backups.back_up(desk)
    desk.do(roster.save_teacher, {"given_name": "Ada", "family_name": "Rookhaven"})
    desk.close()
    return backups.kept(folders(profile))[0].path


def test_the_list_needs_no_passphrase(coachdesk, profile, kept, tmp_path):  # noqa: F811
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.save(profile, Settings(second_folder=str(stick)))
    (stick / "older.vault-backup").write_bytes(kept.read_bytes())
    code, lines, complaint = coachdesk("restore", "--list", "--profile", profile, given=b"")
    assert (code, complaint) == (0, "")
    assert sorted(line.split("  ")[2] for line in lines) == [kept.name, "older.vault-backup"]
    assert any(str(stick) in line for line in lines)


def test_a_backup_is_tested_then_restored_and_what_was_there_is_kept(coachdesk, profile, kept):  # noqa: F811
    words = ("restore", kept.name, "--profile", profile)
    code, lines, _ = coachdesk(*words, "--test")
    assert (code, lines[0].endswith("is whole.")) == (0, True)
    assert "teachers: 18 in the backup, 19 now; 0 come back, 1 go, 0 differ" in lines
    code, lines, complaint = coachdesk(*words)
    assert (code, lines[-1], complaint) == (0, "Restored.", "")
    assert len(coachdesk("roster", "--list", "--profile", profile)[1]) == 18
    aside = Path(lines[-2].removeprefix("What was there before is kept: "))
    assert aside in [one.path for one in backups.kept(folders(profile))]


def test_one_file_alone_makes_a_vault_on_a_new_machine(coachdesk, kept, tmp_path):  # noqa: F811
    code, lines, _ = coachdesk("restore", kept, "--profile", tmp_path / "new")
    assert (code, lines[-1]) == (0, "Restored.")
    assert len(coachdesk("roster", "--list", "--profile", tmp_path / "new")[1]) == 18


def test_what_cannot_be_restored_is_said_and_nothing_is_touched(coachdesk, profile, kept, tmp_path):  # noqa: F811
    damaged = tmp_path / "damaged.vault-backup"
    damaged.write_bytes(kept.read_bytes()[:-1])
    vault = (profile / "coachdesk.vault").read_bytes()
    for words, given in (
        ((damaged,), PASSPHRASE.encode()),
        ((kept,), b"not the passphrase"),
        ((tmp_path / "nowhere",), PASSPHRASE.encode()),
        ((tmp_path,), PASSPHRASE.encode()),
        ((), PASSPHRASE.encode()),
    ):
        code, lines, complaint = coachdesk("restore", *words, "--profile", profile, given=given)
        assert (code, lines) == (1, [])
        assert is_one_sentence(complaint)
    assert (profile / "coachdesk.vault").read_bytes() == vault
    code, _, complaint = coachdesk("restore", "--list", "--profile", tmp_path / "new")
    assert (code, is_one_sentence(complaint)) == (1, True)
