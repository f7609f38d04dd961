"""Earlier versions of a note: a list of moments, the whole note as it was then, and the way to have it."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from coachdesk.model import VisitNote
from coachdesk.model.question import questions
from coachdesk.services.history import TEXTS, Version
from coachdesk.ui import labels, theme, tokens
from coachdesk.ui.visit.script_pane import ScriptPane
from coachdesk.ui.widgets.buttons import button, primary
from coachdesk.ui.widgets.card import Card
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.text import Text, heading, muted

LIST_WIDTH, LIST_HEIGHT = 270, 120
SIDE_BY_SIDE = 700  # width of the page under which the list stands above


class Versions(QWidget):
    """`wanted` asks to have a version back; `left` is the way to the note as it is."""

    left = Signal()
    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("note_versions")
        self._versions: Sequence[Version] = ()
        self.title = heading(self.tr("Earlier versions"))
        self.about = muted()
        self.back = button(self.tr("Back to my note"), "arrow-left", name="back_from_versions")
        self.back.setToolTip(self.tr("Back to my note (Esc)"))
        self.back.clicked.connect(self.left)
        self.restore = primary(self.tr("Bring this version back"), "archive-restore", name="bring_back")
        self.restore.clicked.connect(self._on_restore)
        self.list = QListWidget()
        self.list.setObjectName("versions_list")
        self.list.setAccessibleName(self.tr("Earlier versions"))
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(self._show)
        self.script = ScriptPane(lambda: 0)
        self.script.setReadOnly(True)
        self.script.setObjectName("version_script")
        self.script.setAccessibleName(self.tr("Script as it was"))
        self.texts = {name: Text() for name in TEXTS}
        self.note = Card()
        self.none = Empty("archive-restore", self.tr("There is no earlier version of this note yet."))
        self._build()

    def show_versions(
        self, versions: Sequence[Version], today: datetime, *, whom: str, is_open: bool
    ) -> None:
        """Offer these, the newest first. Of a note that is not open they can be read, not brought back."""
        self._versions = versions
        self.title.setText(self.tr("Earlier versions · {name}").format(name=whom))
        self.about.setText(_promise(is_open))
        self.list.blockSignals(True)
        self.list.clear()
        for version in versions:
            self.list.addItem(_line(version, today))
        self.list.blockSignals(False)
        for part in (self.list, self.note):
            part.setVisible(bool(versions))
        self.none.setVisible(not versions)
        self.restore.setVisible(bool(versions) and is_open)
        self.list.setCurrentRow(0)
        (self.list if versions else self.back).setFocus()

    def panes(self) -> Sequence[QWidget]:
        return (self.list, self.script) if self._versions else (self.back,)

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._versions):
            return
        version = self._versions[row]
        self.script.show_lines(version.lines, at_end=False)
        self.script.setVisible(bool(version.lines))
        named = {question.key: question.label for question in questions(VisitNote, TEXTS)}
        for name, said in self.texts.items():
            text = version.texts[name]
            label = labels.field(named[name])
            said.setText(self.tr("{field}: {text}").format(field=label, text=text))
            said.setVisible(bool(text))

    def _on_restore(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._versions):
            self.wanted.emit(self._versions[row])

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(theme.SPACE["sm"])
        self.title.setWordWrap(True)
        top.addWidget(self.title, 1)
        top.addWidget(self.back)
        top.addWidget(self.restore)
        self.note.column.addWidget(self.script, 1)
        for text in self.texts.values():
            self.note.column.addWidget(text)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(theme.SPACE["md"])
        self._both.addWidget(self.list)
        self._both.addWidget(self.note, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(*[tokens.PAGE_MARGIN] * 4)
        page.setSpacing(theme.SPACE["md"])
        page.addLayout(top)
        page.addWidget(self.about)
        page.addWidget(self.none, 1)
        page.addLayout(self._both, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= SIDE_BY_SIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._both.setDirection(across if beside else down)
        self.list.setFixedWidth(LIST_WIDTH if beside else self.width() - 2 * tokens.PAGE_MARGIN)
        self.list.setMaximumHeight(tokens.PAGE_MARGIN * 1_000 if beside else LIST_HEIGHT)


def _line(version: Version, today: datetime) -> str:
    """Until when the note read so, and how much there was of it."""
    until = labels.moment(version.until.astimezone().replace(tzinfo=None), today.date())
    said = QCoreApplication.translate("Versions", "Until {moment} · {count} words")
    return said.format(moment=until, count=version.words)


def _promise(is_open: bool) -> str:
    if is_open:
        return QCoreApplication.translate(
            "Versions",
            "What you change in a note is kept for 30 days. Bringing a version back can be undone.",
        )
    return QCoreApplication.translate(
        "Versions", "This note is closed: its earlier versions can be read, not brought back."
    )
