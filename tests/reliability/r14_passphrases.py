"""R14: passphrases as people type and paste them: unlocked if, and only if, they are equal after NFC."""

import random
import unicodedata
from collections.abc import Callable
from pathlib import Path

from row import Result

from coachdesk.errors import CoachdeskError, WrongPassphrase
from coachdesk.store import keys
from coachdesk.store.keys import FLOOR, LONGEST_PASSPHRASE

NUMBER = "R14"
CHECK = "passphrases: accents, quotes, emoji, spaces, empty, a pasted page"
BOUND = "typed errors; unlock iff equal after NFC"
QUICK, FULL = 24, 500
SECONDS = 80

TYPED_AGAIN = 4  # times that each passphrase is typed, in one way or another

PIECES = (
    *"abcXYZ 019'\"`;\\%\u00a0\t\n\0",
    *("é", "e\u0301", "ñ", "n\u0303", "ö", "Å", "\u212b", "ﬁ", "fi", "ß", "SS", "İ", "ı"),
    *("한글", "\u1112\u1161\u11ab", "ก็", "עִבְרִית", "العربية", "ǖ", "u\u0308\u0304"),
    *(
        "🙂",
        "👩‍🏫",
        "👩🏽‍🏫",
        "🇫🇷",
        "\u200b",
        "\u200d",
        "\ufe0f",
        "\ud800",
        "' OR 1=1 --",
        "five quiet herons",
    ),
)
REFUSED = ("", "x" * (LONGEST_PASSPHRASE + 1), "☕" * 1_000_000, "e\u0301" * 600_000)
Opens = Callable[[bytes, str], bool]


def run(n: int, folder: Path) -> Result:
    return _tried(n, _opens)


def planted(folder: Path) -> Result:
    """An opening that takes like letters for the same, as NFKC does, and spaces at the ends for nothing."""
    return _tried(12, lambda file, typed: _opens(file, unicodedata.normalize("NFKC", typed).strip()))


def _tried(n: int, opens: Opens) -> Result:
    chance = random.Random(14)
    wrong = untyped = alike = 0
    for number in range(n):
        if number % TYPED_AGAIN == 0:
            chosen = "".join(chance.choices(PIECES, k=chance.randrange(1, 7)))
            file = keys.create(chosen, FLOOR).file
        typed = chance.choice(VARIANTS)(chosen, chance)
        equal = unicodedata.normalize("NFC", typed) == unicodedata.normalize("NFC", chosen)
        alike += equal
        try:
            wrong += opens(file, typed) != equal
        except CoachdeskError:
            wrong += bool(typed)
        except Exception:  # whatever is not ours is what this looks for
            untyped += 1
    refused = sum(_is_refused(text) for text in REFUSED)
    said = (
        f"{wrong} wrong answers, {untyped} untyped errors ({alike} alike after NFC); "
        f"{refused} of {len(REFUSED)} empty or endless ones refused"
    )
    return Result(n, said, not wrong and not untyped and refused == len(REFUSED) and 0 < alike < n)


def _opens(file: bytes, typed: str) -> bool:
    try:
        keys.unlock(file, typed)
    except WrongPassphrase:
        return False
    return True


def _is_refused(text: str) -> bool:
    """In words, before anything is derived."""
    try:
        keys.create(text, FLOOR)
    except CoachdeskError as error:
        return "passphrase" in str(error)
    return False


def _same(chosen: str, _chance: random.Random) -> str:
    return chosen


def _composed(chosen: str, _chance: random.Random) -> str:
    return unicodedata.normalize("NFC", chosen)


def _decomposed(chosen: str, _chance: random.Random) -> str:
    return unicodedata.normalize("NFD", chosen)


def _compatible(chosen: str, _chance: random.Random) -> str:
    return unicodedata.normalize("NFKC", chosen)


def _recased(chosen: str, _chance: random.Random) -> str:
    return chosen.swapcase()


def _spaced(chosen: str, chance: random.Random) -> str:
    return chance.choice((chosen + " ", " " + chosen, chosen + "\n", chosen.strip()))


def _slipped(chosen: str, chance: random.Random) -> str:
    at = chance.randrange(len(chosen))
    return chosen[:at] + chance.choice(PIECES) + chosen[at + 1 :]


VARIANTS = (_same, _composed, _decomposed, _decomposed, _compatible, _recased, _spaced, _slipped)
