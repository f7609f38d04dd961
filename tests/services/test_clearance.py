"""The last look at finished files finds what has no business in them; each leak here is planted."""

import coached_school as made
import pytest
from worlds import world

from coachdesk.errors import NotShareable
from coachdesk.export.formats import FORMATS
from coachdesk.export.page import Page, Section
from coachdesk.services import clearance

PAGE = Page("Summary", "Cedar Bend", "2026-27 Q1", "A span", "Words.", (Section("Work", "Said."),), ())
TEMPLATE = {form: FORMATS[form].write(PAGE) for form in FORMATS}


@world
def people(desk):
    desk.do(made.school, teachers=12)
    return desk.ask(clearance.everybody)


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_that_says_what_the_page_says_is_cleared(people, form):
    cleared = clearance.check_files({f"page.{form}": TEMPLATE[form]}, PAGE, people, TEMPLATE)
    assert (cleared.files, cleared.same_for_all) == (1, False)


@pytest.mark.parametrize("form", FORMATS)
def test_somebody_in_a_file_is_found_wherever_the_page_says_them(people, form):
    leaky = Page("Summary", "Cedar Bend", "2026-27 Q1", "A span", "Mx Iwasaki says.", (), ())
    files = {f"page.{form}": FORMATS[form].write(leaky)}
    with pytest.raises(NotShareable, match=f"the {form.upper()} file would hold a name"):
        clearance.check_files(files, leaky, people, TEMPLATE)


@pytest.mark.parametrize("form", FORMATS)
def test_a_word_that_does_not_stand_on_the_page_keeps_the_file_back(people, form):
    other = Page("Summary", "Cedar Bend", "2026-27 Q1", "A span", "Quite other things.", (), ())
    with pytest.raises(NotShareable, match=f"the {form.upper()} file holds words"):
        clearance.check_files({f"page.{form}": FORMATS[form].write(other)}, PAGE, people, TEMPLATE)


def test_a_file_that_cannot_be_opened_again_is_kept_back(people):
    broken = {"page.pdf": TEMPLATE["pdf"][:4000]}
    with pytest.raises(NotShareable, match="PDF file could not be opened again"):
        clearance.check_files(broken, PAGE, people, TEMPLATE)


@pytest.mark.parametrize("form", FORMATS)
def test_somebody_with_the_initials_of_a_format_keeps_no_page_back(desk, form):
    letters = {"pdf": ("Paz Dee", "Fonseka"), "html": ("Hana Tove Mei", "Lund"), "csv": ("Cy Sol", "Vey")}
    given, family = letters[form]
    coached = desk.do(made.school, teachers=1)
    desk.do(made.teacher, coached.school, given_name=given, family_name=family)
    people = desk.ask(clearance.everybody)
    cleared = clearance.check_files({f"page.{form}": TEMPLATE[form]}, PAGE, people, TEMPLATE)
    assert cleared.files == 1
    clearance.check_file_name(f"coaching-summary-JFM-2026-27-Q1.{form}", people)


def test_a_file_name_may_keep_the_words_that_every_page_is_called_by(desk):
    coached = desk.do(made.school, teachers=1)
    desk.do(made.teacher, coached.school, given_name="Mary", family_name="Coach")
    people = desk.ask(clearance.everybody)
    clearance.check_file_name("coaching-summary-JFM-2026-27-Q1 for the board.pdf", people)
    with pytest.raises(NotShareable, match="holds a name"):
        clearance.check_file_name("coaching-summary-mary.pdf", people)
