"""A passage of a script: the few lines that are being typed, between others that stay as they are.

While a long script is typed one or two of its lines change from save to save. To read and compare the others
each time is work for the thread that writes, and Python lets the screen's thread wait for it meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from coachdesk.model import ScriptLine
from coachdesk.model.script import Line, positions
from coachdesk.model.visits import NoteState
from coachdesk.services import changes, script
from coachdesk.services.keep import Values, rewrite, rows_of
from coachdesk.services.notes import index_later, key_of, script_stamp
from coachdesk.services.script import line_of


@dataclass(frozen=True)
class Passage:
    """Of a script that is `stamp`ed so in the vault, the first lines and the last are as they are there."""

    stamp: str
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many lines the script has in the vault."""
        return int(self.stamp.partition(" ")[0])


def passage(lines: Sequence[Line], kept: Sequence[Line], stamp: str) -> Passage:
    """What of `lines` is not as in `kept`, which has this stamp in the vault."""
    most = min(len(lines), len(kept))
    first = _alike(lines, kept, most)
    return Passage(stamp, first, _alike(lines[::-1], kept[::-1], most - first))


def _alike(lines: Sequence[Line], kept: Sequence[Line], most: int) -> int:
    """How many lines at the beginning are the same; mostly they are even the same objects."""
    for number in range(most):
        if lines[number] is not kept[number] and lines[number] != kept[number]:
            return number
    return most


def type_lines(
    session: Session,
    note_id: UUID,
    lines: Sequence[Line | Mapping[str, Any]],
    changed: Passage | Mapping[str, Any] | None = None,
) -> str:
    """As `script.write_lines`, looking only at what is `changed` if the vault is as that says. Its stamp.

    The note is put off then for the search index, until the typing rests. A passage that comes back from a
    sealed draft is left aside.
    """
    changes.call(session, script.write_lines)
    if not (isinstance(changed, Passage) and _write(session, note_id, lines, changed)):
        script.write_lines(session, note_id, lines)
    return script_stamp(session, key_of(note_id))


def _write(
    session: Session, note_id: UUID, lines: Sequence[Line | Mapping[str, Any]], changed: Passage
) -> bool:
    """Write the lines of a passage alone; False, and nothing is written, if that would not be enough."""
    if script_stamp(session, note_id) != changed.stamp or not _is_open(session, note_id):
        return False
    before, after = changed.first > 0, changed.last > 0
    within = lines[changed.first - before : len(lines) - changed.last + after]
    wanted = {line.id: line for line in map(line_of, within)}
    ends = list(wanted)
    old = _between(session, note_id, ends[0] if before else None, ends[-1] if after else None)
    places = positions({key: row["position"] for key, row in old.items()}, ends)
    outside = changed.first - before + changed.last - after
    if len(old) + outside != changed.count or not old.keys() <= wanted.keys():
        return False  # two lines share a place, or one has gone
    if after and places[ends[-1]] != old[ends[-1]]["position"]:
        return False  # there is no room between them
    index_later(session, note_id)
    for key, line in wanted.items():
        values = {**asdict(line), "note_id": note_id, "position": places[key]}
        was = old.get(key)
        if was is None or any(was[name] != value for name, value in values.items()):
            rewrite(session, ScriptLine, was, values)
    return True


def _is_open(session: Session, note_id: UUID) -> bool:
    asked = session.connection().exec_driver_sql("SELECT state FROM visitnote WHERE id = ?", (note_id.hex,))
    return asked.scalar() not in (None, NoteState.CLOSED.value)


def _between(session: Session, note_id: UUID, after: UUID | None, before: UUID | None) -> dict[UUID, Values]:
    """The rows of the lines from one to another, both among them; None is the script's beginning or end."""
    where, values = "note_id = ?", [note_id.hex]
    for end, bound in ((after, ">="), (before, "<=")):
        if end is not None:
            where += f" AND position {bound} (SELECT position FROM scriptline WHERE id = ?)"
            values.append(end.hex)
    return {row["id"]: row for row in rows_of(session, ScriptLine, where, *values)}
