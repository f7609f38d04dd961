"""A typist is killed, and what was typed is sought in the vault afterwards."""

import multiprocessing
import re
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import coached_school
from sqlmodel import col, select
from typist import KEY, keys, type_until_killed

from coachdesk.model import ScriptLine
from coachdesk.services.checking import CHECKS
from coachdesk.services.desk import Desk
from coachdesk.store.vault import Vault

MOST_LOST = 1.0  # seconds of typing
TAG = re.compile(r"#\w*")  # one that was not whole yet when the process died
Moments = Sequence[float]


def processes():
    """Where typists come from: they have imported everything already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["typist"])
    return context


def prepare(path: Path) -> None:
    """A vault with somebody to visit."""
    desk = Desk(Vault.open_with_key(path, KEY))
    desk.do(coached_school.year)
    desk.do(coached_school.school, teachers=3)
    desk.close()


def killed(context, path: Path, after: float, save_after_ms: int = 0) -> tuple[list[float], float]:
    """When each key was pressed, and when the process was killed: `after` seconds after the first key."""
    ours, theirs = context.Pipe(duplex=False)
    typist = context.Process(target=type_until_killed, args=(path, theirs, save_after_ms))
    typist.start()
    theirs.close()
    pressed = [ours.recv()]
    while (left := pressed[0] + after - monotonic()) > 0:
        if ours.poll(left):
            pressed.append(ours.recv())
    now = monotonic()
    typist.kill()
    typist.join()
    ours.close()
    typist.close()
    return pressed, now


def kept(path: Path) -> tuple[str, list[str]]:
    """The digits that are in the vault, in the order in which they were typed; and what is wrong with it."""
    vault = Vault.open_with_key(path, KEY)
    with vault.read() as session:
        lines = session.exec(select(ScriptLine.text).order_by(col(ScriptLine.position))).all()
    wrong = vault.inspect(lambda found: [sentence for sentence, is_well in CHECKS if not is_well(found)])
    vault.close()
    return re.sub(r"\D", "", TAG.sub("", "\n".join(lines))), wrong


def lost(digits: str, pressed: Moments, now: float) -> float:
    """How many seconds before `now` the first key was pressed that is not in the vault."""
    typed = [(at, sign) for at, (sign, stays) in zip(pressed, keys(), strict=False) if stays]
    assert "".join(sign for _at, sign in typed).startswith(digits[: len(typed)])
    return max((now - at for at, _sign in typed[len(digits) :]), default=0.0)
