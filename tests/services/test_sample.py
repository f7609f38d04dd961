"""The sample: rich, plausible, the same every time, and a fair test of what a page may show."""

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from sqlmodel import col, func, select

from coachdesk import model
from coachdesk.disclosure.bands import Band
from coachdesk.errors import Cancelled, CoachdeskError, VaultExists
from coachdesk.model.caseload import Reminder
from coachdesk.model.cycles import PHASES, ChainState, Challenge, CycleStatus, Slot, chain_state
from coachdesk.model.goals import CheckBack
from coachdesk.model.schedule import EventKind, EventStatus, VisitKind
from coachdesk.model.standards import catalogue
from coachdesk.model.visits import LineKind, NoteState
from coachdesk.paths import folders
from coachdesk.services import caseload, facts, opening, sample, sharing
from coachdesk.services.sample.book import Shape
from coachdesk.services.sample.days import DayBook, school_day, school_year, year_of

TODAY = date(2026, 11, 22)
JUDGING = re.compile(
    r"\b(great|good|bad|well|nice|poor|weak|excellent|should|needs? to|failed|engaged|disengaged|bored|"
    r"lazy|struggl\w+|confused|amazing|effective\w*|smart|lovely|better|best|worse)\b",
    re.IGNORECASE,
)
SPOKEN = re.compile(r"\"[^\"]*\"")


@pytest.fixture(scope="module")
def rows():
    """Every row of the default sample, by kind."""
    found = {}
    for book in sample.books(Shape(TODAY)):
        for record, some in book.rows.items():
            found.setdefault(record, []).extend(some)
    return found


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """The default sample as a coach would open it."""
    desk = sample.make(folders(tmp_path_factory.mktemp("sample")), Shape(TODAY))
    yield desk
    desk.close()


def small(seed=1, today=TODAY, teachers=12):
    return [dict(book.rows) for book in sample.books(Shape(today, teachers=teachers, years=1, seed=seed))]


def values(rows, record, name):
    return {row.get(name) for row in rows[record]}


def test_the_same_seed_makes_the_same_records_with_the_same_keys_and_another_other_people():
    made = small(seed=1)
    assert small(seed=1) == made
    assert small(seed=2)[0][model.Teacher] != made[0][model.Teacher]


def test_forty_teachers_work_at_schools_of_27_8_and_5(full):
    def sizes(session):
        asked = select(func.count()).select_from(model.Placement).group_by(col(model.Placement.school_id))
        return sorted(session.exec(asked))

    assert full.ask(sizes) == [5, 8, 27]


def test_names_are_all_different_and_some_have_accents_hyphens_and_apostrophes(rows):
    names = [f"{t['given_name']} {t['family_name']}" for t in rows[model.Teacher]]
    assert len(set(names)) == 40
    together = " ".join(names)
    assert not together.isascii()
    assert "-" in together
    assert "'" in together


def test_nobodys_e_mail_address_could_reach_anybody(rows):
    for person in (*rows[model.Teacher], *rows[model.Colleague]):
        assert re.fullmatch(r"[a-z-]+\.[a-z-]+@[a-z-]+\.example", person["email"])


def test_every_school_has_a_principal_goals_and_an_agreement_with_its_principal(rows):
    schools = values(rows, model.School, "id")
    principals = {c["school_id"] for c in rows[model.Colleague] if c["role"] == "principal"}
    agreed = {a["school_id"] for a in rows[model.Agreement] if a["kind"] == "principal_coach"}
    assert schools == principals == agreed == values(rows, model.SchoolGoal, "school_id")
    assert max(Counter(goal["school_id"] for goal in rows[model.SchoolGoal]).values()) <= 4


def test_cycles_are_in_every_phase_and_every_status(rows):
    phases = {}
    for cycle in rows[model.CoachingCycle]:
        phases.setdefault(cycle["template"], set()).add(cycle["phase"])
    assert phases == {template: set(steps) for template, steps in PHASES.items()}
    assert values(rows, model.CoachingCycle, "status") == set(CycleStatus)
    assert values(rows, model.CoachingCycle, "challenge") == set(Challenge)


def test_rounds_are_in_every_state_but_empty(rows):
    done, ahead = {}, {}
    for event in rows[model.Event]:
        kept = {EventStatus.COMPLETED: done, EventStatus.PLANNED: ahead}.get(event["status"])
        if event["chain_id"] and kept is not None:
            kept.setdefault(event["chain_id"], set()).add(Slot(event["slot"]))
    states = Counter(
        chain_state(done.get(chain["id"], ()), ahead.get(chain["id"], ())) for chain in rows[model.Chain]
    )
    assert set(states) == set(ChainState) - {ChainState.EMPTY}
    assert states[ChainState.COMPLETE] > len(rows[model.Chain]) / 2


def test_no_round_is_without_an_event(rows):
    with_events = {event["chain_id"] for event in rows[model.Event]}
    assert [chain for chain in rows[model.Chain] if chain["id"] not in with_events] == []


def test_the_calendar_holds_events_of_every_kind_and_fate(rows):
    assert values(rows, model.Event, "kind") == set(EventKind)
    assert values(rows, model.Event, "status") == set(EventStatus)
    assert values(rows, model.Event, "visit_kind") == {*VisitKind, None}
    ahead = {event["kind"] for event in rows[model.Event] if event["starts"].date() > TODAY}
    assert ahead == set(EventKind)


def test_nothing_ahead_has_happened_and_nothing_behind_is_still_planned(rows):
    for event in rows[model.Event]:
        assert (event["status"] is EventStatus.PLANNED) == (event["starts"].date() >= TODAY)
        assert event["starts"].date() <= TODAY + timedelta(days=14)
    assert max(values(rows, model.VisitNote, "started")).date() < TODAY


def test_every_completed_visit_has_a_note_and_there_are_a_thousand_a_year(rows):
    visits = {
        event["id"]
        for event in rows[model.Event]
        if event["kind"] is EventKind.VISIT and event["status"] is EventStatus.COMPLETED
    }
    assert visits == values(rows, model.VisitNote, "event_id")
    held = sum(day < TODAY for y in (2024, 2025, 2026) for day in school_year(y).days)
    assert 950 <= len(visits) / (held / len(school_year(2024).days)) <= 1050


def test_a_note_has_about_fifteen_lines_and_twelve_hundred_characters(rows):
    lines, notes = rows[model.ScriptLine], len(rows[model.VisitNote])
    assert 14 <= len(lines) / notes <= 16
    assert 1_100 <= sum(len(line["text"]) for line in lines) / notes <= 1_300
    assert values(rows, model.ScriptLine, "kind") == set(LineKind)
    assert values(rows, model.VisitNote, "state") == set(NoteState)
    assert values(rows, model.ActionStep, "result") == {*CheckBack, None}


def test_lines_say_what_was_seen_and_heard_and_judge_nobody(rows):
    """Judging words may stand in what a student says, never in what the coach saw."""
    loaded = {line["text"] for line in rows[model.ScriptLine] if JUDGING.search(SPOKEN.sub("", line["text"]))}
    assert not loaded


def test_lines_are_filled_in_and_seldom_come_twice(rows):
    texts = [line["text"] for line in rows[model.ScriptLine]]
    assert not [text for text in texts if "{" in text or "}" in text]
    by_note = {}
    for line in rows[model.ScriptLine]:
        by_note.setdefault(line["note_id"], []).append(line["text"])
    assert all(len(set(of_one)) == len(of_one) for of_one in by_note.values())
    assert len(set(texts)) > len(texts) / 3
    assert Counter(texts).most_common(1)[0][1] < len(by_note) / 10


def test_lines_of_a_note_follow_one_another_within_the_visit(rows):
    by_note, lasted = {}, {}
    for line in rows[model.ScriptLine]:
        by_note.setdefault(line["note_id"], []).append(line["offset"])
    events = {event["id"]: event for event in rows[model.Event]}
    for note in rows[model.VisitNote]:
        event = events[note["event_id"]]
        lasted[note["id"]] = (event["ends"] - event["starts"]).total_seconds()
    assert all(offsets == sorted(offsets) for offsets in by_note.values())
    assert all(max(offsets) < lasted[note] for note, offsets in by_note.items())


def test_all_eighteen_standards_are_practised_and_1d_the_most(rows):
    codes = Counter(tag["code"] for tag in rows[model.StandardTag])
    assert set(codes) == {standard.code for standard in catalogue().standards}
    assert codes.most_common(1)[0][0] == "1D"
    assert values(rows, model.StandardTag, "accepted") == {True, False}


def test_the_roster_shows_who_is_due_and_who_has_not_been_seen(full):
    lines = full.ask(caseload.everyone, datetime.combine(TODAY, time(7)))
    assert {line.reminder for line in lines} == set(Reminder)
    assert 1 <= sum(line.no_contact for line in lines) <= 5


@pytest.mark.parametrize("size, fewest", [(27, 7), (8, 5)])
def test_enough_teachers_are_active_for_a_page_in_nearly_every_quarter(full, size, fewest):
    active = []
    for row in _closed(full, size):
        found = full.ask(facts.active_teachers, row.school_id, row.window)
        active.append(len(found) >= fewest)
    assert len(active) == 9
    assert sum(active) >= 8


@pytest.mark.parametrize("size", [27, 8])
def test_a_third_of_the_rows_of_a_page_lie_outside_the_lowest_band(full, size):
    """P12c's gate."""
    shown = Counter()
    for row in _closed(full, size):
        page = full.ask(sharing.draft, row.school_id, row.name, TODAY).page
        shown += Counter(one.band.words for section in page.sections for one in section.rows)
    assert set(shown) <= {Band.HALF_OR_MORE, Band.FEWER_THAN_HALF}
    assert 3 * shown[Band.HALF_OR_MORE] >= shown.total()
    assert shown[Band.FEWER_THAN_HALF] > 0


def test_the_school_with_five_teachers_gets_no_page(full):
    drafts = [full.ask(sharing.draft, row.school_id, row.name, TODAY) for row in _closed(full, 5)]
    assert drafts
    assert all(draft.page is None and "fewer than 7 teachers" in draft.refused for draft in drafts)


@pytest.mark.parametrize(
    "today",
    [date(2026, 7, 10), date(2026, 8, 17), date(2028, 2, 29), date(2026, 12, 28), date(2027, 6, 11)],
    ids=["summer", "first day", "leap day", "winter break", "last day"],
)
def test_a_sample_can_stand_on_any_day_of_the_year(desk, today):
    sample.build(desk, teachers=4, years=1, seed=3, today=today)

    def last(session):
        return session.exec(select(func.max(model.VisitNote.started))).one()

    assert today - timedelta(days=100) < desk.ask(last).date() < today


@pytest.mark.parametrize("teachers", [1, 2, 7, 55])
def test_a_sample_can_have_few_teachers_or_many(desk, teachers):
    sample.build(desk, teachers=teachers, years=1, today=date(2026, 8, 20))
    assert desk.ask(lambda session: len(session.exec(select(model.Teacher)).all())) == teachers


@pytest.mark.parametrize("size", [{"teachers": 0}, {"teachers": -3}, {"teachers": 5_001}, {"years": 0}])
def test_a_sample_that_is_too_small_or_too_large_is_refused_in_words(desk, size):
    with pytest.raises(CoachdeskError, match="A sample has 1 to"):
        sample.build(desk, today=TODAY, **size)


def test_a_sample_vault_is_marked_and_opens_with_the_word_sample(place):
    sample.make(place, Shape(TODAY, teachers=3, years=1)).close()
    assert sample.is_sample(place)
    desk = opening.open_desk(place, "sample")
    assert desk.ask(lambda session: len(session.exec(select(model.School)).all())) == 3
    desk.close()


def test_a_sample_is_never_made_over_a_vault(place):
    opening.create_desk(place, "a vault of my own", cost=opening.QUICK).close()
    with pytest.raises(VaultExists):
        sample.make(place, Shape(TODAY, teachers=3, years=1))
    assert not sample.is_sample(place)
    opening.open_desk(place, "a vault of my own").close()


def test_a_sample_that_cannot_be_finished_leaves_nothing_behind(place):
    """A journal that stayed would be rolled back into the next vault of that name."""
    (place.data / sample.MARK).mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        sample.make(place, Shape(TODAY, teachers=3, years=1))
    assert list(place.data.iterdir()) == [place.data / sample.MARK]


def test_making_a_sample_says_how_far_it_is(place):
    said = []
    shape = Shape(TODAY, teachers=3, years=1)
    sample.make(place, shape, report=lambda done, of: said.append((done, of))).close()
    assert said == sorted(said)
    assert said[0][0] == 0
    assert {of for _done, of in said} == {said[-1][0] + 1}


def test_making_a_sample_can_be_stopped_and_leaves_nothing_behind(place):
    def stop(done, _of):
        if done > 5:
            raise Cancelled

    place.data.mkdir(parents=True)
    (place.data / "coachdesk.notes").touch()
    with pytest.raises(Cancelled):
        sample.make(place, Shape(TODAY, teachers=3, years=1), report=stop)
    assert list(place.data.iterdir()) == [place.data / "coachdesk.notes"]


def test_a_school_year_begins_on_a_monday_and_ends_on_a_friday_with_holidays_between():
    for begins in range(2000, 2030):
        year = school_year(begins)
        assert (year.first.weekday(), year.last.weekday()) == (0, 4)
        assert year.days[0] == year.first
        assert 175 <= len(year.days) <= 195
        assert date(begins, 12, 25) not in year.days
        assert {year_of(day) for day in year.days} == {begins}


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 22), date(2026, 11, 20)),
        (date(2026, 11, 27), date(2026, 11, 24)),
        (date(2026, 7, 4), date(2026, 6, 12)),
    ],
)
def test_a_weekend_a_holiday_and_the_summer_follow_a_day_on_which_school_was_held(day, held):
    assert school_day(day) == held


def test_a_day_fills_up_without_clashes():
    book, day = DayBook(), date(2026, 9, 1)
    starts = [book.next(day, 30, 10) for _ in range(10)]
    assert all(later - earlier >= timedelta(minutes=30) for earlier, later in pairwise(starts))


def _closed(desk, size):
    """The quarters that are over, of the school with so many teachers."""
    return [
        row for row in desk.ask(sharing.listing, TODAY) if desk.ask(facts.on_the_list, row.school_id) == size
    ]
