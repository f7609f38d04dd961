"""Stops at the ways in: the recovery sheet, one key on this computer, a passphrase that is lost."""

from collections.abc import Callable, Generator
from datetime import date

from coachdesk.errors import QuickUnlockRefused, WrongRecoveryKey
from coachdesk.services import keys
from coachdesk.services.keys import RecoveryKey, Sheet
from coachdesk.ui.background import Background
from coachdesk.ui.gate.lost import Lost
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.gate.sheet import SheetStep
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.settings.ways_in import WaysIn
from coachdesk.ui.shell import Shell

Until = Callable[[Callable[[], bool], str], None]

SHEET = Sheet(RecoveryKey(bytes(range(7, 147, 7))), date(2026, 8, 17))
STORE = "Secret Service"
NEW = "nine loud geese on the ice"


def key_stops(shell: Shell, background: Background, first: NewVault) -> Generator[str, None, None]:
    """A suggested phrase, then the sheet: shown, typed back, declined."""
    first.suggest("brisk ladle uncut thorn wafer dimly")
    first.offer_quick(STORE)
    yield "first run phrase suggested"
    page = SheetStep(SHEET)
    shell.show_page(page)
    yield "first run recovery key"
    page.next_button.click()
    page.typing.fields[0].setText("K7QF2")
    page.typing.check()
    yield "first run group differs"
    page.typing.back_button.click()
    page.decline_button.click()
    page.declining.fields[0].setText("If I forget")
    page.declining.check()
    yield "first run sheet declined"


def unlock_stops(shell: Shell, background: Background) -> Generator[str, None, None]:
    """The lock where this computer may open it, where it may not any more, and without a passphrase."""
    page = Unlock()
    page.offer_quick()
    shell.show_page(page)
    page.settle()
    yield "unlock quickly"
    page.refuse(QuickUnlockRefused())
    yield "unlock quickly refused"
    lost = Lost(background)
    shell.show_page(lost)
    yield "unlock passphrase lost"
    lost.key.setText("-".join(SHEET.key.groups).lower())
    lost.key.editingFinished.emit()
    for field in (lost.new, lost.again):
        field.insert(NEW)
    lost.refuse(WrongRecoveryKey())
    yield "unlock sheet of another vault"
    assert keys.typed(lost.key.text()) == SHEET.key


def sheet_stops(part: WaysIn, until: Until) -> Generator[str, None, None]:
    """No sheet yet; a new one; then it can be shown again, and taken away."""
    card = part.sheet
    until(lambda: bool(card.state.text()), "how it stands with the sheet")
    card.new_button.click()
    yield "settings new recovery sheet"
    card.use_button.click()
    until(card.show_button.isVisible, "the new sheet")
    card.show_button.click()
    yield "settings recovery sheet"
    card.revoke_button.click()
    yield "settings recovery sheet taken away"
    card.keep_button.click()
