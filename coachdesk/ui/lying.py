"""What a coach should know of the place where a vault or a file lies: who else gets a copy of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from coachdesk.services import whereabouts


def of_vault(folder: Path) -> str:
    """What speaks against having the vault in `folder`, and what to do; "" if nothing is known."""
    program = whereabouts.synced_by(folder)
    if not program:
        return ""
    said = QCoreApplication.translate(
        "lying",
        "{program} copies your vault's folder to its servers, encrypted as it is, and may mix two versions "
        "of it. In {program}, leave out the folder {folder}; a folder for second backups may stay.",
    )
    return said.format(program=program, folder=folder.name)


def of_file(file: Path, removable: Callable[[Path], bool] = whereabouts.is_removable) -> str:
    """Who else may read what is saved as `file`; "" if nothing is known."""
    program = whereabouts.synced_by(file.parent)
    if program:
        said = QCoreApplication.translate(
            "lying", "{program} copies this folder to its servers, where others may be able to read the file."
        )
        return said.format(program=program)
    if removable(file.parent):
        return QCoreApplication.translate(
            "lying", "This drive can be pulled out: whoever finds it may be able to read the file."
        )
    return ""
