"""The desk while it is open: a menu bar, a sidebar, the screens, and what just happened."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.errors import CoachdeskError, NotSaved
from coachdesk.services import search
from coachdesk.services.changes import Undone
from coachdesk.services.desk import Desk
from coachdesk.ui import (
    everywhere,  # noqa: F401 - its commands are in the menus
    messages,
    theme,
    tokens,
    undone,
)
from coachdesk.ui.commands import Command
from coachdesk.ui.field_undo import FieldUndo
from coachdesk.ui.initials import SHOWN
from coachdesk.ui.later import Kind
from coachdesk.ui.menus import Menus, keys_of, written
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.reserve import Reserve
from coachdesk.ui.screen import Screen
from coachdesk.ui.search.contact import BEGINS
from coachdesk.ui.search.rows import Offer
from coachdesk.ui.search_box import SearchBox
from coachdesk.ui.sidebar import Sidebar
from coachdesk.ui.widgets.menu_bar import TopBar
from coachdesk.ui.widgets.toast import Toast
from coachdesk.ui.wishes import DeleteVault, QuickContact, RestoreBackup

NARROW = 900  # width of the window under which the sidebar shows icons only


class Workspace(QWidget):
    """Everything behind the lock. It is the one listener to the desk, and tells the screens.

    A screen is built when it is first wanted, so that the first page is seen soon after unlocking. A backup
    is restored by the program, for the desk is closed for it: `restore_wanted`.

    It may be built out of sight in the window, `parent`, that will show it: moved there later it would be
    dressed a second time, with all in it.
    """

    restore_wanted = Signal()
    built_again = Signal()  # every page is another one
    end_wanted = Signal(bool)  # the vault is to be deleted; True with its backups in the second folder

    def __init__(
        self,
        desk: Desk,
        screens: Iterable[Kind],
        lock: Callable[[], None],
        preferences: Preferences | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if parent:
            self.hide()  # until the window shows it
        self.setObjectName("workspace")
        self.desk = desk
        self._lock = lock
        self.preferences = preferences or Preferences()
        self._kinds = tuple(screens)
        self._pages = [kind for kind in self._kinds if kind.in_sidebar]
        self._built: dict[str, Screen] = {}  # by title
        self._before: list[Screen] = []  # where Back goes, the last first
        desk.on_change = self._tell
        self.stack = QStackedWidget()
        self.sidebar = Sidebar([(_title(kind), kind.icon) for kind in self._pages])
        self.sidebar.picked.connect(self._on_entry)
        self.sidebar.lock.clicked.connect(self.lock_now)
        self.sidebar.names_button.clicked.connect(self.turn_initials)
        SHOWN.switch(self.preferences.now.initials)
        self.sidebar.show_initials(SHOWN.on)
        self._menus = Menus(self, [_title(kind) for kind in self._pages], self._run, self._on_picked)
        self.menu = self._menus.bar
        self.search = SearchBox(desk, self, self._offers)
        self.search.opened.connect(self._open_found)
        self.search.said.connect(self.say)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.sidebar)
        row.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(TopBar(self.menu, self.search))
        column.addLayout(row, 1)
        self.toast = Toast(self, self._between)
        self.toast.takes_foot.connect(lambda taken: column.setContentsMargins(0, 0, 0, taken))
        self._field_undo = FieldUndo(self)
        self.reserve = Reserve(desk, self.warn, self.unsay, self)
        desk.on_not_saved = self.reserve.failed
        self.show_screen(self.screen_of(self._pages[0]))

    def get_ready(self) -> None:
        """Be as it should be seen, before it is: what is filled in sight is laid out piece by piece."""
        self._learn_initials()
        self.current().get_ready()

    def prepare(self) -> None:
        """Build, dress and lay out the first page for a picture nobody sees: it need not be done later."""
        for build in self.current().parts_ahead():
            build()
        room = self.parentWidget()
        if room is not None:
            self.resize(room.size())
        for part in self.findChildren(QWidget):
            part.ensurePolished()
        self.grab()

    @property
    def screens(self) -> list[Screen]:
        """All of them, built if they are not yet."""
        return [self.screen_of(kind) for kind in self._kinds]

    def not_built(self) -> Iterator[Kind]:
        """The kinds of screen that are not there yet, each looked at when it is asked for."""
        for kind in self._kinds:
            if kind.title not in self._built:
                yield kind

    def screen_of(self, kind: Kind) -> Screen:
        """The screen of that kind."""
        if kind.title not in self._built:
            screen = self._built[kind.title] = kind(self.desk, self.stack)
            screen.preferences = self.preferences
            screen.open.connect(self.open)
            screen.back.connect(self.go_back)
            screen.said.connect(self.say)
            screen.warned.connect(self.warn)
            self.stack.addWidget(screen)
            self._menus.join(screen)
        return self._built[kind.title]

    def open(self, record: object) -> None:
        """Show `record`, or nothing yet of its kind, on the screen for it."""
        if isinstance(record, RestoreBackup):
            self.restore_wanted.emit()
            return
        if isinstance(record, DeleteVault):
            self.end_wanted.emit(record.second_too)
            return
        if isinstance(record, QuickContact):
            self.go_to_search(f"{BEGINS}{record.words} " if record.words else BEGINS)
            return
        self.search.remember(record)
        kind = record if isinstance(record, type) else type(record)
        for known in self._kinds:
            if kind in known.shows:
                before, after = self.current(), self.screen_of(known)
                self.show_screen(after)
                if after is not before and not after.in_sidebar:
                    self._before.append(before)
                after.show_record(record)

    @property
    def visit_runs(self) -> bool:
        """Whether a visit's clock runs, on the screen that is shown or behind it."""
        return any(screen.is_running for screen in self._built.values())

    def current(self) -> Screen:
        """The screen that is shown."""
        return next(screen for screen in self._built.values() if screen is self.stack.currentWidget())

    def show_screen(self, screen: Screen) -> None:
        """Show a screen; what was typed on the one before is handed over to be kept."""
        self.current().flush()
        at = self.window().focusWidget()
        inside = self.search.holds(at) or self.stack.isAncestorOf(at or self)
        if inside:  # or Qt would give the keyboard to whatever comes next, and that would begin to search
            self.stack.setFocus()
        screen.resize(self.stack.size())  # it is shown as large as it will be: laid out, and painted, once
        if self.isVisible():
            screen.get_ready()
        self.stack.setCurrentWidget(screen)
        if inside:  # the keyboard goes with the coach; in the sidebar it stays there
            screen.main_pane().setFocus()
        if screen.in_sidebar:
            self._before.clear()
        self._mark(screen)
        self._menus.follow(screen)

    def _mark(self, screen: Screen) -> None:
        """Mark the entry of a page, or of the one that it belongs to."""
        titles = [kind.title for kind in self._pages]
        marked = screen.under or screen.title
        if marked in titles:
            self.sidebar.show_entry(titles.index(marked))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.current().main_pane().setFocus(event.reason())

    def flush(self, timeout_ms: int = 500) -> bool:
        """Hand over all that is being typed and wait until it is kept, or sealed: see `Desk.flush`.

        A page that fails in this takes nothing of the others along; its error rises when all is done.
        """
        self.search.put_away()
        try:
            with ExitStack() as every:
                for screen in self._built.values():
                    every.callback(screen.flush)
        finally:
            kept = self.desk.flush(timeout_ms)
        return kept

    def say(self, text: str, undoable: bool = False) -> None:
        """Say what happened, with the way back where there is one; "" puts away what was said before."""
        if text:
            self.toast.tell(text, self.undo if undoable else None)
        else:
            self.toast.hide()

    def warn(self, text: str) -> None:
        """Say what went wrong; it stays until it is put away."""
        self.toast.tell(text, stays=True)

    def unsay(self, text: str) -> None:
        """Put `text` away where that is what is said: it is true no more."""
        if self.toast.said.text() == text:
            self.toast.hide()

    def undo(self) -> None:
        """Take back the last thing done."""
        self._step(self.desk.undo, self.tr("Undone: {what}."), self.tr("There is nothing to undo."))

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(self.desk.redo, self.tr("Done again: {what}."), self.tr("There is nothing to redo."))

    def _step(self, take: Callable[[], Undone | None], said: str, nothing: str) -> None:
        try:
            self.current().flush()
            self.desk.flush()
            step = take()
        except CoachdeskError as error:
            self.warn(messages.words(error))
            return
        self.toast.tell(said.format(what=undone.words(step.title)) if step else nothing)

    def go_to_search(self, text: str = "") -> None:
        """Put the caret into the search box, with `text` begun."""
        self.search.start(text)

    def lock_now(self) -> None:
        self.search.put_away()
        self._lock()

    def turn_initials(self) -> None:
        """Show initials instead of names from now on, or names again; it is kept until it is turned."""
        if not self._may_build_again():
            return
        on, not_kept = not SHOWN.on, ""
        try:
            self.preferences.change(initials=on)
        except NotSaved as error:
            not_kept = messages.words(error)
        SHOWN.switch(on)
        self._learn_initials()
        self.sidebar.show_initials(on)
        self._build_again()
        self.say(
            self.tr("Initials instead of names. What you wrote may still hold names; F9 hides it in a note.")
            if on
            else self.tr("Names are shown again.")
        )
        if not_kept:
            self.warn(not_kept)

    def _may_build_again(self) -> bool:
        """Keep what is typed; say why the pages have to stay where something on them would be lost."""
        unfinished = self._unfinished()
        try:
            kept = self.flush()
        except CoachdeskError as error:
            self.warn(messages.words(error))
            return False
        unfinished = unfinished or self._unfinished()
        if not kept:
            self.warn(self.tr("What you typed is not saved yet, so this has to wait. F9 hides a note."))
        elif unfinished is not None:
            says = self.tr("Something on the page “{page}” would be lost. Finish or leave it first.")
            self.say(says.format(page=_title(type(unfinished))))
        return kept and unfinished is None

    def _unfinished(self) -> Screen | None:
        return next((screen for screen in self._built.values() if screen.is_unfinished), None)

    def _learn_initials(self) -> None:
        """Two of the same initials are told apart in the same way every day."""
        if SHOWN.on:
            SHOWN.learn(one.person.name for one in self.desk.ask(search.teachers))

    def _build_again(self) -> None:
        """Build what is shown anew, and forget all other pages: nothing on them is of before."""
        before = self._built
        shown = self.current().title
        again = {title: screen.again() for title, screen in before.items()}
        self.stack.setFocus()
        self._built = {}
        self._before.clear()
        for screen in before.values():
            self.stack.removeWidget(screen)
            screen.hide()
            screen.deleteLater()
        kinds = {kind.title: kind for kind in self._kinds}
        fresh = self.screen_of(kinds[shown])
        for title, wish in again.items():
            if wish is not None:
                self.screen_of(kinds[title]).show_record(wish)
        self.stack.setCurrentWidget(fresh)
        self.show_screen(fresh)
        fresh.main_pane().setFocus()
        self.built_again.emit()

    def quit(self) -> None:
        self.window().close()

    def next_pane(self) -> None:
        """Move the focus to the next part of the window: search, sidebar, then the parts of the page."""
        panes = [self.search, self.sidebar.entries, *self.current().panes()]
        here = self.window().focusWidget()
        at = max((n for n, pane in enumerate(panes) if _holds(pane, here)), default=-1)
        panes[(at + 1) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_back(self) -> None:
        """From a part of the page to the page, or from the page to the one before."""
        if not self.current().in_sidebar:
            before = self._before.pop() if self._before else self.screen_of(self._pages[0])
            self.show_screen(before)

    def leave(self) -> None:
        if _holds(self.toast, self.window().focusWidget()):
            self.toast.hide()
        elif self.search.holds(self.window().focusWidget()):
            self.search.leave()
        elif not self.current().leave_part():
            self.go_back()

    def _on_entry(self, number: int) -> None:
        """An entry may be marked while a page that belongs to it is shown: then it leads to its own."""
        if self.current() is not self.screen_of(self._pages[number]):
            self._on_picked(number)

    def _on_picked(self, number: int, *_checked: object) -> None:
        self.show_screen(self.screen_of(self._pages[number]))

    def _open_found(self, wish: object) -> None:
        """Open what was found; the keyboard goes with the coach."""
        self.current().main_pane().setFocus()
        self.open(wish)

    def _offers(self) -> list[Offer]:
        """The pages, and the commands that mean something from here."""
        reached = {"", self.current().title, *(kind.title for kind in self._pages)}
        pages = [
            Offer(_title(kind), written(keys_of(number)), kind.icon, partial(self._on_picked, number))
            for number, kind in enumerate(self._pages)
        ]
        return pages + self._menus.offers(reached, self._go_and_run)

    def _go_and_run(self, known: Command) -> None:
        """Run a command, on its own page if it has one."""
        if known.screen not in ("", self.current().title):
            self.show_screen(self.screen_of(next(kind for kind in self._pages if kind.title == known.screen)))
        self._run(known)

    def _tell(self, touched: frozenset[type], by: object) -> None:
        self.reserve.look()
        self.search.told(touched)
        for screen in self._built.values():
            screen.told(touched, by)

    def _run(self, known: Command) -> None:
        known.run(self.current() if known.screen else self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reserve.begin()
        self._learn_initials()

    def _between(self) -> QRect:
        """From the menus to the search box, down to where a page begins: nothing to press lies there."""
        last = self.menu.actionGeometry(self.menu.actions()[-1])
        left = self.menu.mapTo(self, last.topRight()).x() + theme.SPACE["sm"]
        right = self.search.mapTo(self, QPoint()).x() - theme.SPACE["sm"]
        top = theme.SPACE["xxs"]
        bottom = self.stack.mapTo(self, QPoint()).y() + tokens.PAGE_MARGIN - theme.SPACE["xxs"]
        return QRect(left, top, right - left, bottom - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.collapse(self.window().width() < NARROW)
        self.search.fit(self.window().width())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.search.holds(self.window().focusWidget()):  # a click beside its list
            self.search.leave()


def _title(kind: Kind) -> str:
    return QCoreApplication.translate("Screen", kind.title)


def _holds(pane: QWidget, widget: QWidget | None) -> bool:
    return widget is not None and (pane is widget or pane.isAncestorOf(widget))
