"""All that was and will be with a teacher: what is planned on top, the next first; then the newest first."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.model.schedule import EventStatus
from coachdesk.services.notes import NoteFile
from coachdesk.services.timeline import Moment, Page
from coachdesk.ui import theme, wishes
from coachdesk.ui.teacher.detail import Detail
from coachdesk.ui.teacher.moment import MomentLine
from coachdesk.ui.widgets.buttons import button, link
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.scroll import Scroll
from coachdesk.ui.widgets.text import Text

AskPage = Callable[[datetime | None], Page]
AskNote = Callable[[UUID], NoteFile]


class Timeline(QWidget):
    """Asks for a page at a time, and for a note when it is opened."""

    wished = Signal(object)
    start = Signal()

    def __init__(self, page: AskPage, note: AskNote, parent: QWidget) -> None:
        super().__init__(parent)
        self._ask, self._note = page, note
        self._now = datetime.min
        self._moments: tuple[Moment, ...] = ()
        self._older: datetime | None = None
        self._pages = 1
        self._places: list[_Place] = []
        self._ahead = Text(self.tr("Planned"), "caption", "muted", bold=True)
        self._past = Text(self.tr("So far"), "caption", "muted", bold=True)
        self.more = link(self.tr("Show earlier"), name="show_earlier")
        self.more.clicked.connect(self._show_more)
        begin = button(self.tr("Start visit note"), "notebook-pen", name="start_first_note")
        begin.clicked.connect(self.start)
        self.nothing = Empty(
            "calendar-days", self.tr("What you do together will stand here, the newest first."), begin
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self.area = Scroll("timeline_scroll", self)
        outer.addWidget(self.area)
        self._card = Card(padding=theme.SPACE["sm"], gap=0)
        column = QVBoxLayout(self.area.page)
        column.setContentsMargins(0, theme.SPACE["md"], theme.SPACE["xs"], 0)
        column.addWidget(self._card)
        column.addWidget(self.nothing, 1)
        column.addStretch(0)
        for part in (self._ahead, self._past):
            part.setContentsMargins(theme.SPACE["sm"], theme.SPACE["sm"], 0, theme.SPACE["xs"])

    def show_from_start(self, now: datetime) -> None:
        """Another teacher: the first page, nothing opened."""
        self._pages = 1
        for place in self._places:
            place.close_detail()
        self.area.verticalScrollBar().setValue(0)
        self.refresh(now)

    def make_room(self, moments: int) -> None:
        """Have the lines of so many moments built, to be filled when there is something to show."""
        while len(self._places) < moments:
            self._add()
            self._places[-1].hide()

    def refresh(self, now: datetime) -> None:
        """Ask again for what is shown, page by page; all that is ahead is, for the next stands at its end."""
        self._now = now
        moments: tuple[Moment, ...] = ()
        older: datetime | None = None
        asked = 0
        while not asked or (older is not None and (asked < self._pages or older > now)):
            page = self._ask(older)
            moments, older, asked = (*moments, *page.moments), page.older, asked + 1
        self._pages = max(self._pages, asked)
        self._show(moments, older)

    def first(self) -> QWidget:
        """Where the keyboard enters."""
        return self._places[0].line if self._moments else self.nothing

    def open_first_note(self) -> None:
        """Show the newest moment that has a note in full."""
        shown = self._places[: len(self._moments)]
        noted = (place.line for place in shown if place.line.moment.event and place.line.moment.event.note_id)
        line = next(noted, None)
        if line is not None and not line.is_open:
            line.click()

    def _show_more(self) -> None:
        page = self._ask(self._older)
        self._pages += 1
        before = len(self._moments)
        self._show((*self._moments, *page.moments), page.older)
        if before < len(self._moments):
            self._places[before].line.setFocus()

    def _show(self, moments: tuple[Moment, ...], older: datetime | None) -> None:
        ahead = [moment for moment in moments if _is_ahead(moment, self._now)]
        ahead.sort(key=lambda moment: moment.at)
        moments = (*ahead, *(moment for moment in moments if not _is_ahead(moment, self._now)))
        self._moments, self._older = moments, older
        while len(self._places) < len(moments):
            self._add()
        for number, place in enumerate(self._places):
            if number < len(moments):
                place.show_moment(moments[number], self._now)
            place.setVisible(number < len(moments))
        self._place_headings(len(ahead), len(moments))
        self._card.column.addWidget(self.more)
        self.more.setVisible(older is not None)
        self._card.setVisible(bool(moments))
        self.nothing.setVisible(not moments)

    def _place_headings(self, ahead: int, count: int) -> None:
        for heading, at, shown in ((self._ahead, 0, ahead > 0), (self._past, ahead, 0 < ahead < count)):
            self._card.column.removeWidget(heading)
            below = self._places[at] if at < len(self._places) else None
            self._card.column.insertWidget(self._card.column.indexOf(below) if below else 0, heading)
            heading.setVisible(shown)

    def _add(self) -> None:
        place = _Place(self._note, self._card)
        place.wished.connect(self.wished)
        self._places.append(place)
        self._card.column.addWidget(place)


class _Place(QWidget):
    """Where a moment stands: its line, and beneath it all of it while it is open."""

    wished = Signal(object)

    def __init__(self, note: AskNote, parent: QWidget) -> None:
        super().__init__(parent)
        self._note = note
        self._now = datetime.min
        self._detail: Detail | None = None
        self.line = MomentLine()
        self.line.clicked.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.line)
        self.line.show_open(False)

    def show_moment(self, moment: Moment, now: datetime) -> None:
        before, self._now = self.line.moment, now
        if moment == before:
            return
        self.line.show_moment(moment, now.date())
        if self._detail is not None:
            same = before.event and moment.event and before.event.id == moment.event.id
            self.close_detail()
            if same:
                self._turn()

    def close_detail(self) -> None:
        """Show the line alone."""
        if self._detail is not None:
            self._column.removeWidget(self._detail)
            self._detail.hide()
            self._detail.deleteLater()
            self._detail = None
        self.line.show_open(False)

    def _turn(self) -> None:
        if self._detail is not None:
            self.close_detail()
            return
        event = self.line.moment.event
        note = self._note(event.note_id) if event and event.note_id else None
        self._detail = Detail(self.line.moment, note)
        self._detail.open_note.connect(self._wish_note)
        self._detail.see_event.connect(self._wish_event)
        self._column.addWidget(self._detail)
        self._detail.show()
        self.line.show_open(True)

    def _wish_note(self) -> None:
        event = self.line.moment.event
        if event and event.note_id:
            self.wished.emit(wishes.OpenNote(event.note_id))

    def _wish_event(self) -> None:
        if self.line.moment.event:
            self.wished.emit(wishes.ShowEvent(self.line.moment.event.id))


def _is_ahead(moment: Moment, now: datetime) -> bool:
    event = moment.event
    return event is not None and event.status is EventStatus.PLANNED and event.ends > now
