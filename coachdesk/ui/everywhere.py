"""The commands that mean something on every page."""

from coachdesk.ui.commands import Place, command
from coachdesk.ui.wishes import OpenSettings


@command("Lock now", menu="Desk", keys="Ctrl+L")
def lock_now(place: Place) -> None:
    """Blank the window, keep what was typed, and ask for the passphrase again."""
    place.lock_now()


@command("Quit", menu="Desk", keys="Ctrl+Q")
def quit_program(place: Place) -> None:
    """Keep what was typed and a backup, and close coachdesk."""
    place.quit()


@command("Initials instead of names", menu="Desk", keys="Shift+F9")
def turn_initials(place: Place) -> None:
    """For a projector or a shared screen: every page says initials, until you have it say names again."""
    place.turn_initials()


@command("Undo", menu="Edit", keys="Ctrl+Z")
def undo(place: Place) -> None:
    """Take back the last thing you did; while you type in a field, the field's own last words."""
    place.undo()


@command("Redo", menu="Edit", keys="Ctrl+Shift+Z")
def redo(place: Place) -> None:
    """Do again what you took back last, as long as you did nothing else since."""
    place.redo()


@command("Filter this page", menu="Edit", keys="Ctrl+F")
def filter_page(place: Place) -> None:
    """Put the caret into the filter of the page."""
    place.current().go_to_filter()


@command("Next pane", menu="Go", keys="F6")
def next_pane(place: Place) -> None:
    """Move to the next part of the window."""
    place.next_pane()


@command("Back", menu="Go", keys="Esc")
def back(place: Place) -> None:
    """From a part of the page to the page, from there to the page before."""
    place.leave()


@command("Settings", menu="Desk", keys="Ctrl+,")
def open_settings(place: Place) -> None:
    """The look, the school year, the lock, the passphrase; each choice applies at once."""
    place.open(OpenSettings())
