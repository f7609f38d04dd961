"""Everything in one file: sealed with a passphrase, or plain once its warning was read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from coachdesk.services import archive, destinations
from coachdesk.services.desk import Desk
from coachdesk.ui import dates, messages
from coachdesk.ui.leaving.passphrases import Passphrases
from coachdesk.ui.leaving.question import Question
from coachdesk.ui.leaving.working import Working
from coachdesk.ui.save_dialog import ask_where
from coachdesk.ui.widgets import into_view
from coachdesk.ui.widgets.buttons import button, quiet
from coachdesk.ui.widgets.notice import Notice
from coachdesk.ui.widgets.text import Text, heading

Ask = Callable[[QWidget, str], str]


class ArchiveCard(Working):
    """`ask` asks for the place of the file; `left` says that it was written."""

    left = Signal()

    def __init__(self, desk: Desk, ask: Ask = ask_where) -> None:
        super().__init__("archive")
        self._desk, self._ask = desk, ask
        self._plain_path: Path | None = None
        what = self.tr(
            "One file with all your records in open formats, for another program, for a request or for good: "
            "a ZIP of CSV and JSON files with their description. What only you may read is in it too. Not in "
            "it are earlier versions of notes, the keys and the backups. It becomes a new vault where there "
            "is none yet, by “From an archive” on the first page."
        )
        self.column.addWidget(heading(self.tr("Take everything with you"), 3))
        self.column.addWidget(Text(what))
        self.passphrases = Passphrases(
            self.tr("Passphrase for the file"),
            self.tr("Repeat passphrase for the file"),
            "archive_passphrase",
        )
        self.passphrases.entered.connect(self.save)
        self.column.addWidget(self.passphrases)
        self.plain = QCheckBox(self.tr("Not encrypted: anybody who gets the file can read it"))
        self.plain.setObjectName("archive_plain")
        self.plain.setAccessibleName(self.plain.text())
        self.plain.toggled.connect(self._on_plain)
        self.column.addWidget(self.plain, 0, Qt.AlignmentFlag.AlignLeft)
        self.save_button = button(self.tr("Save the archive…"), "archive", name="save_archive")
        self.save_button.clicked.connect(self.save)
        row = QHBoxLayout()
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self._build_warning()
        self.add_foot()

    def ask_with(self, ask: Ask) -> None:
        """Ask for the place of the file in another way."""
        self._ask = ask

    def save(self) -> None:
        """Ask where, then write it; a plain one only after another question."""
        if self.is_busy or not self._is_fit():
            return
        name = archive.file_name(self._desk.now().date(), is_sealed=not self.plain.isChecked())
        chosen = self._ask(self, name)
        if not chosen:
            return
        if self.plain.isChecked():
            self._warn_of(Path(chosen))
        else:
            self._write(Path(chosen), self.passphrases.new.text())

    def offer(self, possible: bool) -> None:
        for part in (self.save_button, self.plain, self.passphrases):
            part.setEnabled(possible)

    def _is_fit(self) -> bool:
        return self.plain.isChecked() or bool(self.passphrases.answer())

    def _on_plain(self, plain: bool) -> None:
        self.passphrases.setVisible(not plain)
        self.passphrases.forget()
        self._put_away()

    def _warn_of(self, path: Path) -> None:
        """Name what leaves and where it goes, before it does."""
        self._plain_path = path
        what = self.tr(
            "Every name, note and agreement in this vault, with what only you may read, will lie readable "
            "for anybody in {folder}."
        )
        told = destinations.notice(path.parent)
        said = (what.format(folder=path.parent), messages.words(told) if told else "")
        self.outcome.clear()
        self.warning.say(" ".join(filter(None, said)), "danger")
        self._confirm.ask(self.not_now)

    def _write_plain(self) -> None:
        path = self._plain_path
        self._put_away()
        if path:
            self._write(path, None)

    def _put_away(self) -> None:
        self._plain_path = None
        self.warning.clear()
        if self._confirm.isVisible():  # the keyboard was asked there
            self.save_button.setFocus()
        self._confirm.hide()

    def _write(self, path: Path, passphrase: str | None) -> None:
        desk = self._desk
        looks_first = self.tr("Looking over the whole vault first, then writing everything into one file…")
        self.begin(
            self.tr("Writing everything into one file…") if desk.is_sure else looks_first,
            lambda report: archive.save(desk, path, passphrase, report),
            lambda manifest: self._done(path, manifest),
        )

    def _done(self, path: Path, manifest: Any) -> None:
        self.passphrases.forget()
        self.plain.setChecked(False)
        said = self.tr("Saved {count} records to {path}. It is listed under “What leaves”.")
        told = destinations.notice(path.parent)
        rows = dates.locale().toString(manifest.rows)
        words = (said.format(count=rows, path=path), messages.words(told) if told else "")
        self.outcome.say(" ".join(filter(None, words)), "success")
        into_view.bring(self.outcome)
        self.left.emit()

    def _build_warning(self) -> None:
        self.warning = Notice("danger", name="archive_warning")
        self.write_plain = button(
            self.tr("Write it without encryption"), "triangle-alert", name="write_plain", kind="danger"
        )
        self.write_plain.clicked.connect(self._write_plain)
        self.not_now = quiet(self.tr("Not now"), name="not_plain")
        self.not_now.clicked.connect(self._put_away)
        self._confirm = Question((self.warning,), (self.write_plain, self.not_now))
        self.column.addWidget(self._confirm)
