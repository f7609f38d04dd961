import pytest

from coachdesk.errors import BadFile
from coachdesk.imports import roster
from coachdesk.imports.people import ADMINISTRATOR, BAD_EMAIL, TEACHER, SchoolRow


@pytest.fixture
def district(sample):
    return roster.read(sample("clever_teachers.csv"), beside={"schools.csv": sample("clever_schools.csv")})


def test_a_teacher_with_a_row_for_each_school_is_one_person(district):
    maya = district.people[0]
    assert (maya.source_id, maya.schools, maya.role) == ("00917", ("0042", "0043"), TEACHER)
    assert (maya.given_name, maya.family_name, maya.title) == ("Maya", "Rivera", "Science Teacher")


def test_leading_zeros_of_ids_stay(district):
    assert [p.source_id for p in district.people if p.role == TEACHER] == ["00917", "00918"]
    assert district.schools == (
        SchoolRow("0042", "Lincoln Middle School"),
        SchoolRow("0043", "Adams Elementary"),
    )


def test_an_e_mail_that_is_none_is_left_empty_and_counted(district):
    assert district.people[1].email == ""
    assert district.mended == {BAD_EMAIL: 1}


def test_the_principals_of_the_teachers_schools_are_read(district):
    [principal] = [p for p in district.people if p.role == ADMINISTRATOR]
    assert (principal.name, principal.schools) == ("Selam Abebe", ("0042",))


def test_ids_rounded_by_a_spreadsheet_are_refused():
    data = b"School_id,Teacher_id,Last_name,First_name\n1,1.23E+11,Rivera,Maya\n1,1.23E+11,Okafor,Tobe\n"
    with pytest.raises(BadFile, match="Row 3, column Teacher_id"):
        roster.read(data)


def test_a_missing_id_is_refused():
    with pytest.raises(BadFile, match="Row 2, column Teacher_id"):
        roster.read(b"School_id,Teacher_id,Last_name,First_name\n1,,Rivera,Maya\n")


def test_somebody_without_any_name_is_counted_and_left():
    data = b"School_id,Teacher_id,Last_name,First_name\n1,7,,\n1,8,Cher,\n1,9,,Prince\n"
    found = roster.read(data)
    assert [(p.given_name, p.family_name) for p in found.people] == [("", "Cher"), ("", "Prince")]
    assert found.dropped == {"no_name": 1}
