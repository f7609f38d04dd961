"""Where a backup, an archive, or the folder for backups, lies."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDir
from PySide6.QtWidgets import QFileDialog, QWidget

Ask = Callable[[QWidget], str]


def ask_for_backup(parent: QWidget) -> str:
    """The path of the backup that the coach picks; "" if they change their mind."""
    title = QCoreApplication.translate("restoring", "Choose a backup")
    kinds = QCoreApplication.translate("restoring", "Backups (*.vault-backup);;All files (*)")
    return QFileDialog.getOpenFileName(parent, title, QDir.homePath(), kinds, options=_options())[0]


def ask_for_archive(parent: QWidget) -> str:
    """The path of the archive that the coach picks; "" if they change their mind."""
    title = QCoreApplication.translate("restoring", "Choose an archive")
    kinds = QCoreApplication.translate("restoring", "Archives (*.zip.age *.zip);;All files (*)")
    return QFileDialog.getOpenFileName(parent, title, QDir.homePath(), kinds, options=_options())[0]


def ask_for_folder(parent: QWidget) -> str:
    """The path of the folder that the coach picks; "" if they change their mind."""
    title = QCoreApplication.translate("restoring", "Choose a second folder for backups")
    options = _options() | QFileDialog.Option.ShowDirsOnly
    return QFileDialog.getExistingDirectory(parent, title, QDir.homePath(), options=options)


def _options() -> QFileDialog.Option:
    """On Linux Qt's own dialog: the portal would refuse a process that keeps its memory to itself."""
    own = QFileDialog.Option.DontUseNativeDialog
    return own if sys.platform == "linux" else QFileDialog.Option(0)
