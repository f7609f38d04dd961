"""The command line.

Whatever goes wrong is one sentence on standard error and an exit code that is not 0. Services are imported
only by commands that use them, Qt only by those that paint: so `check` needs no display and no libGL, and
the window is not kept waiting by what it does not need yet.
"""

import argparse
import errno
import gc
import io
import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from coachdesk import VERSION, own_memory, passphrase, paths, settings
from coachdesk.errors import CoachdeskError
from coachdesk.paths import Folders

FINDINGS, CANNOT_OPEN = 1, 2
_STOPPED = 130
_SILENT = logging.NullHandler()  # event codes are for a log, not for a terminal
_DIGITS = 10  # of a number; Python itself refuses thousands
SAMPLE = "sample"  # a sample's passphrase, unless another one is given
THEMES = ("light", "dark")


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says; the exit code."""
    _ready_output()
    logging.getLogger(paths.NAME).addHandler(_SILENT)
    given = sys.argv[1:] if words is None else words
    parser = _parser()
    if not _is_for_a_window(given):
        _add_commands(parser)
    asked = parser.parse_args(given)
    own_memory.leave_no_core_dumps()
    if asked.command:  # a window does so once it is painted
        own_memory.keep_private()
    failed = CANNOT_OPEN if asked.command == "check" else 1
    try:
        return _COMMANDS[asked.command](asked)
    except CoachdeskError as error:
        return _say(str(error), failed)
    except KeyboardInterrupt:
        return _say("Stopped.", _STOPPED)
    except BrokenPipeError:
        _give_up_output()  # nobody reads on: end in silence
        return 1
    except OSError as error:
        _give_up_output()
        return _say(_in_words(error), failed)


def _give_up_output() -> None:
    """Say nothing more on standard output: what could not be written must not fail again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _ready_output() -> None:
    """Lines go out whatever signs they hold, and into nothing where standard output is closed."""
    if sys.stdout is None:  # else the vault itself might get its number
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the program
    elif isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _start(asked: argparse.Namespace) -> int:
    if asked.smoke_test:
        return _smoke_test()
    if sys.platform.startswith("linux") and not _has_display():
        raise CoachdeskError(
            "There is no display here. `coachdesk tour --out FOLDER` makes pictures of every screen."
        )
    _folders(asked)
    gc.disable()  # it would only delay the first paint; the window takes it over: ui.collecting
    code: int = _app().run(asked.profile, demo=asked.demo, locked=asked.locked)
    return code


def _tour(asked: argparse.Namespace) -> int:
    os.environ |= {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(asked.scale)}
    themes = (asked.theme,) if asked.theme else THEMES
    return _print(
        map(str, _tours().tour(asked.out, themes, asked.size, teachers=asked.teachers, years=asked.years))
    )


def _smoke_test() -> int:
    if not _has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    problems: list[str] = _tours().smoke_test(lambda stop: print(stop, flush=True))
    for problem in problems:
        _say(problem, 1)
    if not problems:
        print("Every screen opened.")
    return 1 if problems else 0


def _sample(asked: argparse.Namespace) -> int:
    if asked.profile is None:
        raise CoachdeskError(
            "Name a folder for the sample with --profile, so that it stays apart from your own."
        )
    work = _terminal()
    shape = work.Shape(asked.today or date.today(), asked.teachers, asked.years, asked.seed)
    return _print(work.sample(work.Key(_folders(asked), lambda: passphrase.asked_twice(SAMPLE)), shape))


def _import_roster(asked: argparse.Namespace) -> int:
    work = _terminal()
    at = work.At(asked.school, asked.new_school)
    return _print(work.import_roster(_key(asked), asked.file, at, asked.dry_run))


def _roster(asked: argparse.Namespace) -> int:
    return _print(_terminal().teachers(_key(asked)))


def _summary(asked: argparse.Namespace) -> int:
    work = _terminal()
    if asked.list:
        return _print(work.quarters(_key(asked), date.today()))
    if not asked.school or not asked.window:
        raise CoachdeskError("Name the school and the window: see both with --list.")
    page = work.Page(asked.school, asked.window, asked.format, asked.out)
    return _print(work.summary(_key(asked), page, date.today()))


def _restore(asked: argparse.Namespace) -> int:
    place = _folders(asked)
    if asked.list:
        return _print(_terminal().backup_list(place, settings.second_folder(place.settings)))
    if not asked.file:
        raise CoachdeskError("Name the backup's file: see those there are with --list.")
    return _print(_terminal().restore(_key(asked), asked.file, asked.test))


def _carry_out(asked: argparse.Namespace) -> int:
    work = _terminal()

    def seal(own: str) -> str:
        if not asked.plain:
            return passphrase.asked_twice(own, _NEW.format("the archive"))
        if not passphrase.agreed_to(work.NOT_SEALED):
            raise CoachdeskError("{warning} Nothing was written: it needs a yes.", warning=work.NOT_SEALED)
        return ""

    return _print(work.carry_out(_key(asked), asked.out, seal))


def _open_archive(asked: argparse.Namespace) -> int:
    return _print(_terminal().unpack(asked.file, asked.out, lambda: passphrase.asked(_OF_ARCHIVE)))


def _carry_in(asked: argparse.Namespace) -> int:
    if asked.profile is None:
        raise CoachdeskError("Name the folder for the new vault with --profile.")
    work = _terminal()
    key = work.Key(_folders(asked), lambda: passphrase.asked(_OF_ARCHIVE))
    return _print(work.carry_in(key, asked.file, _for_new_vault))


def _for_new_vault(of_archive: str) -> str:
    """The new vault's passphrase: the archive's own where nothing else is given."""
    prompt = _NEW.format("the new vault") if of_archive else "Passphrase of the new vault: "
    given = passphrase.asked_twice(of_archive, prompt)
    if not given:
        raise CoachdeskError("A new vault needs a passphrase: hand it in twice, each on a line of its own.")
    return given


def _check(asked: argparse.Namespace) -> int:
    found = _terminal().check(_key(asked))
    _print(found or ["All is well."])
    return FINDINGS if found else 0


_COMMANDS: dict[str | None, Callable[[argparse.Namespace], int]] = {
    None: _start,
    "tour": _tour,
    "sample": _sample,
    "import-roster": _import_roster,
    "roster": _roster,
    "summary": _summary,
    "restore": _restore,
    "archive": _carry_out,
    "open-archive": _open_archive,
    "from-archive": _carry_in,
    "check": _check,
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the words in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message[0].upper()}{message[1:]}. See: {self.prog} --help\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser("coachdesk", description="An instructional coach's desk, kept on this computer.")
    parser.set_defaults(command=None)
    parser.add_argument("--version", action="version", version=f"coachdesk {VERSION}")
    parser.add_argument("--profile", type=_folder, metavar="DIR", help=_PROFILE)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--demo", action="store_true", help="look around in a throw-away sample vault")
    ways.add_argument(
        "--smoke-test", action="store_true", help="open every screen on a sample vault, then quit"
    )
    ways.add_argument("--locked", action="store_true", help=argparse.SUPPRESS)
    return parser


def _is_for_a_window(words: Sequence[str]) -> bool:
    """Whether nothing else is asked for: then the commands are not made ready, for the first paint waits."""
    rest = iter(words)
    return all(
        word in ("--demo", "--locked") or (word == "--profile" and not next(rest, "-").startswith("-"))
        for word in rest
    )


def _add_commands(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(title="without a window", metavar="COMMAND")

    def command(name: str, says: str, profile: bool = True) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=says, description=says, allow_abbrev=False)
        made.set_defaults(command=name)
        if profile:
            made.add_argument(
                "--profile",
                type=_folder,
                metavar="DIR",
                default=argparse.SUPPRESS,
                help="where the vault lies",
            )
        return made

    tour = command(
        "tour", "Pictures of every screen and one quarter's page of a sample vault.", profile=False
    )
    tour.add_argument("--out", type=_folder, metavar="DIR", required=True)
    tour.add_argument("--theme", choices=THEMES, help="one look instead of both")
    tour.add_argument("--size", type=_size, metavar="WxH", default=(1366, 768))
    tour.add_argument("--scale", type=_between(1, 4), metavar="N", default=1)
    sample = command("sample", "Build a vault of an invented coach.")
    for asked in (tour, sample):
        asked.add_argument("--teachers", type=_between(1, 5000), metavar="N", default=40)
        asked.add_argument("--years", type=_between(1, 60), metavar="N", default=2)
    sample.add_argument("--seed", type=_between(0, 2**31), metavar="N", default=1)
    sample.add_argument("--today", type=_day, metavar="YYYY-MM-DD")
    bring = command("import-roster", "Bring in a roster file; people in doubt or gone are only told.")
    bring.add_argument("file", type=Path, metavar="FILE")
    bring.add_argument("--school", metavar="NAME", default="", help="the one school it is about")
    bring.add_argument("--new-school", action="store_true", help="make it, though one is called nearly so")
    bring.add_argument("--dry-run", action="store_true", help="only say what it would do")
    roster = command("roster", "The teachers in the vault.")
    roster.add_argument("--list", action="store_true", required=True, help="one teacher a line")
    page = command("summary", "The page of one quarter for a school's principal.")
    page.add_argument("--list", action="store_true", help="the schools and the quarters that are over")
    page.add_argument("--school", metavar="NAME")
    page.add_argument("--window", metavar="WINDOW", help='for example "2026-27 Q1"')
    page.add_argument("--format", type=_formats, metavar="pdf,html,csv", default=("pdf",))
    page.add_argument("--out", type=_folder, metavar="DIR", default=Path())
    back = command("restore", "Put a backup in the vault's place; what is there is set aside first.")
    back.add_argument("file", type=Path, metavar="FILE", nargs="?", help="the backup, or its name in --list")
    back.add_argument("--list", action="store_true", help="the backups there are; no passphrase is needed")
    back.add_argument("--test", action="store_true", help="only look whether it is whole, and what is in it")
    out = command("archive", "Everything in one file in an open format, sealed with a passphrase.")
    out.add_argument("--out", type=Path, metavar="FILE", required=True, help="usually ends in .zip.age")
    out.add_argument(
        "--plain",
        action="store_true",
        help="not encrypted: a ZIP that anybody can read; asks for a yes, or takes the line `yes` after that "
        "of the passphrase",
    )
    unpack = command("open-archive", "Unpack an archive into plain CSV and JSON files.", profile=False)
    unpack.add_argument("file", type=Path, metavar="FILE")
    unpack.add_argument("--out", type=_folder, metavar="DIR", required=True)
    come = command("from-archive", "Make a new vault from an archive.")
    come.add_argument("file", type=Path, metavar="FILE")
    command("check", "Look at every part of the vault; a line for each thing that is wrong.")


def _between(low: int, high: int) -> Callable[[str], int]:
    def number(word: str) -> int:
        is_number = word.isascii() and word.isdigit() and len(word) <= _DIGITS
        if not is_number or not low <= int(word) <= high:
            raise argparse.ArgumentTypeError(f"{word!r} is not a number from {low} to {high}")
        return int(word)

    return number


def _size(word: str) -> tuple[int, int]:
    width, _, height = word.lower().partition("x")
    try:
        return _between(800, 7680)(width), _between(560, 4320)(height)
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(
            f"{word!r} is not a size such as 1366x768, from 800x560 to 7680x4320"
        ) from None


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{word!r} is not a day such as 2026-11-20") from None


def _folder(word: str) -> Path:
    if not word:  # Path would take it for the folder we are in
        raise argparse.ArgumentTypeError("no folder is named")
    return Path(word)


def _formats(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip().lower() for part in word.split(",") if part.strip()))


def _folders(asked: argparse.Namespace) -> Folders:
    """Where the data lie; a profile that is there must be a folder we may look into."""
    profile = asked.profile
    if profile is not None and profile.exists():
        if not profile.is_dir():
            raise CoachdeskError("The profile is a file. Name a folder with --profile.")
        if not os.access(profile, os.R_OK | os.X_OK):
            raise CoachdeskError("The folder of the profile cannot be read. Check who may open it.")
    return paths.folders(profile, on_computer=True)


def _key(asked: argparse.Namespace) -> object:
    return _terminal().Key(_folders(asked), passphrase.asked, _say_to_whoever_waits)


def _say_to_whoever_waits(sentence: str) -> None:
    """Apart from the answer, and to nobody but a person."""
    if sys.stderr and sys.stderr.isatty():
        print(sentence, file=sys.stderr, flush=True)


def _print(lines: Iterable[str]) -> int:
    for line in lines:
        print(line)
    sys.stdout.flush()
    return 0


def _say(sentence: str, code: int) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return code


def _in_words(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk is full. Free some space, then try again."
    name = Path(str(error.filename)).name if error.filename else ""
    return f"{name or 'A file'} cannot be read or written: {(error.strerror or 'no reason given').lower()}."


def _has_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _terminal() -> ModuleType:
    from coachdesk import terminal

    return terminal


def _app() -> ModuleType:
    try:
        from coachdesk import app
    except ImportError as error:
        raise CoachdeskError(_NO_QT, what=error.msg) from None
    return app


def _tours() -> ModuleType:
    try:
        from coachdesk.ui import tour
    except ImportError as error:
        raise CoachdeskError(_NO_QT, what=error.msg) from None
    return tour


_PROFILE = (
    "keep the vault, backups, settings and logs under DIR; how often a vault was written to, by which an "
    "older copy is noticed, stays with your account on this computer"
)
_OF_ARCHIVE = "Passphrase of the archive: "
_NEW = "Passphrase for {} (Enter for the same): "
_NO_QT = "The window cannot be shown, for a system library is missing: {what}"
