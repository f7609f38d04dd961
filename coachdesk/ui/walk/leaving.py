"""Past what leaves and what goes for good: the questions that are asked before, and what is said after."""

from collections.abc import Callable, Generator
from datetime import UTC, datetime
from pathlib import Path

from coachdesk.services import hold, roster
from coachdesk.services.desk import Desk
from coachdesk.ui.leaving.your_data import YourData
from coachdesk.ui.screens.teacher import DETAILS, TeacherScreen

Stops = Generator[str, None, None]
Until = Callable[[Callable[[], bool], str], None]

HELD = datetime(2026, 9, 14, 10, tzinfo=UTC)


def data_stops(part: YourData, desk: Desk, until: Until, folder: Path) -> Stops:
    """An archive refused; one without encryption asked about, written to `folder`; what goes with the vault.

    Hold is on meanwhile: that is said where the archive is looked into.
    """
    card = part.archive
    card.save()
    yield "settings archive without a passphrase"
    card.ask_with(lambda _parent, name: str(folder / name))
    card.plain.setChecked(True)
    card.save()
    yield "settings archive not encrypted"
    desk.do(hold.switch, True, HELD)
    card.write_plain.click()
    until(lambda: not card.is_busy and ".zip" in card.outcome.text(), "an archive")
    desk.do(hold.switch, False)
    yield "settings archive saved"
    part.delete.look()
    until(part.delete.question.isVisible, "what goes with the vault")
    yield "settings delete the vault"
    part.delete.put_away()


def forget_stops(screen: TeacherScreen, until: Until) -> Stops:
    """The teacher that the page shows is archived, and what deleting the file would mean is asked."""
    key = screen.about_whom()
    if key is None:
        return
    screen.tabs.setCurrentIndex(DETAILS)
    screen.desk.do(roster.archive_teacher, key)
    until(lambda: screen.forget is not None and screen.forget.isVisible(), "an archived teacher's file")
    yield "teacher archived"
    if screen.forget is not None:
        screen.forget.look()
        yield "teacher delete for good"
        screen.forget.put_away()
    screen.desk.do(roster.restore_teacher, key)
    screen.tabs.setCurrentIndex(0)
