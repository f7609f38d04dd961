"""The days until which files were to be kept, and when agreements are to be looked at again."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.services import retention
from coachdesk.services.desk import Desk
from coachdesk.services.retention import Due, Why
from coachdesk.ui import dates, labels, theme
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.lines import Act, Lines, Told
from coachdesk.ui.widgets.text import Text, heading
from coachdesk.ui.wishes import ShowTeacher


class Retention(QWidget):
    """`wished` asks for a teacher's page."""

    wished = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._none = Card(gap=theme.SPACE["xs"])
        self._none.setObjectName("nothing_due")
        title = self.tr("How long you keep it")
        never = self.tr(
            "When a day comes that you agreed to keep a file until, it is listed here two months before. "
            "Nothing is ever deleted or ended because a day has come: you do it, on the page of a teacher "
            "who is archived. The day is set there under Permission and keeping. An agreement that is to "
            "be looked at again would be listed too; this version has no page yet on which agreements are "
            "written."
        )
        self._none.column.addWidget(heading(title, 3))
        self._none.column.addWidget(Text(never, "body", "muted"))
        self.lines = Lines(self.tr("Days that have come or come soon"), "retention")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE["lg"])
        column.addWidget(self._none)
        column.addWidget(self.lines)

    def refresh(self) -> None:
        found = self._desk.ask(retention.due, self._desk.now().date())
        self.lines.show_lines([self._told(one) for one in found])

    def _told(self, one: Due) -> Told:
        when = dates.with_year(one.day)
        said = {
            (Why.KEEP_UNTIL, True): self.tr("Their file was to be kept until {day}."),
            (Why.KEEP_UNTIL, False): self.tr("Their file is to be kept until {day}."),
            (Why.REVIEW, True): self.tr("The agreement was to be looked at again on {day}."),
            (Why.REVIEW, False): self.tr("The agreement is to be looked at again on {day}."),
        }[one.why, one.come].format(day=when)
        if one.archived:
            said = f"{said} {self.tr('It is in the archive.')}"
        acts: tuple[Act, ...] = ()
        if one.teacher_id:
            wish = ShowTeacher(one.teacher_id)
            acts = (Act("open_due", self.tr("Open page"), partial(self.wished.emit, wish)),)
        about = labels.person(one.about) if one.somebody or not one.about else one.about
        return Told(about, said, "clock", "warning" if one.come else "muted", acts=acts)
