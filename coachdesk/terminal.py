"""What coachdesk does without a window: the same services, answered in lines of text.

Every function here opens the vault, does one thing and closes it again, whatever happens.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from coachdesk.errors import CoachdeskError, NoVault, VaultExists
from coachdesk.model import School
from coachdesk.model.departures import Left
from coachdesk.paths import Folders
from coachdesk.services import (
    archive,
    backups,
    bringing,
    checking,
    departures,
    destinations,
    layouts,
    opening,
    restoring,
    roster,
    sharing,
    upload,
)
from coachdesk.services import sample as samples
from coachdesk.services.desk import Desk
from coachdesk.services.incoming import Kind, Preview
from coachdesk.services.sample.book import Shape

Ask = Callable[[], str]  # asks for the passphrase, once it is known that there is something to open
Lines = Iterator[str]

LOOKING = "Looking over the whole vault first…"
NOT_SEALED = "It is not encrypted: whoever has the file can read every name and note in it."
GAP = "  "  # between the parts of a line
NOUNS = {"teacher": "teachers", "event": "events", "visitnote": "visit notes", "actionstep": "next steps"}


def _nobody(_sentence: str) -> None: ...


@dataclass(frozen=True)
class Key:
    """Where the vault lies, how to ask for its passphrase, and how to say what takes a while."""

    place: Folders
    ask: Ask
    say: Callable[[str], object] = _nobody


@dataclass(frozen=True)
class At:
    """The school that a roster is about, "" for all that it names; `is_new` says that it may be made however
    near its name is to another's."""

    school: str
    is_new: bool = False


@dataclass(frozen=True)
class Page:
    """Which page is wanted: the school and quarter as `summary --list` prints them."""

    school: str
    window: str
    formats: tuple[str, ...]
    folder: Path


def sample(key: Key, shape: Shape) -> Lines:
    """Make a sample vault."""
    if opening.vault_state(key.place) != "missing":
        raise VaultExists
    passphrase = key.ask()
    desk = samples.make(key.place, shape, passphrase=passphrase)
    try:
        count = len(desk.ask(roster.teachers, datetime.combine(shape.today, datetime.min.time())))
    finally:
        desk.close()
    people = "1 teacher" if count == 1 else f"{count} teachers"
    yield f"Made a sample vault with {people} in {key.place.data}"
    if passphrase == samples.PASSPHRASE:
        yield f"Its passphrase is: {samples.PASSPHRASE}"


def import_roster(key: Key, file: Path, at: At, dry_run: bool) -> Lines:
    """Bring in a roster: new people and changes are taken, what is in doubt or gone is only told.

    A list that came before is read as the coach said in the window; a guess nobody saw is not remembered.
    """
    given = upload.opened(file)
    sheet = upload.look(given)
    with _opened(key, changing=not dry_run) as desk:
        known = desk.ask(layouts.remembered, sheet) if sheet else None
        coming = upload.read(given, known)
        preview = desk.ask(bringing.preview, coming, at.school or None)
        if not at.is_new:
            _refuse_near(preview, desk.ask(roster.schools))
        if not dry_run:
            desk.back_up()
            desk.do(bringing.bring, preview)
    yield from _told(preview)
    if known:
        yield "The columns were read as you chose last time."
    yield "Nothing was brought in: this was a dry run." if dry_run else "Brought in."


def _refuse_near(preview: Preview, known: Sequence[School]) -> None:
    """A school that would be made, and is called nearly like one that is there, is rather a slip."""
    names = {school.name.casefold(): school.name for school in known}
    for place in preview.places:
        near = get_close_matches(place.name.casefold(), names, n=1) if place.new and place.named else []
        if near:
            raise CoachdeskError(
                "There is no school {name} here, but there is {near}. Name that one with --school, or add "
                "--new-school if it is another.",
                name=place.name,
                near=names[near[0]],
            )


def teachers(key: Key) -> Lines:
    """One teacher a line, with their schools."""
    with _opened(key) as desk:
        rows = desk.ask(roster.teachers, datetime.now())
    for row in rows:
        yield GAP.join(filter(None, (row.name or "No name yet", ", ".join(row.school_names), row.subjects)))


def quarters(key: Key, today: date) -> Lines:
    """One line a school and quarter that is over."""
    with _opened(key) as desk:
        rows = desk.ask(sharing.listing, today)
    yield from (f"{row.school}{GAP}{row.name}" for row in rows)


def summary(key: Key, page: Page, today: date) -> Lines:
    """Release the page of a quarter, or find it released, and write its files."""
    if page.folder.exists() and not page.folder.is_dir():
        raise CoachdeskError("The place for the page is a file. Name a folder with --out.")
    with _opened(key, changing=True) as desk:
        files = desk.do(sharing.summary, page.school, page.window, today, page.formats)
        written = departures.save(desk, Left.SUMMARY, files, page.folder)
    yield from map(str, written)


def check(key: Key) -> list[str]:
    """What is wrong with the vault, a sentence each; nothing where all is well."""
    _look_for(key.place)
    return [finding.sentence for finding in checking.check(key.place, key.ask())]


def backup_list(place: Folders, second: Path | None) -> Lines:
    """The backups there are, the newest first: when, how large, where; no passphrase is needed."""
    found = backups.kept(place, second)
    if not found:
        raise CoachdeskError("There are no backups here. Name a backup's file, or the right --profile.")
    for one in found:
        both = (place.backups if one.here else None, second if one.in_second else None)
        where = ", ".join(str(folder) for folder in both if folder)
        yield GAP.join((f"{one.made:%Y-%m-%d %H:%M:%S}", f"{one.size / 2**20:.1f} MiB", one.path.name, where))


def restore(key: Key, file: Path, test_only: bool) -> Lines:
    """Put a backup in the vault's place; what is there is set aside. `file` may be a listed one's name."""
    path = file if file.exists() else key.place.backups / file.name
    if not path.is_file():
        raise CoachdeskError("There is no backup of that name. See those there are with --list.")
    of = restoring.opened(path, key.ask())
    restoring.test(of)
    yield f"The backup of {of.backup.made.astimezone():%Y-%m-%d %H:%M:%S} is whole."
    for row in restoring.look(of, key.place).rows:
        yield _row(row)
    if test_only:
        return
    done = restoring.restore(key.place, of)
    if done.backup or done.folder:
        yield f"What was there before is kept: {done.folder or key.place.backups / done.backup}"
    if done.stays_on_hold:
        yield "Hold stays on."
    yield "Restored."


def _row(row: restoring.Row) -> str:
    """`visit notes: 12 in the backup, 14 now; 1 comes back, 3 go, 2 differ`"""
    noun = NOUNS[row.noun]
    if row.now is None:
        return f"{noun}: {row.then} in the backup"
    told = f"{noun}: {row.then} in the backup, {row.now} now"
    return f"{told}; {row.back} come back, {row.gone} go, {row.other} differ"


def carry_out(key: Key, file: Path, new_passphrase: Callable[[str], str]) -> Lines:
    """Write all there is to `file`, sealed with what `new_passphrase` gives, who is told the vault's own;
    plain where that gives ""."""
    _look_for(key.place)
    given = key.ask()
    with _opened(replace(key, ask=lambda: given)) as desk:
        sealed_with = new_passphrase(given)
        manifest = archive.save(desk, file, sealed_with or None)
    yield f"Wrote {manifest.rows} rows to {file}"
    if not sealed_with:
        yield NOT_SEALED
    elif sealed_with == given:
        yield "It has the vault's own passphrase, since no other was given."
    warning = destinations.warning(file.parent)
    if warning:
        yield warning


def unpack(file: Path, folder: Path, ask: Ask) -> Lines:
    """Write the files of an archive below `folder`, as they are: not encrypted."""
    reader = archive.opened(file, ask() if archive.is_sealed(file) else "")
    written = archive.unpack(reader, folder)
    yield f"Wrote {len(written)} files to {folder}"
    yield "They are not encrypted: whoever has them can read every name and note in them."


def carry_in(key: Key, file: Path, new_passphrase: Callable[[str], str]) -> Lines:
    """Make a new vault from an archive; `new_passphrase` is told the archive's own, "" of a plain one."""
    if opening.vault_state(key.place) != "missing":
        raise VaultExists
    given = key.ask() if archive.is_sealed(file) else ""
    reader = archive.opened(file, given)
    passphrase = new_passphrase(given)
    desk = archive.make_vault(reader, lambda fill: opening.fill_desk(key.place, passphrase, fill))
    desk.leave()
    yield f"Made a vault with {reader.manifest.rows} rows in {key.place.data}"
    if passphrase == given:
        yield "It has the archive's passphrase, since no other was given."


@contextmanager
def _opened(key: Key, changing: bool = False) -> Iterator[Desk]:
    """The desk, over a vault that was looked at from end to end; a backup is kept of what was changed."""
    _look_for(key.place)
    opened = opening.open_desk if changing else opening.open_to_read
    desk = opened(key.place, key.ask())
    try:
        key.say(LOOKING)
        desk.make_sure()
        yield desk
    except BaseException:
        desk.close()
        raise
    desk.leave() if changing else desk.close()


def _look_for(place: Folders) -> None:
    if opening.vault_state(place) == "missing":
        raise NoVault


def _told(preview: Preview) -> Lines:
    """The counts; then who is in doubt, by row, and who is gone, by name."""
    for word, kind in (
        ("new", Kind.NEW),
        ("changed", Kind.CHANGED),
        ("gone", Kind.GONE),
        ("in doubt", Kind.IN_DOUBT),
    ):
        yield f"{word}: {preview.count(kind)}"
    for place in preview.places:
        if place.new:
            unnamed = ": the file has no name for it, so put orgs.csv or schools.csv beside it, or rename it"
            yield f"new school: {place.name}" + ("" if place.named else unnamed)
    parts = ", ".join(f"{reason.replace('_', ' ')} {count}" for reason, count in preview.dropped.items())
    yield f"dropped: {preview.left_out}" + (f" ({parts})" if parts else "")
    doubtful = [str(line.row) for line in preview.lines if line.kind is Kind.IN_DOUBT]
    if doubtful:
        yield f"Left untouched, decide in the window: row {', '.join(doubtful)}"
    for line in preview.lines:
        if line.kind is Kind.GONE:
            yield f"No longer in the file, not archived: {line.name}"
