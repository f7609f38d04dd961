"""Bringing in a roster: what a file would change, shown; then kept as the coach decided.

Nothing is written before `bring`, which writes all or nothing. Whoever is gone from the file is reported;
their file is put away only if the coach says so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from coachdesk.errors import MovedOn
from coachdesk.imports.people import RosterFile
from coachdesk.model import Colleague, Placement, School, Teacher
from coachdesk.model.kinds import Record, new_key
from coachdesk.services import arriving, layouts, roster
from coachdesk.services.incoming import Brought, Decision, Doubt, Kind, Line, Preview
from coachdesk.services.keep import keep, keep_many
from coachdesk.services.places import OTHER_SCHOOL, At, placed

Values = dict[str, Any]


def preview(session: Session, file: RosterFile, school: At = None) -> Preview:
    """What bringing in `file` would do.

    `school` is the one school it is about (its id, or its name where the vault has none yet): people of
    other schools are left out, and people of a file that names no school are placed there. Raises BadFile
    when nobody in the file works at it, or when neither it nor the file says which of several is meant.
    """
    where = placed(session, file, school)
    teachers, unknown = arriving.teachers(session, where)
    colleagues, others = arriving.colleagues(session, where)
    dropped = {
        **file.dropped,
        **({OTHER_SCHOOL: where.elsewhere} if where.elsewhere else {}),
        **({arriving.ALREADY_GONE: unknown + others} if unknown + others else {}),
    }
    lines = sorted([*teachers, *colleagues], key=lambda line: (list(Kind).index(line.kind), line.row or 0))
    state = _state(session)
    return Preview(file.format, tuple(lines), where.places, dropped, file.mended, state, file.layout)


def bring(session: Session, preview: Preview, decisions: Mapping[str, Decision] | None = None) -> Brought:
    """Bring in a roster as decided; lines nobody decided about get the first of their choices.

    What was said of its columns is remembered with it.

    Raises MovedOn, writing nothing, if the roster has been changed since the preview was made.
    """
    if _state(session) != preview.roster:
        raise MovedOn(
            "The roster was changed in the meantime, so nothing was brought in. "
            "Look at the list again, then decide."
        )
    work = _Work(session, preview)
    for line in sorted(preview.lines, key=lambda line: line.doubt is not None):
        work.do(line, line.decided(decisions or {}))
    if preview.layout:
        layouts.remember(session, preview.layout)
    return work.finish()


def _state(session: Session) -> str:
    """A sign of the roster's state: any change of a teacher, colleague, school or placement changes it."""
    kinds: tuple[type[Record], ...] = (Teacher, Colleague, School, Placement)
    revisions = [sorted((str(id), rev) for id, rev in session.exec(select(k.id, k.rev))) for k in kinds]
    return sha256(repr(revisions).encode()).hexdigest()


@dataclass
class _Newcomer:
    """A teacher to be written; a second row of the same person adds to it."""

    values: Values
    at: set[UUID]


class _Work:
    """What is to be written, gathered line by line; new people are written together at the end."""

    def __init__(self, session: Session, preview: Preview) -> None:
        self._session = session
        self._places = {place.id: place for place in preview.places}
        self._by_row = {line.row: line for line in preview.lines if line.coached and line.doubt is None}
        self._newcomers: dict[int | None, _Newcomer] = {}
        self._colleagues: list[Values] = []
        self._changed = self._archived = 0
        self._made: set[UUID] = set()

    def do(self, line: Line, decision: Decision) -> None:
        if decision is Decision.ARCHIVE and line.record_id:
            roster.archive_teacher(self._session, line.record_id)
            self._archived += 1
        elif decision is Decision.SAME_PERSON and line.doubt is Doubt.TWICE:
            self._join(line)
        elif decision is Decision.SAME_PERSON or (decision is Decision.TAKE and line.kind is Kind.CHANGED):
            self._change(line)
        elif decision in (Decision.TAKE, Decision.DIFFERENT):
            self._add(line)

    def finish(self) -> Brought:
        """Write the newcomers, and say what was written."""
        newcomers = self._newcomers.values()
        for newcomer in newcomers:
            self._make_schools(newcomer.at)
        placements = [
            {"teacher_id": newcomer.values["id"], "school_id": school}
            for newcomer in newcomers
            for school in sorted(newcomer.at)
        ]
        self._write(Teacher, [newcomer.values for newcomer in newcomers])
        self._write(Placement, placements)
        self._write(Colleague, self._colleagues)
        new_schools = sum(1 for id in self._made if self._places[id].new)
        return Brought(len(newcomers), len(self._colleagues), self._changed, self._archived, new_schools)

    def _write(self, record: type[Record], rows: list[Values]) -> None:
        if rows:
            keep_many(self._session, record, rows, undoable=True)

    def _add(self, line: Line) -> None:
        values = {"id": new_key(), **arriving.values_of(line)}
        if line.coached:
            self._newcomers[line.row] = _Newcomer(values, set(line.at))
        else:
            self._make_schools(line.at)
            self._colleagues.append(values)

    def _change(self, line: Line) -> None:
        """Write the differences that were shown, and nothing else."""
        self._make_schools(line.at)
        values = {"id": line.record_id, **{change.key: change.after for change in line.differences}}
        moved = values.pop(arriving.SCHOOLS, None) is not None
        if line.coached:
            roster.save_teacher(self._session, {**values, "schools": line.at} if moved else values)
        else:
            keep(self._session, Colleague, {**values, "school_id": line.at[0]} if moved else values)
        self._changed += 1

    def _join(self, line: Line) -> None:
        """Add what this row says to the person of the earlier row: schools, and what was empty there."""
        first = self._newcomers.get(line.twin)
        known = self._by_row.get(line.twin)
        if not line.coached:
            return
        if first is not None:
            first.at |= set(line.at)
            for key, value in arriving.values_of(line).items():
                first.values[key] = first.values[key] or value
        elif known is not None and known.record_id is not None:
            at = roster.teacher(self._session, known.record_id).schools
            self._make_schools(line.at)
            roster.save_teacher(self._session, {"id": known.record_id, "schools": {*at, *line.at}})
            self._changed += 1
        else:
            self._add(line)

    def _make_schools(self, ids: Iterable[UUID]) -> None:
        """Write the schools that are new, and the file's ids of those that had none: next time it may say
        no name."""
        for place in (self._places[id] for id in ids if id in self._places):
            known = None if place.new else self._session.get_one(School, place.id)
            if place.id not in self._made and (known is None or (place.source_id and not known.source_id)):
                facts = {"id": place.id, "source_id": place.source_id}
                keep(self._session, School, facts if known else {**facts, "name": place.name})
                self._made.add(place.id)
