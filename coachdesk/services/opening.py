"""Opening the desk: everything here may take a second, so call it off the screen's thread."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from sqlmodel import Session, SQLModel

from coachdesk.errors import NotSaved
from coachdesk.paths import Folders
from coachdesk.services import (
    agenda,
    caseload,
    changes,
    event_file,
    keys,
    notes,
    roster,
    schedule,
    timeline,
)
from coachdesk.services.desk import Desk, Post, direct
from coachdesk.services.rehearsal import invent_day
from coachdesk.store import vault
from coachdesk.store.connection import Engines
from coachdesk.store.keys import FLOOR, Cost, Secret
from coachdesk.store.vault import Vault
from coachdesk.store.ways import Sheet

log = logging.getLogger(__name__)
QUICK: Cost = FLOOR  # for a sample, whose passphrase everybody knows


def vault_state(place: Folders) -> Literal["missing", "locked"]:
    """Whether there is a vault to unlock. Half of one counts: none may be made over it."""
    return "locked" if vault.present(place) else "missing"


def create_desk(
    place: Folders,
    passphrase: str,
    post: Post = direct,
    cost: Cost | None = None,
    sheet: Sheet | None = None,
) -> Desk:
    """Make a vault in `place`, which `sheet` opens too, and open the desk over it. Raises VaultExists."""
    return Desk(Vault.create(place, passphrase, cost, sheet), post)


def fill_desk(
    place: Folders,
    passphrase: str,
    fill: Callable[[Vault], object],
    post: Post = direct,
    sheet: Sheet | None = None,
) -> Desk:
    """As `create_desk`, with what `fill` puts into the vault from the start, or there is none."""
    return Desk(Vault.create(place, passphrase, None, sheet, fill), post)


def rehearse() -> Engines:
    """Ask about an invented day, once, in memory: what the first questions need is then ready at unlocking.

    What was learned is in the engines, which `open_desk` takes.
    """
    engines, now = Engines(), datetime.now().replace(hour=9)
    SQLModel.metadata.create_all(engines.reading)
    with Session(engines.reading) as session:
        invent_day(session, now)
        changes.newest(session)
        caseload.everyone(session, now)
        begun = agenda.today(session, now).to_finish[0]
        _ask_for_pages(session, begun, now)
    return engines


def _ask_for_pages(session: Session, begun: notes.Unfinished, now: datetime) -> None:
    """What the other pages ask when they are first shown."""
    who = begun.event.teachers[0].id
    roster.schools(session)
    roster.teacher(session, who)
    schedule.week(session, now.date() - timedelta(days=now.weekday()))
    event_file.people(session)
    event_file.event_file(session, begun.event.id)
    caseload.one(session, who, now)
    timeline.timeline(session, who, None, 1)
    notes.found(session, begun.id, now)


def closed_desk(post: Post = direct) -> Desk:
    """A desk that has no vault yet, to build screens on while the key is derived; `open_desk` opens it."""
    return Desk(None, post)


def open_desk(
    place: Folders,
    secret: str | Secret,
    post: Post = direct,
    closed: Desk | None = None,
    rehearsed: Engines | None = None,
) -> Desk:
    """Open the desk over the vault in `place`, by a passphrase or another secret.

    Raises the VaultErrors of `Vault.open`. Changes that are older than thirty days are let go.

    With `closed`, a desk of `closed_desk`, that one is opened and returned; `rehearsed` comes of `rehearse`.
    """
    vault = Vault.open(place, secret, rehearsed)
    try:
        desk = closed or Desk(None, post)
        desk.open_over(vault)
        _forget_old(desk)
    except BaseException:
        vault.close()
        raise
    return desk


def open_to_read(place: Folders, secret: str | Secret) -> Desk:
    """As `open_desk`, for whoever changes nothing: what is old stays too. Only a vault of an older coachdesk
    is brought up to date, after a backup."""
    return Desk(Vault.open(place, secret))


def recover_desk(
    place: Folders, typed: str, new: str, post: Post = direct, closed: Desk | None = None
) -> Desk:
    """Open the desk by the recovery key as it was typed, and set a new passphrase at once.

    Raises MistypedRecoveryKey, WrongRecoveryKey and the other errors of `Vault.open`; if the passphrase
    cannot be set, the vault is closed again.
    """
    desk = open_desk(place, keys.typed(typed), post, closed)
    try:
        desk.keys.set_passphrase(new)
    except BaseException:
        desk.close()
        raise
    return desk


def _forget_old(desk: Desk) -> None:
    """On a full disk they are kept: notes can still be read then."""
    try:
        if desk.ask(changes.has_old):
            desk.forget_old()
    except NotSaved:
        log.warning("old-changes-kept")
