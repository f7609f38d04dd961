"""A roster file is shown before it is kept, and kept whole or not at all."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from sqlmodel import select

from coachdesk.errors import BadFile, MovedOn
from coachdesk.model import Colleague, Placement, School, Teacher
from coachdesk.model.roster import ColleagueRole, TeacherStatus
from coachdesk.services import bringing, roster, upload
from coachdesk.services.incoming import Brought, Decision, Difference, Doubt, Kind

FILES = Path(__file__).parents[1] / "imports" / "files"
NOW = datetime(2026, 9, 14, 8, 0)


def pasted(text):
    return upload.read(upload.pasted(text))


def preview(desk, text, school=None):
    return desk.ask(bringing.preview, pasted(text), school)


def bring(desk, text, decisions=None, school=None):
    return desk.do(bringing.bring, preview(desk, text, school), decisions or {})


def by_name(shown):
    return {line.name: line for line in shown.lines}


def teachers(desk):
    return {one.name: one for one in desk.ask(lambda session: list(session.exec(select(Teacher))))}


def schools_of(desk, name):
    return {
        school.name
        for school in desk.ask(roster.schools)
        if school.id in desk.ask(roster.teacher, teachers(desk)[name].id).schools
    }


def count(desk, record):
    return desk.ask(lambda session: len(session.exec(select(record)).all()))


@pytest.fixture
def maya(desk, lincoln):
    return desk.do(
        roster.save_teacher,
        {
            "given_name": "Maya",
            "family_name": "Rivera",
            "email": "maya@school.example",
            "room": "12",
            "schools": [lincoln.id],
        },
    )


def test_a_preview_writes_nothing(desk):
    shown = preview(desk, "Name,School\nMaya Rivera,Lincoln\n")
    assert shown.count(Kind.NEW) == 1
    assert shown.new_schools == ("Lincoln",)
    assert (count(desk, Teacher), count(desk, School)) == (0, 0)


def test_new_teachers_come_with_their_schools(desk, district):
    shown = desk.ask(bringing.preview, upload.read(upload.opened(district)))
    assert dict(shown.dropped) == {
        "student": 2,
        "parent": 1,
        "guardian": 1,
        "aide": 1,
        "other_role": 1,
        "already_gone": 2,
    }
    assert shown.left_out == 8
    assert desk.do(bringing.bring, shown) == Brought(teachers=3, colleagues=1, schools=2)
    assert schools_of(desk, "Tobe Okafor") == {"Lincoln Middle School", "Adams Elementary"}
    assert teachers(desk)["Maya Rivera"].grades == "7, 8"
    [selam] = desk.ask(lambda session: list(session.exec(select(Colleague))))
    assert (selam.name, selam.role) == ("Selam Abebe", ColleagueRole.PRINCIPAL)


def test_the_same_file_again_changes_nothing(desk, district):
    file = upload.read(upload.opened(district))
    desk.do(bringing.bring, desk.ask(bringing.preview, file))
    again = desk.ask(bringing.preview, file)
    assert {line.kind for line in again.lines} == {Kind.UNCHANGED}
    assert desk.do(bringing.bring, again) == Brought()


def test_the_same_list_without_ids_again_changes_nothing(desk):
    text = (
        "Name,School,Rm\nMaya Rivera,Lincoln,1\nTobe Okafor,Lincoln,2\nJo Lee,Lincoln,3\nJo Lee,Lincoln,4\n"
    )
    first = preview(desk, text)
    jo = next(line for line in first.lines if line.doubt is Doubt.TWICE)
    desk.do(bringing.bring, first, {jo.key: Decision.DIFFERENT})
    assert {line.kind for line in preview(desk, text).lines} == {Kind.UNCHANGED}


def test_an_id_finds_a_teacher_under_another_name(desk, lincoln):
    bring(desk, "Id,Name,Email\n7,Maya Rivera,m@x.example\n")
    shown = preview(desk, "Id,Name,Email\n7,Maya Rivera-Okafor,m@x.example\n")
    [line] = shown.lines
    assert (line.kind, line.differences) == (
        Kind.CHANGED,
        (Difference("family_name", "Rivera", "Rivera-Okafor"),),
    )
    assert desk.do(bringing.bring, shown).changed == 1
    assert set(teachers(desk)) == {"Maya Rivera-Okafor"}


def test_an_id_with_nothing_else_in_common_is_in_doubt(desk, lincoln):
    bring(desk, "Id,Name,Email\n7,Maya Rivera,m@x.example\n")
    [line] = preview(desk, "Id,Name,Email\n7,Tobe Okafor,t@x.example\n").lines
    assert (line.kind, line.doubt, line.known_as) == (Kind.IN_DOUBT, Doubt.SAME_ID, "Maya Rivera")


def test_the_same_e_mail_and_name_is_the_same_person(desk, maya):
    [line] = preview(desk, "Name,Email,Rm\nRIVERA Maya,MAYA@school.example,14\n").lines
    assert line.doubt is Doubt.SAME_EMAIL  # the name is the other way round
    [line] = preview(desk, 'Name,Email,Rm\n"Rivera, Maya",MAYA@school.example,14\n').lines
    assert line.kind is Kind.CHANGED
    assert Difference("room", "12", "14") in line.differences


def test_the_same_e_mail_under_another_name_is_in_doubt(desk, maya):
    shown = preview(desk, "Name,Email\nPat Rivera,maya@school.example\n")
    [line] = shown.lines
    assert (line.kind, line.doubt, line.record_id) == (Kind.IN_DOUBT, Doubt.SAME_EMAIL, maya.id)


def test_the_same_name_at_the_school_is_in_doubt_when_the_file_says_more(desk, maya):
    [line] = preview(desk, "Name,School,Rm\nMaya L. Rivera,LMS,14\n").lines
    assert (line.kind, line.doubt, line.record_id) == (Kind.IN_DOUBT, Doubt.SAME_NAME, maya.id)


def test_the_same_name_at_another_school_is_somebody_else(desk, maya):
    line = by_name(preview(desk, "Name,School\nMaya Rivera,Adams\n"))["Maya Rivera"]
    assert line.kind is Kind.NEW


def test_doubts_are_left_untouched_unless_decided(desk, maya):
    before = desk.ask(roster.teacher, maya.id).record.model_dump()
    assert bring(desk, "Name,Rm\nMaya Rivera,14\n") == Brought()
    assert desk.ask(roster.teacher, maya.id).record.model_dump() == before
    assert count(desk, Teacher) == 1


def test_a_doubt_resolved_as_the_same_person_changes_that_one(desk, maya):
    shown = preview(desk, "Name,Rm\nMaya Rivera,14\n")
    done = desk.do(bringing.bring, shown, {shown.lines[0].key: Decision.SAME_PERSON})
    assert done == Brought(changed=1)
    assert desk.ask(roster.teacher, maya.id).record.room == "14"


def test_a_doubt_resolved_as_somebody_else_adds_one(desk, maya):
    shown = preview(desk, "Name,Rm\nMaya Rivera,14\n")
    assert (shown.expected({}), shown.undecided({})) == (Brought(), 1)
    decisions = {shown.lines[0].key: Decision.DIFFERENT}
    assert (shown.expected(decisions), shown.undecided(decisions)) == (Brought(teachers=1), 0)
    assert desk.do(bringing.bring, shown, decisions) == Brought(teachers=1)
    assert desk.ask(roster.teacher, maya.id).record.room == "12"


def test_two_of_one_name_in_a_file_are_in_doubt(desk, lincoln):
    text = "Name,Rm,Gr\nJo Lee,3,\nJo Lee,4,7\n"
    shown = preview(desk, text)
    doubt, first = shown.lines
    assert (first.kind, doubt.doubt, doubt.row, doubt.twin) == (Kind.NEW, Doubt.TWICE, 3, 2)
    assert desk.do(bringing.bring, shown, {doubt.key: Decision.SAME_PERSON}) == Brought(teachers=1)
    assert (teachers(desk)["Jo Lee"].room, teachers(desk)["Jo Lee"].grades) == ("3", "7")


def test_a_second_row_of_somebody_known_makes_nobody_new(desk, maya):
    text = "Name,Email,School\nMaya Rivera,maya@school.example,LMS\nMaya Rivera,,Adams\nMaya Rivera,,LMS\n"
    shown = preview(desk, text)
    doubts = {line.key: Decision.SAME_PERSON for line in shown.lines if line.doubt is Doubt.TWICE}
    assert desk.do(bringing.bring, shown, doubts).teachers == 1
    assert desk.ask(roster.teacher, maya.id).record.email == "maya@school.example"
    assert {school.name for school in desk.ask(roster.schools)} == {"Lincoln Middle School", "Adams"}


def test_the_same_person_as_somebody_left_out_is_brought_in(desk, lincoln):
    shown = preview(desk, "Name,Rm\nJo Lee,3\nJo Lee,4\n")
    doubt, first = shown.lines
    decisions = {first.key: Decision.LEAVE, doubt.key: Decision.SAME_PERSON}
    assert desk.do(bringing.bring, shown, decisions) == Brought(teachers=1)
    assert teachers(desk)["Jo Lee"].room == "4"


def test_a_leader_listed_twice_is_kept_once_where_the_coach_says_so(desk, lincoln):
    shown = preview(desk, "Name,Role,Email\nSelam Abebe,Principal,s@x.example\nSelam Abebe,Principal,\n")
    doubt, _ = shown.lines
    assert desk.do(bringing.bring, shown, {doubt.key: Decision.SAME_PERSON}) == Brought(colleagues=1)


def test_two_of_one_name_with_their_own_ids_are_two(desk, lincoln):
    shown = preview(desk, "Id,Name\n1,Jo Lee\n2,Jo Lee\n")
    assert [line.kind for line in shown.lines] == [Kind.NEW, Kind.NEW]


def test_whoever_is_gone_is_reported_and_kept(desk, maya):
    shown = preview(desk, "Name,School\nTobe Okafor,Lincoln Middle\n")
    gone = by_name(shown)["Maya Rivera"]
    assert (gone.kind, gone.row) == (Kind.GONE, None)
    desk.do(bringing.bring, shown)
    assert desk.ask(roster.teacher, maya.id).record.status is TeacherStatus.ACTIVE


def test_whoever_is_gone_is_put_away_if_the_coach_says_so(desk, maya):
    shown = preview(desk, "Name,School\nTobe Okafor,Lincoln MS\n")
    gone = by_name(shown)["Maya Rivera"]
    assert desk.do(bringing.bring, shown, {gone.key: Decision.ARCHIVE}).archived == 1
    assert desk.ask(roster.teacher, maya.id).record.status is TeacherStatus.ARCHIVED
    again = preview(desk, "Name,School\nTobe Okafor,Lincoln MS\n")
    assert "Maya Rivera" not in by_name(again)


def test_a_file_about_one_school_says_nothing_of_the_others(desk, maya):
    shown = preview(desk, "Name,School\nTobe Okafor,Adams Elementary\n")
    assert "Maya Rivera" not in by_name(shown)


def test_an_entry_the_file_calls_deleted_is_gone(desk, lincoln):
    header = "sourcedId,status,orgSourcedIds,role,givenName,familyName\n"
    bring(desk, header + "t-1,active,s-1,teacher,Maya,Rivera\n")
    [line] = preview(desk, header + "t-1,tobedeleted,s-1,teacher,Maya,Rivera\n").lines
    assert (line.kind, line.name) == (Kind.GONE, "Maya Rivera")


def test_a_deleted_entry_of_the_same_name_and_school_is_gone(desk, maya):
    header = "sourcedId,enabledUser,orgSourcedIds,role,givenName,familyName\n"
    file = upload.Upload(
        (header + "t-1,false,s-1,teacher,Maya,Rivera\nt-2,true,s-1,teacher,Tobe,Okafor\n").encode(),
        {"orgs.csv": (FILES / "oneroster_orgs.csv").read_bytes()},
    )
    shown = desk.ask(bringing.preview, upload.read(file))
    assert by_name(shown)["Maya Rivera"].kind is Kind.GONE


def test_somebody_elses_deleted_entry_says_nothing_of_the_owner_of_the_e_mail(desk, maya):
    desk.do(roster.save_school, {"name": "Adams"})
    header = "sourcedId,enabledUser,orgSourcedIds,role,givenName,familyName,email\n"
    text = header + "t-1,false,s-1,teacher,Pat,Stone,maya@school.example\n"
    shown = preview(desk, text)
    assert (shown.lines, shown.dropped) == ((), {"already_gone": 1})


def test_an_empty_cell_wipes_nothing_out(desk, maya):
    [line] = preview(desk, "Name,Email,Rm\nMaya Rivera,maya@school.example,\n").lines
    assert line.kind is Kind.UNCHANGED


def test_a_move_between_schools_of_the_file_is_shown_and_made(desk, maya):
    text = "Name,Email,School\nMaya Rivera,maya@school.example,Adams\nTobe Okafor,t@x.example,LMS\n"
    line = by_name(preview(desk, text))["Maya Rivera"]
    assert line.differences == (Difference("schools", "Lincoln Middle School", "Adams"),)
    bring(desk, text)
    assert schools_of(desk, "Maya Rivera") == {"Adams"}


def test_a_school_the_file_does_not_mention_is_kept(desk, maya):
    bring(desk, "Name,Email,School\nMaya Rivera,maya@school.example,Adams\n")
    assert schools_of(desk, "Maya Rivera") == {"Lincoln Middle School", "Adams"}


def test_with_one_school_in_the_vault_a_list_without_schools_is_about_it(desk, lincoln):
    bring(desk, "Name\nTobe Okafor\nJonna Lindqvist\n")
    assert schools_of(desk, "Tobe Okafor") == {"Lincoln Middle School"}


def test_a_named_school_takes_its_own_people_only(desk, district):
    file = upload.read(upload.opened(district))
    shown = desk.ask(bringing.preview, file, "adams elementary school")
    assert {line.name for line in shown.lines} == {"Tobe Okafor", "Jonna Lindqvist"}
    assert shown.dropped["other_school"] == 4
    desk.do(bringing.bring, shown)
    assert schools_of(desk, "Tobe Okafor") == {"Adams Elementary"}
    assert [school.name for school in desk.ask(roster.schools)] == ["Adams Elementary"]


def test_a_school_of_the_vault_may_be_meant_by_its_id(desk, lincoln, district):
    desk.do(roster.save_school, {"name": "Adams"})
    shown = desk.ask(bringing.preview, pasted("Name\nMaya Rivera\n"), lincoln.id)
    desk.do(bringing.bring, shown)
    assert schools_of(desk, "Maya Rivera") == {"Lincoln Middle School"}


def test_a_school_nobody_knows_is_made_for_a_list_without_schools(desk):
    shown = preview(desk, "Name\nMaya Rivera\n", "Roosevelt High")
    assert shown.new_schools == ("Roosevelt High",)
    desk.do(bringing.bring, shown)
    assert schools_of(desk, "Maya Rivera") == {"Roosevelt High"}


def test_a_new_name_for_the_one_school_of_a_file_without_names_is_taken(desk):
    desk.do(roster.save_school, {"name": "Adams"})
    desk.do(roster.save_school, {"name": "Lincoln"})
    text = "School_id,Teacher_id,Last_name,First_name\n0042,1,Rivera,Maya\n"
    bring(desk, text, school="Roosevelt High")
    assert schools_of(desk, "Maya Rivera") == {"Roosevelt High"}
    assert "0042" in {school.source_id for school in desk.ask(roster.schools)}


def test_a_school_that_is_gone_from_the_vault_is_said(desk, lincoln):
    with pytest.raises(BadFile, match="no longer in the vault"):
        preview(desk, "Name\nMaya Rivera\n", uuid4())


def test_a_school_that_nobody_in_the_file_works_at_is_said(desk, district):
    with pytest.raises(BadFile, match="Nobody in the file works at that school"):
        desk.ask(bringing.preview, upload.read(upload.opened(district)), "Roosevelt High")


def test_a_list_that_names_no_school_is_refused_where_there_are_several(desk, lincoln):
    desk.do(roster.save_school, {"name": "Adams"})
    with pytest.raises(BadFile, match="Choose the school.*--school"):
        preview(desk, "Name\nTobe Okafor\n")
    bring(desk, "Name\nTobe Okafor\n", school="Adams")
    assert schools_of(desk, "Tobe Okafor") == {"Adams"}


def test_a_schools_id_is_learned_from_a_file_that_names_it(desk, lincoln, district):
    desk.do(bringing.bring, desk.ask(bringing.preview, upload.read(upload.opened(district))))
    assert {school.source_id for school in desk.ask(roster.schools)} == {"s-1", "s-2"}
    assert count(desk, School) == 2


def test_the_only_school_of_a_file_that_names_none_is_the_only_one_of_the_vault(desk, lincoln):
    text = "School_id,Teacher_id,Last_name,First_name\n0042,1,Rivera,Maya\n"
    shown = preview(desk, text)
    assert (shown.new_schools, shown.nameless_schools) == ((), False)
    desk.do(bringing.bring, shown)
    assert schools_of(desk, "Maya Rivera") == {"Lincoln Middle School"}
    assert [school.source_id for school in desk.ask(roster.schools)] == ["0042"]


def test_a_school_known_by_its_id_alone_gets_a_name_the_coach_can_change(desk):
    shown = preview(desk, "School_id,Teacher_id,Last_name,First_name\n0042,1,Rivera,Maya\n")
    assert (shown.new_schools, shown.nameless_schools) == (("School 0042",), True)


def test_a_preview_of_a_roster_that_moved_on_is_refused(desk, maya):
    shown = preview(desk, "Name\nTobe Okafor\n")
    desk.do(roster.save_teacher, {"id": maya.id, "room": "15"})
    with pytest.raises(MovedOn, match="nothing was brought in"):
        desk.do(bringing.bring, shown)
    assert set(teachers(desk)) == {"Maya Rivera"}


def test_one_undo_takes_the_whole_import_back(desk, maya, district):
    before = {record: count(desk, record) for record in (Teacher, Placement, School, Colleague)}
    shown = desk.ask(bringing.preview, upload.read(upload.opened(district)))
    decisions = {line.key: Decision.SAME_PERSON for line in shown.lines if line.kind is Kind.IN_DOUBT}
    assert desk.do(bringing.bring, shown, decisions) == Brought(2, 1, changed=1, schools=1)
    desk.undo()
    assert {record: count(desk, record) for record in before} == before
    assert desk.ask(roster.teacher, maya.id).record.source_id == ""


@pytest.mark.parametrize("choice", range(3))
def test_what_was_announced_is_what_is_written(desk, maya, choice):
    text = (
        "Id,Name,Email,Room,Role,School\n"
        "1,Maya Rivera,maya@school.example,14,teacher,LMS\n2,Pat Stone,maya@school.example,3,teacher,LMS\n"
        "3,Tobe Okafor,t@x.example,4,teacher,LMS\n4,Selam Abebe,s@x.example,,principal,LMS\n"
    )
    bring(desk, "Name,School\nOla Berg,LMS\nTobe Okafor,LMS\n")
    shown = preview(desk, text)
    decisions = {line.key: line.choices[min(choice, len(line.choices) - 1)] for line in shown.lines}
    assert desk.do(bringing.bring, shown, decisions) == shown.expected(decisions)


def test_screens_are_told_once(desk, district):
    told = []
    desk.on_change = lambda touched, by: told.append((touched, by))
    shown = desk.ask(bringing.preview, upload.read(upload.opened(district)))
    desk.do_as("me", bringing.bring, shown, {})
    assert told == [({Teacher, Placement, School, Colleague}, "me")]


def test_people_brought_in_are_seen_on_the_roster(desk, district):
    desk.do(bringing.bring, desk.ask(bringing.preview, upload.read(upload.opened(district))))
    assert len(desk.ask(roster.teachers, NOW)) == 3


def test_a_deputy_is_not_taken_for_the_principal(desk, lincoln):
    bring(desk, "Name,Title\nSelam Abebe,Principal\nHana Park,Assistant Principal\n")
    roles = desk.ask(lambda session: {c.name: c.role for c in session.exec(select(Colleague))})
    assert roles == {"Selam Abebe": ColleagueRole.PRINCIPAL, "Hana Park": ColleagueRole.OTHER}


def test_a_colleague_is_found_again(desk, lincoln):
    text = "Name,Title,Email\nSelam Abebe,Principal,{}\n"
    bring(desk, text.format("s@x.example"))
    [line] = preview(desk, text.format("s@x.example")).lines
    assert line.kind is Kind.UNCHANGED
    [line] = preview(desk, text.format("selam@x.example")).lines
    assert (line.kind, line.doubt) == (Kind.IN_DOUBT, Doubt.SAME_NAME)


@pytest.mark.parametrize(
    ("name", "words"), [("missing.csv", "no such file"), ("", "is a folder"), ("no\0name", "cannot be read")]
)
def test_a_file_that_cannot_be_opened_is_said(tmp_path, name, words):
    with pytest.raises(BadFile, match=words):
        upload.opened(tmp_path / name)


def test_a_huge_file_is_refused_without_loading_it(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    with pytest.raises(BadFile, match="20 MB"):
        upload.read(upload.opened(path))


def test_a_bad_file_leaves_the_vault_as_it_was(desk, maya):
    with pytest.raises(BadFile, match="Row 3"):
        bring(desk, 'Name,Room\nTobe Okafor,1\n"Jonna,2\n')
    assert set(teachers(desk)) == {"Maya Rivera"}


def test_a_thousand_teachers_come_in_a_moment(desk):
    lines = "\n".join(f"{n},Given{n} Family{n},t{n}@x.example,School {n % 3}" for n in range(1_000))
    assert bring(desk, f"Id,Name,Email,School\n{lines}\n").teachers == 1_000
