"""The open desk as a coach feels it: unlocked, typed into, filtered, walked through, backed up."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from machine import Measured, median, percentile, timed
from scene import Scene
from sqlmodel import Session, func, select

from coachdesk.model import Placement, School, Teacher, VisitNote
from coachdesk.services import keep

HERE = Path(__file__).parent
FRAME = 16  # ms: what a screen shows at 60 pictures a second
ROUNDS = 5


def unlock(scene: Scene) -> Iterator[Measured]:
    """Passphrase given until the first page is painted, and the memory then."""
    runs = [told(scene, "unlocking.py", scene.lifetime) for _ in range(ROUNDS)]
    derive, our = (median([run[name] for run in runs]) for name in ("derive", "unlock"))
    memory = median([run["memory"] for run in runs])
    yield Measured(
        "passphrase given → first page painted, 30 years of notes",
        f"key derivation alone {derive:.0f} ms",
        f"{our:.0f} ms, derivation + {our - derive:.0f} ms",
        "derivation + 150 ms",
        our <= derive + 150,
    )
    yield Measured("memory then", "", f"{memory:.0f} MiB", "≤ 140 MiB", memory <= 140)


def typing(scene: Scene) -> Iterator[Measured]:
    """Keys in a teacher's file that saves itself, on a disk as it is and on one that takes its time."""
    shim, why = slow_flush(scene)
    disks: dict[str, dict[str, str]] = {"": {}}
    if shim:
        disks[", each disk flush 20 ms slower"] = {"LD_PRELOAD": str(shim)}
    else:
        print(f"(the row with slow flushes is left out: {why})")
    for disk, extra in disks.items():
        keys = told(scene, "at_work.py", scene.lifetime, "type", extra=extra)
        p95, worst = percentile(keys["ours"], 0.95), max(keys["ours"])
        yield Measured(
            f"keystroke → painted while the file saves itself{disk}",
            f"a field that does nothing: p95 {percentile(keys['bare'], 0.95):.1f} ms",
            f"p95 {p95:.1f} ms, worst {worst:.0f} ms",
            f"p95 ≤ 3 ms, worst ≤ {FRAME} ms",
            p95 <= 3 and worst <= FRAME,
        )


def roster(scene: Scene) -> Iterator[Measured]:
    """Filtering the list of teachers."""
    profile, _ = scene.sample("roster")
    for teachers, bound in ((200, FRAME), (5000, 50)):
        desk = scene.open(profile)
        desk.do(fill_up, teachers)
        desk.close()
        took = median(told(scene, "at_work.py", profile, "filter")["filter"])
        yield Measured(
            f"roster of {teachers:,} filtered and painted",
            "",
            f"{took:.1f} ms",
            f"≤ {bound} ms",
            took <= bound,
        )


def jumping(scene: Scene) -> Iterator[Measured]:
    """Keys in the search box: asked of notes, teachers, events, pages and commands, and painted."""
    p95 = percentile(told(scene, "at_work.py", scene.lifetime, "search")["search"], 0.95)
    yield Measured(
        "a key in the search box → all it finds is painted, 30 years of notes",
        "",
        f"p95 {p95:.1f} ms",
        f"≤ {FRAME} ms",
        p95 <= FRAME,
    )


def switching(scene: Scene) -> Iterator[Measured]:
    """From page to page."""
    took = told(scene, "at_work.py", scene.lifetime, "switch")
    for when, bound in (("first", 100), ("again", 50)):
        worst = max(took[when]) if when == "first" else percentile(took[when], 0.95)
        named = "worst" if when == "first" else "p95"
        yield Measured(
            f"another page, {when}", "", f"{named} {worst:.0f} ms", f"≤ {bound} ms", worst <= bound
        )


def backing_up(scene: Scene) -> Iterator[Measured]:
    """A verified backup while the window is open."""
    vault = scene.lifetime / "coachdesk.vault"
    copying = timed(lambda: shutil.copy(vault, scene.folder / "copy"))
    run = told(scene, "at_work.py", scene.lifetime, "back_up")
    gap = max(run["gap"])
    yield Measured(
        "backup of 30 years of notes, verified: longest pause of the window",
        f"plain copy of the file {copying / 1000:.1f} s",
        f"{gap:.0f} ms; the backup {max(run['took']) / 1000:.1f} s",
        "≤ 50 ms",
        gap <= 50,
    )


def building(scene: Scene) -> Iterator[Measured]:
    """The sample of a coach's lifetime."""
    desk = scene.open(scene.lifetime)
    notes = desk.ask(lambda session: session.exec(select(func.count(VisitNote.id))).one())
    desk.close()
    took = scene.building
    yield Measured(f"sample of {notes:,} notes built", "", f"{took:.0f} s", "≤ 180 s", took <= 180)


def told(scene: Scene, script: str, *words: object, extra: dict[str, str] | None = None) -> dict[str, Any]:
    """What a process of its own measured."""
    command = ["dbus-run-session", "--", sys.executable, str(HERE / script), *map(str, words)]
    environment = {**scene.environment, **(extra or {})}
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    measured: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return measured


def slow_flush(scene: Scene) -> tuple[Path | None, str]:
    """A library that makes every flush take 20 ms longer, or why there is none."""
    if shutil.which("cc") is None:
        return None, "there is no C compiler"
    built = scene.folder / "slow_flush.so"
    command = ["cc", "-shared", "-fPIC", "-O2", "-o", str(built), str(HERE / "slow_flush.c"), "-ldl"]
    subprocess.run(command, check=True)
    return built, ""


def fill_up(session: Session, teachers: int) -> None:
    """New teachers until there are so many, all at one school."""
    there = len(session.exec(select(Teacher.id)).all())
    school = session.exec(select(School.id)).first()
    new = [
        {"id": uuid4(), "given_name": f"Given {n}", "family_name": f"Family {n}"}
        for n in range(there, teachers)
    ]
    keep.keep_many(session, Teacher, [{**one, "subjects": "Science", "grades": "7"} for one in new])
    keep.keep_many(session, Placement, [{"teacher_id": one["id"], "school_id": school} for one in new])
