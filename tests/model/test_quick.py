from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.model.quick import NOBODY, SEVERAL, TOO_LONG, WHO, Person, quick


def person(given, family, preferred=""):
    return Person(uuid4(), f"{preferred or given} {family}", (given, preferred, family))


MAYA, LUIS = person("Maya", "Rivera"), person("Luis", "Rivera")
OKAFOR, MUNOZ, LEE = person("Tobenna", "Okafor", "Toby"), person("Ana", "Muñoz-Peña"), person("Jo", "Lee")
ALL = (MAYA, LUIS, OKAFOR, MUNOZ, LEE)
CODES = ("1D", "4A")


@pytest.mark.parametrize(
    ("line", "who", "what", "minutes"),
    [
        ("quick okafor sign-in 5m", OKAFOR, "sign-in", 5),
        ("okafor sign-in 15m", OKAFOR, "sign-in", 15),
        ("Oka cart is locked 1h", OKAFOR, "cart is locked", 60),
        ("toby sign-in 1h30", OKAFOR, "sign-in", 90),
        ("okafor sign-in 10 min", OKAFOR, "sign-in", 10),
        ("munoz sign-in", MUNOZ, "sign-in", 5),
        ("pena", MUNOZ, "", 5),
        ("maya rivera sign-in 5m", MAYA, "sign-in", 5),
        ("rivera maya sign-in 5m", MAYA, "sign-in", 5),
        ("riv l sign-in", LUIS, "sign-in", 5),
        ("lee room 12", LEE, "room 12", 5),
    ],
)
def test_a_line_says_who_what_and_how_long(line, who, what, minutes):
    read = quick(line, ALL)
    assert (read.people, read.what, read.minutes, read.problem) == ((who,), what, minutes, "")


def test_a_name_two_teachers_share_asks_for_more():
    read = quick("rivera sign-in 5m", ALL)
    assert read.problem == SEVERAL
    assert set(read.people) == {MAYA, LUIS}
    assert read.what == "sign-in"


def test_a_whole_name_stands_before_a_beginning():
    lee, leeds = person("Jo", "Lee"), person("Jo", "Leeds")
    assert quick("lee sign-in", (leeds, lee)).people == (lee,)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("", WHO),
        ("quick", WHO),
        ("zzz sign-in 5m", NOBODY),
        ("lee tablets 999m", TOO_LONG),
        ("lee x 0m", TOO_LONG),
    ],
)
def test_what_cannot_be_kept_is_said(line, problem):
    assert quick(line, ALL).problem == problem


def test_a_standard_may_be_tagged():
    read = quick("lee sign-in #4a 5m", ALL, CODES)
    assert (read.what, read.codes, read.minutes) == ("sign-in", ("4A",), 5)


@given(st.text(max_size=60))
def test_any_line_is_read_without_an_error(line):
    assert quick(line, ALL, CODES).minutes >= 0
