"""The ways out, put together: locked, left, restored over, deleted, or given up for a vault of one's own.

It is here before the first paint and knows no service: what lies behind the lock is handed in.
"""

import base64
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QShortcut

from coachdesk.errors import CoachdeskError, DamagedVault, MixedCopy, NotSaved, VaultError
from coachdesk.ui import dates, messages
from coachdesk.ui.gate.porch import Porch
from coachdesk.ui.handover import Handover, Start
from coachdesk.ui.open_desk import OpenDesk

log = logging.getLogger(__name__)

Restart = Callable[[Start, Handover], None]


class Exit(QObject):
    """`restart` starts the program anew. `leaving` says that whatever is shown is the last."""

    def __init__(self, porch: Porch, opened: OpenDesk, restart: Restart) -> None:
        super().__init__(opened)
        self._shell, self._background = porch.shell, porch.background
        self._profile, self._behind = porch.profile, porch.behind
        self._open, self._restart = opened, restart
        self.leaving = False
        self._restoring: Any = None
        self._held: Any = None  # what holds the last words that locking would lose

    def lock(self) -> None:
        """Blank the window, keep what is typed, close the vault, and start anew.

        What can be neither saved nor sealed would be lost by that: then the window is closed off instead.
        """
        if self._open.desk is None or self.leaving or self._held:
            return
        began = time.monotonic()
        self._shell.blank()
        away, self._open.away = self._open.away, None  # the computer waits with sleeping until it is closed
        self._open.rest()
        locked_at, kept = dates.clock(datetime.now()), self._keep_or_hold()
        if kept is not None:
            self._open.close(began)
        if away:
            away.close()
        if kept is not None:
            self._start_locked({"locked_at": locked_at, **kept})

    def cover(self) -> None:
        """A visit runs and nobody types: hide everything but the time; one key brings it back."""
        if self._open.desk is not None and not self.leaving and not self._held:
            self._shell.cover_up(self._open.desk.now, self.lock)

    def leave(self) -> None:
        """Quit: all written, a backup kept, the vault closed. What cannot be kept stays on the screen."""
        if self._restoring and not self._restoring.let_leave(self._leave_closed):
            return
        if self.leaving:
            return
        if self._held:
            if self._held.let_leave():
                self._held_no_more()
                self._shell.blank(self._leaving_sentence(), "shield-check")
                self._close_and_leave()
            return
        if self._open.desk is None:
            self._shell.leave()
            return
        self._shell.blank(self._leaving_sentence(), "shield-check")
        if self._keep_or_say():
            self._close_and_leave()

    def end_session(self, session: Any) -> None:
        """The desktop ends the session, a `QSessionManager`: where what is typed cannot be kept, it is asked
        not to, and the window says why."""
        if self._held:
            self.leave()
        kept = self.leaving or (self._held is None and self._keep_or_say())
        if not kept and session.allowsInteraction():
            self._shell.come_forward()
            session.release()
            session.cancel()

    def _keep_or_say(self) -> bool:
        try:
            self._open.keep_what_is_typed()
        except CoachdeskError as error:
            self._shell.uncover()
            self._shell.warn(messages.words(error))
            return False
        return True

    def _leaving_sentence(self) -> str:
        return "" if self._profile.sample else self.tr("Keeping a backup…")

    def _close_and_leave(self) -> None:
        """What is typed is kept: a backup, then the vault is closed, and the window."""
        self.leaving = True
        self._open.rest()
        desk, second = self._open.desk, self._profile.second_folder
        if self._profile.sample:
            self._background.run(desk.close, self._left, self._left_badly)
            return
        shown = self._shell.wait(self._leaving_sentence(), "shield-check", stops=False).show_progress
        self._background.run_long(
            lambda report: desk.leave(second, report), self._left, self._left_badly, shown
        )

    def broken(self, error: VaultError) -> None:
        """The seal of the open vault does not hold: keep what is typed, close it, and say so on a page."""
        if not isinstance(error, MixedCopy | DamagedVault):
            return
        if self._open.desk is None or self.leaving or self._held:
            return
        self._open.rest()
        self._shell.blank()
        locked_at, kept = dates.clock(datetime.now()), self._keep_or_hold()
        if kept is None:  # held: it is found again at the next unlock
            return
        self._open.close()
        lost = {"locked_at": locked_at, **kept} if "lost_at" in kept else {}  # the page says the rest
        self._start_locked({"broken": type(error).__name__, **lost})

    def restore_backup(self) -> None:
        """Show the page on which a backup is chosen, over the one that is shown; a sample has none."""
        if self._profile.sample:
            self._shell.tell(self.tr("Nothing is restored into the sample: all of it goes when you quit."))
        if self._profile.sample or self._restoring or self.leaving:
            return
        here = (self._profile.place, self._profile.second_folder, self._open.desk)
        keep = self._open.keep_what_is_typed
        ways = (keep, self._close_for_good, self._start_restored, self._stay)
        self._restoring = self._behind().restoring(here, self._shell, ways)
        if self._open.desk:
            QShortcut("Ctrl+L", self._restoring.page, self.lock)

    def delete_vault(self, second_too: bool) -> None:
        """Delete the vault, which the coach was told what that means, and begin at the first page."""
        if self._profile.sample:
            self.start_own_vault()
            return
        if self._open.desk is None or self.leaving:
            return
        self.leaving = True
        self._open.rest()
        self._shell.wait(self.tr("Deleting the vault…"), "x", stops=False)
        desk, place = self._open.desk, self._profile.place
        second = self._profile.second_folder if second_too else None
        self._background.run(
            lambda: self._behind().delete_vault(desk, place, second), self._start_without, self._not_deleted
        )

    def start_own_vault(self) -> None:
        """From the sample to a vault of one's own: the sample goes, the program starts anew."""
        self._shell.blank()
        self._open.rest()
        if self._open.desk:
            self._open.close()
        self._profile.forget_sample()
        self._go_on_as(replace(self._profile.start, demo=False, locked=False))

    def _keep_or_hold(self) -> dict[str, str] | None:
        """Keep what is typed; what the lock says of that. None where that would be lost: it is held."""
        try:
            kept = self._open.keep_what_is_typed()
        except NotSaved as error:
            messages.note(error)
            self._hold()
            return None
        except Exception as error:  # locking never waits for a mend
            messages.note(error)
            log.error("lock-lost-a-draft")
            return {"lost_at": dates.stamp(datetime.now())}
        return {"saved_at": dates.stamp(datetime.now())} if kept else {}

    def _hold(self) -> None:
        self._held = self._behind().hold(self._shell, self._open.keep_what_is_typed, self._open.desk)
        self._held.kept.connect(self._held_no_more)
        self._held.kept.connect(self.lock)
        self._held.back.connect(self._held_no_more)
        self._held.back.connect(self._open.look_after_again)

    def _held_no_more(self) -> None:
        self._held = None

    def _stay(self) -> None:
        self._restoring = None

    def _close_for_good(self) -> None:
        """On a thread: the vault's file is to be replaced, so it is waited for."""
        self.leaving = True
        if self._open.desk:
            self._open.desk.close_for_good()

    def _start_restored(self, news: str) -> None:
        self._open.rest()
        self._shell.blank()
        self._start_locked({"news": news})

    def _start_without(self, _nothing: object) -> None:
        self._open.forget()
        self._go_on_as(replace(self._profile.start, locked=False))

    def _not_deleted(self, error: BaseException) -> None:
        """Something was not deleted, or nothing was: no desk stays open behind what is said."""
        self._open.close()
        self._left_badly(error)

    def _leave_closed(self) -> None:
        """The vault is closed already."""
        self._open.rest()
        self._left(None)

    def _left(self, _nothing: object) -> None:
        self._open.forget()
        self._shell.leave()

    def _left_badly(self, error: BaseException) -> None:
        """The vault is closed, but something was not done: say it; closing the window again ends."""
        messages.note(error)
        self._open.forget()
        self.leaving = False
        self._shell.blank(messages.words(error), "triangle-alert")

    def _start_locked(self, kept: Mapping[str, str]) -> None:
        self._go_on_as(replace(self._profile.start, locked=True), kept)

    def _go_on_as(self, start: Start, kept: Mapping[str, str] = MappingProxyType({})) -> None:
        place = base64.b64encode(self._shell.saveGeometry().data()).decode()
        self._restart(start, Handover(sample=str(self._profile.sample or ""), place=place, **kept))
