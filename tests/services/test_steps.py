"""The next step of a visit, as it is typed."""

from datetime import date, datetime

import pytest
from pydantic_core import to_jsonable_python

from coachdesk.errors import Invalid
from coachdesk.model import ActionStep
from coachdesk.model.goals import Owner
from coachdesk.services import notes, schedule, steps, visits

TUESDAY = date(2027, 2, 2)
STARTS, ENDS = datetime(2027, 2, 2, 9, 50), datetime(2027, 2, 2, 10, 10)
DEBRIEF_DAY = date(2027, 2, 4)


@pytest.fixture
def visit(desk, juniper):
    values = {"kind": "visit", "starts": STARTS, "ends": ENDS, "teachers": juniper.teachers[:1]}
    return desk.do(schedule.create_event, values).id


@pytest.fixture
def for_two(desk, juniper):
    values = {"kind": "visit", "starts": STARTS, "ends": ENDS, "teachers": juniper.teachers[:2]}
    return desk.do(schedule.create_event, values).id


def steps_of(desk, event_id):
    return desk.ask(lambda session: notes.steps(session, ActionStep.event_id == event_id))


def test_a_step_grows_as_it_is_typed_and_stays_one(desk, visit):
    for text in ("Add", "Add a sentence starter "):
        desk.do_later("step", steps.write_step, visit, {"text": text, "check_back_on": DEBRIEF_DAY}).result()
    [step] = steps_of(desk, visit)
    assert (step.text, step.owner, step.check_back_on) == ("Add a sentence starter", "teacher", DEBRIEF_DAY)


def test_without_words_there_is_no_step(desk, visit):
    desk.do(steps.write_step, visit, {"text": "  ", "check_back_on": DEBRIEF_DAY})
    assert steps_of(desk, visit) == ()
    desk.do(steps.write_step, visit, {"text": "Model it"})
    desk.do(steps.write_step, visit, {"text": ""})
    assert steps_of(desk, visit) == ()
    desk.undo()
    assert [step.text for step in steps_of(desk, visit)] == ["Model it"]


def test_each_teacher_of_the_visit_has_the_step(desk, juniper, for_two):
    desk.do(steps.write_step, for_two, {"text": "Swap rooms", "owner": Owner.COACH})
    desk.do(steps.write_step, for_two, {"text": "Swap rooms on Monday"})
    found = steps_of(desk, for_two)
    assert {step.teacher_id for step in found} == set(juniper.teachers[:2])
    assert {(step.text, step.owner) for step in found} == {("Swap rooms on Monday", "coach")}


def test_a_step_that_was_sealed_is_written_the_same(desk, visit):
    values = {"text": "Model it", "owner": Owner.COACH, "due_on": DEBRIEF_DAY, "check_back_on": None}
    desk.do(steps.write_step, *to_jsonable_python((visit, values)))
    [step] = steps_of(desk, visit)
    assert (step.owner, step.due_on) == ("coach", DEBRIEF_DAY)


def test_a_step_agreed_elsewhere_is_the_one_that_is_mended(desk, visit):
    desk.do(visits.agree_step, visit, {"step": "Model it", "owner": Owner.COACH})
    desk.do(steps.write_step, visit, {"text": "Model it twice"})
    [step] = steps_of(desk, visit)
    assert (step.text, step.owner) == ("Model it twice", "coach")


def test_an_owner_that_nobody_knows_is_refused(desk, visit):
    with pytest.raises(Invalid):
        desk.do(steps.write_step, visit, {"text": "Model it", "owner": "the district"})
