"""Where a file is to go."""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from coachdesk.services import destinations
from coachdesk.ui import messages
from coachdesk.ui.widgets.notice import Notice


def ask_where(parent: QWidget, name: str) -> str:
    """The path at which the coach wants the file called `name`; "" if they change their mind.

    What lies there already is looked at when the file is written, so the dialog does not ask about it. On
    Linux it is Qt's own dialog: the desktop's portal would refuse a process that keeps its memory to itself.
    It says so while it shows a folder that others get a copy of.
    """
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, QCoreApplication.translate("save_dialog", "Save the file"), documents)
    dialog.setObjectName("save_dialog")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    suffix = Path(name).suffix.lstrip(".")
    dialog.setDefaultSuffix(suffix)
    kind = QCoreApplication.translate("save_dialog", "{format} ({pattern})")
    dialog.setNameFilter(kind.format(format=suffix.upper(), pattern=f"*.{suffix}"))
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog, sys.platform == "linux")
    dialog.selectFile(name)
    _say_who_else_reads(dialog)
    chosen = dialog.selectedFiles()[0] if dialog.exec() else ""
    dialog.deleteLater()
    return chosen


def _say_who_else_reads(dialog: QFileDialog) -> None:
    """Under Qt's own dialog; the ones of other systems have no room for it."""
    layout = dialog.layout()
    if not isinstance(layout, QGridLayout):
        return
    notice = Notice("warning", name="save_warning")
    layout.addWidget(notice, layout.rowCount(), 0, 1, layout.columnCount())

    def look(folder: str) -> None:
        told = destinations.notice(Path(folder))
        notice.say(messages.words(told) if told else "")

    dialog.directoryEntered.connect(look)
    look(dialog.directory().absolutePath())
