"""Every word of a page is one that was approved."""

import pytest

from coachdesk.disclosure.vocabulary import words, words_outside

TEMPLATE = ("In my work with teachers:", "half or more", "20–39 %", "co-teaching", "the coach's own goals")


@pytest.mark.parametrize(
    "text",
    [
        "IN MY WORK — half, or more!",
        "teach\u00aders",
        "with teach-\ners",
        "co-\nteaching with teachers",
        "the coach’s own",
        "39 – 20",
        "• …",
        "o\ufb00".replace("o\ufb00", "more"),
    ],
)
def test_words_of_the_template_are_inside_however_they_are_set(text):
    assert words_outside(text, TEMPLATE) == []


@pytest.mark.parametrize(
    "text",
    [
        "college-and-career-ready",
        "college-\nand-career-ready",
        "college-and-\ncareer-\nready",
        "college-\nand-\ncareer-\nready",
        "students\u2019 rock\u2019n\u2019roll-\nbased",
    ],
)
def test_a_word_of_several_hyphens_is_inside_wherever_lines_cut_it(text):
    assert words_outside(text, ("College-and-career-ready students\u2019 rock\u2019n\u2019roll-based",)) == []


def test_words_of_a_compound_are_not_joined_where_no_hyphen_was():
    assert words_outside("collegecareer readystudents", ("college-and-career-ready students",)) == [
        "collegecareer",
        "readystudents",
    ]


def test_words_from_elsewhere_are_named_once_and_in_order():
    assert words_outside("Rivera: half of 7 teachers, Rivera and Đỗ", TEMPLATE) == [
        "rivera",
        "of",
        "7",
        "and",
        "đỗ",
    ]


def test_ligatures_are_spelt_out():
    assert words("e\ufb03cient \ufb01fths") == ["efficient", "fifths"]


def test_an_empty_vocabulary_allows_nothing():
    assert words_outside("half", ()) == ["half"]
