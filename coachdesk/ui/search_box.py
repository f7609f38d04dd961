"""One box for everything: teachers, notes, events, pages, commands, and a quick contact in one line."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from coachdesk.errors import CoachdeskError, Invalid
from coachdesk.model import Teacher, VisitNote
from coachdesk.services import contacts
from coachdesk.services.desk import Desk
from coachdesk.ui import messages
from coachdesk.ui.commands import Place, command
from coachdesk.ui.search import contact
from coachdesk.ui.search.finder import KNOWS, Finder, Recent
from coachdesk.ui.search.panel import Panel
from coachdesk.ui.search.rows import AllYears, Contact, Found, Offer, Row
from coachdesk.ui.widgets.notice import announce
from coachdesk.ui.widgets.search_edit import SearchEdit
from coachdesk.ui.wishes import OpenNote, ShowTeacher, StartNote

KEYS = "Ctrl+K"
LONGEST = 700  # characters: a contact's words and more
REMEMBERED = 6
WIDTHS = ((1100, 340), (900, 280), (0, 210))  # of the box, from so wide a window on


class SearchBox(SearchEdit):
    """What is typed here is forgotten when the coach leaves it, or locks."""

    opened = Signal(object)  # a wish
    said = Signal(str, bool)  # what happened, for a toast

    def __init__(self, desk: Desk, window: QWidget, offers: Callable[[], Sequence[Offer]]) -> None:
        super().__init__("", "")
        self.setAccessibleName(self.tr("Search or jump to"))
        self.setObjectName("search_box")
        self.setMaxLength(LONGEST)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(hint.ImhSensitiveData | hint.ImhNoPredictiveText)
        says = self.tr("Clear the search")
        self.clear_button.setObjectName("clear_search")
        self.clear_button.setAccessibleName(says)
        self.clear_button.setToolTip(says)
        self._desk, self._window, self._offers = desk, window, offers
        self._finder = Finder(desk)
        self._panel: Panel | None = None  # built when it is first wanted
        self._recent: list[Recent] = []
        self._came_from: QWidget | None = None
        self._open = False
        self.fit(WIDTHS[0][0])
        self.textChanged.connect(self._find)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @property
    def panel(self) -> Panel:
        """What drops from the box."""
        if self._panel is None:
            self._panel = Panel(self._window)
            self._panel.list.opened.connect(self._take)
            self._panel.list.typed.connect(self._type_on)
            self._panel.list.left_at_top.connect(self.setFocus)
            self._panel.list.moved.connect(self._say_row)
        return self._panel

    def start(self, text: str = "") -> None:
        """Put the caret here, with `text` begun."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._begin()
        if text:
            self.setText(text)
        else:
            self.selectAll()

    def leave(self) -> None:
        """Empty the box, and go back to where the coach was."""
        before = self._came_from
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus()
        else:
            self._window.setFocus()
        self.put_away()

    def put_away(self) -> None:
        """Empty the box and close its list."""
        self._open = False
        self._came_from = None
        if self._panel is not None:
            self._panel.hide()
            self._panel.show_found(Found())
        self.setText("")
        self.setAccessibleDescription("")
        self._finder.forget()

    def holds(self, widget: QWidget | None) -> bool:
        """Whether a widget belongs to the box or its list."""
        parts = [part for part in (self, self._panel) if part is not None]
        return widget is not None and any(part is widget or part.isAncestorOf(widget) for part in parts)

    def remember(self, record: object) -> None:
        """What the coach sees now is offered again when the box is empty."""
        seen: Recent | None = record if isinstance(record, ShowTeacher | OpenNote | StartNote) else None
        if isinstance(record, Teacher):
            seen = ShowTeacher(record.id)
        if isinstance(record, VisitNote):
            seen = OpenNote(record.id)
        if isinstance(record, OpenNote):
            seen = OpenNote(record.note_id)  # what was typed to find it is forgotten
        if seen is not None:
            others = [known for known in self._recent if known != seen]
            self._recent = [seen, *others][:REMEMBERED]

    def told(self, touched: frozenset[type]) -> None:
        """Hear that rows of these tables changed."""
        self._finder.stale |= bool(touched & KNOWS)

    def fit(self, width: int) -> None:
        """Make do with a window so wide."""
        wide = next(room for least, room in WIDTHS if width >= least)
        self.setFixedWidth(wide)
        says = self.tr("Search or jump to…")
        keys = QKeySequence(KEYS).toString(QKeySequence.SequenceFormat.NativeText)
        self.setPlaceholderText(says if wide == WIDTHS[-1][1] else f"{says}   {keys}")
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.clear_button.hasFocus() or not self._open:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.panel.list.open_current()
        elif event.key() == Qt.Key.Key_Down:
            self._go_to_list()
        else:
            super().keyPressEvent(event)

    def _go_to_list(self) -> None:
        listed = self.panel.list
        if listed.rows.rowCount():
            listed.step(1)  # before it has the focus: Qt would choose the first by itself
            listed.setFocus()
            self._say_row(listed.current())

    def _begin(self) -> None:
        if not self._open:
            self._open = True
            self._finder.offers = self._offers()
            self._find(self.text())

    def _find(self, text: str) -> None:
        if not self._open:
            return
        self._show(self._finder.found(text, self._recent))

    def _show(self, found: Found) -> None:
        self.panel.show_found(found)
        self._place()
        if not self.panel.isVisible():
            self.panel.show()
        self.panel.raise_()
        results = found.results
        count = self.tr("%n found.", "", len(results)) if results else ""
        said = " ".join(words for words in (found.says, count, *[row.spoken for row in results[:1]]) if words)
        self.setAccessibleDescription(said)
        announce(self, said)

    def _say_row(self, row: Row | None) -> None:
        if row is not None:
            announce(self.panel.list, row.spoken)

    def _place(self) -> None:
        if self._panel is not None and self._open:
            self._panel.drop_from(self)

    def _take(self, row: Row) -> None:
        target = row.target
        if isinstance(target, Contact):
            self._record(target)
            return
        if isinstance(target, AllYears):
            self._show(self._finder.found_in_all_years(target.text))
            self.setFocus()
            return
        self.leave()
        if callable(target):
            target()
        else:
            self.opened.emit(target)

    def _record(self, what: Contact) -> None:
        asked = (what.teacher_id, what.quick, self._desk.now(), what.kind)
        try:
            self._desk.do(contacts.record_contact_with, *asked)
        except Invalid as error:
            self._refuse(" ".join(messages.words(CoachdeskError(text)) for text in error.problems.values()))
        except CoachdeskError as error:
            self._refuse(messages.words(error))
        else:
            self.leave()
            self.said.emit(contact.recorded(what), True)

    def _refuse(self, why: str) -> None:
        """Say why it was not recorded; what was typed stays."""
        self.panel.show_found(Found(says=why))
        self._place()
        self.setFocus()
        announce(self, why, urgent=True)

    def _type_on(self, event: QKeyEvent) -> None:
        """What is typed in the list goes to the box."""
        self.setFocus()
        super().keyPressEvent(event)

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if self.holds(now):
            if before is not None and not self.holds(before):
                self._came_from = before
            self._begin()
        elif now is not None and self._open:
            self.put_away()


@command("Search or jump to…", menu="Go", keys=KEYS)
def go_to_search(place: Place) -> None:
    """Find a teacher, a note by its words, an event, a page or a command."""
    place.go_to_search()


@command("Quick contact…", menu="Coaching", keys="Ctrl+J")
def quick_contact(place: Place) -> None:
    """Record a word in the corridor in one line: who, what, how long."""
    place.go_to_search(contact.BEGINS)
