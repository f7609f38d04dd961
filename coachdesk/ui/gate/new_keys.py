"""What opens a new vault: the passphrase is chosen on one page, the recovery sheet is kept on the next.

It is here before the first paint and knows no service: what lies behind the lock is handed in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from coachdesk.ui import messages
from coachdesk.ui.background import Background
from coachdesk.ui.gate.new_vault import NewVault


@dataclass(frozen=True)
class NewKey:
    """What is to open the vault: `sheet` is None where it was declined. `left` are the sheets that were
    printed, or saved as a file, on the way: each a path, or None, and its content."""

    passphrase: str
    quickly: bool
    sheet: Any = None
    left: tuple[tuple[Path | None, bytes], ...] = ()

    def __repr__(self) -> str:
        return "NewKey(…)"


Refuse = Callable[[BaseException], object]


@dataclass(frozen=True)
class Way:
    """How pages are shown, how the first is made `again`, and what makes the vault, or says why it cannot."""

    show: Callable[[QWidget], object]
    again: Callable[[], NewVault]
    make: Callable[[NewKey, Refuse], object]


class NewKeys:
    """Leads from the passphrase to the sheet and back; `behind` fetches what lies behind the lock."""

    def __init__(self, background: Background, behind: Callable[[], ModuleType], way: Way) -> None:
        self._background, self._behind, self._way = background, behind, way
        self._left: list[tuple[Path | None, bytes]] = []

    def connect(self, page: NewVault) -> None:
        """`page` asks for the passphrase."""
        behind, run = self._behind, self._background.run

        def make_sheet(passphrase: str) -> None:
            chosen = NewKey(passphrase, page.quick.isChecked())
            run(
                lambda: behind().new_sheet(date.today()), partial(self._show_sheet, page, chosen), page.refuse
            )

        page.wanted.connect(make_sheet)
        page.phrase_wanted.connect(lambda: run(lambda: behind().phrase(), page.suggest, page.refuse))

    def offer_key_store(self, page: NewVault) -> None:
        """Say whether this computer could open the vault; asked once the page is painted."""
        behind = self._behind

        def offer(called: str) -> None:
            if isValid(page):
                page.offer_quick(called)

        self._background.run_apart(lambda: behind().name_of_key_store(), offer)

    def _show_sheet(self, before: NewVault, chosen: NewKey, sheet: Any) -> None:
        if not isValid(before):
            return
        page = self._behind().sheet_step(sheet, before.of_archive)

        def go_back() -> None:
            first = self._way.again()
            first.fill(chosen.passphrase, chosen.quickly)
            self._way.show(first)
            self.offer_key_store(first)

        def refuse(error: BaseException) -> None:
            messages.note(error)
            page.refuse(error)

        def make(has_sheet: bool) -> None:
            kept = sheet if has_sheet else None
            self._way.make(NewKey(chosen.passphrase, chosen.quickly, kept, tuple(self._left)), refuse)

        page.view.on_paper.connect(lambda path, content: self._left.append((path, content)))
        page.back.connect(go_back)
        page.wanted.connect(make)
        self._way.show(page)
