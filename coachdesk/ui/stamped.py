"""How the stamps of a shared note read."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from coachdesk.model.visits import SharedWith
from coachdesk.services.shared import Stamp, Stamps
from coachdesk.ui import labels


def _tr(text: str) -> str:
    return QCoreApplication.translate("stamped", text)


def whom(stamp: Stamp) -> str:
    """ "with the teacher"."""
    if stamp.whom is SharedWith.TEACHER:
        return _tr("with the teacher")
    if stamp.whom is SharedWith.PRINCIPAL:
        return _tr("with the principal")
    return _tr("with {who}").format(who=stamp.who)


def said(stamp: Stamp, today: date) -> str:
    """ "Shared 12 Nov with the teacher"."""
    return _tr("Shared {day} {whom}").format(day=labels.short_day(stamp.day, today), whom=whom(stamp))


def whole(stamp: Stamp, today: date) -> str:
    """ "Shared 12 Nov with the teacher (shown)"."""
    return f"{said(stamp, today)} ({labels.label(stamp.how).lower()})"


def newest(stamps: Stamps, today: date) -> str:
    """The newest of them; "" for none."""
    return said(stamps[0], today) if stamps else ""


def day(stamps: Stamps, today: date) -> str:
    """The day of the newest of them; "" for none."""
    return labels.short_day(stamps[0].day, today) if stamps else ""
