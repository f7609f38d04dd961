from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.model import standards
from coachdesk.model.script import MOST_LINES, Line, Typed, clock, line_with, pasted, positions, typed
from coachdesk.model.visits import LineKind

CODES = tuple(standard.code for standard in standards.catalogue().standards)


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("t: Open the shared doc", LineKind.TEACHER, "Open the shared doc"),
        ("S:I disagree", LineKind.STUDENT, "I disagree"),
        ("a: 14 of 22 type", LineKind.ACTION, "14 of 22 type"),
        ("x: no sign-in", LineKind.TECH, "no sign-in"),
        ("? who decides", LineKind.QUESTION, "who decides"),
        ("!waits five seconds", LineKind.STRENGTH, "waits five seconds"),
        ("> would pairs help", LineKind.WONDER, "would pairs help"),
        ("* they clap", LineKind.MOMENT, "they clap"),
    ],
)
def test_a_prefix_at_the_beginning_names_the_kind(line, kind, text):
    assert typed(line, CODES) == Typed(kind, text, ())


@pytest.mark.parametrize("line", ["is it? yes", "see t: below", " t: indented", ">> next step", "tx: no", ""])
def test_elsewhere_the_same_signs_are_only_text(line):
    assert typed(line, CODES) == Typed(None, line, ())


def test_a_tag_leaves_the_line_and_is_known():
    assert typed("t: Let's look #1d together #3B", CODES) == Typed(
        LineKind.TEACHER, "Let's look together", ("1D", "3B")
    )


def test_what_is_no_standard_stays_in_the_line():
    for line in ("#1Z is no tag", "colour #1D4A00", "a#1D", "#4C"):
        assert typed(line, CODES).codes == ()
        assert typed(line, CODES).text == line


def test_the_same_tag_twice_counts_once():
    assert typed("#1D and #1d", CODES).codes == ("1D",)


def test_a_paste_becomes_lines_and_a_very_long_one_loses_nothing():
    assert pasted("one\r\n\r\ntwo\rthree") == ["one", "two", "three"]
    many = pasted("\n".join(str(n) for n in range(100_000)))
    assert len(many) == MOST_LINES
    assert many[-1].endswith("99999")


def test_writing_at_the_end_or_in_between_moves_no_other_line():
    a, b, c, d = (uuid4() for _ in range(4))
    first = positions({}, [a, b])
    longer = positions(first, [a, b, c])
    assert {key: longer[key] for key in first} == first
    between = positions(longer, [a, d, b, c])
    assert {key: between[key] for key in longer} == longer


@given(st.permutations(range(8)), st.sets(st.integers(0, 7)), st.integers(1, 3))
def test_places_always_follow_the_order_on_screen(order, kept, gap):
    keys = [uuid4() for _ in range(8)]
    places = positions({keys[n]: n * gap for n in kept}, [keys[n] for n in order])
    assert [places[keys[n]] for n in order] == sorted(set(places.values()))
    assert len(places) == 8


def test_hundreds_of_lines_can_be_written_at_one_place():
    first, last = uuid4(), uuid4()
    order, places, moved = [first, last], positions({}, [first, last]), 0
    for _ in range(300):
        order.insert(-1, uuid4())
        now = positions(places, order)
        moved += sum(now[key] != at for key, at in places.items())
        places = now
    assert moved == 0


def test_elapsed_time_is_minutes_and_seconds():
    assert [clock(s) for s in (0, 492, 3661)] == ["00:00", "08:12", "1:01:01"]


@pytest.mark.parametrize(
    ("text", "number"),
    [("hands", 1), ("ECLAIR", 2), ("hands café", 3), ("caf hands xyz", 3), ("and", None), ("", None)],
)
def test_the_line_that_holds_most_of_the_words_is_found(text, number):
    said = ("T: open", "12 hands", "an éclair", "two hands in a café")
    lines = [Line(uuid4(), 0, LineKind.ACTION, words) for words in said]
    assert line_with(lines, text) == (lines[number] if number is not None else None)
