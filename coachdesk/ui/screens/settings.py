"""Settings: how the program looks, the school year, the lock, notes; each choice applies at once."""

from collections.abc import Callable, Container, Sequence
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from coachdesk.model import NoSchool, School, SchoolYear, Usual, UsualCounter
from coachdesk.services.desk import Desk
from coachdesk.ui import theme, tokens
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.leaving.what_leaves import WhatLeaves
from coachdesk.ui.leaving.your_data import YourData
from coachdesk.ui.screen import Keys, Screen
from coachdesk.ui.settings.about import About
from coachdesk.ui.settings.backups import Backups
from coachdesk.ui.settings.general import General
from coachdesk.ui.settings.notes import Notes
from coachdesk.ui.settings.privacy import Privacy
from coachdesk.ui.settings.ways_in import WaysIn
from coachdesk.ui.settings.year import Year
from coachdesk.ui.widgets.columns import WIDEST, Columns
from coachdesk.ui.widgets.scroll import Scroll
from coachdesk.ui.widgets.text import heading
from coachdesk.ui.wishes import OpenSettings, RestoreBackup
from coachdesk.ui.written import Written

YEAR, NOTES = 1, 3  # which groups ask the vault


class SettingsScreen(Screen):
    title = QT_TRANSLATE_NOOP("Screen", "Settings")
    icon = "settings"
    shows = frozenset({OpenSettings})
    watches = frozenset({NoSchool, School, SchoolYear, Usual, UsualCounter})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setObjectName("settings_screen")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        outer.setSpacing(theme.SPACE["md"])
        outer.addWidget(heading(self.tr("Settings")))
        self.tabs, self._pages = QTabBar(self), QStackedWidget(self)
        outer.addWidget(self.tabs)
        outer.addWidget(self._pages, 1)
        self.tabs.setObjectName("settings_groups")
        self.tabs.setAccessibleName(self.tr("Groups of settings"))
        self.tabs.setExpanding(False)
        self._groups: tuple[tuple[str, Callable[[], QWidget]], ...] = (
            (self.tr("General"), lambda: self.general),
            (self.tr("Calendar"), lambda: self.year),
            (self.tr("Lock"), lambda: self.privacy),
            (self.tr("Notes"), lambda: self.notes),
            (self.tr("Backups"), lambda: self.backups),
            (self.tr("Your data"), lambda: self.your_data),
            (self.tr("What leaves"), lambda: self.what_leaves),
            (self.tr("Passphrase"), lambda: self.ways_in),
            (self.tr("About"), About),
        )
        for title, _make in self._groups:
            self.tabs.addTab(title)
            self._pages.addWidget(Scroll(parent=self._pages))
        self.tabs.currentChanged.connect(self._on_tab)

    @cached_property
    def general(self) -> General:
        made = General(self.preferences)
        made.warned.connect(self.warned)
        return made

    @cached_property
    def year(self) -> Year:
        made = Year(self.desk)
        made.said.connect(self.said)
        made.warned.connect(self.warned)
        return made

    @cached_property
    def privacy(self) -> Privacy:
        made = Privacy(self.preferences, self.desk.place.vault)
        made.warned.connect(self.warned)
        return made

    @cached_property
    def ways_in(self) -> WaysIn:
        made = WaysIn(self.desk)
        made.said.connect(lambda what: self.said.emit(what, False))
        return made

    @cached_property
    def notes(self) -> Notes:
        made = Notes(self.desk)
        made.warned.connect(self.warned)
        return made

    @cached_property
    def backups(self) -> Backups:
        made = Backups(self.desk, self.preferences)
        made.warned.connect(self.warned)
        made.restore_wanted.connect(lambda: self.open.emit(RestoreBackup()))
        return made

    @cached_property
    def your_data(self) -> YourData:
        made = YourData(self.desk, self.preferences)
        made.wished.connect(self.open)
        return made

    @cached_property
    def what_leaves(self) -> WhatLeaves:
        return WhatLeaves(self.desk, self.preferences)

    def refresh(self) -> None:
        self._show_group(self.tabs.currentIndex())

    def show_record(self, _record: OpenSettings | type) -> None:
        self.tabs.setFocus()

    def flush(self) -> None:
        for part in self._written():
            part.saving.flush()
        if "notes" in vars(self):
            self.notes.flush()

    @property
    def is_unfinished(self) -> bool:
        return any(part.saving.is_unfit for part in self._written()) or super().is_unfinished

    def own_keys(self) -> Container[object]:
        return Keys(*(part.saving for part in self._written()))

    def panes(self) -> Sequence[QWidget]:
        parts = self._pages.findChildren(QWidget)
        return (self.tabs, next((one for one in parts if _takes_tab(one)), self.tabs))

    def leave_part(self) -> bool:
        return self.tabs.currentIndex() == YEAR and self.year.closed.close_form()

    def _on_tab(self, number: int) -> None:
        self.flush()
        self._show_group(number)

    def _show_group(self, number: int) -> None:
        """A group is made when it is first looked at, and shows then what the vault has."""
        area = self._pages.widget(number)
        if isinstance(area, Scroll) and area.page.layout() is None:
            _fill(area.page, self._groups[number][1]())
        if number == YEAR:
            self.year.refresh()
        elif number == NOTES:
            self.notes.refresh()
        self._pages.setCurrentIndex(number)

    def _written(self) -> Sequence[Written]:
        return self.year.parts() if "year" in vars(self) else ()


def _fill(page: QWidget, part: QWidget) -> None:
    """As wide as is good to read."""
    part.setMaximumWidth(WIDEST * (2 if part.findChild(Columns) else 1))
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(part, 1000)
    row.addStretch(1)


def _takes_tab(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
