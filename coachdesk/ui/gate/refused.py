"""The vault does not open, and it is not for the passphrase: what is the matter, and what can be done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton

from coachdesk.errors import (
    DamagedKeyFile,
    DamagedPages,
    DamagedVault,
    MixedCopy,
    NewerVault,
    NotAVault,
    NoVault,
    OlderCopy,
    OpenElsewhere,
    OtherCopy,
    PartedCopy,
    VaultError,
)
from coachdesk.ui import messages, theme
from coachdesk.ui.gate.page import NAME, GatePage
from coachdesk.ui.widgets.buttons import button, link, primary
from coachdesk.ui.widgets.card import line
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.notice import Notice, announce
from coachdesk.ui.widgets.text import Text, muted

WIDTH = 600
LOOK, RESTORE, USE, FOLDER = "look_again", "restore_backup", "use_anyway", "show_folder"
OTHER, APART = "show_other", "keep_apart"
BREAK = "\u200b"  # where a path may go on in the next line


@dataclass(frozen=True)
class Kind:
    """What is on the page: a title, what is to be done first, what else there is, and a word on that.

    Where it is hard to choose, `hints` say of each what it does, beside it.
    """

    title: str
    first: str
    others: tuple[str, ...] = ()
    advice: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)


class Refused(GatePage):
    """Emits what the coach chose to do about `error`; `still` says that looking again found the same.

    It may come while a passphrase is being typed. So the keyboard is with its title, and goes to the first
    button once no key was pressed for a second.
    """

    CALM_MS = 1_000

    look_again = Signal()
    restore_backup = Signal()
    use_anyway = Signal()
    keep_apart = Signal()
    show_other = Signal()
    show_folder = Signal()
    leave = Signal()

    def __init__(self, error: VaultError, saved: str = "") -> None:
        super().__init__(WIDTH)
        self.set_title(NAME)
        self.settle()
        self.setObjectName("refused_page")
        self._error = error
        kind = kind_of(error)
        self.problem = Notice("warning", name="refused_problem")
        self.status = Text("", "caption", "muted")
        self.status.setObjectName("refused_status")
        self.buttons: dict[str, QPushButton] = {}
        column = self.card.column
        self.title = Text(kind.title, "h3", bold=True)
        column.addWidget(self.title)
        self.problem.say(_with_breaks(messages.words(error), str(error.facts.get("folder", ""))))
        column.addWidget(self.problem)
        if saved:
            last = Text(self.tr("This laptop saved your notes last on {time}.").format(time=saved))
            last.setObjectName("last_saved")
            column.addWidget(last)
        if kind.advice:
            column.addWidget(muted(kind.advice))
        column.addSpacing(theme.SPACE["sm"])
        self._lay_out_buttons(kind)
        self._first = self.buttons[kind.first]
        self.title.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)
        self.title.setAccessibleDescription(self.problem.text())
        self.setFocusProxy(self.title)
        self._calm = QTimer(self, singleShot=True, interval=self.CALM_MS)
        self._calm.timeout.connect(self._hand_on)
        self.title.installEventFilter(_Keys(self._calm))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._calm.start()

    def _hand_on(self) -> None:
        if self.window().focusWidget() is self.title:
            self._first.setFocus()

    def is_about(self, error: VaultError) -> bool:
        """Whether `error` says what the page says already."""
        return str(error) == str(self._error)

    def still(self) -> None:
        """It was looked at again, and nothing has changed."""
        self.status.setText(self.tr("Looked again: nothing has changed yet."))
        announce(self.status, self.status.text())
        self.buttons[LOOK].setFocus()

    def set_busy(self) -> None:
        """It is being looked at."""
        self.status.setText(self.tr("Looking…"))

    def _lay_out_buttons(self, kind: Kind) -> None:
        use = self.tr("Use this one") if OTHER in (kind.first, *kind.others) else self.tr("Use it anyway")
        says = {
            LOOK: (self.tr("Look again"), "search", self.look_again),
            RESTORE: (self.tr("Restore a backup"), "archive-restore", self.restore_backup),
            USE: (use, "arrow-right", self.use_anyway),
            OTHER: (self.tr("Open its folder"), "folder-open", self.show_other),
            APART: (self.tr("Keep them apart"), "archive", self.keep_apart),
        }
        for name in (kind.first, *(other for other in kind.others if other in says)):
            words, icon, signal = says[name]
            made = primary(words, name=name) if name == kind.first else button(words, icon, name=name)
            made.clicked.connect(signal)
            self.buttons[name] = made
        column = self.card.column
        column.addLayout(self._with_hints(kind.hints) if kind.hints else self._in_a_row())
        column.addSpacing(theme.SPACE["sm"])
        column.addWidget(line())
        foot = QHBoxLayout()
        foot.addWidget(self.status, 1)
        if FOLDER in kind.others:
            self.buttons[FOLDER] = folder = link(self.tr("Show the folder"), name=FOLDER)
            folder.clicked.connect(self.show_folder)
            foot.addWidget(folder)
        quit_button = link(self.tr("Quit"), name="refused_quit")
        quit_button.clicked.connect(self.leave)
        foot.addWidget(quit_button)
        column.addLayout(foot)

    def _in_a_row(self) -> Flow:
        row = Flow()
        for made in self.buttons.values():
            row.addWidget(made)
        return row

    def _with_hints(self, hints: Mapping[str, str]) -> QGridLayout:
        """One under the other, each with what it does."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE["md"])
        grid.setVerticalSpacing(theme.SPACE["sm"])
        grid.setColumnStretch(1, 1)
        for row, (name, made) in enumerate(self.buttons.items()):
            made.setAccessibleDescription(hints[name])
            grid.addWidget(made, row, 0)
            grid.addWidget(muted(hints[name]), row, 1)
        return grid


class _Keys(QObject):
    """Begins `calm` anew with each key that was meant for a passphrase."""

    def __init__(self, calm: QTimer) -> None:
        super().__init__(calm)
        self._calm = calm

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            self._calm.start()
        return super().eventFilter(watched, event)


def _with_breaks(text: str, folder: str) -> str:
    """A long path is one word, and would make the page as wide as it is."""
    return text.replace(folder, folder.replace("/", f"/{BREAK}")) if folder else text


def kind_of(error: VaultError) -> Kind:
    """What the page for `error` offers."""
    for cause, kind in _kinds().items():
        if isinstance(error, cause):
            is_open = error.text == OtherCopy.OPEN
            return replace(kind, first=LOOK, others=(USE, APART, OTHER)) if is_open else kind
    return Kind(_say("Your notes cannot be opened"), LOOK, (FOLDER,))


def _say(text: str) -> str:
    return QCoreApplication.translate("Refused", text)


def _kinds() -> dict[type[VaultError], Kind]:
    damaged = Kind(_say("The file with your notes is damaged"), RESTORE, (LOOK, FOLDER))
    return {
        OlderCopy: Kind(
            _say("This is an older copy of your notes"),
            LOOK,
            (RESTORE, USE, FOLDER),
            _say("If you use it anyway, what was written after this copy was made is not in it."),
        ),
        PartedCopy: Kind(
            _say("These notes went another way"),
            LOOK,
            (RESTORE, USE, FOLDER),
            _say("If you use them anyway, what this laptop saved last is not in them."),
        ),
        OtherCopy: Kind(
            _say("There is another copy of your notes"),
            USE,
            (APART, OTHER, LOOK),
            hints={
                USE: _say("Go on here. The other stays as it is, and asks the same when it is opened."),
                APART: _say("Keep both, each a vault for itself. This is not asked again."),
                OTHER: _say("See where the other lies. Nothing changes."),
                LOOK: _say("If you closed or moved the other meanwhile."),
            },
        ),
        MixedCopy: Kind(
            _say("Your notes are a mix of two versions"),
            RESTORE,
            (LOOK, USE, FOLDER),
            _say("If you use it anyway, compare what matters to you with a backup: it is not said again."),
        ),
        DamagedPages: Kind(
            _say("A part of the file with your notes is damaged"),
            RESTORE,
            (LOOK, USE, FOLDER),
            _say("If you use it anyway, you can still read what was written since the latest backup."),
        ),
        DamagedVault: damaged,
        DamagedKeyFile: Kind(_say("The key file of your notes is damaged"), RESTORE, (LOOK, FOLDER)),
        NotAVault: Kind(_say("This is not your vault"), LOOK, (FOLDER, RESTORE)),
        NewerVault: Kind(
            _say("Your notes need a newer Coachdesk"),
            LOOK,
            (FOLDER,),
            _say("Once the newer version is installed, quit this one and start it."),
        ),
        OpenElsewhere: Kind(_say("Your notes are open in another window"), LOOK, ()),
        NoVault: Kind(_say("Your notes are not where they were"), LOOK, (RESTORE, FOLDER)),
    }
