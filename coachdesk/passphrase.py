"""Asking for a passphrase without a window: typed where there is a terminal, else a line of standard input.

Never an argument: those are seen by other programs and kept by the shell.
"""

import os
import select
import sys

from coachdesk.errors import CoachdeskError

LONGEST = 4 * 4096 + 2  # bytes: the signs of the longest passphrase, and the line's end
_PATIENCE = 1.0  # seconds for another program to begin handing in lines
_NONE = "No passphrase was given: type it, or hand it in as a line on standard input."
_YES = "yes"
_DIFFERENT = "The two passphrases are not the same, so nothing was made. Try again."


def asked(prompt: str = "Passphrase: ") -> str:
    """The passphrase of what is there. Raises CoachdeskError where none comes."""
    given = _typed(prompt) if _is_terminal() else _line()
    if not given:
        raise CoachdeskError(_NONE)
    return given


def asked_twice(otherwise: str, prompt: str = "") -> str:
    """The passphrase of something new; `otherwise` where Enter is typed or no line is handed in.

    Raises CoachdeskError where the second is not the first.
    """
    if _is_terminal():
        first = _typed(prompt or f"Passphrase (Enter for `{otherwise}`): ")
        again = _typed("Repeat passphrase: ") if first else ""
    else:
        first, again = (_line(), _line()) if _is_given() else ("", "")
    if first != again:
        raise CoachdeskError(_DIFFERENT)
    return first or otherwise


def agreed_to(warning: str) -> bool:
    """Whether somebody who was told `warning` says yes: typed, or handed in as the next line."""
    if not _is_terminal():
        return _is_given() and _line().strip().casefold() == _YES
    print(f"{warning} Type {_YES} to go on: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() == _YES


def _is_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _typed(prompt: str) -> str:
    try:
        import getpass  # the window never needs it

        return getpass.getpass(prompt)
    except EOFError:
        raise CoachdeskError(_NONE) from None


def _is_given() -> bool:
    """Whether lines are handed in: standard input may stand open with nobody ever writing to it."""
    if sys.stdin is None or os.name != "posix":
        return sys.stdin is not None
    return bool(select.select([sys.stdin], [], [], _PATIENCE)[0])


def _line() -> str:
    """The next line without its end, whichever system wrote it; empty where there are no more."""
    if sys.stdin is None:
        return ""
    line = sys.stdin.buffer.readline(LONGEST + 1)
    if len(line) > LONGEST:
        raise CoachdeskError("The line on standard input is too long for a passphrase.")
    try:
        return line.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise CoachdeskError("The passphrase on standard input is not UTF-8 text.") from None
