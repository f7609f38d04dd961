"""Pictures of everything there is to see, and the test that all of it opens. Neither needs a display."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from coachdesk.errors import CoachdeskError
from coachdesk.paths import NAME, folders
from coachdesk.services import opening, sample, sharing
from coachdesk.services.sample.book import Shape
from coachdesk.services.sample.days import school_day
from coachdesk.ui import theme
from coachdesk.ui.background import Background
from coachdesk.ui.collecting import Collecting
from coachdesk.ui.shell import Shell
from coachdesk.ui.walk import Trip, settle, walk

BOTH = ("light", "dark")
FORMATS = ("pdf", "html", "csv")
FOLDER = "coachdesk-sample-"
SMALL = {"teachers": 16, "years": 1}
WINDOW = (1366, 768)
QUALITY = 80  # of a PNG, which loses nothing: how hard to pack it; harder takes longer for a twentieth less
_NOT_OURS = ("This plugin does not support", "QStandardPaths: XDG_RUNTIME_DIR")


def tour(
    out: Path, themes: tuple[str, ...] = BOTH, size: tuple[int, int] = WINDOW, **sample_size: int
) -> Iterator[Path]:
    """Write a picture of every stop into `out` in each of `themes`, and one quarter's page in every format.

    `size` is the window's, in logical pixels; `sample_size` the sample's `teachers` and `years`. Each path is
    answered once its file is written.

    Raises:
        CoachdeskError: the folder takes no files, or something did not come up.
    """
    if out.exists() and not out.is_dir():
        raise CoachdeskError("The place for the tour is a file. Name a folder with --out.")
    os.umask(0o077)  # whatever this process makes from now on is for this user alone
    out.mkdir(parents=True, exist_ok=True)
    problems: list[str] = []
    with _heard(problems):
        for scheme in themes:  # a walk each: to dress all pages anew at every stop takes ten times as long
            shape = Shape(school_day(date.today()), **sample_size)
            yield from _pictures(out, scheme, size, shape, with_pages=scheme == themes[-1])
    if problems:
        raise CoachdeskError("The tour saw something go wrong: {what}", what="; ".join(problems))


def _pictures(
    out: Path, scheme: str, size: tuple[int, int], shape: Shape, *, with_pages: bool
) -> Iterator[Path]:
    with _trip(shape, size) as trip:
        theme.apply(_app(), scheme)
        with closing(walk(trip)) as stops:
            for number, stop in enumerate(stops, start=1):
                settle()
                yield _picture(trip.shell, out / f"{number:02d}-{stop.replace(' ', '-')}-{scheme}.png")
        if with_pages:
            yield from _pages(trip, out)


def smoke_test(tell: Callable[[str], object]) -> list[str]:
    """Open everything on a throw-away sample, until something goes wrong; an empty list where all is well.

    `tell` hears the name of each stop that is open: the last one before what went wrong.
    """
    problems: list[str] = []
    with _heard(problems), _trip(Shape(school_day(date.today()), **SMALL), WINDOW) as trip:
        try:
            with closing(walk(trip)) as stops:
                for stop in stops:
                    settle()
                    if problems:
                        break
                    tell(stop)
        except CoachdeskError as error:
            problems.append(str(error))
        except Exception as error:  # whatever it is, it is what the test was to find
            problems.append(_place(error, error.__traceback__))
    return problems


def _place(error: BaseException, trace: TracebackType | None) -> str:
    """The kind of an error and where it rose; not its text, which may quote what somebody wrote."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "nowhere"
    return f"{type(error).__name__} at {where}"


def _picture(shell: Shell, path: Path) -> Path:
    if not shell.grab().save(str(path), "PNG", QUALITY):
        raise CoachdeskError("A picture could not be written into that folder. Choose another one.")
    return path


def _pages(trip: Trip, out: Path) -> Iterator[Path]:
    """The page that was saved on the way, in every format."""
    desk = opening.open_desk(folders(trip.folder / "sample"), sample.PASSPHRASE)
    try:
        row = next(row for row in desk.ask(sharing.windows, trip.shape.today) if row.released)
        files = desk.do(sharing.summary, row.school, row.name, trip.shape.today, FORMATS)
    finally:
        desk.close()
    for name, content in files.items():
        path = out / f"sample-{name}"  # over yesterday's, but never over a page that was really released
        path.write_bytes(content)
        yield path


@contextmanager
def _trip(shape: Shape, size: tuple[int, int]) -> Iterator[Trip]:
    """A window on a throw-away folder; all of it is gone in the end."""
    app = _app()
    theme.dress(app, "light")
    app.setCursorFlashTime(0)  # a caret that is always painted: the same picture every time
    background = Background()
    with tempfile.TemporaryDirectory(prefix=FOLDER) as folder:
        shell = Shell()
        shell.resize(*size)
        shell.show()
        shell.activateWindow()
        collecting = Collecting(shell)
        try:
            yield Trip(shell, background, Path(folder), shape)
        finally:
            background.close()
            collecting.close()
            shell.leave()
            shell.deleteLater()
            settle()


def _app() -> QApplication:
    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication([NAME])


@contextmanager
def _heard(problems: list[str]) -> Iterator[None]:
    """Whatever Qt warns of, and every error that nobody handled, is a problem."""

    def heard(kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and kind is not QtMsgType.QtInfoMsg:
            problems.extend([f"Qt: {text}"] if not text.startswith(_NOT_OURS) else [])

    def uncaught(_kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        problems.append(_place(error, trace))

    before, hook = qInstallMessageHandler(heard), sys.excepthook
    sys.excepthook = uncaught
    try:
        yield
    finally:
        qInstallMessageHandler(before)
        sys.excepthook = hook
