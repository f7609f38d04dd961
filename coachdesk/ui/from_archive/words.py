"""What is said of an archive."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from coachdesk.services.archive import Contents
from coachdesk.ui import dates
from coachdesk.ui.restoring import words


def title(of: Contents, today: date) -> str:
    """Which one it is, by its day."""
    if of.made is None:
        return _tr("This archive")
    return _tr("Archive: {when}").format(when=words.when(of.made, today))


def came(of: Contents) -> str:
    """What the page for its new passphrase says."""
    rows = dates.locale().toString(of.rows)
    if of.made is None:
        return _tr("It gets the {count} records of the archive.").format(count=rows)
    said = _tr("It gets the {count} records of the archive of {day}.")
    return said.format(count=rows, day=dates.with_year(of.made.date()))


def _tr(text: str) -> str:
    return QCoreApplication.translate("from_archive", text)
