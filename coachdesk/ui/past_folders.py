"""Which folders a coach was in, that Qt's own file dialogs would write down for the next time."""

import os

from PySide6 import QtCore


def keep_no_history() -> None:
    """Have them write it nowhere: a folder may be named after somebody.

    They keep it in QtProject.conf, beside what other programs made with Qt keep there, and ask nobody.
    """
    settings = QtCore.QSettings
    settings.setPath(settings.Format.NativeFormat, settings.Scope.UserScope, os.devnull)
