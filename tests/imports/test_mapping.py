"""Lists nobody standardised: guessed, shown, and read as the coach says."""

import pytest

from coachdesk.errors import BadFile
from coachdesk.imports import listing, roster
from coachdesk.imports.mapping import ColumnMap
from coachdesk.imports.meanings import Meaning
from coachdesk.imports.names import Name, full_name
from coachdesk.imports.people import ADMINISTRATOR, NO_NAME, NOT_A_PERSON, TEACHER


def people(text):
    return roster.read(text.encode()).people


def test_a_secretarys_list_is_read_without_being_asked(sample):
    found = roster.read(sample("secretary.csv"))
    assert [(p.row, p.given_name, p.family_name, p.preferred_name) for p in found.people] == [
        (5, "Maya", "Rivera", ""),
        (6, "José", "O'Neil-Żak", "Pepe"),
        (7, "Ana María", "de la Cruz", ""),
    ]
    maya = found.people[0]
    assert (maya.subjects, maya.grades, maya.room, maya.email) == (
        "Science",
        "7",
        "012",
        "maya.rivera@school.example",
    )
    assert found.dropped == {"not_a_person": 1}


def test_the_guess_is_shown_with_the_first_rows_and_without_phones(sample):
    sheet = roster.look(sample("secretary.csv"))
    assert sheet.guess.header == 4
    assert dict(sheet.guess.columns) == {
        Meaning.FULL_NAME: 0,
        Meaning.SUBJECTS: 1,
        Meaning.GRADES: 2,
        Meaning.ROOM: 3,
        Meaning.EMAIL: 4,
    }
    assert [title for _, title in sheet.titles] == ["Teacher Name", "Dept", "Gr", "Rm", "E-mail", "Notes"]
    assert sheet.sample[0][0] == "Rivera, Maya"
    assert "555-0101" not in repr(sheet)


def test_the_coachs_own_map_is_followed(sample):
    sheet = roster.look(sample("secretary.csv"))
    asked = sheet.guess.with_column(Meaning.SUBJECTS, None).with_column(Meaning.TITLE, 1)
    maya = roster.read(sample("secretary.csv"), mapping=asked).people[0]
    assert (maya.subjects, maya.title) == ("", "Science")


def test_the_first_rows_are_shown_as_they_would_be_read(sample):
    sheet = roster.look(sample("secretary.csv"))
    shown = listing.shown(sheet, sheet.guess.with_column(Meaning.ROOM, None))
    assert [(p.family_name, p.subjects, p.room) for p in shown[:2]] == [
        ("Rivera", "Science", ""),
        ("O'Neil-Żak", "Math", ""),
    ]


def test_a_column_has_one_meaning():
    columns = ColumnMap(1, ((Meaning.ROOM, 2), (Meaning.GRADES, 3)))
    assert columns.with_column(Meaning.TITLE, 2).columns == ((Meaning.GRADES, 3), (Meaning.TITLE, 2))


def test_a_map_that_points_at_phones_reads_none():
    data = b"Name,Phone\nMaya Rivera,555-555-0101\n"
    columns = ColumnMap(1, ((Meaning.FULL_NAME, 0), (Meaning.ROOM, 1)))
    [maya] = roster.read(data, mapping=columns).people
    assert maya.room == ""


def test_two_heading_rows_are_read_together():
    [maya] = people("Teacher,,Contact,\nLast,First,Email,Rm\nRivera,Maya,m@x.example,12\n")
    assert (maya.row, maya.given_name, maya.family_name, maya.email, maya.room) == (
        3,
        "Maya",
        "Rivera",
        "m@x.example",
        "12",
    )
    [maya] = people("Last,First,Rm,Contact\nName,Name,,E-mail\nRivera,Maya,12,m@x.example\n")
    assert (maya.given_name, maya.family_name, maya.email) == ("Maya", "Rivera", "m@x.example")


def test_headings_repeated_on_every_page_are_no_people():
    found = people("Name,Room\nMaya Rivera,1\nName,Room\nTobe Okafor,2\n")
    assert [p.family_name for p in found] == ["Rivera", "Okafor"]


@pytest.mark.parametrize(
    "total",
    [
        *("Total", "Total: 12", "Grand Total", "Count", "12 teachers", "Page 1", "14", "Total teachers 12"),
        *("Number of staff: 12", "Teacher count: 12", "Page 1 of 3", "Printed 9/1/2026 8:05 AM", "n = 12"),
    ],
)
def test_totals_are_no_people(total):
    assert [p.family_name for p in people(f"Name,Room\nMaya Rivera,1\n{total},\n")] == ["Rivera"]


@pytest.mark.parametrize(
    "total", ["Total,2", "Total:,2", "2,Total", "Total,", ",Total 2", "Count,2.0", "Teachers,2", "Page,1"]
)
def test_totals_in_two_columns_are_no_people(total):
    found = roster.read(f"Last,First,Room,Email\nRivera,Maya,1,m@x.example\n{total},,\n".encode())
    assert ([p.family_name for p in found.people], found.dropped) == (["Rivera"], {NOT_A_PERSON: 1})


def test_a_count_beneath_another_column_is_no_name_of_anybody():
    found = roster.read(b"Last,First,Room,Email\nRivera,Maya,1,m@x.example\n,,Total,2\n")
    assert ([p.family_name for p in found.people], found.dropped) == (["Rivera"], {NO_NAME: 1})


def test_people_named_like_totals_stay():
    assert [p.name for p in people("Name,Room\nCount Basie,1\nPage Turner,2\n")] == [
        "Count Basie",
        "Page Turner",
    ]
    listed = people("Last,First\nTotal,Maria\nPage,Ana\nNumber,Jo\n")
    assert [p.family_name for p in listed] == ["Total", "Page", "Number"]


def test_an_e_mail_column_is_known_by_its_content():
    [maya] = people("Teacher,Kontakt\nMaya Rivera,m@x.example\n")
    assert maya.email == "m@x.example"


def test_names_are_known_by_their_content_where_there_is_no_heading():
    found = people("Rivera, Maya\tm@x.example\nOkafor, Tobe\tt@x.example\n")
    assert [(p.given_name, p.email) for p in found] == [("Maya", "m@x.example"), ("Tobe", "t@x.example")]


def test_an_id_column_with_repeated_values_is_none():
    found = people("ID,Name\n1,Maya Rivera\n1,Tobe Okafor\n")
    assert [p.source_id for p in found] == ["", ""]


def test_contacts_of_the_big_mail_programs_are_read():
    [maya] = people(
        "First Name,Last Name,Phone 1 - Value,E-mail 1 - Value,Organization Name,"
        "Organization Title,Birthday\n"
        "Maya,Rivera,555-555-0101,m@x.example,Lincoln MS,Science,1990-01-01\n"
    )
    assert (maya.email, maya.schools, maya.title) == ("m@x.example", ("Lincoln MS",), "Science")
    [tobe] = people(
        "First Name,Last Name,E-mail Address,Company,Department,Job Title,Mobile Phone\n"
        "Tobe,Okafor,t@x.example,Lincoln MS,Math,Assistant Principal,555-555-0102\n"
    )
    assert (tobe.role, tobe.subjects) == (ADMINISTRATOR, "Math")


@pytest.mark.parametrize("address", ["Ms.", ""])
def test_how_somebody_is_addressed_is_no_post(address):
    """Outlook has `Title` for "Ms." before `Job Title`."""
    [maya] = people(
        "Title,First Name,Last Name,Company,Job Title,E-mail Address\n"
        f"{address},Maya,Rivera,Lincoln MS,Principal,m@x.example\n"
    )
    assert (maya.role, maya.title) == (ADMINISTRATOR, "Principal")


def test_of_several_addresses_of_a_contact_the_first_is_kept():
    [maya] = people("First Name,Last Name,E-mail 1 - Value\nMaya,Rivera,m@x.example ::: m@home.example\n")
    assert maya.email == "m@x.example"


@pytest.mark.parametrize(
    ("role", "kept"),
    [
        ("Teacher", TEACHER),
        ("Student Teacher", TEACHER),
        ("Principal", ADMINISTRATOR),
        ("Asst. Principal", ADMINISTRATOR),
    ],
)
def test_roles_are_understood_in_plain_words(role, kept):
    [person] = people(f"Name,Role\nMaya Rivera,{role}\n")
    assert person.role == kept


@pytest.mark.parametrize(
    ("role", "kind"),
    [("Student", "student"), ("students", "student"), ("Teacher Aide", "aide"), ("Custodian", "other_role")],
)
def test_who_is_no_teacher_is_counted(role, kind):
    found = roster.read(f"Name,Role\nMaya Rivera,{role}\n".encode())
    assert (found.people, found.dropped) == ((), {kind: 1})


def test_a_teacher_listed_once_a_class_is_one_person():
    [maya] = people("Name,Class,Gr,Rm\nMaya Rivera,Science,7,12\nMaya Rivera,Math,8,12\n")
    assert (maya.subjects, maya.grades) == ("Science, Math", "7, 8")


def test_two_people_of_one_name_stay_two():
    assert len(people("Name,Rm\nJo Lee,12\nJo Lee,14\n")) == 2


@pytest.mark.parametrize(
    "text", ["Colour,Shape\nred,round\n", "hello", "1,2\n3,4\n", "First Name,Room\nMaya,1\n"]
)
def test_a_table_without_names_asks_for_them(text):
    with pytest.raises(BadFile, match="No column with names"):
        people(text)


def test_a_heading_alone_is_said():
    with pytest.raises(BadFile, match="nobody below it"):
        people("Name,Room\n")


def test_a_name_that_is_a_whole_page_is_refused_with_row_and_column():
    with pytest.raises(BadFile, match="Row 2, column A: the text is longer than 500 characters"):
        people(f"Name,Room\n{'x' * 501},1\n")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rivera, Maya", Name("Maya", "Rivera")),
        ("Maya Rivera", Name("Maya", "Rivera")),
        ("Dr. Maya L. Rivera", Name("Maya L.", "Rivera")),
        ("Rivera, Ms. Maya", Name("Maya", "Rivera")),
        ("Ana de la Cruz", Name("Ana", "de la Cruz")),
        ("King, Jr., Martin", Name("Martin", "King Jr.")),
        ("King, Martin, Jr.", Name("Martin", "King Jr.")),
        ("Martin King Jr.", Name("Martin", "King Jr.")),
        ('Robert "Bob" Smith', Name("Robert", "Smith", "Bob")),
        ("Smith, Robert (Bob)", Name("Robert", "Smith", "Bob")),
        ("Patrick O'Neil", Name("Patrick", "O'Neil")),
        ("Ms. Rivera", Name("", "Rivera")),
        ("Cher", Name("", "Cher")),
        ("Van Dyke", Name("Van", "Dyke")),
        (" , ", Name("", "")),
        ("", Name("", "")),
    ],
)
def test_whole_names_are_taken_apart(text, name):
    assert full_name(text) == name
