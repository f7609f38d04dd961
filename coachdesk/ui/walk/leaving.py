"""Past what leaves and what goes for good: the questions that are asked before, and what is said after."""

from collections.abc import Callable, Generator
from pathlib import Path

from coachdesk.services import roster
from coachdesk.ui.leaving.your_data import YourData
from coachdesk.ui.screens.teacher import DETAILS, TeacherScreen

Stops = Generator[str, None, None]
Until = Callable[[Callable[[], bool], str], None]


def data_stops(part: YourData, until: Until, folder: Path) -> Stops:
    """An archive refused, one without encryption asked about and written; what goes with the vault."""
    card = part.archive
    card.save()
    yield "settings archive without a passphrase"
    card.ask_with(lambda _parent, name: str(folder / "Dropbox" / name))
    card.plain.setChecked(True)
    card.save()
    yield "settings archive not encrypted"
    card.write_plain.click()
    until(lambda: not card.is_busy and ".zip" in card.outcome.text(), "an archive")
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
