import datetime
import io
import zipfile

import openpyxl
import pytest

from coachdesk.errors import BadFile
from coachdesk.imports import roster, tabular


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def staff():
    """As a secretary makes it: an empty first sheet, a merged title, an empty row, totals."""
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Staff")
    sheet["A1"] = "Staff 2026-27"
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append(["Teacher Name", "Rm", "Gr", "E-mail", "Hired"])
    sheet.append(["Rivera, Maya", "012", 7, "m@x.example", datetime.datetime(2020, 8, 1)])
    sheet.append(["Okafor, Tobe", 14.0, "K-2", None, None])
    sheet.append(["Total", None, None, None, None])
    return saved(book)


def test_a_workbook_is_read_like_any_list(staff):
    found = roster.read(staff)
    assert [(p.row, p.given_name, p.room, p.grades) for p in found.people] == [
        (4, "Maya", "012", "7"),
        (5, "Tobe", "14", "K-2"),
    ]


def test_dates_are_text_a_person_can_read(staff):
    assert tabular.read(staff).lines[2].cells[4] == "2020-08-01"


def with_part(staff, name, text):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(staff)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, text if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, text)
    return out.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked(staff):
    bomb = with_part(staff, "xl/media/image1.xml", b"0" * 60_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(BadFile, match="unpacks to more"):
        roster.read(bomb)


def test_multiplying_entities_are_refused(staff):
    laughs = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><sst>&b;</sst>'
    with pytest.raises(BadFile, match="damaged"):
        roster.read(with_part(staff, "xl/sharedStrings.xml", laughs))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet2.xml", "[Content_Types].xml"])
def test_a_damaged_workbook_is_said_in_a_sentence(staff, part):
    with pytest.raises(BadFile, match="damaged"):
        roster.read(with_part(staff, part, b"<oops"))


def test_a_workbook_cut_short_is_said_in_a_sentence(staff):
    for ask in (roster.read, roster.look):
        with pytest.raises(BadFile, match="Excel file is damaged"):
            ask(staff[: len(staff) // 2])


def test_a_workbook_with_nothing_in_it_is_empty():
    with pytest.raises(BadFile, match="empty"):
        roster.read(saved(openpyxl.Workbook()))


def test_a_sheet_wider_than_any_roster_is_refused():
    book = openpyxl.Workbook()
    for row in range(1, 60):
        book.active.cell(row, 16_384, "x")
    with pytest.raises(BadFile, match="unpacks to more"):
        roster.read(saved(book))


def test_a_cell_at_the_very_bottom_is_too_far():
    book = openpyxl.Workbook()
    book.active.cell(1, 1, "Name")
    book.active.cell(1_048_576, 1, "Maya Rivera")
    with pytest.raises(BadFile, match="unpacks to more"):
        roster.read(saved(book))


def test_a_whole_roster_in_one_archive_is_read(sample):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("bulk/manifest.csv", "propertyName,value\n")
        archive.writestr("bulk/users.csv", sample("oneroster_users.csv"))
        archive.writestr("bulk/orgs.csv", sample("oneroster_orgs.csv"))
    found = roster.read(out.getvalue())
    assert len(found.people) == 6
    assert found.schools[0].name == "Lincoln Middle School"


def test_an_archive_without_a_roster_is_said():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("holiday.jpg", b"x")
    with pytest.raises(BadFile, match="ZIP archive"):
        roster.read(out.getvalue())


def test_an_archive_that_is_damaged_or_too_large_is_said(sample):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.csv", sample("oneroster_users.csv"))
    with pytest.raises(BadFile, match="ZIP archive is damaged"):
        roster.read(out.getvalue()[:-30])
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("users.csv", b"0" * 20_000_001)
    with pytest.raises(BadFile, match="unpacks to more"):
        roster.read(out.getvalue())
