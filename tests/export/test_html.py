"""The file for a browser: nothing to load, nothing to run."""

import re
from html.parser import HTMLParser

import pytest
from written_pages import EVERY, ODD, TWELVE

from coachdesk.export import html


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.open = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "rect"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "rect":
            assert self.open.pop() == tag


@pytest.mark.parametrize("which", EVERY)
def test_nothing_is_loaded_and_nothing_runs(which):
    text = html.write(EVERY[which]).decode()
    seen = Tags(text)
    assert not {tag for tag, _ in seen.tags} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "form",
        "a",
        "base",
    }
    for _, attributes in seen.tags:
        assert not {"src", "href", "onload", "onclick", "style", "id"} & set(attributes)
    assert not re.search(r"url\(|@import|https?:", text)
    assert "default-src 'none'" in text


@pytest.mark.parametrize("which", EVERY)
def test_the_file_is_well_formed_and_has_the_landmarks_a_screen_reader_needs(which):
    seen = Tags(html.write(EVERY[which]).decode())
    assert seen.open == []
    tags = [tag for tag, _ in seen.tags]
    assert ("html", {"lang": "en-US"}) in seen.tags
    assert [tags.count(tag) for tag in ("main", "h1", "title")] == [1, 1, 1]


def test_every_row_has_a_heading_and_every_drawing_is_hidden_from_a_screen_reader():
    seen = Tags(html.write(TWELVE).decode())
    heads = [attributes.get("scope") for tag, attributes in seen.tags if tag == "th"]
    assert heads.count("row") == 12
    assert None not in heads
    drawings = [attributes for tag, attributes in seen.tags if tag == "svg"]
    assert [d["aria-hidden"] for d in drawings] == ["true"] * 12


def test_every_word_is_escaped():
    text = html.write(ODD).decode()
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &amp;amp;" in text
    assert "<title>Coaching summary</title>" in text


def test_a_band_is_drawn_from_its_label_on_a_fixed_axis():
    text = html.write(TWELVE).decode()
    drawn = re.findall(r'<rect x="(\d+)" y="0" width="(\d+)"', text)
    assert [(int(x), int(x) + int(width)) for x, width in drawn] == [
        (row.band.low, row.band.high) for part in TWELVE.sections for row in part.rows
    ]
