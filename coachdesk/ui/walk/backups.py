"""Past the backups: made, chosen to be restored, looked into, tested; after unlocking and before."""

from collections.abc import Callable, Generator
from pathlib import Path

from coachdesk.paths import Folders, folders
from coachdesk.services.desk import Desk
from coachdesk.ui.background import Background
from coachdesk.ui.restoring.page import Here, RestorePage
from coachdesk.ui.settings.backups import Backups
from coachdesk.ui.shell import Shell

Stops = Generator[str, None, None]
Until = Callable[[Callable[[], bool], str], None]


def settings_stops(part: Backups, until: Until, folder: Path) -> Stops:
    """The part of the settings, once a backup was made, with a second folder that is away."""
    part.back_up()
    until(lambda: part.outcome.isVisible(), "a backup")
    yield "settings backup made"
    part.preferences.change(second_folder=str(folder / "stick"))
    part.refresh()
    until(lambda: part.folder_state.isVisible(), "the state of the second folder")
    yield "settings second folder away"
    part.preferences.change(second_folder="")
    part.refresh()
    until(lambda: not part.folder_state.isVisible(), "the state of no second folder")


def restore_stops(shell: Shell, background: Background, desk: Desk, until: Until) -> Stops:
    """From Settings: a backup is opened by the key of the open desk."""
    place = folders(desk.backups.folder.parent)
    page = RestorePage(Here(place, None, desk), background)
    shell.show_over(page)
    until(page.choose.look_button.isEnabled, "the list of backups")
    yield "restore choose"
    page.choose.look_button.click()
    until(page.inside.isVisible, "what is in a backup")
    yield "restore look inside"
    page.inside.test_button.click()
    yield "restore testing"
    until(page.inside.outcome.isVisible, "the answer to a test")
    yield "restore tested"
    shell.take_off(page)
    yield from _before_unlocking(shell, background, place, until)


def _before_unlocking(shell: Shell, background: Background, place: Folders, until: Until) -> Stops:
    page = RestorePage(Here(place), background)
    shell.show_over(page)
    until(page.choose.look_button.isEnabled, "the list of backups")
    page.choose.key.insert("not this one")
    page.choose.look_button.click()
    until(page.choose.problem.isVisible, "the answer to a wrong passphrase")
    yield "restore wrong passphrase"
    shell.take_off(page)
    page = RestorePage(Here(folders(place.data / "nowhere")), background)
    shell.show_over(page)
    until(page.choose.none.isVisible, "that there are no backups")
    yield "restore without backups"
    shell.take_off(page)
