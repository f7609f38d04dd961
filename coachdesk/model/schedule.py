"""Events: everything on the coach's calendar. Time is entered once, here."""

from enum import StrEnum
from uuid import UUID

from pydantic import NaiveDatetime, model_validator
from sqlmodel import Field, UniqueConstraint

from coachdesk.model.cycles import Slot
from coachdesk.model.kinds import CoachOnlyLine, CoachOnlyText, PlainLine, Record, choice


class EventKind(StrEnum):
    PLANNING_MEETING = "planning_meeting"
    VISIT = "visit"
    DEBRIEF = "debrief"
    PRINCIPAL_MEETING = "principal_meeting"
    GROUP = "group"
    PD_SESSION = "pd_session"
    DATA_MEETING = "data_meeting"
    QUICK_CONTACT = "quick_contact"
    PREPARATION = "preparation"
    OWN_GROWTH = "own_growth"
    TECHNICAL_SUPPORT = "technical_support"
    OTHER_DUTY = "other_duty"
    TRAVEL = "travel"
    LEAVE = "leave"


class VisitKind(StrEnum):
    OBSERVE = "observe"
    CO_TEACH = "co_teach"
    MODEL = "model"
    CO_TEACH_WITH_DATA = "co_teach_with_data"
    PEER_VISIT = "peer_visit"
    VIDEO_REVIEW = "video_review"


class Modality(StrEnum):
    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"
    ASYNCHRONOUS = "asynchronous"


class EventStatus(StrEnum):
    PLANNED = "planned"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    RESCHEDULED = "rescheduled"
    DIDNT_HAPPEN = "didnt_happen"


class DidntHappen(StrEnum):
    ABSENT = "absent"
    TESTING = "testing"
    COVER = "cover"
    COACH_PULLED = "coach_pulled"
    OTHER = "other"


class OtherDuty(StrEnum):
    SUBSTITUTE_COVER = "substitute_cover"
    TESTING = "testing"
    DEVICES = "devices"
    SUPERVISION = "supervision"
    OTHER = "other"


class TimeCategory(StrEnum):
    IN_CYCLE = "in_cycle"
    JUST_IN_TIME = "just_in_time"
    GROUP_PD = "group_pd"
    TECHNICAL_SUPPORT = "technical_support"
    PREPARATION = "preparation"
    LEADERSHIP = "leadership"
    OWN_GROWTH = "own_growth"
    OTHER_DUTY = "other_duty"
    TRAVEL = "travel"
    LEAVE = "leave"


class Event(Record, table=True):
    """Anything on the calendar. `starts` and `ends` are wall-clock times in the school's time zone."""

    kind: EventKind = choice(EventKind, title="Kind")
    starts: NaiveDatetime = Field(title="Starts", index=True)
    ends: NaiveDatetime = Field(title="Ends")
    school_id: UUID | None = Field(None, foreign_key="school.id", index=True)
    place: PlainLine = Field("", title="Place")
    period: PlainLine = Field("", title="Period")
    title: CoachOnlyLine = Field("", title="Title")
    preparation: CoachOnlyText = Field("", title="To prepare")
    cycle_id: UUID | None = Field(None, foreign_key="coachingcycle.id", index=True)
    chain_id: UUID | None = Field(None, foreign_key="chain.id", index=True)
    slot: Slot | None = choice(Slot, None)
    status: EventStatus = choice(EventStatus, EventStatus.PLANNED, title="Status")
    reason: DidntHappen | None = choice(DidntHappen, None, title="Why it didn't happen")
    modality: Modality = choice(Modality, Modality.IN_PERSON, title="How")
    visit_kind: VisitKind | None = choice(VisitKind, None, title="Kind of visit")
    other_duty: OtherDuty | None = choice(OtherDuty, None, title="Kind of duty")

    @model_validator(mode="after")
    def _one_day(self) -> "Event":
        if self.ends <= self.starts or self.ends.date() != self.starts.date():
            raise ValueError("An event ends after it starts, on the same day.")
        return self

    @property
    def minutes(self) -> int:
        return int((self.ends - self.starts).total_seconds() // 60)


class EventTeacher(Record, table=True):
    """That an event is with this teacher."""

    __table_args__ = (UniqueConstraint("event_id", "teacher_id"),)

    event_id: UUID = Field(foreign_key="event.id", index=True)
    teacher_id: UUID = Field(foreign_key="teacher.id", index=True)


_CATEGORY = {
    EventKind.PRINCIPAL_MEETING: TimeCategory.LEADERSHIP,
    EventKind.GROUP: TimeCategory.GROUP_PD,
    EventKind.PD_SESSION: TimeCategory.GROUP_PD,
    EventKind.DATA_MEETING: TimeCategory.GROUP_PD,
    EventKind.PREPARATION: TimeCategory.PREPARATION,
    EventKind.OWN_GROWTH: TimeCategory.OWN_GROWTH,
    EventKind.TECHNICAL_SUPPORT: TimeCategory.TECHNICAL_SUPPORT,
    EventKind.OTHER_DUTY: TimeCategory.OTHER_DUTY,
    EventKind.TRAVEL: TimeCategory.TRAVEL,
    EventKind.LEAVE: TimeCategory.LEAVE,
}


def time_category(kind: EventKind, in_cycle: bool) -> TimeCategory:
    """Where an event's minutes belong: derived from its kind and cycle, never entered."""
    return _CATEGORY.get(kind, TimeCategory.IN_CYCLE if in_cycle else TimeCategory.JUST_IN_TIME)
