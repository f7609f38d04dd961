"""What holds for every format alike."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_pages import text_of
from written_pages import EVERY, HIGH, LOW, TWELVE, page, section

from coachdesk.export.formats import FORMATS
from coachdesk.export.page import Row

every_format = pytest.mark.parametrize("name", FORMATS)
every_page = pytest.mark.parametrize("which", EVERY)


@every_format
@every_page
def test_every_format_reads_back_to_the_rows_of_the_page(name, which):
    assert FORMATS[name].read_back(FORMATS[name].write(EVERY[which])) == EVERY[which].rows


@every_format
@every_page
def test_the_same_page_gives_the_same_bytes(name, which):
    assert FORMATS[name].write(EVERY[which]) == FORMATS[name].write(EVERY[which])


OWN_WORDS = {"Part", "Line", "Share", "of", "teachers", "From", "To", "About", "this", "page"}
OWN_WORDS |= {"Coaching", "summary", "0", "50", "100", "%"}

WORD = st.text(st.characters(codec="latin-1", categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
LABEL = st.lists(WORD, min_size=1, max_size=8).map(" ".join)


@pytest.mark.parametrize("name", ["html", "csv"])
@given(labels=st.lists(st.tuples(LABEL, st.sampled_from([LOW, HIGH])), min_size=1, max_size=12))
@settings(deadline=None)
def test_any_words_read_back_as_they_went_in(name, labels):
    rows = tuple(Row(label, band) for label, band in labels)
    made = page(replace(section("Any", "x"), rows=rows))
    assert FORMATS[name].read_back(FORMATS[name].write(made)) == made.rows


def test_another_language_time_zone_and_day_give_the_same_bytes(tmp_path):
    program = (
        "import hashlib\n"
        "from coachdesk.export.formats import FORMATS\n"
        "from written_pages import TWELVE\n"
        "for f in FORMATS.values(): print(hashlib.sha256(f.write(TWELVE)).hexdigest())\n"
    )
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    elsewhere = {
        **here,
        "LANG": "tr_TR.UTF-8",
        "LC_ALL": "C",
        "TZ": "Asia/Kolkata",
        "HOME": str(tmp_path),
    }
    elsewhere["SOURCE_DATE_EPOCH"] = "1"
    assert hashes(program, here) == hashes(program, elsewhere)
    assert len(set(hashes(program, here))) == len(FORMATS)


def hashes(program, environment):
    ran = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout.split()


def test_every_text_of_the_page_is_in_every_format():
    for name, form in FORMATS.items():
        shown = text_of(name, form.write(TWELVE))
        missing = [text for text in TWELVE.texts() if " ".join(text.split()) not in shown]
        assert not missing, name


@every_format
def test_an_exporter_says_nothing_but_the_page_and_its_own_few_words(name):
    allowed = OWN_WORDS | {word for text in TWELVE.texts() for word in text.split()}
    shown = text_of(name, FORMATS[name].write(TWELVE)).split()
    assert set(shown) - allowed == set()
