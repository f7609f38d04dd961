"""What the coach, and nobody else, is told of a page: what it leaves out and why, and what was checked."""

from dataclasses import dataclass

from coachdesk.disclosure.mechanism import NONE_SHOWN
from coachdesk.export.page import Page
from coachdesk.services.clearance import Cleared

_NEVER_SHOWN = (
    "Notes, action steps and what anyone said: they never leave this desk.",
    "Names, and who is in a cycle: coaching is confidential.",
    "Exact numbers: a share is half or more, or fewer than half; visits and hours are rounded to five.",
)
_VOLUME_HIDDEN = "Visits and hours: one teacher's part in them could be worked out this quarter."
_ROWS_HIDDEN = (
    "All rows: fewer teachers than needed had a visit this quarter. "
    "Rows are shown all together or not at all, so that a missing one says nothing."
)
_PROVES_NOTHING = (
    "The page proves nothing about any one teacher, not even to somebody who knows your list, "
    "whom you visited, {told}, and every earlier page."
)
_NOBODY_FOUND = "All {files} files were searched for everybody on your lists: nobody is in them."
_TO_BE_SEARCHED = "Before it is saved, every byte of the files is searched for everybody on your lists."
_SAME_FOR_ALL = "Somebody's name is also a word of the page itself, there it says nothing of them."
_CHECKED_THEN = "This page left earlier and was checked then; the files are the same to the byte."


@dataclass(frozen=True)
class Certificate:
    """For the coach alone: the rows shown, what is left out and why, and what was checked."""

    shown: tuple[str, ...]
    left_out: tuple[str, ...]
    checks: tuple[str, ...]


NOTHING = Certificate((), (), ())


def of(page: Page, m: int, cleared: Cleared) -> Certificate:
    """Of a page that is released now, by a year's rules for `m` teachers who tell."""
    return Certificate(_shown(page), left_out(page), _checks(m, cleared))


def of_earlier(page: Page) -> Certificate:
    """Of a page that left before."""
    return Certificate(_shown(page), left_out(page), (_CHECKED_THEN,))


def of_draft(page: Page, m: int) -> Certificate:
    """Of a page that has not left: what holds already, and what will be looked at when it is saved."""
    return Certificate(_shown(page), left_out(page), (_proves_nothing(m), _TO_BE_SEARCHED))


def left_out(page: Page) -> tuple[str, ...]:
    """Why what is missing from a page is missing, in words for the coach."""
    if not page.rows:
        return (_ROWS_HIDDEN, *_NEVER_SHOWN)
    volume_hidden = any(part.sentence == NONE_SHOWN for part in page.sections)
    return (_VOLUME_HIDDEN, *_NEVER_SHOWN) if volume_hidden else _NEVER_SHOWN


def _checks(m: int, cleared: Cleared) -> tuple[str, ...]:
    checks = (
        _proves_nothing(m),
        _NOBODY_FOUND.format(files=cleared.files),
        "Every word in the files stands on the page as you saw it.",
    )
    return (*checks, _SAME_FOR_ALL) if cleared.same_for_all else checks


def _proves_nothing(m: int) -> str:
    told = "what two teachers tell of themselves" if m > 1 else "what one teacher tells of themselves"
    return _PROVES_NOTHING.format(told=told)


def _shown(page: Page) -> tuple[str, ...]:
    return tuple(label for _, label, _ in page.rows)
