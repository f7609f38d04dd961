"""Reports: the principal's page of a quarter, seen exactly as it will leave, and saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from coachdesk.model import (
    ActionStep,
    Colleague,
    CycleGoal,
    Event,
    EventTeacher,
    Placement,
    Release,
    School,
    SchoolGoal,
    SchoolYear,
    Teacher,
)
from coachdesk.model.departures import Left
from coachdesk.services import departures, sharing
from coachdesk.services.desk import Desk
from coachdesk.services.sharing import Certificate, Draft, Page, Released, SchoolWindow
from coachdesk.ui import labels, messages, theme, tokens
from coachdesk.ui.background import Background
from coachdesk.ui.fields import Choice
from coachdesk.ui.labels import QT_TRANSLATE_NOOP
from coachdesk.ui.page_view import PageView
from coachdesk.ui.save_dialog import ask_where
from coachdesk.ui.screen import Screen
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.text import Text, heading

Ask = Callable[[QWidget, str], str]
ONE_LINE = 860  # width from which heading and choices stand side by side


@dataclass(frozen=True)
class Order:
    """The page to be published, as it was seen, and written: in which format, where, suggested how."""

    window: SchoolWindow
    page: Page
    form: str
    suggested: str
    path: Path
    today: date


class ReportsScreen(Screen):
    title = QT_TRANSLATE_NOOP("Screen", "Reports")
    icon = "file-chart-column"
    watches = frozenset(
        {ActionStep, Colleague, CycleGoal, Event, EventTeacher, Placement, Release, School, SchoolGoal}
        | {SchoolYear, Teacher}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None, ask: Ask = ask_where) -> None:
        super().__init__(desk, parent)
        self.setObjectName("reports_screen")
        self._ask = ask
        self._background = Background(self)
        self._windows: Sequence[SchoolWindow] = ()
        self._wanted: SchoolWindow | None = None
        self._draft = Draft(None)
        self._certified: dict[UUID | None, Certificate] = {}  # what was checked, of what left while we looked
        self._busy = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        outer.setSpacing(theme.SPACE["md"])
        self._build_choices()
        outer.addLayout(self._build_head())
        self._pages = QStackedWidget(self)
        outer.addWidget(self._pages, 1)
        self._build_page()
        self._pages.addWidget(self._build_empty())
        stops = (self.school, self.quarter, self.view.area.verticalScrollBar(), self.save_pdf, self.save_as)
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def refresh(self) -> None:
        wanted = self._wanted
        self._windows = self.desk.ask(sharing.windows, self.desk.now().date())
        self._pages.setCurrentIndex(0 if self._windows else 1)
        for widget in self._choices:
            widget.setVisible(bool(self._windows))
        self._fill_schools(wanted.school_id if wanted else None)
        self._fill_quarters(wanted.name if wanted else "")
        self._draft_wanted()

    def panes(self) -> Sequence[QWidget]:
        shown = (self.school, self.view.area.verticalScrollBar(), self.save_pdf)
        return [pane for pane in shown if pane.isVisible()] or [self._to_schools]

    def main_pane(self) -> QWidget:
        return self.quarter if self._windows else self._to_schools

    def save(self, form: str) -> None:
        """Ask where, then publish the page and write it as `form`, off the screen's thread."""
        window, page = self._wanted, self._draft.page
        if self._busy or window is None or page is None:
            return
        suggested = f"{self._draft.file_name}.{form}"
        chosen = self._ask(self, suggested)
        if not chosen:
            return
        order = Order(window, page, form, suggested, Path(chosen), self.desk.now().date())
        if self.desk.is_sure:
            self._set_busy(self.tr("Making and checking the page…"))
        else:
            self._set_busy(self.tr("Looking over the whole vault first, then making the page…"))
        self._background.run(
            lambda: _publish(self.desk, order), partial(self._on_saved, order), self._on_not_saved
        )

    def open_schools(self) -> None:
        """Go to the schools, where the school year is written down."""
        self.open.emit(School)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small window the choices have a line of their own."""
        super().resizeEvent(event)
        wide = self.width() >= ONE_LINE
        self._head.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up and Page Down turn the page wherever the focus is."""
        steps = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        bar = self.view.area.verticalScrollBar()
        if event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())] * bar.pageStep())
        else:
            super().keyPressEvent(event)

    def _fill_schools(self, kept: UUID | None) -> None:
        schools = {row.school_id: row.school for row in self._windows}
        self.school.clear()
        for school_id, name in schools.items():
            self.school.addItem(name, school_id)
        self.school.setCurrentIndex(list(schools).index(kept) if kept in schools else 0)

    def _fill_quarters(self, kept: str = "") -> None:
        """Where no quarter was chosen before, the newest that is over is."""
        rows = [row for row in self._windows if row.school_id == self.school.currentData()]
        self.quarter.clear()
        for row in rows:
            self.quarter.addItem(self._quarter_words(row), row)
        over = next((at for at, row in enumerate(rows) if row.closed), 0)
        self.quarter.setCurrentIndex(next((at for at, row in enumerate(rows) if row.name == kept), over))

    def _quarter_words(self, row: SchoolWindow) -> str:
        first, last = (
            labels.short_day(day, self.desk.now().date()) for day in (row.window.first, row.window.last)
        )
        shown = f"{row.name} · {first} – {last}"
        if row.released:
            return self.tr("{quarter} · published").format(quarter=shown)
        return shown if row.closed else self.tr("{quarter} · not over yet").format(quarter=shown)

    @property
    def is_answered(self) -> bool:
        """Whether the page that is chosen is on the screen, or why there is none."""
        return self._draft.page is not None or bool(self._draft.why or self._draft.refused)

    def _on_school(self) -> None:
        self._fill_quarters()
        self._on_quarter()

    def _on_quarter(self) -> None:
        self.outcome.clear()
        self._draft_wanted()

    def _draft_wanted(self) -> None:
        """Draft the page that is chosen; the answer to an older question is dropped.

        Another page than the one on the screen cannot be saved before it is there to be seen.
        """
        before, self._wanted = self._wanted, self.quarter.currentData()
        wanted = self._wanted
        if wanted is None:
            return
        if not _same_page(before, wanted):
            self._draft = Draft(None)
            self._offer_saving()
        today = self.desk.now().date()

        def show(draft: Draft) -> None:
            if self._wanted is wanted:
                self._show_draft(draft)

        self._background.run(
            lambda: self.desk.ask(sharing.draft, wanted.school_id, wanted.name, today),
            show,
            lambda error: show(Draft(None, refused=_said(error))),
        )

    def _show_draft(self, draft: Draft) -> None:
        self._draft = draft
        self.view.show_draft(draft)
        if draft.released in self._certified:
            self.view.certificate.show_certificate(self._certified[draft.released])
        self._say_what_saving_does()
        self._offer_saving()

    def _say_what_saving_does(self) -> None:
        if self._draft.page is None or self.outcome.text():
            self.promise.clear()
        elif self._draft.released:
            self.promise.say(self.tr("Published. Saving it again gives the very same file."), "success")
        else:
            self._say_what_publishing_does(self._draft.page)

    def _say_what_publishing_does(self, page: Page) -> None:
        if page.rows:
            says = self.tr("Saving publishes this page, and a quarter is published once: it never changes.")
        else:
            says = self.tr(
                "Nothing about teachers can be shown for this quarter. Saving publishes the page as it "
                "stands, once and for good; a quarter may also stay unpublished."
            )
        if self._draft.first_of_year:
            fixes = self.tr(
                "As the year's first page it also fixes the rows and the number of teachers on the school's "
                "list for the school year."
            )
            says = f"{says} {fixes}"
        self.promise.say(says, "info" if page.rows else "warning")

    def _offer_saving(self) -> None:
        for each in (self.save_pdf, self.save_as):
            each.setEnabled(self._draft.page is not None)

    def _set_busy(self, doing: str) -> None:
        self._busy = bool(doing)
        self.outcome.clear()
        self.status.setText(doing)
        if doing:
            announce(self.status, doing)

    def _on_saved(self, order: Order, gone: Released) -> None:
        self._set_busy("")
        self.promise.clear()
        checked = self._certified.setdefault(gone.id, gone.certificate)
        if _same_page(self._wanted, order.window):
            self.view.certificate.show_certificate(checked)
        says = self.tr("Saved to {path} · recorded in the export log").format(path=order.path)
        self.outcome.say(says, "success")

    def _on_not_saved(self, error: BaseException) -> None:
        self._set_busy("")
        self.outcome.say(_said(error), "danger")

    def _build_choices(self) -> None:
        self.school, self.quarter = Choice(self), Choice(self)
        for choice, name, picked in (
            (self.school, "report_school", self._on_school),
            (self.quarter, "report_quarter", self._on_quarter),
        ):
            choice.setObjectName(name)
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
            choice.activated.connect(lambda _at, picked=picked: picked())

    def _build_head(self) -> QBoxLayout:
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(theme.SPACE["sm"])
        self._head.addWidget(heading(self.tr("Reports")))
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE["sm"])
        line.addStretch(1)
        self._choices: list[QWidget] = []
        for words, choice in ((self.tr("&School"), self.school), (self.tr("&Quarter"), self.quarter)):
            label = QLabel(words)
            label.setBuddy(choice)
            self._choices += [label, choice]
            line.addSpacing(theme.SPACE["sm"])
            line.addWidget(label)
            line.addWidget(choice)
        self._head.addLayout(line, 1)
        return self._head

    def _build_buttons(self) -> None:
        self.save_pdf = primary(self.tr("Save PDF…"), "save", name="save_pdf")
        self.save_pdf.clicked.connect(lambda: self.save("pdf"))
        self.save_as = button(self.tr("Save as…"), name="save_as", kind="menu")
        menu = QMenu(self.save_as)
        for words, form in (
            (self.tr("Web page (HTML)…"), "html"),
            (self.tr("Table for a spreadsheet (CSV)…"), "csv"),
        ):
            menu.addAction(words).triggered.connect(partial(self._save_chosen, form))
        self.save_as.setMenu(menu)
        self.promise = Notice("info", name="promise")
        self.outcome = Notice("success", name="outcome")
        self.status = Text("", "caption", "muted")
        self._offer_saving()

    def _save_chosen(self, form: str, *_checked: bool) -> None:
        self.save(form)

    def _build_page(self) -> None:
        page = QWidget(self._pages)
        self._pages.addWidget(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["sm"])
        self.view = PageView(page)
        self._build_buttons()
        column.addWidget(self.view, 1)
        column.addWidget(self.promise)
        column.addWidget(self.outcome)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE["sm"])
        buttons.addWidget(self.save_pdf)
        buttons.addWidget(self.save_as)
        buttons.addWidget(self.status, 1)
        column.addLayout(buttons)

    def _build_empty(self) -> Empty:
        self._to_schools = primary(self.tr("Schools and goals…"), "building-2", name="report_schools")
        self._to_schools.clicked.connect(self.open_schools)
        says = self.tr(
            "A page is made of one quarter at one school. Write down a school and the school year first; "
            "once its first quarter has begun, you find it here."
        )
        return Empty("file-chart-column", says, self._to_schools)


def _same_page(one: SchoolWindow | None, other: SchoolWindow) -> bool:
    return one is not None and (one.school_id, one.window) == (other.school_id, other.window)


def _publish(desk: Desk, order: Order) -> Released:
    """Release the page, or find it released, and write one file of it. Runs off the screen's thread."""
    if order.path.name != order.suggested:
        desk.ask(sharing.check_file_name, order.path.name)
    desk.make_sure()
    gone = desk.do(sharing.release, order.window.school_id, order.window.name, order.today, order.page)
    [content] = desk.ask(sharing.written, gone.id, [order.form]).values()
    departures.save(desk, Left.SUMMARY, {order.path.name: content}, order.path.parent)
    return gone


def _said(error: BaseException) -> str:
    messages.note(error)
    return messages.words(error)
