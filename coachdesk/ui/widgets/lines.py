"""Lines of a page: what each is about and what can be done about it; and a card that holds some of them.

Widgets are dear and words are cheap: a line that is there is filled anew, never built anew.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from coachdesk.ui import theme
from coachdesk.ui.widgets.buttons import button, link
from coachdesk.ui.widgets.card import Card, line
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.stripe import Stripe
from coachdesk.ui.widgets.text import Text, heading

AT_FIRST = 5  # lines of a part that are shown before the coach asks for all
GAP = theme.SPACE["xs"]  # between the buttons of a line
NARROW = 560  # width of a line under which many buttons stand beneath what it is about
BESIDE = 0.45  # of a narrow line's width that its buttons may take beside the words


@dataclass(frozen=True)
class Act:
    """Something that can be done about a line; `key` does it while the keyboard is in the line.

    With `choices` the button opens a menu of them.
    """

    name: str
    words: str
    run: Callable[[], object]
    key: str = ""
    choices: tuple[tuple[str, Callable[[], object]], ...] = ()


@dataclass(frozen=True)
class Told:
    """What a line says. `tone` is the colour of its icon, and of its stripe where it has one."""

    title: str
    detail: str
    icon: str = ""
    tone: str = "muted"
    stripe: bool = False
    acts: tuple[Act, ...] = ()


class Line(QWidget):
    """One line; its buttons are pressed, or their key is."""

    def __init__(self) -> None:
        super().__init__()
        self._told = Told("", "")
        self._buttons: list[QPushButton] = []
        self._stripe = Stripe()
        self._picture = Picture("clock", "muted", 18)
        self.title = Text("", bold=True)
        self.detail = Text("", "body", "muted")
        words = QVBoxLayout()
        words.setSpacing(theme.SPACE["xxs"])
        words.addWidget(self.title)
        words.addWidget(self.detail)
        about = QHBoxLayout()
        about.setSpacing(theme.SPACE["sm"])
        about.addWidget(self._stripe)
        about.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        about.addLayout(words, 1)
        self._acts = QWidget()
        self._flow = Flow(GAP, self._acts)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.SPACE["sm"])
        self._row.addLayout(about, 1)
        self._row.addWidget(self._acts)

    def show_told(self, told: Told) -> None:
        """Say this from now on."""
        if told == self._told:
            return
        self._told = told
        self.title.setText(told.title)
        self.detail.setText(told.detail)
        self.detail.setVisible(bool(told.detail))
        self._stripe.setVisible(told.stripe)
        self._stripe.set_role(told.tone)
        self._picture.setVisible(bool(told.icon))
        if told.icon:
            self._picture.set_icon(told.icon, told.tone)
        self._show_acts(told)

    def first(self) -> QWidget:
        """Where the keyboard enters the line."""
        return self._buttons[0] if self._told.acts else self

    def get_ready(self, acts: int) -> None:
        """Have at least so many buttons."""
        while len(self._buttons) < acts:
            made = button("")
            made.clicked.connect(partial(self._run, len(self._buttons)))
            self._flow.addWidget(made)
            self._buttons.append(made)

    def _show_acts(self, told: Told) -> None:
        self.get_ready(len(told.acts))
        for number, made in enumerate(self._buttons):
            made.setVisible(number < len(told.acts))
            if number < len(told.acts):
                _label(made, told.acts[number], told.title)
        self._acts.setVisible(bool(told.acts))
        self._fit()

    def _run(self, number: int, *_checked: object) -> None:
        act = self._told.acts[number]
        if act.choices:
            self._choose(self._buttons[number], act)
        else:
            act.run()

    def _choose(self, under: QPushButton, act: Act) -> None:
        menu = QMenu(self)
        menu.setObjectName(f"{act.name}_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, run in act.choices:
            menu.addAction(words, run)
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        for act in self._told.acts:
            if act.key and plain and event.text().casefold() == act.key:
                act.run()
                return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the words would have no room beside the buttons, the buttons go beneath."""
        shown = [each.sizeHint().width() for each in self._buttons if not each.isHidden()]
        wide = sum(shown) + GAP * max(len(shown) - 1, 0)
        beneath = self.width() < NARROW and wide > self.width() * BESIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if beneath else across)
        self._acts.setMinimumWidth(0 if beneath else wide)


class Lines(Card):
    """A card of lines under a heading; it goes while there are none. The first few show at first."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__(gap=theme.SPACE["md"])
        self.setObjectName(name)
        self.count = Text("", "h3", "muted", wrap=False)
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE["sm"])
        head.addWidget(heading(title, 3))
        head.addWidget(self.count)
        head.addStretch(1)
        self.column.addLayout(head)
        self._told: Sequence[Told] = ()
        self._all = False
        self.lines: list[Line] = []
        self._between: list[QWidget] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.SPACE["md"])
        self.column.addLayout(self._rows)
        self.more = link("", name=f"{name}_more")
        self.more.clicked.connect(self._show_all)
        self.column.addWidget(self.more)
        self.hide()

    def get_ready(self, count: int, acts: int = 0) -> None:
        """Build so many lines now, with so many buttons each: later there may be less time."""
        while len(self.lines) < count:
            self._add()
            self.lines[-1].get_ready(acts)

    def show_lines(self, told: Sequence[Told]) -> None:
        """Show these; the card goes while there are none."""
        self._told = told
        shown = told if self._all else told[:AT_FIRST]
        self.get_ready(len(shown))
        for number, each in enumerate(self.lines):
            if number < len(shown):
                each.show_told(shown[number])
            each.setVisible(number < len(shown))
            self._between[number].setVisible(0 < number < len(shown))
        self.count.setText(str(len(told)))
        self._offer_more(len(told) - len(shown))
        if shown:
            self.setFocusProxy(self.lines[0].first())
        self.setVisible(bool(told))

    def _offer_more(self, left: int) -> None:
        said = self.tr("Show {count} more").format(count=left)
        self.more.setText(said)
        self.more.setAccessibleName(said)
        self.more.setVisible(left > 0)

    def _show_all(self) -> None:
        self._all = True
        self.show_lines(self._told)
        self.lines[AT_FIRST].first().setFocus()

    def _add(self) -> None:
        between, each = line(), Line()
        self._rows.addWidget(between)
        self._rows.addWidget(each)
        self._between.append(between)
        self.lines.append(each)


def _label(made: QPushButton, act: Act, about: str) -> None:
    made.setObjectName(act.name)
    made.setText(act.words)
    made.setAccessibleName(act.words)
    made.setAccessibleDescription(about)
    made.setToolTip(f"{act.words} ({act.key.upper()})" if act.key else "")
