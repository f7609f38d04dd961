"""The counters that are offered when they are agreed: the coach's own, or the ready-made ones."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from coachdesk.services import usual
from coachdesk.services.desk import Desk
from coachdesk.ui.labels import QT_TRANSLATE_NOOP

READY = (
    (
        QT_TRANSLATE_NOOP("counters", "Student handles the device"),
        QT_TRANSLATE_NOOP("counters", "A student, not the teacher, works the device"),
    ),
    (
        QT_TRANSLATE_NOOP("counters", "Creating"),
        QT_TRANSLATE_NOOP("counters", "Students make something with the device rather than look at it"),
    ),
    (
        QT_TRANSLATE_NOOP("counters", "Tech trouble"),
        QT_TRANSLATE_NOOP("counters", "Work stops because something does not work"),
    ),
    (
        QT_TRANSLATE_NOOP("counters", "Student to student"),
        QT_TRANSLATE_NOOP("counters", "A student answers another student"),
    ),
)
"""The ready-made ones of product.md: what each is called, and what counts."""

Said = Mapping[str, str]


def said(name: str, definition: str = "", unit: str = "") -> Said:
    return {"name": name, "definition": definition, "unit": unit}


def offered(desk: Desk) -> tuple[Said, ...]:
    """What may be agreed, in the order in which it is offered."""
    own = desk.ask(usual.own_counters)
    if own is not None:
        return tuple(said(each.name, each.definition) for each in own)
    return tuple(said(*(QCoreApplication.translate("counters", words) for words in each)) for each in READY)
