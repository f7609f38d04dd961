"""Coaching cycles: goal-bound pieces of work, made of meet–visit–meet rounds."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field, UniqueConstraint

from coachdesk.model.kinds import CoachOnlyText, PlainLine, Record, SharedLine, SharedText, choice


class Template(StrEnum):
    DLP = "dlp"
    IMPACT = "impact"
    STUDENT_CENTRED = "student_centred"
    BEFORE_DURING_AFTER = "before_during_after"
    MINI = "mini"
    JUST_IN_TIME = "just_in_time"


PHASES: dict[Template, tuple[str, ...]] = {
    Template.DLP: ("identify", "investigate", "select", "implement", "reflect"),
    Template.IMPACT: ("identify", "learn", "improve"),
    Template.STUDENT_CENTRED: ("goal", "baseline", "co_plan_teach", "post", "reflect"),
    Template.BEFORE_DURING_AFTER: ("before", "during", "after"),
    Template.MINI: ("round",),
    Template.JUST_IN_TIME: ("round",),
}


class CycleStatus(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    STOPPED_EARLY = "stopped_early"


class Challenge(StrEnum):
    ENGAGEMENT = "engagement"
    DIFFERENTIATION = "differentiation"
    ASSESSMENT_FEEDBACK = "assessment_feedback"
    COLLABORATION_DISCUSSION = "collaboration_discussion"
    STUDENT_AGENCY = "student_agency"
    DEVICE_MANAGEMENT = "device_management"
    CONTENT_UNDERSTANDING = "content_understanding"
    ACCESSIBILITY_LANGUAGE = "accessibility_language"
    DIGITAL_CITIZENSHIP = "digital_citizenship"
    WORKFLOW = "workflow"
    FAMILY_COMMUNICATION = "family_communication"
    OTHER = "other"


class Focus(StrEnum):
    """The four broad teaching focuses of a principal's page (product.md, What a principal gets)."""

    ENGAGEMENT_AGENCY = "engagement_agency"
    ACCESS_DIFFERENTIATION = "access_differentiation"
    ASSESSMENT_FEEDBACK = "assessment_feedback"
    DEVICES_WORKFLOW = "devices_workflow"


FOCUS_OF: dict[Challenge, Focus] = {
    Challenge.ENGAGEMENT: Focus.ENGAGEMENT_AGENCY,
    Challenge.COLLABORATION_DISCUSSION: Focus.ENGAGEMENT_AGENCY,
    Challenge.STUDENT_AGENCY: Focus.ENGAGEMENT_AGENCY,
    Challenge.DIFFERENTIATION: Focus.ACCESS_DIFFERENTIATION,
    Challenge.CONTENT_UNDERSTANDING: Focus.ACCESS_DIFFERENTIATION,
    Challenge.ACCESSIBILITY_LANGUAGE: Focus.ACCESS_DIFFERENTIATION,
    Challenge.ASSESSMENT_FEEDBACK: Focus.ASSESSMENT_FEEDBACK,
    Challenge.DEVICE_MANAGEMENT: Focus.DEVICES_WORKFLOW,
    Challenge.DIGITAL_CITIZENSHIP: Focus.DEVICES_WORKFLOW,
    Challenge.WORKFLOW: Focus.DEVICES_WORKFLOW,
}


class CoachingCycle(Record, table=True):
    """One goal-bound piece of work with one or more teachers of one school."""

    school_id: UUID = Field(foreign_key="school.id", index=True)
    template: Template = choice(Template, Template.DLP, title="Kind of cycle")
    phase: PlainLine = Field("identify", title="Phase")
    status: CycleStatus = choice(CycleStatus, CycleStatus.PROPOSED, title="Status", index=True)
    challenge: Challenge = choice(Challenge, Challenge.OTHER, title="Challenge")
    also_challenge: Challenge | None = choice(Challenge, None, title="Second challenge")
    focus: SharedLine = Field("", title="What we agreed to work on")
    root_cause: CoachOnlyText = Field("", title="Root cause, as I see it")
    goal: SharedText = Field("", title="Goal")
    measure: SharedLine = Field("", title="How we will know")
    baseline: SharedLine = Field("", title="Where we started")
    target: SharedLine = Field("", title="Where we want to be")
    result: SharedLine = Field("", title="Where we are")
    strategy: SharedLine = Field("", title="Strategy")
    tool: PlainLine = Field("", title="Tool")
    cadence_days: int = Field(10, title="Contact every … school days", ge=1, le=60)
    starts_on: date | None = Field(None, title="Starts")
    ends_on: date | None = Field(None, title="Ends")
    stop_reason: CoachOnlyText = Field("", title="Why it stopped early")


class CycleTeacher(Record, table=True):
    """That a teacher takes part in a cycle."""

    __table_args__ = (UniqueConstraint("cycle_id", "teacher_id"),)

    cycle_id: UUID = Field(foreign_key="coachingcycle.id", index=True)
    teacher_id: UUID = Field(foreign_key="teacher.id", index=True)


class CycleGoal(Record, table=True):
    """That a cycle serves a school goal."""

    __table_args__ = (UniqueConstraint("cycle_id", "goal_id"),)

    cycle_id: UUID = Field(foreign_key="coachingcycle.id", index=True)
    goal_id: UUID = Field(foreign_key="schoolgoal.id", index=True)


class Chain(Record, table=True):
    """One meet–visit–meet round of a cycle ("round" on screen); its slots are the events that name it."""

    cycle_id: UUID = Field(foreign_key="coachingcycle.id", index=True)
    number: int = Field(1, ge=1)


class Slot(StrEnum):
    PLANNING = "planning"
    VISIT = "visit"
    DEBRIEF = "debrief"


class ChainState(StrEnum):
    EMPTY = "empty"
    PLANNED = "planned"
    VISITED = "visited"
    COMPLETE = "complete"
    MISSING_STEP = "missing_step"


def chain_state(done: Iterable[Slot], ahead: Iterable[Slot]) -> ChainState:
    """Where a round stands, from the slots that took place and those still planned for the future.

    A round is complete with all three; it misses a step when a later step took place, or nothing lies ahead
    while a slot is still open.
    """
    done, ahead = set(done), set(ahead)
    if done == set(Slot):
        return ChainState.COMPLETE
    if not done:
        return ChainState.PLANNED if ahead else ChainState.EMPTY
    if done | ahead != set(Slot) or (Slot.DEBRIEF in done):
        return ChainState.MISSING_STEP
    return ChainState.VISITED if Slot.VISIT in done else ChainState.PLANNED
