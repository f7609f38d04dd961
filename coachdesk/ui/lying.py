"""What a coach should know of the place where a vault lies: who gets a copy of it, what lies beside it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from coachdesk.services import drives, whereabouts


def of_vault(vault: Path) -> str:
    """What speaks against having `vault` where it is, and what to do; "" if nothing is known."""
    return " ".join(filter(None, (_synced(vault.parent), _others(vault))))


def of_disk(folder: Path) -> str:
    """Whether the disk is encrypted: what the system moves there from memory is not ours to encrypt."""
    encrypted = drives.is_encrypted(folder)
    if encrypted is None:
        return QCoreApplication.translate(
            "lying",
            "coachdesk cannot tell here whether this computer's disk is encrypted. Your vault is, by itself; "
            "what the system moves from memory to the disk is only as safe as the disk.",
        )
    if encrypted:
        return QCoreApplication.translate(
            "lying",
            "This computer's disk is encrypted too, so what the system moves there from memory is covered "
            "while the computer is off.",
        )
    return QCoreApplication.translate(
        "lying",
        "As far as the system says, this computer's disk is not encrypted. Your vault is, by itself; but "
        "what the system moves from memory to the disk, as when it hibernates, is not. Ask whoever looks "
        "after this laptop for disk encryption.",
    )


def _synced(folder: Path) -> str:
    program = whereabouts.synced_by(folder)
    if not program:
        return ""
    said = QCoreApplication.translate(
        "lying",
        "{program} copies your vault's folder to its servers, encrypted as it is, and may mix two versions "
        "of it. In {program}, leave out the folder {folder}; a folder for second backups may stay.",
    )
    return said.format(program=program, folder=folder.name)


def _others(vault: Path) -> str:
    names = whereabouts.others_beside(vault)
    if not names:
        return ""
    said = QCoreApplication.translate(
        "lying",
        "Beside your vault lies another version of it: {name}. Sync programs keep both when two computers "
        "wrote. coachdesk opens only {vault}. If something you wrote is missing here, quit, let the two "
        "files swap their names, and look; once nothing is missing, delete the other.",
    )
    return said.format(name=names[0], vault=vault.name)
