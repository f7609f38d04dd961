"""What a coach should know of the place where a vault lies: who else gets a copy of it."""

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
