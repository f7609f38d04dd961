import shutil

import pytest

from coachdesk.errors import DamagedKeyFile, OpenElsewhere, WrongPassphrase
from coachdesk.model import Event, School, ScriptLine, VisitNote
from coachdesk.paths import folders
from coachdesk.services import checking, opening
from coachdesk.services.keep import keep, keep_many
from coachdesk.store.vault import Vault, key_path

PASSPHRASE = "a passphrase"


def add_note(session):
    day = {"starts": "2026-10-05T09:00", "ends": "2026-10-05T09:40"}
    event = keep(session, Event, {"kind": "visit", **day})
    note = keep(session, VisitNote, {"event_id": event.id, "started": "2026-10-05T09:00"})
    keep(session, ScriptLine, {"note_id": note.id, "text": "Quackenbush asked twelve questions"})
    keep_many(session, School, ({"name": f"{number}" + "x" * 400} for number in range(200)))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = folders(tmp_path_factory.mktemp("checked"))
    desk = opening.create_desk(place, PASSPHRASE, cost=opening.QUICK)
    desk.do(add_note)
    desk.leave()
    return place


@pytest.fixture
def there(made, place):
    shutil.copytree(made.data, place.data)
    return place


def found(place):
    return [finding.sentence for finding in checking.check(place, PASSPHRASE)]


def by_sql(statement):
    def spoil(place):
        vault = Vault.open(place, PASSPHRASE)
        vault.inspect(lambda c: c.executescript("PRAGMA foreign_keys = OFF;" + statement))
        vault.close()

    return spoil


def flip_last_page(place):
    content = bytearray(place.vault.read_bytes())
    content[-3000] ^= 1
    place.vault.write_bytes(content)


def flip_backup(place):
    [path] = place.backups.iterdir()
    content = bytearray(path.read_bytes())
    content[9000] ^= 1
    path.write_bytes(content)


def open_to_all(place):
    place.vault.chmod(0o644)


def test_a_sound_vault_has_no_findings(there):
    assert found(there) == []


def test_checking_changes_nothing(there):
    before = {path: path.read_bytes() for path in there.data.rglob("*") if path.is_file()}
    checking.check(there, PASSPHRASE)
    after = {path: path.read_bytes() for path in there.data.rglob("*") if path.is_file()}
    assert [path.name for path in after if after[path] != before.get(path)] in ([], ["coachdesk.lock"])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (flip_last_page, "pages of the vault are damaged"),
        (by_sql("DELETE FROM visitnote;"), "point to others that are not there"),
        (by_sql("DROP TABLE tally;"), "not those of this version"),
        (by_sql("DROP TRIGGER line_came;"), "not those of this version"),
        (by_sql("DELETE FROM note_search;"), "search over notes does not match"),
        (by_sql("DELETE FROM note_search_data WHERE id > 10;"), "does not hold together"),
        (by_sql("UPDATE school SET source_id = 'older';"), "Parts of the vault are older than others"),
        (flip_backup, "is damaged or of another vault"),
        (open_to_all, "Other users of this computer may open coachdesk.vault"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_without_a_name(there, spoil, words):
    spoil(there)
    sentences = found(there)
    assert any(words in sentence for sentence in sentences)
    assert all(sentence.endswith(".") and "Quackenbush" not in sentence for sentence in sentences)


def test_a_damaged_page_is_not_taken_for_an_older_one(there):
    flip_last_page(there)
    assert not any("older than others" in sentence for sentence in found(there))


def test_a_vault_that_does_not_open_is_not_checked(there):
    with pytest.raises(WrongPassphrase):
        checking.check(there, "another")
    key_path(there).write_bytes(b"")
    with pytest.raises(DamagedKeyFile):
        checking.check(there, PASSPHRASE)


def test_a_vault_open_elsewhere_is_not_checked(there):
    desk = opening.open_desk(there, PASSPHRASE)
    with pytest.raises(OpenElsewhere):
        checking.check(there, PASSPHRASE)
    desk.close()
    assert found(there) == []
