"""Everything leaves in an open format and comes back the same (R25)."""

import base64
import csv
import hashlib
import io
import json
import random
import resource
import shutil
import stat
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect as mapped
from sqlmodel import SQLModel, select

from coachdesk.errors import BadFile, Cancelled, NotSaved, NotShareable, VaultExists, WrongPassphrase
from coachdesk.export import sealing
from coachdesk.export.archive import Held, Reader, digest_of
from coachdesk.export.csv import original
from coachdesk.model import (
    ActionStep,
    Departure,
    Event,
    Release,
    ReleaseFile,
    ReportingYear,
    School,
    ScriptLine,
    Teacher,
    VisitNote,
)
from coachdesk.model.departures import Left
from coachdesk.services import archive, carried, hold, opening, roster, sample
from coachdesk.services.desk import Desk
from coachdesk.services.keep import keep
from coachdesk.store.vault import Vault, present

KEY = bytes(range(32))
TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 15, 4, 5, tzinfo=UTC)
ODD = ("=1+1", "+1", "-2", "@SUM(A1)", "\tx", "'quoted", "''=1", "", "né 🦒", 'a,"b"')


def all_of(session, kind):
    return session.exec(select(kind)).all()


def count_of(session, kind):
    return len(all_of(session, kind))


def fill(session):
    """What the sample has not: bytes, and words that a spreadsheet would run."""
    for words in ODD:
        keep(session, Teacher, {"family_name": words, "background": f"{words}\r\nand more\n"})
    keep(session, ReleaseFile, _release(session) | {"content": bytes(range(256))})


def _release(session):
    school = keep(session, School, {"name": "Lincoln"})
    days = {"first_day": date(2026, 8, 17), "last_day": date(2027, 6, 11)}
    year = keep(
        session,
        ReportingYear,
        {"school_id": school.id, "name": "2026-27", **days, "roster": 9, "colluders": 1},
    )
    quarter = {"quarter": "2026-27 Q1", "released": datetime.now(UTC), "rules": "1"}
    kept = keep(session, Release, {"year_id": year.id, **quarter})
    return {"release_id": kept.id, "format": "pdf", "name": "page.pdf", "digest": "00"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A desk with some of everything, and its archive."""
    path = tmp_path_factory.mktemp("leaving") / "coachdesk.vault"
    desk = Desk(Vault.open_with_key(path, KEY, create=True))
    sample.build(desk, teachers=1, years=1, today=TODAY)
    desk.do(fill)
    desk.do(hold.switch, True, NOW)
    content, manifest = desk.ask_a_copy(archive.packed, archive.nobody, NOW)
    yield desk, content, manifest
    desk.close()


@pytest.fixture
def empty(tmp_path, template):
    (tmp_path / "back").mkdir()
    desk = Desk(Vault.open_with_key(Path(shutil.copy(template, tmp_path / "back")), KEY))
    yield desk
    desk.close()


def fresh(place):
    """Makes a vault there, cheaply."""
    return lambda fill: Desk(Vault.create(place, "another passphrase", opening.QUICK, None, fill))


def in_the_vault(vault):
    """Rows and digest of every table by SQL alone: the second opinion on what the archive says."""
    found = {name: vault.inspect(lambda c, k=kind: held(c, k)) for name, kind in carried.records().items()}
    return found | {"hold": vault.inspect(on_hold)}


def on_hold(connection):
    """The row of Hold as the vault has it."""
    rows = connection.execute("SELECT value FROM vault_about WHERE name = 'hold'").fetchall()
    lines = (f'{{"since":"{value.decode()}"}}\n' for (value,) in rows)
    return Held(len(rows), hashlib.sha256("".join(lines).encode()).hexdigest())


def held(connection, kind):
    table = mapped(kind).local_table
    names = [column.name for column in table.columns]
    quoted = ", ".join(f'"{name}"' for name in names)
    digest, count = hashlib.sha256(), 0
    for row in connection.execute(f'SELECT {quoted} FROM "{table.name}" ORDER BY id'):
        values = [as_written(value, column) for value, column in zip(row, table.columns, strict=True)]
        line = json.dumps(dict(zip(names, values, strict=True)), ensure_ascii=False, separators=(",", ":"))
        digest.update(line.encode() + b"\n")
        count += 1
    return Held(count, digest.hexdigest())


def as_written(value, column):
    kind = str(column.type)
    if value is None:
        return None
    if kind == "CHAR(32)":
        return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"
    if kind == "DATETIME":
        moment = datetime.fromisoformat(value).isoformat()
        return f"{moment}Z" if type(column.type).__name__ == "UTCDateTime" else moment
    if kind == "TIME":
        return value.removesuffix(".000000")
    if kind == "BOOLEAN":
        return bool(value)
    if kind == "JSON":
        return json.loads(value)
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def test_row_counts_and_digest_equal_the_vaults(made):
    desk = made[0]
    told, (_content, manifest) = in_the_vault(desk._vault), desk.ask_a_copy(archive.packed)
    assert manifest.tables == told
    assert manifest.digest == digest_of(told)
    assert manifest.rows > 1000


def test_the_way_out_and_back_in_is_equal(made, empty):
    _desk, content, manifest = made
    archive.fill(empty, Reader(io.BytesIO(content)))
    assert empty.ask(archive.packed, archive.nobody, NOW)[0] == content
    assert in_the_vault(empty._vault) == manifest.tables
    assert empty.ask(lambda s: s.connection().exec_driver_sql("SELECT count(*) FROM change").scalar()) == 0


def test_hold_comes_back_with_its_day_and_stays_off_where_it_was_off(made, empty, tmp_path):
    content = made[1]
    archive.fill(empty, Reader(io.BytesIO(content)))
    assert empty.ask(hold.since) == NOW
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.read("csv/hold.csv").decode("utf-8-sig") == f"since\r\n{NOW.isoformat()}\r\n"
        assert json.loads(file.read("schema.json"))["tables"]["hold"]["required"] == ["since"]
    empty.do(hold.switch, False)
    again = Desk(Vault.open_with_key(tmp_path / "off" / "coachdesk.vault", KEY, create=True))
    archive.fill(again, Reader(io.BytesIO(empty.ask(archive.packed)[0])))
    assert again.ask(hold.since) is None
    again.close()


def test_every_table_of_the_vault_is_carried_or_it_is_said_why_not():
    assert {*carried.records(), *carried.STAYS} == set(SQLModel.metadata.tables)
    assert carried.names() == {*carried.records(), "hold"}


def test_an_archive_says_what_is_in_it_before_anything_is_made(made):
    found = archive.contents(Reader(io.BytesIO(made[1])))
    desk = made[0]
    assert found.made == NOW.astimezone().replace(tzinfo=None)
    assert (found.rows, found.held) == (made[2].rows, NOW)
    assert dict(found.counts) == {
        kind.__tablename__: desk.ask(count_of, kind) for kind in (Teacher, Event, VisitNote, ActionStep)
    }


def test_one_of_before_that_says_no_day_and_no_hold_is_taken_too(made, empty):
    def older(held):
        said = json.loads(held)
        del said["made"], said["tables"]["hold"]
        tables = {name: Held(told["rows"], told["sha256"]) for name, told in said["tables"].items()}
        return json.dumps(said | {"sha256": digest_of(tables)}).encode()

    reader = Reader(io.BytesIO(rewritten(made[1], "manifest.json", older)))
    reader.verify(archive.nobody)
    assert (archive.contents(reader).made, archive.contents(reader).held) == (None, None)
    archive.fill(empty, reader)
    assert not empty.ask(hold.is_on)


def test_a_changed_letter_in_the_vault_changes_the_digest(made, empty):
    _desk, content, manifest = made
    archive.fill(empty, Reader(io.BytesIO(content)))
    empty._vault.inspect(lambda c: c.execute("UPDATE scriptline SET text = text || '.' WHERE position = 3"))
    assert empty.ask(archive.packed)[1].digest != manifest.digest


def test_every_record_is_in_the_archive_and_its_schema_says_who_may_see_what(made):
    _desk, content, manifest = made
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        schema = json.loads(file.read("schema.json"))["tables"]
        assert "coachdesk from-archive" in file.read("README.txt").decode()
    assert set(schema) == set(manifest.tables) >= {"teacher", "visitnote", "departure"}
    told = schema["visitnote"]["properties"]
    assert told["reflection"]["x-who-may-see"] == "coach only"
    assert told["event_id"]["x-points-to"] == "event.id"


def test_cells_cannot_run_as_formulas_and_read_back_as_they_were(made):
    desk, content, _manifest = made
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        raw = file.read("csv/teacher.csv")
    columns, *lines = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    rows = [dict(zip(columns, map(original, line), strict=True)) for line in lines]
    teachers = {str(t.id): t for t in desk.ask(all_of, Teacher)}
    assert {row["id"]: (row["family_name"], row["background"]) for row in rows} == {
        key: (t.family_name, t.background) for key, t in teachers.items()
    }
    assert b"\n=" not in raw and b",=" not in raw and b",+" not in raw and b",@" not in raw


def test_a_sealed_archive_opens_with_its_passphrase_alone_and_makes_a_vault(made, tmp_path, place):
    desk, _content, _manifest = made
    path = tmp_path / archive.file_name(TODAY, is_sealed=True)
    manifest = archive.save(desk, path, "seven herons over water", cost=sealing.CHEAPEST)
    assert path.name == "coachdesk-archive-2026-11-20.zip.age"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert archive.is_sealed(path)
    with pytest.raises(WrongPassphrase, match="does not open this file"):
        archive.opened(path, "seven herons over sand")
    reader = archive.opened(path, "seven herons over water")
    again = archive.make_vault(reader, fresh(place))
    back = again.ask(archive.packed)[1]
    again.close()
    assert back.digest == manifest.digest
    left = desk.ask(all_of, Departure)[-1]
    assert (left.what, left.name, left.folder) == (Left.SEALED_ARCHIVE, path.name, str(tmp_path))
    assert left.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    opening.open_desk(place, "another passphrase").close()
    with pytest.raises(VaultExists):
        archive.make_vault(reader, fresh(place))


def test_a_plain_archive_is_for_this_user_alone_and_over_no_other_file(made, tmp_path):
    desk, _content, _manifest = made
    path = tmp_path / archive.file_name(TODAY, is_sealed=False)
    archive.save(desk, path, None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not archive.is_sealed(path)
    path.write_bytes(b"something else")
    with pytest.raises(NotShareable, match="another file"):
        archive.save(desk, path, None)
    assert path.read_bytes() == b"something else"


def test_one_that_is_stopped_leaves_nothing_behind(made, tmp_path):
    desk = made[0]

    def stop(done, _of):
        if done:
            raise Cancelled

    before = set(desk._vault.path.parent.rglob("*"))
    with pytest.raises(Cancelled):
        archive.save(desk, tmp_path / "out" / "a.zip", None, stop)
    assert not (tmp_path / "out").exists()
    assert set(desk._vault.path.parent.rglob("*")) == before


def rewritten(content, name, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            held = old.read(entry)
            new.writestr(entry, change(held) if entry.filename == name else held)
    return out.getvalue()


def resealed(content, name, change):
    """As somebody would who knows the format: the digests fit what they wrote."""
    changed = rewritten(content, name, change)
    reader = Reader(io.BytesIO(changed))
    tables = dict(reader.manifest.tables)
    table = name.removeprefix("json/").removesuffix(".json")
    lines = list(reader._lines(table))
    digest = hashlib.sha256(b"".join(line + b"\n" for line in lines)).hexdigest()
    tables[table] = Held(len(lines), digest)

    def manifest(held):
        said = json.loads(held)
        said["tables"][table] = {"rows": len(lines), "sha256": digest}
        said["sha256"] = digest_of(tables)
        return json.dumps(said).encode()

    return rewritten(changed, "manifest.json", manifest)


def said(held, **facts):
    return json.dumps(json.loads(held) | facts).encode()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda c: b"", "not an archive of coachdesk"),
        (lambda c: b"a roster,of,something\n" * 50, "not an archive of coachdesk"),
        (lambda c: c[: len(c) // 2], "cut off or damaged"),
        (lambda c: rewritten(c, "manifest.json", lambda h: said(h, format="other")), "not an archive"),
        (lambda c: rewritten(c, "manifest.json", lambda h: said(h, version=2)), "newer coachdesk"),
        (lambda c: rewritten(c, "manifest.json", lambda h: said(h, schema=999)), "newer coachdesk"),
        (lambda c: rewritten(c, "manifest.json", lambda h: said(h, schema="three")), "damaged"),
        (lambda c: rewritten(c, "manifest.json", lambda h: b"{}"), "damaged"),
        (lambda c: rewritten(c, "manifest.json", lambda h: b"[" * 5000), "damaged"),
        (lambda c: rewritten(c, "json/school.json", lambda h: h.replace(b"Lincoln", b"Lincolm")), "damaged"),
        (lambda c: rewritten(c, "json/school.json", lambda h: b"[\n\n]\n"), "damaged"),
        (lambda c: rewritten(c, "json/teacher.json", lambda h: h[:200]), "damaged"),
    ],
)
def test_a_damaged_or_foreign_archive_is_refused_in_a_sentence(made, tmp_path, spoil, words):
    path = tmp_path / "in.zip"
    path.write_bytes(spoil(made[1]))
    with pytest.raises(BadFile, match=words):
        archive.opened(path, "")


@pytest.mark.parametrize(
    ("name", "change", "words"),
    [
        ("school", (b'"Lincoln"', b'""'), "damaged"),
        ("school", (b'"short_code"', b'"motto"'), "newer coachdesk"),
        ("teacher", (b'"status":"active"', b'"status":"superb"'), "damaged"),
        ("releasefile", (b'"content":"AAEC', b'"content":"A?EC'), "damaged"),
        ("releasefile", (b'"content":"AAEC', b'"content":1,"created":"AAEC'), "damaged"),
        ("release", (b'"year_id":"0', b'"year_id":"f'), "damaged"),
        ("scriptline", (b'"position":3', b'"position":33333333333333333333333333'), "damaged"),
        ("scriptline", (b'{"id"', b'["id"'), "damaged"),
        ("hold", (b"+00:00", b""), "damaged"),
        ("hold", (b"2026-11", b"2026-31"), "damaged"),
        ("hold", (b'"since"', b'"until"'), "damaged"),
    ],
)
def test_rows_that_no_coachdesk_wrote_bring_in_nothing(made, empty, name, change, words):
    old, new = change
    reader = Reader(io.BytesIO(resealed(made[1], f"json/{name}.json", lambda h: h.replace(old, new))))
    reader.verify(archive.nobody)
    with pytest.raises(BadFile, match=words):
        archive.fill(empty, reader)
    assert empty.ask(count_of, School) == 0


def test_a_backup_taken_for_an_archive_is_told(tmp_path):
    path = tmp_path / "2026-11-20.vault-backup"
    path.write_bytes(bytes(5_000))
    with pytest.raises(BadFile, match="I have a backup"):
        archive.opened(path, "")


def test_a_disk_that_is_full_half_way_leaves_no_vault_and_says_so(made, place):
    """The size of files is limited, so that the vault cannot grow to what it has to be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (made[0]._vault.path.stat().st_size // 4 * 3, hard))
    try:
        with pytest.raises(NotSaved, match="none was made"):
            archive.make_vault(Reader(io.BytesIO(made[1])), fresh(place))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not present(place)
    assert {path.name for path in place.data.iterdir() if path.is_file()} == {"coachdesk.lock"}
    archive.make_vault(Reader(io.BytesIO(made[1])), fresh(place)).close()


def test_one_that_is_stopped_on_its_way_in_leaves_no_vault(made, place):
    def stop(done, of):
        if done == of:
            raise Cancelled

    with pytest.raises(Cancelled):
        archive.make_vault(Reader(io.BytesIO(made[1])), fresh(place), stop)
    assert not present(place)
    assert not list(place.data.glob("*.new*"))


def test_no_vault_is_left_where_an_archive_could_not_be_brought_in(made, place):
    bad = resealed(made[1], "json/school.json", lambda h: h.replace(b'"Lincoln"', b'""'))
    with pytest.raises(BadFile):
        archive.make_vault(Reader(io.BytesIO(bad)), fresh(place))
    assert not present(place)


def test_any_flipped_byte_is_refused_or_harmless(made, empty):
    """A flip in the ZIP is noticed, or is in what nobody reads back (the CSV files, the words)."""
    content, chance = made[1], random.Random(7)
    for _ in range(40):
        at, bit = chance.randrange(len(content)), 1 << chance.randrange(8)
        spoiled = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
        try:
            reader = Reader(io.BytesIO(spoiled))
            reader.verify(archive.nobody)
        except BadFile:
            continue
        assert reader.manifest.digest == made[2].digest


def test_it_unpacks_into_a_folder_for_this_user_alone_and_never_out_of_it(made, tmp_path):
    reader = Reader(io.BytesIO(made[1]))
    written = archive.unpack(reader, tmp_path / "out")
    assert {path.relative_to(tmp_path / "out").as_posix() for path in written} == set(reader.names())
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    outside = io.BytesIO(made[1])
    with zipfile.ZipFile(outside, "a") as file:
        file.writestr("../evil.txt", "x")
    with pytest.raises(BadFile):
        archive.unpack(Reader(outside), tmp_path / "other")
    assert not (tmp_path / "evil.txt").exists()


def test_saving_goes_on_while_a_long_question_is_asked(desk):
    """The copy is read, so what is written meanwhile does not wait, and is not in the answer."""

    def ask(session):
        before = count_of(session, School)
        desk.do(roster.save_school, {"name": "Washington"})
        return before, count_of(session, School)

    assert desk.ask_a_copy(ask) == (0, 0)
    assert desk.ask(count_of, School) == 1
    assert not list(desk._vault.path.parent.glob("*.copy*"))


def test_a_line_of_a_note_is_found_again_after_the_way_back(made, empty):
    archive.fill(empty, Reader(io.BytesIO(made[1])))
    count = "SELECT (SELECT count(*) FROM note_search), (SELECT count(*) FROM visitnote)"
    assert len(set(empty.ask(lambda s: s.connection().exec_driver_sql(count).one()))) == 1
    assert empty.ask(count_of, ScriptLine) > 0
