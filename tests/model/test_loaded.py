"""Words that judge, told from words that say what was seen or heard."""

from uuid import uuid4

import pytest

from coachdesk.model.loaded import loaded, loaded_lines
from coachdesk.model.script import Line
from coachdesk.model.visits import LineKind


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Great pacing, she should go on", ("great", "should")),
        ("22 of 24 students open the doc", ()),
        ("Nobody shouldn\u2019t wait", ("shouldn't",)),
        ("Greatest common divisor on the board", ()),
        ("great, great, great", ("great",)),
        ("", ()),
    ],
)
def test_a_text_that_judges_is_told_from_one_that_tells(text, words):
    assert loaded(text) == words


@pytest.mark.parametrize("text", ["T: “That is a great answer”", 'She says "good morning" to all', "«bad»"])
def test_what_stands_in_quotation_marks_was_heard(text):
    assert loaded(text) == ()


def test_only_lines_of_the_coachs_own_are_hinted_at():
    def said(kind, text):
        return Line(uuid4(), 0, kind, text)

    judged = said(LineKind.ACTION, "A good start")
    lines = [said(LineKind.TEACHER, "Good morning"), said(LineKind.STUDENT, "We should go"), judged]
    assert loaded_lines(lines) == [(judged, "good")]
