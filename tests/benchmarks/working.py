"""The open desk as a coach feels it: unlocked, searched, filtered, walked through, backed up."""

import shutil
from collections.abc import Iterator
from uuid import uuid4

from machine import Measured, median, percentile, timed
from scene import FRAME, MORNING, Scene, told
from sqlmodel import Session, func, select

from coachdesk.model import Placement, School, Teacher, VisitNote
from coachdesk.services import keep

ROUNDS = 5


def unlock(scene: Scene) -> Iterator[Measured]:
    """Passphrase given until the first page is painted, and the memory then."""
    runs = [told(scene, "unlocking.py", scene.lifetime, MORNING.isoformat()) for _ in range(ROUNDS)]
    derive, our = (median([run[name] for run in runs]) for name in ("derive", "unlock"))
    memory, built = (median([run[name] for run in runs]) for name in ("memory", "built"))
    yield Measured(
        "passphrase given → first page painted, 30 years of notes",
        f"key derivation alone {derive:.0f} ms",
        f"{our:.0f} ms, derivation + {our - derive:.0f} ms",
        "derivation + 150 ms",
        our <= derive + 150,
    )
    said = f"{memory:.0f} MiB; {built:.0f} MiB once every page is built"
    yield Measured("memory then", "", said, "≤ 140 MiB", memory <= 140)


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
    """From page to page of the sidebar, and to the teacher of whom there is most to show."""
    at_once = told(scene, "at_work.py", scene.lifetime, "switch")
    took = told(scene, "at_work.py", scene.lifetime, "switch", "settled")
    for when, figures in (
        ("at once after unlocking", at_once),
        ("some seconds after: pages are built while nobody works", took),
    ):
        worst, said = _worst(figures["first"])
        yield Measured(f"another page, the first time, {when}", "", said, "≤ 100 ms", worst <= 100)
    again = took["again"]
    p95 = percentile(sum(again.values(), []), 0.95)
    slowest = max(again, key=lambda page: median(again[page]))
    said = f"p95 {p95:.0f} ms; slowest {slowest}, median {median(again[slowest]):.0f} ms"
    yield Measured("another page, again", "", said, "≤ 50 ms", p95 <= 50)


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


def _worst(took: dict[str, list[float]]) -> tuple[float, str]:
    """The longest that any page took, and which it was."""
    slowest = max(took, key=lambda page: max(took[page]))
    worst = max(took[slowest])
    return worst, f"worst {worst:.0f} ms: {slowest}"


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
