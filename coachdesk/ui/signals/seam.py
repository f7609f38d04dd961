"""The one seam between us and what an operating system says of the coach's going away.

Another system joins here, with an object that has `gone` and `close`. Where there is none, the idle minutes,
Ctrl+L and a gap in time lock all the same: they work everywhere.
"""

import sys

from PySide6.QtCore import QObject

from coachdesk.ui.signals.linux import LinuxSignals, LinuxStay


def listen(parent: QObject) -> LinuxSignals | None:
    """From now on `gone` of the answer says that the coach went away; None where this system says nothing.

    Call it on the screen's thread, and not before the first page is painted.
    """
    return LinuxSignals(parent) if sys.platform == "linux" else None


def stay(parent: QObject, why: str) -> LinuxStay | None:
    """Until the answer is closed the computer is not switched off by a click, and says `why`; None where this
    system cannot be asked for that."""
    return LinuxStay(parent, why) if sys.platform == "linux" else None
