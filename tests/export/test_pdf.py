"""The paper: one side, readable by a screen reader, and silent about when and by whom it was made."""

import io
import re
from dataclasses import replace

import pikepdf
import pytest
from pypdf import PdfReader
from written_pages import EVERY, FEW, LONG, LOW, ODD, TWELVE, page, section

from coachdesk.errors import NotShareable
from coachdesk.export import pdf
from coachdesk.export.page import Row
from coachdesk.export.pdf_rows import read_back


def opened(made):
    return pikepdf.open(io.BytesIO(pdf.write(made)))


def printed(data):
    with pikepdf.open(io.BytesIO(data)) as made:
        return made.pages[0].Contents.read_bytes()


def elements(node):
    """The tags of a PDF in reading order: kind, and the tag itself."""
    for child in children(node):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield str(child.S), child
            yield from elements(child)


def children(node):
    kids = node.get("/K", pikepdf.Array())
    return kids if isinstance(kids, pikepdf.Array) else [kids]


@pytest.mark.parametrize("which", EVERY)
def test_every_page_fits_on_one_side(which):
    assert len(opened(EVERY[which]).pages) == 1


def test_twelve_rows_of_the_longest_goal_titles_fit_on_one_side_and_none_is_cut():
    rows = tuple(Row(f"{LONG} and {LONG}, number {at}", LOW) for at in range(12))
    made = page(replace(section("School goals", "x"), rows=rows))
    data = pdf.write(made)
    assert len(PdfReader(io.BytesIO(data)).pages) == 1
    assert read_back(data) == made.rows


def test_no_letter_is_printed_outside_the_margins():
    [sheet] = PdfReader(io.BytesIO(pdf.write(TWELVE))).pages
    places = []
    sheet.extract_text(
        visitor_text=lambda text, cm, tm, *_: places.append((cm[4], cm[5])) if text.strip() else None
    )
    width, height = (float(side) for side in sheet.mediabox[2:])
    assert (width, height) == (612, 792)
    assert all(54 <= x < width - 54 and 36 <= y < height - 36 for x, y in places)


def test_the_paper_is_tagged_for_a_screen_reader():
    made = opened(TWELVE)
    assert made.Root.MarkInfo.Marked
    assert str(made.Root.Lang) == "en-US"
    assert made.Root.ViewerPreferences.DisplayDocTitle
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made.Root.Metadata.read_bytes()
    kinds = [kind for kind, _ in elements(made.Root.StructTreeRoot)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(TWELVE.sections) + len(TWELVE.footnotes)
    assert kinds.count("/Table") == 3
    assert kinds.count("/TH") == 3 * 2
    assert kinds.count("/TD") == 12 * 2


def test_every_column_heading_says_that_it_heads_a_column():
    made = opened(FEW)
    heads = [tag for kind, tag in elements(made.Root.StructTreeRoot) if kind == "/TH"]
    assert heads
    for head in heads:
        assert [str(a.Scope) for a in head.A if "/Scope" in a] == ["/Column"]


def test_drawings_are_marked_as_decoration_and_everything_else_is_tagged():
    content = printed(pdf.write(TWELVE))
    outside = re.sub(
        rb"/(Artifact|Span|P|TH|TD|H\d)\b.*?BDC.*?EMC|/Artifact BMC.*?EMC", b"", content, flags=re.S
    )
    assert b"Tj" not in outside and b"TJ" not in outside
    assert content.count(b"/Artifact") > 12


def test_the_paper_says_neither_when_nor_by_whom_it_was_made():
    made = opened(ODD)
    assert str(made.docinfo["/Title"]) == "Coaching summary"
    assert set(made.docinfo.keys()) == {"/Title", "/Creator"}
    assert str(made.docinfo["/Creator"]).startswith("Typst ")
    about = made.Root.Metadata.read_bytes()
    for unwanted in (b"CreateDate", b"ModifyDate", b"MetadataDate", b"dc:creator", b"dc:date"):
        assert unwanted not in about


def test_no_identifier_in_the_paper_depends_on_what_it_says():
    for made in (opened(TWELVE), opened(ODD), opened(FEW)):
        assert {bytes(part) for part in made.trailer.ID} == {b"coachdesk-summary-page=="}
        about = made.Root.Metadata.read_bytes()
        assert about.count(b"ID>coachdesk-summary-page==<") == 2
        names = {str(font.BaseFont) for font in made.pages[0].Resources.Font.values()}
        assert {name.partition("+")[0] for name in names} == {"/AAAAAA", "/AAAAAB", "/AAAAAC"}


def test_only_the_bundled_font_is_used():
    made = opened(ODD)
    fonts = made.pages[0].Resources.Font
    names = {str(font.BaseFont).split("+")[-1] for font in fonts.values()}
    assert all(name.startswith("Inter") for name in names), names


@pytest.mark.parametrize("sign", ["🎯", "中", "\x07"])
def test_a_sign_that_cannot_be_printed_is_said_in_words(sign):
    with pytest.raises(NotShareable, match="Reword it"):
        pdf.write(page(section("School goals", f"{sign} Reading")))


def test_words_of_the_page_are_never_read_as_markup():
    assert (
        "Goals & \"quotes\" <b> 'here'",
        "#set page(width: 1pt) $x$ *bold* _so_ \\ [x]",
        "half or more",
    ) in {(heading, label, words) for heading, label, words in read_back(pdf.write(ODD))}


def test_a_band_is_drawn_from_its_label_on_a_fixed_axis():
    low = pdf.write(page(section("One", "same")))
    high_then_low = pdf.write(page(section("One", "same", "other")))
    assert low != high_then_low
    assert shaded(low) == [(50, 100)]
    assert shaded(high_then_low) == [(50, 100), (0, 50)]


def shaded(data):
    """The intervals shaded on the page, in percent of the axis, from the drawing itself."""
    content = printed(data).decode("latin-1")
    colour = r"0\.30980393 0\.61960787 0\.654902 scn"
    found = re.findall(
        r"1 0 0 -1 ([\d.]+) [\d.]+ cm\s*/c\d+ cs " + colour + r"(.*?)\n?f\b", content, flags=re.S
    )
    intervals = []
    for left, path in found:
        xs = [float(x) for x in re.findall(r"(-?[\d.]+) -?[\d.]+ [mlc]\b", path)]
        start = float(left) - AXIS_LEFT
        intervals.append((percent(start + min(xs)), percent(start + max(xs))))
    return intervals


AXIS_WIDTH = 146
AXIS_LEFT = 612 - 54 - AXIS_WIDTH - 14 - 92


def percent(points):
    return round(100 * points / AXIS_WIDTH)
