"""Nothing that other programs see or keep holds a name: titles, logs, recent files, notifications.

At every stop of the walk past the whole window the titles of all windows are read; the log is that of the
program; errors whose text quotes a name are handed to it as the program hands them; home is looked through.
"""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from canary import leaks
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from row import Result

import coachdesk
from coachdesk.app import make_app
from coachdesk.model import Teacher
from coachdesk.services import sample
from coachdesk.services.sample.book import Shape
from coachdesk.settings import Settings
from coachdesk.ui import messages, process, tour
from coachdesk.ui.walk import settle, walk

NUMBER = "R22"
CHECK = "logs, window titles, recent files and notifications grepped for names"
BOUND = "0 names"
QUICK, FULL = 1, 1
SECONDS = 25
TITLE = "coachdesk"
LEAST = 100  # stops of the walk
_TELLS = re.compile(r"QSystemTrayIcon|Notifications|notify-send|addToRecentDocuments|recently-used")


def names() -> set[str]:
    """Family and given names of the sample that the walk makes, and those it types."""
    found = {"Quillfeather", "Marisol", "Brightmoor", "Rookhaven"}
    for book in sample.books(Shape(tour.school_day(date.today()), **tour.SMALL)):
        for row in book.rows.get(Teacher, ()):
            found |= {row["family_name"], row["given_name"]}
    return {name for name in found if len(name) > 3}


def titles() -> Iterator[str]:
    """What a task bar, a window list or a screen share shows of us."""
    app = QApplication.instance()
    yield from (window.title() for window in QGuiApplication.topLevelWindows())
    yield from (widget.windowTitle() for widget in QApplication.topLevelWidgets())
    if isinstance(app, QApplication):
        yield from (app.applicationDisplayName(), app.applicationName())


def notifiers() -> list[str]:
    """Modules of ours that could notify, or list a file as recent."""
    ours = Path(coachdesk.__file__).parent.rglob("*.py")
    return [path.name for path in ours if _TELLS.search(path.read_text(encoding="utf-8"))]


def watched(folder: Path, wrong: str = "") -> Result:
    """Walk, with a name as the title, in the log or in a file at home where `wrong` says so."""
    if QApplication.instance() is None:
        make_app(Settings())
    sought, logs = names(), folder / "logs"
    process.keep_log(logs)
    seen: set[str] = set()
    least = 3 if wrong else LEAST
    for name in sorted(sought)[:5]:  # an error from deep below may quote anything
        messages.note(RuntimeError(f"UNIQUE constraint failed: {name}"))
    if wrong == "log":
        logging.getLogger("coachdesk.planted").warning("could not save %s", sorted(sought)[0])
    home = Path(os.environ["HOME"])
    recent = home / "recently-used.xbel"
    if wrong == "file":
        recent.write_text(f"{sorted(sought)[0]}.pdf", encoding="utf-8")
    count = 0
    shape = Shape(tour.school_day(date.today()), **tour.SMALL)
    with tour._trip(shape, tour.WINDOW) as trip, closing(walk(trip)) as stops:
        for _stop in stops:
            settle()
            count += 1
            if wrong == "title":
                trip.shell.setWindowTitle(f"Visit with {sorted(sought)[0]}")
            seen |= set(titles())
            if wrong and count > least:
                break
    hits = [title for title in seen if any(name in title for name in sought)]
    logged = [name for path in logs.iterdir() for name in sought if name in path.read_text(encoding="utf-8")]
    left = leaks(home, sought, list(folder.parent.rglob("*")))
    recent.unlink(missing_ok=True)
    found = len(hits) + len(logged) + len(left) + len(notifiers())
    said = f"{found} names at {count} stops; titles: {', '.join(sorted(filter(None, seen)))[:80]}"
    return Result(1, said, found == 0 and count >= least and {t for t in seen if t} == {TITLE})


def run(_n: int, folder: Path) -> Result:
    return watched(folder)


def planted(folder: Path) -> Result:
    """A name in the log, one in a title, one in a list of recent files: each must be noticed."""
    results = [watched(folder / wrong, wrong) for wrong in ("log", "title", "file")]
    return Result(len(results), "; ".join(one.said for one in results), any(one.kept for one in results))
