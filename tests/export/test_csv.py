"""The table: opened in a spreadsheet it shows words and runs nothing."""

import csv as table
import io

from written_pages import ODD, TWELVE

from coachdesk.export import csv


def cells(data):
    return [cell for line in table.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in line]


def test_no_cell_begins_like_a_formula():
    shown = cells(csv.write(ODD))
    assert "'=SUM(A1:A9)" in shown
    assert not [cell for cell in shown if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_the_file_begins_with_the_mark_that_spreadsheets_look_for():
    assert csv.write(ODD).startswith(b"\xef\xbb\xbfPart,Line,")
    assert "Añade más — naïve Đông Łódź" in cells(csv.write(ODD))


def test_every_line_has_five_cells_and_ends_as_the_standard_says():
    lines = csv.write(TWELVE).decode("utf-8-sig").split("\r\n")
    assert lines.pop() == ""
    assert all(len(next(table.reader([line]))) == 5 for line in lines)


def test_a_shared_band_is_given_in_words_and_as_its_interval():
    lines = table.reader(io.StringIO(csv.write(TWELVE).decode("utf-8-sig"), newline=""))
    found = {line[1]: line[2:] for line in lines}
    assert found["Reading across subjects"] == ["half or more", "50 %", "100 %"]
    assert found["Access"] == ["fewer than half", "0 %", "50 %"]
