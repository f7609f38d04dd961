"""What a coach said of a list's columns is remembered in the vault, for when the headings come again."""

import pytest
from sqlmodel import select

from coachdesk.imports.meanings import Meaning
from coachdesk.model import ListLayout, Teacher
from coachdesk.services import bringing, layouts, upload

LIST = "Teacher,Rm,Wing,Phone\nMaya Rivera,12,East,555-010-1111\nTobe Okafor,14,West,555-010-2222\n"


pytestmark = pytest.mark.usefixtures("lincoln")


def sheet_of(text):
    return upload.look(upload.pasted(text))


def remembered(desk, text):
    return desk.ask(layouts.remembered, sheet_of(text))


def brought(desk, text, **said):
    """The list brought in, its columns read as guessed but for what is said of them."""
    columns = sheet_of(text).guess
    for meaning, place in said.items():
        columns = columns.with_column(Meaning[meaning], place)
    preview = desk.ask(bringing.preview, upload.read(upload.pasted(text), columns))
    return desk.do(bringing.bring, preview)


def rows(desk, record):
    return desk.ask(lambda session: list(session.exec(select(record))))


def test_nothing_is_known_of_a_list_that_never_came(desk):
    assert remembered(desk, LIST) is None


def test_the_same_headings_mean_what_they_meant_last_time(desk):
    brought(desk, LIST, ROOM=2)
    known = remembered(desk, "Teacher,Rm,Wing,Phone\nJo Lee,1,North,555-010-3333\n")
    assert dict(known.columns) == {Meaning.FULL_NAME: 0, Meaning.ROOM: 2}


def test_headings_are_known_in_another_order_case_and_row(desk):
    brought(desk, LIST, ROOM=2)
    other = "Our staff\n\nPHONE,wing,Teacher:,rm\n555-010-3333,North,Jo Lee,1\n"
    known = remembered(desk, other)
    assert (known.header, dict(known.columns)) == (3, {Meaning.FULL_NAME: 2, Meaning.ROOM: 1})
    [jo] = upload.read(upload.pasted(other), known).people
    assert (jo.name, jo.room) == ("Jo Lee", "North")


@pytest.mark.parametrize("headings", ["Teacher,Rm,Wing", "Teacher,Rm,Wing,Phone,Gr", "Teacher,Rm,Wing,Wing"])
def test_other_headings_are_another_list(desk, headings):
    brought(desk, LIST, ROOM=2)
    assert remembered(desk, f"{headings}\nJo Lee,1,North,2,3\n") is None


def test_two_columns_of_one_heading_are_told_apart_by_their_order(desk):
    text = "Name,Note,Note\nMaya Rivera,12,Science\n"
    brought(desk, text, ROOM=1, SUBJECTS=2)
    known = remembered(desk, "Note,Name,Note\n12,Maya Rivera,Science\n")
    assert dict(known.columns) == {Meaning.FULL_NAME: 1, Meaning.ROOM: 0, Meaning.SUBJECTS: 2}


def test_headings_in_other_scripts_are_told_apart(desk):
    brought(desk, "Name,Кабинет,Предмет\nMaya Rivera,12,Science\n", ROOM=1)
    assert dict(remembered(desk, "Name,Предмет,Кабинет\nJo Lee,Art,1\n").columns)[Meaning.ROOM] == 2
    assert remembered(desk, "Name,Школа,Класс\nJo Lee,Lincoln,7\n") is None


def test_the_newest_choice_stands_and_there_is_one_of_each_list(desk):
    brought(desk, LIST, ROOM=2)
    brought(desk, LIST, TITLE=2)
    assert dict(remembered(desk, LIST).columns)[Meaning.TITLE] == 2
    assert len(rows(desk, ListLayout)) == 1


def test_the_same_list_again_leaves_nothing_to_undo(desk):
    brought(desk, LIST, ROOM=2)
    desk.undo()
    desk.redo()
    [before] = rows(desk, ListLayout)
    assert brought(desk, "Rm,Teacher,Phone,Wing\n12,Maya Rivera,1,East\n", ROOM=3).changed == 0
    assert rows(desk, ListLayout)[0].rev == before.rev


def test_undoing_the_import_takes_the_columns_back_with_the_people(desk):
    brought(desk, LIST, ROOM=2)
    assert len(rows(desk, Teacher)) == 2
    desk.undo()
    assert (rows(desk, Teacher), remembered(desk, LIST)) == ([], None)
    desk.redo()
    assert dict(remembered(desk, LIST).columns)[Meaning.ROOM] == 2


def test_undoing_a_second_import_brings_the_first_choice_back(desk):
    brought(desk, LIST, ROOM=2)
    brought(desk, LIST, TITLE=2)
    desk.undo()
    assert dict(remembered(desk, LIST).columns)[Meaning.ROOM] == 2


def test_a_guess_that_nobody_saw_is_not_remembered(desk):
    preview = desk.ask(bringing.preview, upload.read(upload.pasted(LIST)))
    desk.do(bringing.bring, preview)
    assert remembered(desk, LIST) is None


def test_a_list_without_headings_is_not_remembered(desk):
    brought(desk, '"Rivera, Maya",12\n"Okafor, Tobe",14\n', ROOM=1)
    assert rows(desk, ListLayout) == []


def test_a_column_full_of_phone_numbers_is_not_read_although_it_was_another_thing_once(desk):
    brought(desk, LIST, ROOM=2)
    full = LIST.replace("East", "555-010-1111").replace("West", "555-010-2222")
    assert dict(remembered(desk, full).columns) == {Meaning.FULL_NAME: 0}


def test_the_guess_stands_where_the_names_could_no_longer_be_read(desk):
    brought(desk, "Teacher,Who\nx,Maya Rivera\n", FULL_NAME=1)
    assert remembered(desk, "Teacher,Who\nMaya Rivera,555-010-1111\n") is None


def test_a_heading_as_long_as_a_page_is_no_hindrance(desk):
    text = f"Name,Rm,{'How do you feel ' * 100}\nMaya Rivera,12,well\n"
    brought(desk, text, TITLE=2)
    assert dict(remembered(desk, text).columns)[Meaning.TITLE] == 2
