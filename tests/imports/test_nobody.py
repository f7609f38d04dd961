"""A vacant post is nobody; nobody with a name is a vacant post."""

import tomllib
from itertools import product

import pytest

from coachdesk.imports import listing, roster
from coachdesk.imports.people import NOT_A_PERSON
from coachdesk.paths import resource

INVENTED = tomllib.loads(resource("sample", "people.toml").read_text(encoding="utf-8"))
GIVEN = [name for name, _ in INVENTED["given"]]
EVERYBODY = list(product(GIVEN, INVENTED["family"]))
# Surnames and given names that are words of a vacant post as well, or nearly.
REAL = [
    *(("Maria", "Staff"), ("Jo", "Open"), ("Van", "Sub"), ("Emily", "Post"), ("Nu", "Na"), ("N.", "A.")),
    *(("Job", "Okafor"), ("Tom", "New"), ("Ana", "None"), ("Theo", "Pool"), ("Sue", "Vacant"), ("", "Na")),
]
NOBODY = [
    *("Vacant", "VACANT", "vacant 2", "Vacant #3", "Vacancy", "Vacant, Vacant", "Vacant (Math)"),
    *("TBD", "T.B.D.", "TBA", "TBH", "TBD, TBD", "Teacher, TBD", "To be hired", "To Be Determined"),
    *("Open Position", "Position, Open", "Unfilled", "Unfilled position", "Unassigned", "None", "N/A", "n/a"),
    *("Teacher, New", "New Teacher", "New hire", "Staff", "Staff, New", "Substitute", "Substitute Teacher"),
    *("Sub", "Sub Pool", "Substitute Pool", "Pool, Substitute", "Long-term sub"),
]
IN_TWO_COLUMNS = [("Vacant", ""), ("", "TBD"), ("Teacher", "New"), ("Sub", "Pool"), ("N/A", "N/A")]


def read(headings, lines):
    text = "\n".join(["\t".join(headings), *("\t".join(line) for line in lines)])
    return roster.read(text.encode())


def whole(lines):
    """Whole names in one column, beside somebody."""
    return read(["Teacher", "Room"], [("Rivera, Maya", "1"), *((line, "2") for line in lines)])


@pytest.mark.parametrize("name", NOBODY)
def test_a_post_without_anybody_is_left_out_and_counted(name):
    found = whole([name])
    assert ([person.name for person in found.people], found.dropped) == (["Maya Rivera"], {NOT_A_PERSON: 1})


@pytest.mark.parametrize("cells", IN_TWO_COLUMNS)
def test_so_it_is_in_two_columns(cells):
    found = read(["Last name", "First name"], [("Rivera", "Maya"), cells])
    assert (len(found.people), found.dropped) == (1, {NOT_A_PERSON: 1})


def test_so_it_is_in_a_schools_own_export():
    headings = ["School_id", "Teacher_id", "Last_name", "First_name", "Teacher_email"]
    found = read(headings, [("1", "7", "Vacant", "Math 7", ""), ("1", "8", "TBD", "", "t@x.example")])
    assert ([person.name for person in found.people], found.dropped) == (["Math 7 Vacant"], {NOT_A_PERSON: 1})


@pytest.mark.parametrize(("given", "family"), REAL)
def test_a_word_of_it_in_somebodys_name_is_a_name(given, family):
    [person] = read(["Last name", "First name"], [(family, given)]).people
    assert person.family_name == family


def test_nobody_with_an_ordinary_name_is_ever_left_out():
    turned, straight = ([form.format(*pair) for pair in EVERYBODY] for form in ("{1}, {0}", "{0} {1}"))
    apart = read(["Last name", "First name", "Room"], [(last, first, "1") for first, last in EVERYBODY])
    for found, besides in ((whole(turned), 1), (whole(straight), 1), (apart, 0)):
        assert (found.dropped, len(found.people)) == ({}, len(EVERYBODY) + besides)


@pytest.mark.parametrize("name", [*GIVEN, *INVENTED["family"]])
def test_nor_is_anybody_of_whom_one_name_alone_is_known(name):
    assert whole([name]).dropped == {}


def test_a_list_of_nothing_but_vacant_posts_brings_nobody():
    found = read(["Teacher", "Room"], [("Vacant", "1"), ("TBD", "2")])
    assert (found.people, found.dropped) == ((), {NOT_A_PERSON: 2})


def test_the_first_rows_do_not_show_it_either():
    sheet = roster.look(b"Teacher\tRoom\nVacant\t1\nRivera, Maya\t2\n")
    assert [person.name for person in listing.shown(sheet, sheet.guess)] == ["Maya Rivera"]
