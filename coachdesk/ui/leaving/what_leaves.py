"""What leaves this laptop: every way there is, and what went by it. A test keeps it true."""

from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from coachdesk.model.departures import Left
from coachdesk.services import backups, departures
from coachdesk.services.backups import Kept
from coachdesk.services.departures import Gone
from coachdesk.services.desk import Desk
from coachdesk.ui import dates, theme
from coachdesk.ui.background import Background
from coachdesk.ui.backing_up import second_folder
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.restoring import words
from coachdesk.ui.widgets.card import Card, line
from coachdesk.ui.widgets.lines import Lines, Told
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading


class WhatLeaves(QWidget):
    """Nothing here can be changed: it tells."""

    def __init__(self, desk: Desk, preferences: Preferences) -> None:
        super().__init__()
        self.setObjectName("what_leaves")
        self._desk, self._preferences = desk, preferences
        self._background = Background(self)
        self.promise = Notice("info", name="no_network")
        self.history = Lines(self.tr("What left, newest first"), "what_left")
        self.in_second = Lines(self.tr("Backups in the second folder now"), "backups_elsewhere")
        self.nothing = Text("", "body", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(self._ways_card())
        column.addWidget(self._nothing_card())
        column.addWidget(self.history)
        column.addWidget(self.in_second)
        column.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask what left; the second folder may take a moment to answer."""
        gone = self._desk.ask(departures.gone)
        self.history.show_lines([self._told(one) for one in gone])
        self._none.setVisible(not gone)
        desk, second = self._desk, second_folder(self._preferences)
        self._background.run(lambda: backups.elsewhere(desk.place, second), self._show_backups)

    def _show_backups(self, there: list[Kept]) -> None:
        if not isValid(self):
            return
        chosen, today = second_folder(self._preferences), self._desk.now().date()
        if chosen is None:
            self.backups.setText(self.tr("To a second folder: none is chosen, so no backup leaves."))
        else:
            said = self.tr(
                "To the second folder {folder}: each finished backup, encrypted. Those that lie there now "
                "are listed below; older ones were thinned out there."
            )
            self.backups.setText(said.format(folder=chosen))
        self.in_second.show_lines([_backup(one, today) for one in there])

    def _told(self, one: Gone) -> Told:
        title = {
            Left.SEALED_ARCHIVE: self.tr("Archive, encrypted"),
            Left.PLAIN_ARCHIVE: self.tr("Archive, not encrypted"),
            Left.SUMMARY: self.tr("Page for the principal, as a file"),
            Left.RECOVERY_SHEET: self.tr("Recovery sheet"),
        }[one.what]
        if one.published:
            title = self.tr("Published page: {quarter}, {school}").format(quarter=one.name, school=one.folder)
        parts = [f"{dates.with_year(one.at.date())}, {dates.clock(one.at)}"]
        if one.name and not one.published:
            parts.append(f"{one.name}, {one.folder}")
        plain = one.what is Left.PLAIN_ARCHIVE
        return Told(
            title,
            " · ".join(parts),
            "triangle-alert" if plain else "file-up",
            "warning" if plain else "muted",
        )

    def _ways_card(self) -> Card:
        card = Card(gap=theme.SPACE["sm"])
        card.column.addWidget(heading(self.tr("What leaves this laptop"), 3))
        self.promise.say(
            self.tr(
                "Coachdesk opens no network connection: it has no account, no server and sends nothing. What "
                "leaves goes by one of these."
            ),
            "info",
        )
        card.column.addWidget(self.promise)
        self.backups = Text("")
        self.backups.setObjectName("backups_leave")
        for number, part in enumerate((*map(Text, self._ways()), self.backups)):
            if number:
                card.column.addWidget(line())
            card.column.addWidget(part)
        return card

    def _ways(self) -> tuple[str, ...]:
        return (
            self.tr(
                "Pages for a principal: files you save under Reports or in a terminal. They name nobody, and "
                "the vault keeps each page as it left."
            ),
            self.tr(
                "Archives: everything in one file, encrypted unless you chose otherwise, under Your data. "
                "What an archive is unpacked to later is not listed: that comes from the file, not from here."
            ),
            self.tr(
                "The vault's own folder: a program that syncs or backs up folders takes the vault and its "
                "backups along, encrypted, and nobody has to send them. Lock, here in Settings, says when a "
                "known program does."
            ),
            self.tr(
                "In a terminal: pages and archives that are written there are listed below like all others. "
                "The names that “roster --list” and “import-roster” print are kept by nobody but the "
                "terminal, or the program that they are handed to."
            ),
            self.tr(
                "The recovery sheet: on paper or as a file, when you print or save it. It opens your notes; "
                "keep it apart from this laptop."
            ),
            self.tr(
                "What you copy: the clipboard is marked as confidential where the system knows that, and "
                "emptied after a minute and when the desk locks. What another program took meanwhile stays."
            ),
            self.tr(
                "What is on the screen: whoever looks or takes a picture sees it, and so does whoever you "
                "share the screen with. Screen readers are handed what they read aloud."
            ),
        )

    def _nothing_card(self) -> Card:
        self._none = Card()
        self._none.column.addWidget(heading(self.tr("What left"), 3))
        self._none.column.addWidget(Text(self.tr("Nothing yet."), "body", "muted"))
        return self._none


def _backup(one: Kept, today: date) -> Told:
    said = QCoreApplication.translate("WhatLeaves", "Backup: {when}").format(when=words.when(one.made, today))
    size = QCoreApplication.translate("WhatLeaves", "{size} MB").format(size=words.size(one.size))
    return Told(said, f"{one.path.name} · {size}", "archive")
