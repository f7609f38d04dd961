"""The one place where a problem becomes words on the screen."""

import logging
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication

from coachdesk.errors import CoachdeskError
from coachdesk.ui import dates

log = logging.getLogger(__name__)

Show = Callable[[str], None]


def words(error: BaseException) -> str:
    """What to say about `error`: its own words in the coach's language, or that it is our fault."""
    if isinstance(error, CoachdeskError):
        text = QCoreApplication.translate("errors", error.text)
        return (
            text.format(**{name: _said(fact) for name, fact in error.facts.items()}) if error.facts else text
        )
    return QCoreApplication.translate("errors", "Something went wrong. Your notes are safe.")


def _said(fact: object) -> object:
    """A day as the coach writes days; numbers and names as they are."""
    return dates.with_year(fact) if isinstance(fact, date) else fact


def note(error: BaseException) -> None:
    """Log what is our fault: its kind and place, never its text, which may quote a coach's words."""
    if isinstance(error, CoachdeskError):
        return
    place = "unknown"
    trace = error.__traceback__
    while trace:
        place = f"{Path(trace.tb_frame.f_code.co_filename).stem}:{trace.tb_lineno}"
        trace = trace.tb_next
    log.error("uncaught %s %s", type(error).__name__, place)


def show_uncaught(show: Show, post: Callable[[Callable[[], None]], None]) -> None:
    """Have each error that nobody handled noted, and shown by `show`; `post` leads to the screen's thread."""

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        note(error)
        show(words(error))

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value:
            error = args.exc_value
            note(error)
            post(lambda: show(words(error)))

    sys.excepthook = hook
    threading.excepthook = thread_hook
