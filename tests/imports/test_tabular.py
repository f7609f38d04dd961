"""Whatever wrote the table, its cells and its row numbers are those a spreadsheet would show."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.errors import BadFile
from coachdesk.imports import tabular
from coachdesk.imports.cells import letter
from coachdesk.imports.encoding import text_of

TEXT = "Name,Room\nMaría Núñez,012\nZoë O’Brien,B-7\n"


def cells(data):
    return [line.cells for line in tabular.read(data).lines]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
        TEXT.encode("mac_roman"),
    ],
    ids=["utf8", "utf8-mark", "utf16", "utf16be", "utf16le-bare", "utf16be-bare", "utf32", "cp1252", "mac"],
)
def test_the_encoding_is_found_out(data):
    assert cells(data) == [("Name", "Room"), ("María Núñez", "012"), ("Zoë O’Brien", "B-7")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(separator, end):
    rows = [("Teacher", "Dept", "Rm"), ('"Rivera, Maya"', "Science; Math", "007"), ('"Li, Bo"', "Art", "12")]
    quoted = [[f'"{cell}"' if ";" in cell and separator == ";" else cell for cell in row] for row in rows]
    data = end.join(separator.join(row) for row in quoted).encode()
    assert cells(data)[1] == ("Rivera, Maya", "Science; Math", "007")


def test_the_separator_a_spreadsheet_names_is_believed():
    assert cells(b"sep=|\nName|Room\nA,B|1\n") == [("Name", "Room"), ("A,B", "1")]


def test_the_comma_of_a_name_is_no_separator():
    assert cells(b"Teacher\nRivera, Maya\nOkafor, Tobe\n") == [
        ("Teacher",),
        ("Rivera, Maya",),
        ("Okafor, Tobe",),
    ]


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    data = b'Name,Note\n\n"Maya","one\ntwo\r\nthree"\n,\nTobe,x\n'
    assert [(line.row, line.cells[0]) for line in tabular.read(data).lines] == [
        (1, "Name"),
        (3, "Maya"),
        (5, "Tobe"),
    ]


@pytest.mark.parametrize(
    ("data", "row", "column"),
    [
        (b'Name,Room,Note\nMaya,1,x\nTobe,"2,y\nJonna,3,z\n', 3, "B"),
        (b'Name,Note\n"a\nb",x\nTobe,y "z"\nJonna,"open\n', 4, "B"),
        (b'"Maya" Rivera,1\n', 1, "A"),
        (b'Name,Room\nMaya,"12"b\n', 2, "B"),
    ],
)
def test_a_torn_quotation_is_named_with_row_and_column(data, row, column):
    with pytest.raises(BadFile, match=f"Row {row}, column {column}") as bad:
        tabular.read(data)
    assert (bad.value.row, bad.value.column) == (row, column)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xff\xfe", "empty"),
        (b"%PDF-1.7 x", "PDF"),
        (b"\xd0\xcf\x11\xe0 x", "old Excel"),
        (b"\x89PNG\r\n", "picture"),
        (b"Name\x01\x02", "not a table of text"),
        (b"Name,Room\nMaya Rivera,1\x002\n", "not a table of text"),
        (b"\xff\xfeN\x00a", "cut short"),
        (b"N\x00a\x00m", "cut short"),
        (b"a" * 40_000, "longer than any spreadsheet cell"),
        (b"x\n" * 50_001, "50,000 rows"),
        (b"x,y\n" + b"z," + b"a" * 200_000, "Row 2, column B: the text is longer than any spreadsheet cell"),
        (b"x,y\n" + b"," * 1_000_001, "Row 2 is longer than any row"),
        ((b"," * 900_000 + b"\n") * 4, "too long at row 4"),
        (b"a" * 20_000_001, "20 MB"),
    ],
    ids=lambda value: str(value)[:16],
)
def test_what_is_no_table_is_refused_in_a_sentence(data, words):
    with pytest.raises(BadFile, match=words):
        tabular.read(data)


@pytest.mark.parametrize("name", ["García", "José", "Peña", "O’Brien", "Zoë", "Chávez", "Brûlé"])
@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_one_accent_is_enough_to_tell_windows_from_an_old_mac(name, encoding):
    assert text_of(f"Name\n{name}\n".encode(encoding)) == f"Name\n{name}\n"


def test_the_sign_that_ended_a_file_in_dos_is_ignored():
    assert text_of(b"Name\r\n\x1a") == "Name\r\n"


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(place, name):
    assert letter(place) == name


@given(
    st.lists(st.lists(st.text("abc ,\n\"é;'", max_size=6), min_size=2, max_size=4), min_size=2, max_size=6)
)
def test_what_a_csv_writer_wrote_is_read_back(rows):
    width = max(map(len, rows))
    rows = [["head"] * width, *[row + ["x"] * (width - len(row)) for row in rows]]
    quote = '"'
    text = "".join(",".join(f'"{cell.replace(quote, quote * 2)}"' for cell in row) + "\r\n" for row in rows)
    read = tabular.read(b"sep=,\n" + text.encode())
    assert [(line.row, list(line.cells)) for line in read.lines] == [
        (number, row) for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)
    ]
