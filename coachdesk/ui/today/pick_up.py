"""What to pick up again: each thing with the one button that does it."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal

from coachdesk.model.cycles import Slot
from coachdesk.model.planning import Step
from coachdesk.model.schedule import DidntHappen
from coachdesk.services.agenda import PickUp, Why
from coachdesk.ui import labels, wishes
from coachdesk.ui.today import words
from coachdesk.ui.widgets.lines import Act, Lines, Told


class PickUpLines(Lines):
    """A debrief's free time is offered in the line that asked for it."""

    wished = Signal(object)
    debrief_wanted = Signal(object)  # the visit's id
    debrief_agreed = Signal(object, object)  # the visit's id, and when
    cancelled = Signal(object)  # the teacher's id
    happened = Signal(object)  # the event's id
    missed = Signal(object, object)  # the event's id, and why it didn't happen

    def __init__(self, title: str, name: str) -> None:
        super().__init__(title, name)
        self._shown: Sequence[PickUp] = ()
        self._now = datetime.min
        self._offers: dict[UUID | None, Step | None] = {}

    def show_pick_up(self, shown: Sequence[PickUp], now: datetime) -> None:
        """Show what there is at `now`; an offer stays while what it is for does."""
        self._shown, self._now = shown, now
        there = {_visit(one) for one in shown}
        self._offers = {key: step for key, step in self._offers.items() if key in there}
        self._tell()

    def show_offer(self, event_id: UUID, offer: Step | None) -> None:
        """Offer this time for the debrief of a visit, or say that there is none."""
        self._offers[event_id] = offer
        self._tell()

    def _tell(self) -> None:
        self.show_lines([self._line(one) for one in self._shown])

    def _line(self, one: PickUp) -> Told:
        detail = words.picked_up(one, self._now.date())
        acts = self._acts(one)
        visit = _visit(one)
        if visit and visit in self._offers:
            detail, acts = self._offered(visit)
        tone = "warning" if one.why in (Why.NO_DEBRIEF, Why.MISSING_STEP, Why.CONTACT) else "muted"
        return Told(labels.person(one.teacher), detail, words.icon_of(one), tone, acts=acts)

    def _offered(self, event_id: UUID) -> tuple[str, tuple[Act, ...]]:
        offer = self._offers[event_id]
        other = Act("another_time", self.tr("Another time…"), self._wish(wishes.ShowEvent(event_id)))
        if offer is None:
            return self.tr("No free time was found. Choose one on the calendar."), (other,)
        when = labels.moment(offer.starts, self._now.date())
        plan = partial(self.debrief_agreed.emit, event_id, offer.starts)
        said = self.tr("Your next free time: {when}.").format(when=when)
        return said, (Act("plan_debrief", self.tr("Plan the debrief"), plan), other)

    def _acts(self, one: PickUp) -> tuple[Act, ...]:
        if one.why is Why.TOOK_PLACE:
            return self._took_place(one)
        if one.why is Why.ARCHIVED:
            cancel = partial(self.cancelled.emit, one.teacher_id)
            return (Act("cancel_planned", self.tr("Cancel what is planned"), cancel),)
        if one.why is Why.CONTACT:
            plan = self._wish(wishes.PlanCycle(one.teacher_id))
            return (Act("find_a_time", self.tr("Find a time"), plan),)
        if visit := _visit(one):
            look = partial(self.debrief_wanted.emit, visit)
            return (Act("find_a_time", self.tr("Find a time"), look),)
        see = self._wish(wishes.ShowTeacher(one.teacher_id))
        return (Act("open_teacher", self.tr("Open"), see),)

    def _took_place(self, one: PickUp) -> tuple[Act, ...]:
        if one.event is None:
            return ()
        key = one.event.id
        yes = partial(self.happened.emit, key)
        reasons = tuple((labels.label(why), partial(self.missed.emit, key, why)) for why in DidntHappen)
        return (
            Act("took_place", self.tr("It took place"), yes),
            Act("didnt_happen", self.tr("Didn't happen…"), yes, choices=reasons),
        )

    def _wish(self, wish: object) -> "partial[None]":
        return partial(self.wished.emit, wish)


def _visit(one: PickUp) -> UUID | None:
    """The visit whose debrief is open, where that is what is missing."""
    visit = one.round.steps.get(Slot.VISIT) if one.round and Slot.DEBRIEF in one.missing else None
    return visit.id if visit else None
