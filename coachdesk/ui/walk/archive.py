"""Past the way from an archive to a new vault: chosen, refused, looked into, given a passphrase."""

from collections.abc import Callable, Generator
from pathlib import Path

from coachdesk.services import archive
from coachdesk.services.desk import Desk
from coachdesk.ui.background import Background
from coachdesk.ui.from_archive.page import ArchivePage
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.shell import Shell

Stops = Generator[str, None, None]
Until = Callable[[Callable[[], bool], str], None]

PASSPHRASE = "seven herons over water"
QUICK = 10  # of the seal: everybody knows this passphrase
SEALED = "sealed.zip.age"


def leave_one(desk: Desk, folder: Path) -> None:
    """A sealed archive; nobody looks into it, so it may be of a desk where there is next to nothing."""
    archive.save(desk, folder / SEALED, PASSPHRASE, cost=QUICK)


def archive_stops(shell: Shell, background: Background, until: Until, sealed: Path, plain: Path) -> Stops:
    """Two archives, as they are met where there is no vault yet."""
    page = ArchivePage(background)
    shell.show_over(page)
    yield "archive choose"
    page.take_file(Path(__file__))
    page.choose.look_button.click()
    until(page.choose.problem.isVisible, "the answer to what is no archive")
    yield "archive refused"
    page.take_file(sealed)
    page.choose.key.insert("seven herons over sand")
    page.choose.look_button.click()
    yield "archive opening"
    until(page.choose.problem.isVisible, "the answer to a wrong passphrase")
    yield "archive wrong passphrase"
    page.take_file(plain)
    yield "archive not encrypted"
    came: list[str] = []
    page.wanted.connect(lambda _reader, says: came.append(says))
    page.choose.look_button.click()
    until(page.inside.isVisible, "what is in an archive")
    yield "archive look inside"
    page.inside.go_button.click()
    shell.take_off(page)
    keys = NewVault(background, came[0])
    keys.settle()
    shell.show_over(keys)
    yield "archive passphrase"
    shell.take_off(keys)
