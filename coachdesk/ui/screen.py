"""What every screen is."""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from coachdesk.services.desk import Desk
from coachdesk.ui.background import works_within
from coachdesk.ui.preferences import Preferences


class Keys(Container[object]):
    """Every key under which one of several parts of a page writes."""

    def __init__(self, *parts: Container[object]) -> None:
        self._parts = parts

    def __contains__(self, key: object) -> bool:
        return any(key in part for part in self._parts)


class Screen(QWidget):
    """One page of the workspace. It asks the desk, shows the answer, and is told of changes.

    `title` is the heading and the sidebar entry, written as `QT_TRANSLATE_NOOP("Screen", "Teachers")`, which
    `ui.labels` has; `icon` names a file of resources/icons; `shows` are the kinds of record, or of wish
    (`ui.wishes`), it can open; `under` is the title of the page whose sidebar entry is marked meanwhile;
    `watches` are the tables whose change makes it stale.

    It is built from the outside in, each part in its `parent` before it is filled: whatever moves house is
    dressed anew by Qt, with all in it.
    """

    open = Signal(object)  # the record that the coach wants to see, a kind of record, or a wish
    back = Signal()  # the coach is done here
    said = Signal(str, bool)  # what happened, for a toast ("" clears it); True where it can be undone
    warned = Signal(str)  # what went wrong; it stays until it is put away

    title: ClassVar[str]
    icon: ClassVar[str] = "file-text"
    in_sidebar: ClassVar[bool] = True
    under: ClassVar[str] = ""
    shows: ClassVar[frozenset[type]] = frozenset()
    watches: ClassVar[frozenset[type]] = frozenset()
    preferences: Preferences  # what the coach chose; the workspace hands it over before the page is shown

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.record: Any = None
        self._stale = True

    def refresh(self) -> None:
        """Ask again and show it."""

    def show_record(self, record: Any) -> None:
        """Show this one: it is a `shows`."""

    def flush(self) -> None:
        """Hand over what is being typed to be kept: the screen may be gone in a moment."""

    def go_to_filter(self) -> None:
        """Put the caret into the page's filter, where it has one."""

    def panes(self) -> Sequence[QWidget]:
        """Where F6 goes on this page, in order."""
        return (self,)

    def main_pane(self) -> QWidget:
        """Where the keyboard is when the page comes up."""
        return self.panes()[0]

    def leave_part(self) -> bool:
        """Go back from a part of the page to the page; False where the page itself is shown."""
        return False

    @property
    def is_running(self) -> bool:
        """Whether a visit's clock runs on this page: then a cover comes where else the desk would lock."""
        return False

    def about_whom(self) -> UUID | None:
        """The teacher that the page is about, where it is one: a command that needs somebody begins there."""
        return None

    @property
    def is_unfinished(self) -> bool:
        """Whether something on the page, after `flush`, would be lost with it."""
        return works_within(self)

    def again(self) -> object:
        """What another page of its kind is shown to be as this one is; None where it is so by itself."""
        return None

    def plans_from(self) -> datetime | None:
        """From when on a cycle is planned from here, where the page shows other days than today's."""
        return None

    def own_keys(self) -> Container[object]:
        """Under which keys of `desk.do_later` this page writes: it need not hear of that."""
        return ()

    def minimumSizeHint(self) -> QSize:
        """A page makes do with the smallest window; it never holds the window open."""
        return QSize(0, 0)

    def told(self, touched: frozenset[type], by: object) -> None:
        """Hear that rows of these tables changed; `by` is who did it."""
        if by is not self and by not in self.own_keys() and touched & self.watches:
            self._stale = True
            self._refresh_if_seen()

    def parts_ahead(self) -> Iterable[Callable[[], object]]:
        """What builds the parts that else are built when they are first wanted: see `ui.ahead`."""
        return ()

    def get_ready(self) -> None:
        """Be as it should be seen: what is filled before it is shown is dressed and laid out once."""
        if self._stale:
            self._stale = False
            try:
                self.refresh()
            except Exception:  # whatever it was goes on; the page asks again when it is shown
                self._stale = True
                raise

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh_if_seen()

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.get_ready()
