"""One editor for each kind of question, built in its place: `parent`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt, Signal, SignalInstance
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from coachdesk.model.question import Question
from coachdesk.ui import dates, labels, theme
from coachdesk.ui.widgets.buttons import icon_button
from coachdesk.ui.widgets.edit_with_button import EditWithButton

TEXT_LINES = 4


class Unreadable(ValueError):
    """What was typed is no date or no time; its text says what one looks like."""


@dataclass(frozen=True)
class Editor:
    """A widget and what it holds. `answer` raises Unreadable; `edited` says that the coach changed it."""

    widget: QWidget
    answer: Callable[[], Any]
    show: Callable[[Any], None]
    edited: SignalInstance


class DateEdit(EditWithButton):
    """A day, typed or picked, or none at all."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pattern = dates.typed()
        self.setPlaceholderText(self.tr("No day"))
        self.pick = icon_button("calendar-days", self.tr("Pick a day: {field}").format(field=label))
        self.pick.setCursor(Qt.CursorShape.ArrowCursor)
        self.pick.clicked.connect(self._open_calendar)
        self.seat(self.pick)

    def answer(self) -> date | None:
        text = self.text().strip()
        if not text:
            return None
        for pattern in (self._pattern, "yyyy-MM-dd", "d MMM yyyy", "MMM d, yyyy", "MMM d yyyy"):
            day = dates.locale().toDate(text, pattern)
            if day.isValid() and 1900 <= day.year() <= 2200:
                return date(day.year(), day.month(), day.day())
        example = dates.locale().toString(QDate(2027, 6, 11), self._pattern)
        raise Unreadable(self.tr("Write a date like {example}.").format(example=example))

    def show_day(self, day: date | None) -> None:
        self.setText(
            dates.locale().toString(QDate(day.year, day.month, day.day), self._pattern) if day else ""
        )

    def _open_calendar(self) -> None:
        calendar = QCalendarWidget()
        calendar.setAccessibleName(self.pick.accessibleName())
        calendar.setGridVisible(False)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setSelectedDate(self._shown() or QDate.currentDate())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        for picked in (calendar.clicked, calendar.activated):
            picked.connect(self._picked)
            picked.connect(menu.close)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        calendar.setFocus()

    def _shown(self) -> QDate | None:
        try:
            day = self.answer()
        except Unreadable:
            return None
        return QDate(day.year, day.month, day.day) if day else None

    def _picked(self, day: QDate) -> None:
        self.setText(dates.locale().toString(day, self._pattern))
        self.textEdited.emit(self.text())
        self.setFocus()


class TimeEdit(QLineEdit):
    """A time of day, typed: 8:05, 14:30 or 2:30 PM."""

    def answer(self) -> time:
        text = self.text().strip().upper().replace(".", ":")
        for pattern in ("H:mm", "h:mm AP", "h:mmAP", "h AP", "hAP"):
            read = QLocale(QLocale.Language.English).toTime(text, pattern)
            if read.isValid():
                return time(read.hour(), read.minute())
        raise Unreadable(self.tr("Write a time like 8:05 or 14:30."))

    def show_time(self, value: time | None) -> None:
        self.setText(dates.clock(value) if value else "")


class Choice(QComboBox):
    """A list to choose from. The wheel scrolls the page, never the choice by accident."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Several(QWidget):
    """A box to tick for each of a few."""

    edited = Signal()

    def __init__(self, values: Sequence[Any], names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE["xs"])
        self._boxes: list[tuple[Any, QCheckBox]] = []
        self.offer(values, names)

    def offer(self, values: Sequence[Any], names: Sequence[str]) -> None:
        """Offer these instead; what was ticked and is still among them stays so."""
        ticked, old = self.answer(), self._boxes
        self._boxes = []
        for value, name in zip(values, names, strict=True):
            box = QCheckBox(name)
            box.setAccessibleName(name)
            box.setChecked(value in ticked)
            box.clicked.connect(self.edited)
            self._column.addWidget(box)
            self._boxes.append((value, box))
        if self._boxes:
            self.setFocusProxy(self._boxes[0][1])
        for _value, box in old:
            box.setParent(None)
            box.deleteLater()

    def answer(self) -> tuple[Any, ...]:
        return tuple(value for value, box in self._boxes if box.isChecked())

    def show_ticked(self, values: Sequence[Any] | None) -> None:
        for value, box in self._boxes:
            box.setChecked(value in (values or ()))


def _line(_question: Question, parent: QWidget) -> Editor:
    edit = QLineEdit(parent)

    def show(text: str | None) -> None:
        edit.setText(text or "")
        edit.setCursorPosition(0)  # a long line is read from its beginning

    return Editor(edit, edit.text, show, edit.textEdited)


def _text(_question: Question, parent: QWidget) -> Editor:
    edit = QPlainTextEdit(parent)
    edit.setTabChangesFocus(True)
    edit.setFixedHeight(edit.fontMetrics().lineSpacing() * TEXT_LINES + 2 * theme.SPACE["sm"])
    return Editor(edit, edit.toPlainText, lambda text: edit.setPlainText(text or ""), edit.textChanged)


def _date(question: Question, parent: QWidget) -> Editor:
    edit = DateEdit(labels.field(question.label), parent)
    return Editor(edit, edit.answer, edit.show_day, edit.textEdited)


def _time(question: Question, parent: QWidget) -> Editor:
    edit = TimeEdit(parent)

    def answer() -> time | None:
        return edit.answer() if question.required or edit.text().strip() else None

    return Editor(edit, answer, edit.show_time, edit.textEdited)


def _choice(question: Question, parent: QWidget) -> Editor:
    box = Choice(parent)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    for number, choice in enumerate(question.choices):
        box.addItem(question.names[number] if question.names else labels.label(choice))

    def answer() -> Any:
        if box.currentIndex() < 0:
            raise Unreadable(QCoreApplication.translate("fields", "Choose one."))
        return question.choices[box.currentIndex()]

    def show(value: Any) -> None:
        box.setCurrentIndex(question.choices.index(value) if value in question.choices else -1)

    return Editor(box, answer, show, box.activated)


def _several(question: Question, parent: QWidget) -> Editor:
    boxes = Several(question.choices, question.names, parent)
    return Editor(boxes, boxes.answer, boxes.show_ticked, boxes.edited)


def _yes_no(question: Question, parent: QWidget) -> Editor:
    box = QCheckBox(labels.field(question.label), parent)
    return Editor(box, box.isChecked, lambda yes: box.setChecked(bool(yes)), box.clicked)


EDITORS: dict[str, Callable[[Question, QWidget], Editor]] = {
    "line": _line,
    "text": _text,
    "date": _date,
    "time": _time,
    "choice": _choice,
    "several": _several,
    "yes_no": _yes_no,
}
