"""The principal's page, from the vault to the folder: made once, the same for ever, silent about all."""

import stat
from datetime import date, timedelta

import coached_school as made
import pytest
from coached_school import Q1, Q2, TODAY
from sqlmodel import select
from worlds import world

from coachdesk.errors import MovedOn, NotShareable
from coachdesk.export.formats import FORMATS
from coachdesk.model import (
    Colleague,
    Event,
    Release,
    ReleaseFigure,
    ReleaseFile,
    ReportingRow,
    ReportingYear,
    School,
    SchoolGoal,
    SchoolYear,
    Teacher,
)
from coachdesk.services import ledger, saving, sharing
from coachdesk.services.keep import keep

ALL = tuple(FORMATS)


@world
def school(desk):
    """Twelve teachers, nine of them visited in the first quarter."""
    return desk.do(settled, teachers=12, active=9)


@world
def released(desk, school):
    """The release of that school's first quarter, as `sharing.release` answered."""
    return desk.do(sharing.release, school.school, Q1.name, TODAY)


@world
def first_files(desk, released):
    """The files of that release, by name."""
    return desk.ask(sharing.written, released.id, ALL)


@world
def without_goals(desk):
    """Ten teachers, eight of them visited in the first quarter, at a school that has agreed on nothing."""
    return desk.do(settled, teachers=10, active=8, goals=())


def settled(session, *, teachers, active, **school):
    made.year(session)
    coached = made.school(session, teachers=teachers, **school)
    made.visits(session, coached, active=active)
    return coached


def agree(desk, coached, *titles):
    for at, title in enumerate(titles):
        desk.do(made.goal, coached.school, title, at)


def files_of(desk, school, quarter=Q1.name):
    gone = desk.do(sharing.release, school.school, quarter, TODAY)
    return desk.ask(sharing.written, gone.id, ALL)


def draft_of(desk, school, quarter=Q1.name, today=TODAY):
    return desk.ask(sharing.draft, school.school, quarter, today)


def ledger_page(desk, gone):
    return desk.ask(ledger.page_of, gone.id)


def kept(desk, record):
    return desk.ask(lambda session: list(session.exec(select(record))))


def refusal(desk, school, quarter=Q1.name, today=TODAY):
    """What the coach is told, drafting and releasing alike; nothing is kept of the attempt."""
    drafted = draft_of(desk, school, quarter, today)
    with pytest.raises(NotShareable) as refused:
        desk.do(sharing.release, school.school, quarter, today)
    assert drafted.page is None
    assert drafted.refused == str(refused.value)
    assert kept(desk, Release) == kept(desk, ReportingYear) == kept(desk, ReleaseFile) == []
    return drafted.refused


# What the page says


def test_the_page_shows_a_band_for_every_row_of_the_year(desk, school):
    drafted = draft_of(desk, school)
    page = drafted.page
    assert drafted.first_of_year
    assert page.school == "Juniper Flats Middle School"
    assert page.window == "2026-27 Q1"
    assert page.span == "August 17 to November 1, 2026"
    assert page.rows == (
        ("School goals", "Reading across subjects", "half or more"),
        ("School goals", "Every family can follow the work", "fewer than half"),
        ("Focus of the teaching", "Engagement and agency", "half or more"),
        ("Focus of the teaching", "Access and differentiation", "fewer than half"),
        ("Focus of the teaching", "Assessment and feedback", "fewer than half"),
        ("Focus of the teaching", "Devices and workflow", "fewer than half"),
        ("Progress", "A step we agreed on was reached, fully or in part", "fewer than half"),
        ("Progress", "A full round: we met, I visited, we met again", "fewer than half"),
    )


def test_no_other_page_leaves_than_the_one_that_was_seen(desk, school):
    seen = draft_of(desk, school).page
    desk.do(keep, SchoolGoal, {"school_id": school.school, "title": "Students ask", "school_year": "2026-27"})
    with pytest.raises(MovedOn):
        desk.do(sharing.release, school.school, Q1.name, TODAY, seen)
    assert kept(desk, Release) == kept(desk, ReportingYear) == []
    now = draft_of(desk, school).page
    gone = desk.do(sharing.release, school.school, Q1.name, TODAY, now)
    assert ledger_page(desk, gone) == now


def test_visits_and_hours_are_rounded_to_five_where_many_others_were_not_visited(desk):
    coached = desk.do(settled, teachers=12, active=9)
    [how_much, *_] = draft_of(desk, coached).page.sections
    assert how_much.sentence == "Visits to teachers: about 25. Time with teachers: about 20 hours."


def test_a_visit_to_two_teachers_counts_for_each_and_its_time_once(desk):
    def work(session):
        coached = settled(session, teachers=12, active=0)
        for week in range(4):
            for at in range(0, 8, 2):
                day = Q1.first + timedelta(weeks=week)
                made.event(session, coached.school, coached.teachers[at : at + 2], day=day, minutes=60)
        return coached

    page = draft_of(desk, desk.do(work)).page
    assert page.sections[0].sentence == "Visits to teachers: about 30. Time with teachers: about 15 hours."
    assert "A visit to two teachers at once counts for each of them." in page.footnotes[0].sentences


def test_visits_and_hours_are_left_out_where_one_teachers_part_could_be_worked_out(desk, school):
    busiest = school.teachers[0]

    def work(session):
        for day in range(40):
            made.event(session, school.school, [busiest], day=Q1.first + timedelta(days=day), minutes=200)

    desk.do(work)
    drafted = draft_of(desk, school)
    [how_much, *rest] = drafted.page.sections
    assert how_much.sentence == "Not shown: too few teachers this quarter."
    assert len(drafted.page.rows) == 8
    assert any("one teacher's part" in reason for reason in drafted.left_out)


def test_at_most_four_goals_are_rows_and_goals_put_away_or_of_another_year_are_none(desk):
    def work(session):
        coached = settled(session, teachers=10, active=8, goals=[f"Goal number {at}" for at in range(5)])
        keep(session, SchoolGoal, {"id": coached.goals[0], "active": False})
        keep(session, SchoolGoal, {"id": coached.goals[1], "school_year": "2025-26"})
        keep(session, SchoolGoal, {"id": coached.goals[2], "school_year": ""})
        made.goal(session, coached.school, "Goal number 5", 5)
        made.goal(session, coached.school, "Goal number 6", 6)
        return coached

    rows = draft_of(desk, desk.do(work)).page.rows
    goals = [label for heading, label, _ in rows if heading == "School goals"]
    assert goals == ["Goal number 2", "Goal number 3", "Goal number 4", "Goal number 5"]


def test_a_school_without_goals_has_a_page_without_that_part(desk, without_goals):
    headings = [part.heading for part in draft_of(desk, without_goals).page.sections]
    assert headings == ["How much", "Focus of the teaching", "Progress"]


# Three sizes


def test_a_school_of_ten_is_shown_from_seven_active_teachers(desk):
    coached = desk.do(settled, teachers=10, active=7)
    assert len(draft_of(desk, coached).page.rows) == 8
    desk.do(sharing.release, coached.school, Q1.name, TODAY)
    [year] = kept(desk, ReportingYear)
    assert (year.roster, year.colluders, year.grain) == (10, 2, 2)


def test_a_school_of_seven_is_shown_from_five_active_teachers(desk):
    coached = desk.do(settled, teachers=7, active=5)
    assert len(draft_of(desk, coached).page.rows) == 8
    gone = desk.do(sharing.release, coached.school, Q1.name, TODAY)
    assert "what one teacher tells" in gone.certificate.checks[0]
    [year] = kept(desk, ReportingYear)
    assert (year.roster, year.colluders) == (7, 1)


def test_a_school_of_six_gets_no_page_and_is_told_why(desk):
    coached = desk.do(settled, teachers=6, active=6)
    assert "fewer than 7 teachers" in refusal(desk, coached).lower()


@pytest.mark.parametrize(("teachers", "active"), [(10, 6), (12, 0), (7, 4)])
def test_with_too_few_active_teachers_the_page_says_so_in_one_sentence_and_can_be_released(
    desk, teachers, active
):
    coached = desk.do(settled, teachers=teachers, active=active)
    drafted = draft_of(desk, coached)
    assert [part.sentence for part in drafted.page.sections] == ["Not shown: too few teachers this quarter."]
    assert drafted.page.rows == ()
    assert "all together or not at all" in drafted.left_out[0]
    for name, content in files_of(desk, coached).items():
        assert FORMATS[name.rpartition(".")[2]].read_back(content) == ()
    labels = {figure.label for figure in kept(desk, ReleaseFigure)}
    assert labels == {"•"}


def test_nothing_is_shown_once_the_list_has_shrunk_below_what_the_year_needs(desk, school, released):
    def archive(session):
        for teacher in school.teachers[:3]:
            keep(session, Teacher, {"id": teacher, "status": "archived"})

    desk.do(lambda session: made.visits(session, school, active=9, window=Q2))
    desk.do(archive)
    later = Q2.last + timedelta(days=1)
    assert draft_of(desk, school, Q2.name, later).page.rows == ()
    desk.do(sharing.release, school.school, Q2.name, later)
    assert [release.quarter for release in kept(desk, Release)] == [Q1.name, Q2.name]
    assert len(kept(desk, ReportingYear)) == 1


# Refused in one sentence


def test_a_quarter_that_is_still_running_is_refused(desk, school):
    assert "not over yet" in refusal(desk, school, Q2.name)
    assert "not over yet" in refusal(desk, school, Q1.name, today=Q1.last)


@pytest.mark.parametrize("quarter", ["2026-27 Q5", "", "Q1", "2025-26 Q1"])
def test_a_quarter_that_does_not_exist_is_refused(desk, school, quarter):
    assert "no quarter of that name" in refusal(desk, school, quarter)


def test_a_school_that_does_not_exist_is_refused(desk, school):
    nowhere = made.Coached(school.teachers[0], (), ())
    assert "no quarter" in refusal(desk, nowhere)


def test_a_word_too_long_for_the_page_is_refused(desk, without_goals):
    agree(desk, without_goals, "Read " + "o" * 31)
    assert "more than 30 letters" in refusal(desk, without_goals)


def test_a_school_name_too_long_for_the_page_is_refused(desk, without_goals):
    desk.do(keep, School, {"id": without_goals.school, "name": "J" + "u" * 31 + " School"})
    assert "more than 30 letters" in refusal(desk, without_goals)


def test_a_goal_with_words_of_several_hyphens_is_printed_wherever_its_lines_break(desk, without_goals):
    goal = "Every one of us is college-and-career-ready in a multi-tiered-system-of-supports-for-all"
    agree(desk, without_goals, goal, f"This year {goal}")
    assert len(files_of(desk, without_goals)) == 3


def test_a_sign_that_cannot_be_printed_is_refused_at_release(desk, without_goals):
    agree(desk, without_goals, "🎯 Reading")
    with pytest.raises(NotShareable, match="Reword it"):
        desk.do(sharing.release, without_goals.school, Q1.name, TODAY)
    assert kept(desk, ReportingYear) == []


def test_invisible_signs_and_odd_blanks_do_not_reach_the_page(desk, without_goals):
    agree(desk, without_goals, "Ｒead\u00ading \u200b  across\tsubjects ")
    assert draft_of(desk, without_goals).page.rows[0][1] == "Reading across subjects"


# Nobody is in it


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Reading in Ms Castellanos's room", "a name"),
        ("TeamCastellanos reads", "a name"),
        ("Ask t3@juniper.example first", "an e-mail"),
        ("More talk with Val", "a short form of a name"),
        ("As Z.A. says", "the initials"),
    ],
)
def test_somebody_planted_in_a_goal_is_found_and_nothing_is_written(desk, without_goals, title, kind):
    agree(desk, without_goals, "Reading across subjects", title)
    said = refusal(desk, without_goals)
    assert kind in said
    assert "one of the school's goals" in said
    assert not set(made.FAMILIES + made.GIVEN) & set(said.split())


def test_a_colleague_planted_in_a_goal_is_found_too(desk, school):
    def work(session):
        keep(session, Colleague, {"name": "Ingeborg Thistlewood", "role": "principal"})
        made.goal(session, school.school, "What Thistlewood wants", 3)

    desk.do(work)
    assert "a name" in refusal(desk, school)


def test_a_teacher_named_like_a_word_of_a_goal_keeps_that_goal_back(desk, school):
    desk.do(made.teacher, school.school, given_name="Hope", family_name="Reading")
    assert "or a word like it" in refusal(desk, school)


def test_a_short_name_inside_a_longer_word_and_an_everyday_nickname_keep_nothing_back(desk, without_goals):
    agree(desk, without_goals, "Students will read across subjects")
    for given, family in (("William", "Ross"), ("Q", "Ubje"), ("Q", "Tude")):
        desk.do(made.teacher, without_goals.school, given_name=given, family_name=family)
    assert len(files_of(desk, without_goals)) == 3


@pytest.mark.parametrize("name", ["Do", "To", "An", "K", "A."])
def test_a_name_that_is_an_everyday_word_or_one_letter_keeps_nothing_back(desk, without_goals, name):
    agree(desk, without_goals, "A K\u201312 plan to see an app do")
    desk.do(made.teacher, without_goals.school, given_name=name, family_name="Nguyen")
    desk.do(made.teacher, without_goals.school, given_name="Linh", family_name=name)
    assert draft_of(desk, without_goals).refused == ""


@pytest.mark.parametrize("title", ["What Do wants", "Ask li about it"])
def test_a_short_name_is_found_where_it_is_capitalised_or_no_everyday_word(desk, without_goals, title):
    agree(desk, without_goals, title)
    for family in ("Do", "Li"):
        desk.do(made.teacher, without_goals.school, given_name="Quynh", family_name=family)
    assert "a name" in refusal(desk, without_goals)


def test_a_teacher_named_like_a_word_of_every_page_is_said_in_the_certificate_and_blocks_nothing(
    desk, school
):
    desk.do(made.teacher, school.school, given_name="Q", family_name="Page")
    gone = desk.do(sharing.release, school.school, Q1.name, TODAY)
    assert "also a word of the page" in gone.certificate.checks[-1]


def test_a_school_named_like_a_teacher_is_no_leak(desk, school):
    desk.do(made.teacher, school.school, given_name="Q", family_name="Juniper")
    assert len(files_of(desk, school)) == 3


def test_a_short_code_that_names_somebody_is_found_in_the_file_name(desk, without_goals):
    desk.do(keep, School, {"id": without_goals.school, "short_code": "IWASAKI"})
    with pytest.raises(NotShareable, match="file name would hold a name.*another short code"):
        desk.do(sharing.release, without_goals.school, Q1.name, TODAY)
    assert kept(desk, Release) == []


def test_nobody_of_the_list_is_in_any_byte_of_any_file(first_files):
    everything = b" ".join(first_files.values()).lower()
    for name in made.FAMILIES + made.GIVEN[:8]:
        assert name.lower().encode() not in everything
        assert name.lower().encode("utf-16-le") not in everything


# Released once


def test_releasing_twice_gives_the_same_bytes(desk, school, first_files):
    assert files_of(desk, school) == first_files
    assert len(kept(desk, Release)) == 1
    assert sorted(first_files) == [
        "coaching-summary-JFM-2026-27-Q1.csv",
        "coaching-summary-JFM-2026-27-Q1.html",
        "coaching-summary-JFM-2026-27-Q1.pdf",
    ]


def test_a_note_that_comes_late_and_every_edit_change_nothing_of_a_released_page(desk, school, first_files):
    page = draft_of(desk, school).page

    def meddle(session):
        made.visits(session, school, active=12, times=5)
        keep(session, School, {"id": school.school, "name": "Renamed School", "short_code": "NEW"})
        keep(session, SchoolGoal, {"id": school.goals[0], "title": "Another goal"})
        keep(session, Teacher, {"id": school.teachers[0], "status": "archived"})
        for event in session.exec(select(Event).limit(20)).all():
            keep(session, Event, {"id": event.id, "status": "cancelled"})
        [calendar] = session.exec(select(SchoolYear)).all()
        keep(session, SchoolYear, {"id": calendar.id, "first_day": date(2026, 8, 3)})

    desk.do(meddle)
    assert files_of(desk, school) == first_files
    assert draft_of(desk, school).page == page
    assert draft_of(desk, school).file_name == "coaching-summary-JFM-2026-27-Q1"


def test_the_rows_and_the_number_of_teachers_stay_fixed_for_the_year(desk, school, released):
    def meddle(session):
        keep(session, SchoolGoal, {"id": school.goals[0], "title": "Another goal"})
        made.goal(session, school.school, "A goal that came later", 7)
        made.visits(session, school, active=9, window=Q2)

    desk.do(meddle)
    second = draft_of(desk, school, Q2.name, Q2.last + timedelta(days=1))
    assert not second.first_of_year
    assert [label for _, label, _ in second.page.rows] == [row.label for row in kept(desk, ReportingRow)]
    assert second.page.rows[0][1] == "Reading across subjects"


def test_somebody_who_joins_and_is_named_like_a_fixed_goal_keeps_no_later_page_back(desk, school, released):
    desk.do(lambda session: made.visits(session, school, active=9, window=Q2))
    desk.do(made.teacher, school.school, given_name="Hope", family_name="Reading")
    later = Q2.last + timedelta(days=1)
    assert draft_of(desk, school, Q2.name, later).page.rows[0][1] == "Reading across subjects"
    gone = desk.do(sharing.release, school.school, Q2.name, later)
    assert "also a word of the page" in gone.certificate.checks[-1]


def test_a_page_that_has_left_is_shown_as_it_left_with_its_certificate(desk, school, released):
    first = released
    again = desk.do(sharing.release, school.school, Q1.name, TODAY)
    shown = draft_of(desk, school)
    assert shown.file_name == "coaching-summary-JFM-2026-27-Q1"
    assert shown.certificate == again.certificate
    assert shown.released == first.id == again.id
    assert first.certificate.shown == again.certificate.shown
    assert "proves nothing about any one teacher" in first.certificate.checks[0]
    assert "what two teachers tell" in first.certificate.checks[0]
    assert "All 3 files" in first.certificate.checks[1]
    assert again.certificate.checks == (
        "This page left earlier and was checked then; the files are the same to the byte.",
    )


def test_the_ledger_holds_every_printed_label_and_a_digest_of_every_file(desk, released):
    [release] = kept(desk, Release)
    assert (release.quarter, release.rules) == ("2026-27 Q1", "1: whole school, single use, halves")
    figures = sorted(kept(desk, ReleaseFigure), key=lambda figure: figure.position)
    assert [figure.label for figure in figures[:4]] == [
        "about 25",
        "about 20",
        "half or more",
        "fewer than half",
    ]
    assert len(figures) == 2 + 8
    assert {file.format for file in kept(desk, ReleaseFile)} == {"pdf", "html", "csv", "page"}
    assert all(len(file.digest) == 64 for file in kept(desk, ReleaseFile))


def test_a_release_cannot_be_undone(desk, school):
    desk.do(keep, Teacher, {"id": school.teachers[0], "room": "12"})
    files_of(desk, school)
    desk.undo()
    assert desk.ask(lambda session: session.get_one(Teacher, school.teachers[0]).room) == ""
    assert len(kept(desk, Release)) == 1


def test_two_goals_of_the_same_name_keep_their_own_labels(desk):
    coached = desk.do(settled, teachers=10, active=8, goals=["Reading", "Reading"])
    files_of(desk, coached)
    figures = sorted(kept(desk, ReleaseFigure), key=lambda figure: figure.position)
    assert [figure.label for figure in figures if figure.row == "Reading"] == [
        "half or more",
        "fewer than half",
    ]


# Quarters


def test_the_list_names_every_quarter_that_is_over_by_school(desk, school):
    desk.do(made.school, teachers=1, name="Aspen High School")
    rows = desk.ask(sharing.listing, Q2.last + timedelta(days=1))
    assert [(row.school, row.name, row.released) for row in rows] == [
        ("Aspen High School", "2026-27 Q2", False),
        ("Aspen High School", "2026-27 Q1", False),
        ("Juniper Flats Middle School", "2026-27 Q2", False),
        ("Juniper Flats Middle School", "2026-27 Q1", False),
    ]


def test_the_quarter_that_is_running_is_among_the_windows_but_not_on_the_list(desk, released):
    seen = [(row.name, row.closed, row.released) for row in desk.ask(sharing.windows, TODAY)]
    assert seen == [("2026-27 Q2", False, False), ("2026-27 Q1", True, True)]
    assert [row.name for row in desk.ask(sharing.listing, TODAY)] == ["2026-27 Q1"]


@pytest.mark.parametrize(
    "days",
    [
        {"first_day": date(2026, 9, 7), "last_day": date(2027, 6, 25)},
        {"first_day": date(2026, 8, 17), "last_day": date(2026, 12, 20)},
    ],
)
def test_a_year_that_was_fixed_keeps_its_quarters_when_the_calendar_moves(desk, released, days):
    def move(session):
        [calendar] = session.exec(select(SchoolYear)).all()
        keep(session, SchoolYear, {"id": calendar.id, "name": "moved", **days})

    desk.do(move)
    [row] = desk.ask(sharing.listing, TODAY)
    assert (row.window.first, row.window.last) == (Q1.first, Q1.last)


def test_without_a_school_year_there_are_no_quarters(desk):
    desk.do(made.school, teachers=3)
    assert desk.ask(sharing.windows, TODAY) == []


# Into a folder


def test_a_summary_is_made_by_the_names_of_school_and_quarter(desk, school, tmp_path):
    files = desk.do(sharing.summary, " juniper flats middle school", "2026-27 Q1", TODAY, ["pdf", "csv"])
    paths = saving.save(files, tmp_path / "new" / "folder")
    assert [path.name for path in paths] == list(files)
    for path in paths:
        assert path.read_bytes() == files[path.name]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(each.name for each in (tmp_path / "new" / "folder").iterdir()) == sorted(files)


def test_the_names_of_a_summary_are_checked_before_anything_is_released(desk, school):
    for name, formats, said in (
        ("Nowhere", ["pdf"], "no school of that name"),
        ("Juniper Flats Middle School", ["docx"], "these formats: pdf, html, csv"),
        ("Juniper Flats Middle School", [], "these formats: pdf, html, csv"),
    ):
        with pytest.raises(NotShareable, match=said):
            desk.do(sharing.summary, name, Q1.name, TODAY, formats)
    desk.do(made.school, teachers=1, name="JUNIPER FLATS middle school")
    with pytest.raises(NotShareable, match="Two schools"):
        desk.do(sharing.summary, "Juniper Flats Middle School", Q1.name, TODAY, ["pdf"])
    assert kept(desk, Release) == []


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [("", "Juniper Flats School", "JFS"), ("J/F ../M", "x", "JFM"), ("", "—", "school")],
)
def test_the_file_name_has_the_short_code_or_the_first_letters_of_the_school(code, name, expected):
    school = School(name=name, short_code=code)
    assert (
        ledger.file_name(ledger.code_of(school), Q1, "pdf") == f"coaching-summary-{expected}-2026-27-Q1.pdf"
    )


def test_the_coach_may_name_a_file_otherwise_but_not_after_somebody(desk, school):
    assert draft_of(desk, school).file_name == "coaching-summary-JFM-2026-27-Q1"
    assert desk.ask(sharing.check_file_name, "for the board meeting.pdf") is None
    with pytest.raises(NotShareable, match="holds a name of somebody.*Choose another name"):
        desk.ask(sharing.check_file_name, "page without iwasaki.pdf")


def test_what_was_half_written_when_the_program_was_killed_goes_with_the_next_file(tmp_path):
    half, another = tmp_path / f".coachdesk-{'0a' * 16}", tmp_path / ".coachdesk-notes"
    for path in (half, another):
        path.write_bytes(b"a name")
    saving.save({"page.pdf": b"a page"}, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"page.pdf", another.name}


def test_saving_again_leaves_the_same_file_as_it_is(tmp_path):
    [path] = saving.save({"a.csv": b"one"}, tmp_path)
    before = path.stat()
    assert saving.save({"a.csv": b"one"}, tmp_path) == [path]
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_another_file_of_that_name_is_never_overwritten(tmp_path):
    (tmp_path / "b.csv").write_bytes(b"theirs")
    with pytest.raises(NotShareable, match="another file named b.csv"):
        saving.save({"a.csv": b"one", "b.csv": b"two"}, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["b.csv"]
    assert (tmp_path / "b.csv").read_bytes() == b"theirs"


@pytest.mark.parametrize("what", ["folder", "link"])
def test_what_is_no_file_is_never_overwritten(tmp_path, what):
    there = tmp_path / "a.csv"
    there.mkdir() if what == "folder" else there.symlink_to(tmp_path / "nowhere")
    with pytest.raises(NotShareable, match="another file"):
        saving.save({"a.csv": b"one"}, tmp_path)
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_takes_no_files_is_said_in_words_and_nothing_is_left_behind(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotShareable, match="Choose another folder"):
        saving.save({"a.csv": b"one"}, tmp_path / "file")
    with pytest.raises(NotShareable, match="Choose another folder"):
        saving.save({"a.csv": b"one", "missing/b.csv": b"two"}, tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["file"]
