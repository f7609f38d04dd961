"""Which facts count, for whom and where: the definitions of a page."""

from datetime import timedelta

import coached_school as made
import pytest
from coached_school import Q1, Q2
from worlds import world

from coachdesk.model import Teacher
from coachdesk.services import facts
from coachdesk.services.keep import keep


@world
def coached(desk):
    return desk.do(lambda session: made.school(session, teachers=4))


def found(desk, coached, window=Q1):
    return desk.ask(facts.active_teachers, coached.school, window)


def answers(desk, coached, window=Q1):
    return [set(each.yes) for each in found(desk, coached, window)]


def test_a_teacher_is_active_with_a_completed_visit_in_the_quarter(desk, coached):
    ana, ben, cai, dee = coached.teachers

    def work(session):
        made.event(session, coached.school, [ana])
        made.event(session, coached.school, [ben], status="planned")
        made.event(session, coached.school, [cai], kind="debrief")
        made.event(session, coached.school, [dee], day=Q2.first)

    desk.do(work)
    [only] = found(desk, coached)
    assert (only.visits, only.minutes, only.yes) == (1, 45, frozenset())
    assert len(found(desk, coached, Q2)) == 1


def test_the_first_and_the_last_day_belong_to_the_quarter(desk, coached):
    ana, ben, cai, dee = coached.teachers

    def work(session):
        for who, day in ((ana, Q1.first), (ben, Q1.last), (cai, Q1.first - timedelta(1)), (dee, Q2.first)):
            made.event(session, coached.school, [who], day=day)

    desk.do(work)
    assert len(found(desk, coached)) == 2


def test_a_teacher_in_two_schools_counts_in_each_with_that_schools_events_only(desk, coached):
    ana = coached.teachers[0]

    def work(session):
        other = made.school(session, teachers=0, name="Cedar Bend High School")
        here = made.cycle(session, coached.school, [ana], goals=coached.goals[:1], challenge="workflow")
        there = made.cycle(session, other.school, [ana], challenge="differentiation")
        made.event(session, coached.school, [ana], cycle_id=here)
        made.event(session, other.school, [ana], cycle_id=there, minutes=30)
        made.event(session, other.school, [ana], cycle_id=there, minutes=30, day=Q1.last)
        return other

    other = desk.do(work)
    [here], [there] = found(desk, coached), found(desk, other)
    assert here.yes == {facts.goal_key(coached.goals[0]), "focus:devices_workflow"}
    assert there.yes == {"focus:access_differentiation"}
    assert (here.visits, here.minutes, there.visits, there.minutes) == (1, 45, 2, 60)


def test_both_challenges_of_a_cycle_count_and_one_without_a_focus_counts_for_none(desk, coached):
    ana, ben, *_ = coached.teachers

    def work(session):
        two = made.cycle(
            session, coached.school, [ana], challenge="engagement", also_challenge="assessment_feedback"
        )
        none = made.cycle(session, coached.school, [ben], challenge="family_communication")
        made.event(session, coached.school, [ana], cycle_id=two)
        made.event(session, coached.school, [ben], cycle_id=none)

    desk.do(work)
    assert answers(desk, coached) == [set(), {"focus:engagement_agency", "focus:assessment_feedback"}]


def test_a_cycle_counts_in_the_quarters_in_which_something_of_it_took_place(desk, coached):
    ana = coached.teachers[0]

    def work(session):
        long = made.cycle(session, coached.school, [ana])
        made.event(session, coached.school, [ana], cycle_id=long)
        made.event(session, coached.school, [ana], day=Q2.first)

    desk.do(work)
    assert answers(desk, coached, Q1) == [{"focus:engagement_agency"}]
    assert answers(desk, coached, Q2) == [set()]


@pytest.mark.parametrize(
    ("result", "counts"), [("met", True), ("partly", True), ("not_yet", False), ("replaced", False)]
)
def test_a_step_found_met_or_partly_met_is_movement(desk, coached, result, counts):
    ana = coached.teachers[0]

    def work(session):
        visit = made.event(session, coached.school, [ana])
        made.step(session, ana, visit, checked=Q1.last, result=result)

    desk.do(work)
    assert answers(desk, coached) == [{facts.MOVEMENT} if counts else set()]


def test_movement_counts_in_the_quarter_the_step_was_looked_at_again_and_at_the_school_of_its_event(
    desk, coached
):
    ana, ben, *_ = coached.teachers

    def work(session):
        other = made.school(session, teachers=0, name="Cedar Bend High School")
        late = made.event(session, coached.school, [ana])
        made.step(session, ana, late, checked=Q2.first, result="met")
        elsewhere = made.event(session, other.school, [ben])
        made.event(session, coached.school, [ben])
        made.step(session, ben, elsewhere, checked=Q1.last, result="met")

    desk.do(work)
    assert answers(desk, coached) == [set(), set()]


def test_a_round_counts_once_in_the_quarter_of_its_last_step(desk, coached):
    ana, ben, *_ = coached.teachers

    def work(session):
        made.full_round(session, coached, ana, days=(Q1.first, Q1.first, Q1.last))
        made.full_round(session, coached, ben, days=(Q1.first, Q1.last, Q2.first))
        made.event(session, coached.school, [ana], day=Q2.last)
        made.event(session, coached.school, [ben], day=Q2.last)

    desk.do(work)
    assert sum(facts.ROUNDS in yes for yes in answers(desk, coached, Q1)) == 1
    assert sum(facts.ROUNDS in yes for yes in answers(desk, coached, Q2)) == 1


def test_a_round_with_a_missing_step_or_that_ended_at_another_school_does_not_count(desk, coached):
    ana, ben, *_ = coached.teachers

    def work(session):
        other = made.school(session, teachers=0, name="Cedar Bend High School")
        cut = made.cycle(session, coached.school, [ana])
        chain = made.keep(session, made.Chain, {"cycle_id": cut}).id
        values = {"cycle_id": cut, "chain_id": chain}
        made.event(session, coached.school, [ana], slot="visit", **values)
        made.event(session, coached.school, [ana], kind="quick_contact", **values)
        made.full_round(session, coached, ben, days=(Q1.first, Q1.first, Q1.last), school=other.school)
        made.event(session, coached.school, [ben])

    desk.do(work)
    assert not any(facts.ROUNDS in yes for yes in answers(desk, coached))


def test_time_shared_by_several_teachers_is_counted_once(desk, coached):
    def work(session):
        made.event(session, coached.school, coached.teachers[:3], minutes=60)
        made.event(session, coached.school, coached.teachers[:1], kind="pd_session", minutes=90)
        made.event(session, coached.school, coached.teachers[:1], kind="quick_contact", minutes=5)

    desk.do(work)
    assert sum(each.minutes for each in found(desk, coached)) == 65


def test_what_was_done_with_an_archived_teacher_still_counts_but_they_are_not_on_the_list(desk, coached):
    ana = coached.teachers[0]
    desk.do(lambda session: made.event(session, coached.school, [ana]))
    desk.do(keep, Teacher, {"id": ana, "status": "archived"})
    assert len(found(desk, coached)) == 1
    assert desk.ask(facts.on_the_list, coached.school) == 3
