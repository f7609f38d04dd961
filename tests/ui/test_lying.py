"""A coach is told where a copy of the vault, or of a saved file, goes besides."""

import json
import subprocess
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget

from coachdesk.services import destinations
from coachdesk.ui import lying
from coachdesk.ui.save_dialog import ask_where
from coachdesk.ui.settings.lies_here import LiesHere


@pytest.fixture
def dropbox(tmp_path):
    """A folder that Dropbox, as it wrote down, keeps a copy of."""
    folder = tmp_path / "shared with me"
    folder.mkdir()
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text(json.dumps({"personal": {"path": str(folder)}}))
    return folder


def test_a_vault_that_a_sync_program_copies_is_told_of_with_what_to_do(dropbox, tmp_path):
    said = lying.of_vault(dropbox / "coachdesk" / "coachdesk.vault")
    assert said.startswith("Dropbox copies your vault's folder to its servers")
    assert "leave out the folder coachdesk" in said
    assert lying.of_vault(tmp_path / "coachdesk" / "coachdesk.vault") == ""


@pytest.mark.parametrize("copied", [True, False])
def test_the_settings_say_where_the_vault_lies_and_who_copies_it(qtbot, qapp, dropbox, tmp_path, copied):
    card = LiesHere((dropbox if copied else tmp_path) / "coachdesk.vault")
    qtbot.addWidget(card)
    assert card.path.text() == str(dropbox if copied else tmp_path)
    assert card.notice.text().startswith("Dropbox copies your vault's folder") is copied
    assert "disk" in card.disk.text()


def test_a_second_version_beside_the_vault_is_told_of_with_what_to_do(tmp_path):
    vault = tmp_path / "coachdesk.vault"
    vault.touch()
    assert lying.of_vault(vault) == ""
    (tmp_path / "coachdesk (1).vault").touch()
    assert "another version of it: coachdesk (1).vault." in lying.of_vault(vault)


def test_the_dialog_says_so_while_it_shows_such_a_folder(qtbot, dropbox, tmp_path):
    parent, said = QWidget(), []
    qtbot.addWidget(parent)

    def look() -> None:
        [dialog] = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
        notice = dialog.findChild(QLabel, "save_warning_text")
        for folder in (dropbox, tmp_path):
            dialog.setDirectory(str(folder))
            dialog.directoryEntered.emit(str(folder))
            said.append((notice.isVisible(), notice.text()))
        dialog.reject()

    QTimer.singleShot(0, look)
    assert ask_where(parent, "page.pdf") == ""
    assert said == [(True, destinations.warning(dropbox)), (False, "")]


VISIT = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from coachdesk.ui import theme
from coachdesk.ui.past_folders import keep_no_history
from coachdesk.ui.save_dialog import ask_where

app = QApplication(["coachdesk", "-style", "fusion"])
theme.dress(app, "light")
if sys.argv[1] == "careful":
    keep_no_history()

def save():
    [dialog] = [each for each in app.topLevelWidgets() if isinstance(each, QFileDialog)]
    dialog.setDirectory(sys.argv[2])
    dialog.selectFile("page.pdf")
    dialog.accept()

QTimer.singleShot(0, save)
print(ask_where(QWidget(), "page.pdf"))
"""


@pytest.mark.parametrize("how", ["careful", "as Qt does it"])
def test_a_folder_that_was_saved_to_is_written_down_nowhere(tmp_path, how):
    folder = tmp_path / "For Quintessa"
    folder.mkdir()
    command = [sys.executable, "-P", "-c", VISIT, how, str(folder)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    told = [path.name for path in files if b"Quintessa" in path.read_bytes()]
    assert told == ([] if how == "careful" else ["QtProject.conf"])
