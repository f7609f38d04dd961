"""R11: what was open is not in the memory of the process that was locked."""

from pathlib import Path

from desktop import until
from laptop import FAMILY, PASSPHRASE, Laptop, laptop
from memory import hits
from row import Result

NUMBER = "R11"
CHECK = "memory of the process after lock: note, teacher's name, passphrase"
BOUND = "0 hits; more than 0 before lock, of the passphrase while it is typed"
QUICK, FULL = 1, 20
SECONDS = 110

NOTE = "zebrafish sorted by stripes"
SECRETS = [NOTE, FAMILY, PASSPHRASE]


def run(n: int, folder: Path) -> Result:
    with laptop(folder) as one:
        one.start()
        rounds = [_round(one) for _ in range(n)]
    return _judged(rounds)


def planted(folder: Path) -> Result:
    """A lock that only hides the window: the memory is looked at while the desk is open; and one that forgets
    all but the passphrase, which is looked at while it stands in its field."""
    with laptop(folder) as one:
        one.start()
        typed = _typed(one)
        found = _opened(one)
        nothing = dict.fromkeys(SECRETS, 0)
    hidden = [_judged([(found | typed, after)]) for after in (found, nothing | typed)]
    return Result(len(hidden), hidden[-1].said, any(each.kept for each in hidden))


def _round(one: Laptop) -> tuple[dict[str, int], dict[str, int]]:
    """What was found before the lock and after it."""
    typed = _typed(one)
    before = _opened(one) | typed
    one.locks(one.computer.locks_screen)
    return before, hits(one.pid, SECRETS)


def _typed(one: Laptop) -> dict[str, int]:
    """What is found of the passphrase while it stands in its field: the program forgets it at once when it
    is given, so that no other moment shows that it would be seen."""
    one.type(PASSPHRASE)
    until(lambda: bool(hits(one.pid, [PASSPHRASE])[PASSPHRASE]), "the passphrase in its field")
    return hits(one.pid, [PASSPHRASE])


def _opened(one: Laptop) -> dict[str, int]:
    one.desktop.press("Return")
    until(one.computer.is_held_awake, "the open desk")
    one.begin_note()
    one.type(NOTE)
    return hits(one.pid, SECRETS)


def _judged(rounds: list[tuple[dict[str, int], dict[str, int]]]) -> Result:
    control = {secret: min(before[secret] for before, _after in rounds) for secret in SECRETS}
    left = sum(sum(after.values()) for _before, after in rounds)
    note, name, passphrase = (control[secret] for secret in SECRETS)
    said = f"{left} hits; before lock at least {note} of the note, {name} of the name, {passphrase} of the "
    said += "passphrase as it is typed"
    return Result(len(rounds), said, not left and all(control.values()))
