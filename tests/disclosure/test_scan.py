"""No file leaves with a name in it, wherever it hides."""

import gzip
import io
import zipfile

import pikepdf
import planted
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planted import PEOPLE, PLANTS, SENTENCE, TEMPLATE

from coachdesk.disclosure.decode import page_text, parts
from coachdesk.disclosure.needles import Identity, Needles
from coachdesk.disclosure.parts import Unreadable
from coachdesk.disclosure.scan import Finding, needles, scan
from coachdesk.disclosure.vocabulary import words_outside

LOOKED_FOR = needles(PEOPLE)
KINDS = {"name", "nickname", "initials", "e-mail", "room", "id"}


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_name_is_found(plant):
    name, data = PLANTS[plant]
    template = {clean: TEMPLATE[clean] for clean in TEMPLATE if clean[1:] in name}
    found = scan({name: data}, LOOKED_FOR, template)
    assert template
    assert not found.clean
    assert {finding.kind for finding in found.leaks} <= KINDS


def test_a_plain_search_of_the_bytes_finds_far_fewer():
    names = {text for person in PEOPLE for text in (person.given, person.family, person.email)}
    spelt = [name.encode() for name in names if len(name) > 3]
    hits = [name for name, data in PLANTS.values() if any(text in name.encode() + data for text in spelt)]
    assert len(PLANTS) >= 22
    assert 0 < len(hits) < len(PLANTS) / 2


def test_clean_files_raise_no_alarm():
    files = {
        "coaching-summary-lms-2026-27-Q1.pdf": planted.pdf("half or more · with teachers · In my work"),
        "coaching-summary-lms-2026-27-Q1.html": planted.html("fewer than half"),
        "coaching-summary-lms-2026-27-Q1.csv": planted.csv("20–39 % in 10 rooms, page 40").encode(),
        "summary.xlsx": planted.workbook("half"),
        "summary.png": planted.png((b"tEXt", b"Comment\0half")),
    }
    found = scan(files, LOOKED_FOR, TEMPLATE)
    assert found.leaks == found.excused == ()


def test_a_name_that_is_a_word_of_the_template_is_told_apart():
    half = needles([Identity("Teach", "Half")])
    found = scan(
        {"a.csv": planted.csv().encode() + b"half the teachers", "b.pdf": planted.pdf("or half")},
        half,
        TEMPLATE,
    )
    assert found.leaks == ()
    assert {finding.file for finding in found.excused} == {"file 1 (csv)", "file 2 (pdf)"}


def test_a_name_that_is_only_stored_in_the_template_is_a_leak_where_it_is_read():
    """ "Catalog" stands in every PDF, and on no page of ours."""
    found = scan({"a.pdf": planted.pdf("with Catalog")}, needles([Identity("Catalog", "Type")]), TEMPLATE)
    assert ("name", "file, page 1") in {(finding.kind, finding.part) for finding in found.leaks}


def test_a_name_inside_another_word_of_the_template_is_excused_only_there():
    each = needles([Identity("Each", "Teac")])
    assert scan({"a.csv": b"teachers, half"}, each, TEMPLATE).clean
    assert not scan({"a.csv": b"Each half"}, each, TEMPLATE).clean


def test_the_name_of_a_file_is_never_part_of_the_template():
    found = scan({"oneill.csv": planted.csv().encode()}, LOOKED_FOR, {"oneill.csv": planted.csv().encode()})
    assert found.leaks == (Finding("name", "file 1 (csv)", "file name"),)


def test_findings_name_kind_and_place_and_never_the_person():
    files = {f"{number} {name}.oneill": data for number, (name, data) in enumerate(PLANTS.values())}
    found = scan(files, LOOKED_FOR, TEMPLATE)
    said = (
        repr(found) + repr(LOOKED_FOR) + repr(PEOPLE) + repr(list(parts("oneill", b"Jones-Baker")))
    ).casefold()
    assert len({finding.file for finding in found.leaks}) == len(PLANTS)
    for text in ("neill", "siobh", "jones", "baker", "santos", "maria", "vonnegan", "7719", "104233"):
        assert text not in said


@pytest.mark.parametrize(
    "files",
    [
        {"a.pdf": b"%PDF-1.7 nothing follows"},
        {"a.zip": planted.archive()[:60]},
        {"a.zip": planted.archive().replace(b"\x08\x00", b"\x63\x00")},
        {"a.gz": gzip.compress(b"half")[:12]},
        {"a.gz": gzip.compress(b"half")[:10] + b"\xff" * 9},
        {"a.html": planted.html("<img src='data:image/png;base64,A'>")},
    ],
)
def test_a_damaged_file_is_a_leak_of_its_own_kind(files):
    (found,) = scan(files, LOOKED_FOR, TEMPLATE).leaks
    assert found.kind == "unreadable"


@pytest.mark.parametrize("encryption", [{"R": 6}, {"R": 3, "aes": False, "metadata": False}])
def test_an_encrypted_pdf_is_unreadable(encryption):
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(planted.pdf())) as document:
        document.save(data, encryption=pikepdf.Encryption(owner="one", user="two", **encryption))
    (found,) = scan({"a.pdf": data.getvalue()}, LOOKED_FOR, TEMPLATE).leaks
    assert found.kind == "unreadable"


def test_a_file_that_grows_beyond_all_measure_is_unreadable():
    zeros = bytes(70 * 1024 * 1024)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
        box.writestr("a", zeros)
    for bomb in (gzip.compress(zeros, 1), packed.getvalue()):
        with pytest.raises(Unreadable):
            list(parts("a", bomb))


def test_files_nested_too_deep_are_unreadable():
    data = b"half"
    for _ in range(8):
        data = gzip.compress(data)
    with pytest.raises(Unreadable):
        list(parts("a", data))


def test_a_template_that_cannot_be_read_is_an_error():
    with pytest.raises(Unreadable):
        scan({}, LOOKED_FOR, {"t.pdf": b"%PDF-1.7"})


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(TEMPLATE)), st.integers(0, 10_000), st.binary(min_size=1, max_size=12))
def test_a_file_damaged_anywhere_is_read_or_unreadable_and_never_an_error(name, at, noise):
    data = TEMPLATE[name]
    at %= len(data)
    found = scan({name: data[:at] + noise + data[at + len(noise) :]}, LOOKED_FOR, {})
    assert {finding.kind for finding in found.leaks} <= KINDS | {"unreadable"}


@pytest.mark.parametrize("data", [TEMPLATE["t.pdf"], TEMPLATE["t.html"], TEMPLATE["t.csv"]])
def test_the_text_of_a_page_is_held_to_the_vocabulary(data):
    template = (SENTENCE, "Coaching summary", "Part, Line, Page")
    assert words_outside(page_text(data), template) == []
    assert "half" in page_text(data)


@pytest.mark.parametrize(
    "data",
    [
        planted.pdf("Rivera"),
        planted.html("<b>Rivera</b>"),
        planted.html("<img alt='Rivera'><style>p {}</style>"),
        planted.csv("Rivera").encode(),
        planted.changed_pdf(lambda document: document.Root.__setitem__("/Alt", pikepdf.String("Rivera"))),
    ],
)
def test_a_word_from_elsewhere_is_seen_in_every_format(data):
    assert words_outside(page_text(data), (SENTENCE, "Coaching summary", "Part, Line, Page")) == ["rivera"]


def test_a_person_without_any_particulars_is_no_needle():
    assert needles([Identity("", ""), Identity(".", "—", room=".")]) == Needles((), (), (), ())
    assert len(needles([Identity("Ana", "")])) >= 1


@settings(max_examples=60, deadline=None, database=None)
@given(*[st.text(max_size=12)] * 5)
def test_whatever_stands_in_a_staff_list_can_be_looked_for(given_name, family, email, room, key):
    anyone = needles([Identity(given_name, family, family, email, room, (key,))])
    found = scan(
        {"a.csv": planted.csv(f'"{given_name} {family}" {room}').encode("utf-8", "replace")}, anyone, TEMPLATE
    )
    assert {finding.kind for finding in found.leaks + found.excused} <= KINDS


def test_room_zero_is_no_other_room():
    nowhere = needles([Identity("", "", room="Room 0")])
    assert scan({"a.csv": b"Room 12"}, nowhere, {}).clean
    assert not scan({"a.csv": b"Room 0"}, nowhere, {}).clean


def test_a_scan_of_a_large_staff_list_is_the_same_every_time():
    people = [Identity(f"Given{number}", f"Family{number}", room=str(number)) for number in range(60)]
    name, data = PLANTS["pdf, page"]
    first = scan({name: data}, needles(people + list(PEOPLE)), TEMPLATE)
    assert first == scan({name: data}, needles([*PEOPLE, *reversed(people)]), TEMPLATE)
    assert not first.clean
