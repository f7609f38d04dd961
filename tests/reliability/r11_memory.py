"""R11: what was open is not in the memory of the process that was locked."""

from pathlib import Path

from laptop import FAMILY, PASSPHRASE, Laptop, laptop
from memory import hits
from row import Result

NUMBER = "R11"
CHECK = "memory of the process after lock: note, teacher's name, passphrase"
BOUND = "0 hits; more than 0 before lock"
QUICK, FULL = 2, 20
SECONDS = 100

NOTE = "zebrafish sorted by stripes"
SECRETS = [NOTE, FAMILY, PASSPHRASE]


def run(n: int, folder: Path) -> Result:
    with laptop(folder) as one:
        one.start()
        rounds = [_round(one) for _ in range(n)]
    return _judged(rounds)


def planted(folder: Path) -> Result:
    """A lock that only hides the window: the memory is looked at while the desk is open."""
    with laptop(folder) as one:
        one.start()
        _open(one)
        found = hits(one.pid, SECRETS)
    return _judged([(found, found)])


def _round(one: Laptop) -> tuple[dict[str, int], dict[str, int]]:
    """What was found before the lock and after it."""
    _open(one)
    before = hits(one.pid, SECRETS)
    one.locks(one.computer.locks_screen)
    return before, hits(one.pid, SECRETS)


def _open(one: Laptop) -> None:
    one.unlock()
    one.begin_note()
    one.type(NOTE)


def _judged(rounds: list[tuple[dict[str, int], dict[str, int]]]) -> Result:
    control = {secret: min(before[secret] for before, _after in rounds) for secret in SECRETS}
    left = sum(sum(after.values()) for _before, after in rounds)
    note, name, passphrase = (control[secret] for secret in SECRETS)
    said = f"{left} hits; before lock at least {note} of the note, {name} of the name, {passphrase} of the "
    said += "passphrase"
    return Result(len(rounds), said, not left and note > 0 and name > 0)
