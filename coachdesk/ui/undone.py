"""What was taken back, in the coach's words: undo knows a command by its name in the code."""

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from coachdesk.ui.labels import QT_TRANSLATE_NOOP

WORDS: Mapping[str, str] = MappingProxyType(
    {
        # visits and their notes
        "start note": QT_TRANSLATE_NOOP("undone", "beginning a note"),
        "start note for": QT_TRANSLATE_NOOP("undone", "beginning a note"),
        "write lines": QT_TRANSLATE_NOOP("undone", "typing in the script"),
        "write shared": QT_TRANSLATE_NOOP("undone", "typing in a note"),
        "write private": QT_TRANSLATE_NOOP("undone", "typing in a note"),
        "write step": QT_TRANSLATE_NOOP("undone", "typing the next step"),
        "end visit": QT_TRANSLATE_NOOP("undone", "ending a visit"),
        "later": QT_TRANSLATE_NOOP("undone", "leaving a note for later"),
        "finish": QT_TRANSLATE_NOOP("undone", "finishing a note"),
        "reopen": QT_TRANSLATE_NOOP("undone", "opening a note again"),
        "bring back": QT_TRANSLATE_NOOP("undone", "bringing back an earlier version"),
        "stamp note": QT_TRANSLATE_NOOP("undone", "writing down that a note was shared"),
        "remove stamp": QT_TRANSLATE_NOOP("undone", "taking away that a note was shared"),
        "agree step": QT_TRANSLATE_NOOP("undone", "agreeing on a next step"),
        "check back": QT_TRANSLATE_NOOP("undone", "checking back on a step"),
        "agree counters": QT_TRANSLATE_NOOP("undone", "agreeing on counters"),
        "set count": QT_TRANSLATE_NOOP("undone", "counting"),
        "tap": QT_TRANSLATE_NOOP("undone", "counting"),
        "tag": QT_TRANSLATE_NOOP("undone", "tagging a standard"),
        "tag event": QT_TRANSLATE_NOOP("undone", "tagging a standard"),
        "accept tag": QT_TRANSLATE_NOOP("undone", "accepting a suggested standard"),
        "accept suggested": QT_TRANSLATE_NOOP("undone", "accepting the suggested standards"),
        "untag": QT_TRANSLATE_NOOP("undone", "taking a standard away"),
        "untag line": QT_TRANSLATE_NOOP("undone", "taking a standard away"),
        "remove tag": QT_TRANSLATE_NOOP("undone", "taking a standard away"),
        # the calendar
        "create event": QT_TRANSLATE_NOOP("undone", "adding an event"),
        "move event": QT_TRANSLATE_NOOP("undone", "moving an event"),
        "resize event": QT_TRANSLATE_NOOP("undone", "changing how long an event lasts"),
        "reschedule event": QT_TRANSLATE_NOOP("undone", "moving an event"),
        "change event": QT_TRANSLATE_NOOP("undone", "changing an event"),
        "save event": QT_TRANSLATE_NOOP("undone", "changing an event"),
        "delete event": QT_TRANSLATE_NOOP("undone", "removing an event"),
        "didnt happen": QT_TRANSLATE_NOOP("undone", "saying that an event didn't happen"),
        "took place": QT_TRANSLATE_NOOP("undone", "saying that an event took place"),
        "cancel planned": QT_TRANSLATE_NOOP("undone", "cancelling what was planned"),
        "save no school": QT_TRANSLATE_NOOP("undone", "changing days without school"),
        "remove no school": QT_TRANSLATE_NOOP("undone", "removing days without school"),
        "record contact with": QT_TRANSLATE_NOOP("undone", "recording a contact"),
        # cycles
        "add planned": QT_TRANSLATE_NOOP("undone", "planning a round"),
        "add rounds": QT_TRANSLATE_NOOP("undone", "planning rounds"),
        "add debrief": QT_TRANSLATE_NOOP("undone", "planning a debrief"),
        "save cycle": QT_TRANSLATE_NOOP("undone", "changing a cycle"),
        # what is usual
        "plan visits for": QT_TRANSLATE_NOOP("undone", "changing how long a visit is"),
        "offer counters": QT_TRANSLATE_NOOP("undone", "changing the counters that are offered"),
        "offer ready made": QT_TRANSLATE_NOOP("undone", "taking the ready-made counters"),
        # teachers and schools
        "save teacher": QT_TRANSLATE_NOOP("undone", "changing a teacher's file"),
        "save teachers": QT_TRANSLATE_NOOP("undone", "adding teachers"),
        "archive teacher": QT_TRANSLATE_NOOP("undone", "archiving a teacher"),
        "restore teacher": QT_TRANSLATE_NOOP("undone", "restoring a teacher"),
        "bring": QT_TRANSLATE_NOOP("undone", "importing a roster"),
        "save school": QT_TRANSLATE_NOOP("undone", "changing a school"),
        "save school year": QT_TRANSLATE_NOOP("undone", "changing the school year"),
        "save goal": QT_TRANSLATE_NOOP("undone", "changing a goal"),
        "retire goal": QT_TRANSLATE_NOOP("undone", "retiring a goal"),
        "save colleague": QT_TRANSLATE_NOOP("undone", "changing a colleague"),
    }
)


def words(title: str) -> str:
    """What a step of undo is called on screen; one that has no words yet goes by its name in the code."""
    return QCoreApplication.translate("undone", WORDS.get(title, title))
