import pytest

from coachdesk.errors import BadFile
from coachdesk.imports import roster
from coachdesk.imports.people import ADMINISTRATOR, TEACHER, SchoolRow


@pytest.fixture
def district(sample):
    return roster.read(sample("oneroster_users.csv"), beside={"orgs.csv": sample("oneroster_orgs.csv")})


def test_teachers_and_administrators_are_read(district):
    assert district.format == "OneRoster"
    read = [(p.row, p.source_id, p.given_name, p.family_name, p.role) for p in district.people]
    assert read == [
        (2, "t-001", "Maya", "Rivera", TEACHER),
        (3, "t-002", "Tobe", "Okafor", TEACHER),
        (4, "T-002", "Jonna", "Lindqvist", TEACHER),
        (5, "a-001", "Selam", "Abebe", ADMINISTRATOR),
        (6, "t-003", "Gia", "Nguyen", TEACHER),
        (7, "t-004", "Hana", "Park", TEACHER),
    ]


def test_students_parents_and_unknown_roles_are_counted_and_left(district):
    assert district.dropped == {"student": 2, "parent": 1, "guardian": 1, "aide": 1, "other_role": 1}


def test_ids_differ_by_case(district):
    assert {"t-002", "T-002"} <= {p.source_id for p in district.people}


def test_a_disabled_or_deleted_entry_is_gone(district):
    assert [p.source_id for p in district.people if p.gone] == ["t-003", "t-004"]


def test_several_schools_are_read_and_districts_are_none(district):
    by_id = {p.source_id: p for p in district.people}
    assert by_id["t-002"].schools == ("s-1", "s-2")
    assert by_id["a-001"].schools == ("s-1",)


def test_only_the_schools_somebody_works_at_are_kept(district):
    assert district.schools == (
        SchoolRow("s-1", "Lincoln Middle School"),
        SchoolRow("s-2", "Adams Elementary"),
    )


def test_grades_are_said_as_a_school_says_them(district):
    assert [p.grades for p in district.people[:2]] == ["7, 8", "K"]


def test_without_the_list_of_schools_their_ids_stand_alone(sample):
    found = roster.read(sample("oneroster_users.csv"))
    assert found.schools == (SchoolRow("s-1", ""), SchoolRow("s-2", ""))


def test_columns_may_stand_in_any_order_and_case():
    data = b"ROLE,FamilyName,givenname,SOURCEDID\nteacher,Rivera,Maya,t-1\n"
    [person] = roster.read(data).people
    assert (person.source_id, person.given_name, person.family_name) == ("t-1", "Maya", "Rivera")


def test_roles_may_lie_beside(sample):
    found = roster.read(sample("roles_users.csv"), beside={"Roles.csv": sample("roles_roles.csv")})
    assert [(p.source_id, p.role, p.schools, p.preferred_name, p.pronouns) for p in found.people] == [
        ("u-1", TEACHER, ("s-1",), "May", "she/her"),
        ("u-2", ADMINISTRATOR, ("s-1",), "", ""),
    ]
    assert found.dropped == {"student": 1, "other_role": 1}


def roles_after(sample, *changes):
    """The people of the file, with lines of the roles beside it changed: (old, new)."""
    data = sample("roles_roles.csv").decode()
    for old, new in changes:
        assert old in data
        data = data.replace(old, new)
    found = roster.read(sample("roles_users.csv"), beside={"roles.csv": data.encode()})
    return [(p.source_id, p.role, p.schools, p.gone) for p in found.people]


def test_a_role_that_is_deleted_no_longer_counts(sample):
    deleted = ("r-1,,,", "r-1,tobedeleted,,")
    elsewhere = ("r-2,,,u-1,secondary,administrator", "r-2,,,u-1,secondary,teacher")
    assert roles_after(sample, deleted)[0] == ("u-1", ADMINISTRATOR, (), False)
    assert roles_after(sample, deleted, elsewhere)[0] == ("u-1", TEACHER, ("s-2",), False)


def test_whoever_has_no_role_left_is_gone(sample):
    deleted = [("r-1,,,", "r-1,tobedeleted,,"), ("r-2,,,", "r-2,ToBeDeleted,,")]
    assert roles_after(sample, *deleted)[0] == ("u-1", TEACHER, ("s-1",), True)


def test_nobody_is_placed_at_a_school_that_is_deleted():
    users = b'sourcedId,role,givenName,familyName,orgSourcedIds\nt-1,teacher,Maya,Rivera,"s-1,s-2"\n'
    orgs = b"sourcedId,status,name,type\ns-1,active,Lincoln MS,school\ns-2,tobedeleted,Old MS,school\n"
    found = roster.read(users, beside={"orgs.csv": orgs})
    assert ([p.schools for p in found.people], [s.name for s in found.schools]) == (
        [("s-1",)],
        ["Lincoln MS"],
    )


def test_without_roles_anywhere_the_missing_file_is_named(sample):
    with pytest.raises(BadFile, match=r"Put the roles\.csv"):
        roster.read(sample("roles_users.csv"))


def test_an_id_with_two_names_is_refused_with_both_rows():
    data = b"sourcedId,role,givenName,familyName\nt-1,teacher,Maya,Rivera\nt-1,teacher,Tobe,Okafor\n"
    with pytest.raises(BadFile, match=r"Row 3, column sourcedId.*row 2") as bad:
        roster.read(data)
    assert "Rivera" not in str(bad.value)


def test_a_missing_id_is_refused_with_its_row():
    data = b"sourcedId,role,givenName,familyName\n,student,A,B\n,teacher,Maya,Rivera\n"
    with pytest.raises(BadFile, match="Row 3, column sourcedId: the id is missing"):
        roster.read(data)


def test_a_comma_nobody_quoted_is_refused_before_a_password_slips_into_another_column():
    data = b"sourcedId,role,givenName,familyName,grades,password\nt-1,teacher,Maya,Rivera, Jr.,07,secret\n"
    with pytest.raises(BadFile, match="Row 2 has 7 cells, but there are 6 columns"):
        roster.read(data)


def test_a_line_cut_short_is_refused_with_row_and_column():
    data = b"sourcedId,orgSourcedIds,role,givenName,familyName,email\nt-1,s-1,teacher,Maya,Rivera\nt-2,s-1\n"
    with pytest.raises(BadFile, match="Row 3, column role: the line ends before it"):
        roster.read(data)


def test_empty_cells_at_the_end_of_a_line_may_be_left_out():
    data = b"sourcedId,role,givenName,familyName,email,grades\nt-1,teacher,Maya,Rivera\n"
    assert roster.read(data).people[0].email == ""


def test_what_is_no_grade_is_not_taken_for_one():
    data = b"sourcedId,role,givenName,familyName,grades\nt-1,teacher,Maya,Rivera,secret1\n"
    [person] = roster.read(data).people
    assert person.grades == ""


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (b"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId", "users.csv"),
        (b"sourcedId,userSourcedId,roleType,role,orgSourcedId", "users.csv"),
        (b"School_id,Student_id,Last_name,First_name", "list of students"),
        (b"School_id,School_name,State_id,Principal", "teachers.csv"),
    ],
)
def test_the_wrong_file_of_a_set_names_the_right_one(header, wanted):
    with pytest.raises(BadFile, match=wanted):
        roster.read(header + b"\na,b,c,d\n")


def test_what_is_wrong_in_a_file_beside_names_that_file(sample):
    orgs = sample("oneroster_orgs.csv") + b'"s-9","broken\n'
    with pytest.raises(BadFile, match=r"In orgs\.csv: Row 6, column B") as bad:
        roster.read(sample("oneroster_users.csv"), beside={"orgs.csv": orgs})
    assert bad.value.row == 6
