"""The one window: a page before the desk, or the workspace behind it.

It knows neither: `app` hands in the widget to show. Its title never says more than the program's name, for
taskbars, window lists and shared screens show titles.
"""

import os
from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from PySide6 import QtCore
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from coachdesk.ui import theme
from coachdesk.ui.cover import Cover
from coachdesk.ui.widgets.buttons import quiet
from coachdesk.ui.widgets.empty import Empty
from coachdesk.ui.widgets.picture import Picture
from coachdesk.ui.widgets.text import Text
from coachdesk.ui.widgets.toast import Toast
from coachdesk.ui.widgets.waiting import Waiting

TITLE = "coachdesk"
SMALLEST = (800, 560)
FIRST = (1180, 760)
FRAME = (16, 48)  # what a window manager may put around it, so that the foot is not off a small screen


class Shell(QWidget):
    """Shows one `page` at a time, a toast above it, and goes blank at once when told to."""

    painted = Signal()  # the window was on the screen for the first time
    closing = Signal()  # the coach wants to leave: answer with `leave` once all is kept

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("coachdesk")
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*SMALLEST)
        self.resize(QSize(*FIRST).boundedTo(self.screen().availableSize() - QSize(*FRAME)))
        self._painted = self._leaving = False
        self._pages = QStackedWidget()
        self.page: QWidget | None = None
        self.cover: QWidget | None = None  # what lies over the page while nobody is at it
        self._over: QWidget | None = None  # a page that is shown over `page`
        self._was_at: QWidget | None = None  # where the coach was when it came
        self._unsaid: list[tuple[str, Callable[[], object] | None, bool]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._pages, 1)

    @property
    def room(self) -> QWidget:
        """The parent of a page that is built before it is shown: it need not move, and be dressed again."""
        return self._pages

    @cached_property
    def _toast(self) -> Toast:
        return Toast(self)

    @property
    def toast(self) -> Toast:
        """Where something is said: by the page itself if it has a place for that. Then nothing lies over what
        is typed, nor one sentence over another."""
        of_page = getattr(self.page, "toast", None)
        shown = self._pages.currentWidget() is self.page
        return of_page if shown and isinstance(of_page, Toast) else self._toast

    @cached_property
    def _blank(self) -> Empty:
        """What a blank window shows; made when it is wanted, so the first paint need not wait."""
        cover = Empty("lock", "")
        self._pages.addWidget(cover)
        return cover

    @cached_property
    def _waiting(self) -> Waiting:
        waiting = Waiting()
        self._pages.addWidget(waiting)
        return waiting

    def show_page(self, page: QWidget) -> None:
        """Show `page` in place of the one before, which is gone for good, beneath what `show_over` shows."""
        before, self.page = self.page, page
        self._pages.addWidget(page)
        if self._over is None:
            self._pages.setCurrentWidget(page)
            page.setFocus()
        if before:
            self._pages.removeWidget(before)
            before.deleteLater()

    def blank(self, saying: str = "", icon: str = "lock") -> None:
        """Hide everything now: the page, dialogs, menus, toasts. Painted when this returns."""
        if self.cover is None:
            self._was_at = self.focusWidget()
        self._blank.picture.set_icon(icon, "muted")
        self._blank.sentence.setText(saying)
        self._hide_all_behind(self._blank)
        self._take_cover_off()

    def cover_up(self, now: Callable[[], datetime], lock: Callable[[], object]) -> None:
        """Hide everything behind a clock now, as `blank` does; a key or click lifts it, Ctrl+L locks."""
        if self.cover is not None or self.page is None or self._pages.currentWidget() is not self.page:
            return
        self._was_at = self.focusWidget()
        cover = Cover(now)
        cover.clicked.connect(self.lift)
        cover.lock_wanted.connect(lock)
        self.close_off(cover)
        cover.setFocus()

    def close_off(self, cover: QWidget) -> None:
        """Hide everything behind `cover` until `lift` or `blank`; what is said meanwhile waits."""
        self._take_cover_off()
        self.cover = cover
        self._pages.addWidget(cover)
        self._hide_all_behind(cover)

    def lift(self) -> None:
        """Bring back what the cover hid, and the caret to where it was; say what could not be said then."""
        if self.cover is None:
            return
        self.uncover()
        self._take_cover_off()
        if self._was_at is not None and isValid(self._was_at):
            self._was_at.setFocus()
        unsaid, self._unsaid = self._unsaid, []
        for text, undo, stays in unsaid:
            self.toast.tell(text, undo, stays=stays)

    def _take_cover_off(self) -> None:
        cover, self.cover = self.cover, None
        if cover is not None:
            self._pages.removeWidget(cover)
            cover.hide()
            cover.deleteLater()

    def _hide_all_behind(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        self._toast.hide()
        for window in QApplication.topLevelWidgets():
            if window is not self and window.isVisible():
                window.hide()
        self.repaint()

    def wait(self, saying: str, icon: str, *, stops: bool = True) -> Waiting:
        """Show that work is under way in place of the page, and answer what tells how far it is; with `stops`
        the coach may stop it."""
        self._waiting.begin(saying, icon)
        self._waiting.cancel_button.setVisible(stops)
        self._pages.setCurrentWidget(self._waiting)
        self._waiting.setFocus()
        return self._waiting

    def show_over(self, page: QWidget) -> None:
        """Show `page` over the one that is shown, which stays as it is until `take_off`."""
        self._over = page
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.setFocus()

    def take_off(self, page: QWidget) -> None:
        """Show again what `page` was shown over; it is gone for good."""
        if self._over is page:
            self._over = None
        self.uncover()
        self._pages.removeWidget(page)
        page.deleteLater()
        if self.page:
            self.page.setFocus()

    def uncover(self) -> None:
        """Show the page again that `blank` hid."""
        shown = self._over or self.page
        if shown:
            self._pages.setCurrentWidget(shown)

    def mark_as_sample(self, start_own: Callable[[], object]) -> None:
        """Say on every page that the people are invented; `start_own` leaves the sample for a real vault."""
        self._column.insertWidget(0, SampleBanner(start_own))

    def tell(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Say what just happened; under a cover it waits."""
        self._say(text, undo, stays=False)

    def offer(self, text: str, does: str, action: Callable[[], object]) -> None:
        """Say something that can be done, and a button that does it; it stays until it is put away.

        It never takes the place of what went wrong.
        """
        if self.cover is None and not self.toast.isVisible():
            self.toast.tell(text, action, stays=True, does=does)

    def warn(self, text: str) -> None:
        """Say what went wrong; it stays until it is put away."""
        self._say(text, None, stays=True)

    def _say(self, text: str, undo: Callable[[], object] | None, *, stays: bool) -> None:
        if self.cover is not None:
            self._unsaid.append((text, undo, stays))
        else:
            self.toast.tell(text, undo, stays=stays)

    def come_forward(self, token: str = "") -> None:
        """Be the window that is seen and has the keyboard; `token` is what the desktop gave for that."""
        if token:  # where Qt looks for it
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        self.setWindowState(self.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def leave(self) -> None:
        """All is kept: close for good."""
        self._leaving = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving:
            super().closeEvent(event)
        else:
            event.ignore()
            self.closing.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)


class SampleBanner(QFrame):
    """Says on every page that nobody here is real."""

    def __init__(self, start_own: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("sample_banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE["lg"], theme.SPACE["xs"], theme.SPACE["sm"], theme.SPACE["xs"])
        row.setSpacing(theme.SPACE["sm"])
        row.addWidget(Picture("sparkles", "warning", 18))
        row.addWidget(Text(self.tr("Sample"), bold=True, wrap=False))
        row.addWidget(
            Text(self.tr("Everyone here is invented. All of it goes when you quit."), wrap=False), 1
        )
        own = quiet(self.tr("Start my own vault"), "arrow-right", name="start_own_vault")
        own.clicked.connect(start_own)
        row.addWidget(own)
