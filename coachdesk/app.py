"""The window's wiring: where everything is put together, and nowhere else."""

from coachdesk import ui  # noqa: F401 - before anything else knows Qt

# isort: split
import base64
import logging
import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Thread
from types import MappingProxyType, ModuleType
from typing import Any

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QTimer
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication

from coachdesk import own_memory, paths, settings
from coachdesk.errors import Cancelled, CoachdeskError, DamagedVault, MixedCopy, NotSaved, VaultError
from coachdesk.paths import Folders
from coachdesk.ui import dates, handover, messages, one_window, process, qt_types, theme
from coachdesk.ui.asked_to_end import AskedToEnd
from coachdesk.ui.background import Background, Report
from coachdesk.ui.collecting import Collecting, keep_for_good
from coachdesk.ui.gate.entry import Entry, LostWays
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.gate.refusals import Doors, Refusals
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.handover import Handover, Start
from coachdesk.ui.idle import Idle
from coachdesk.ui.past_folders import keep_no_history
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.shell import Shell
from coachdesk.ui.widgets.waiting import Waiting

log = logging.getLogger(__name__)

LOCK_SECONDS, CLOSE_SECONDS = 0.6, 0.1
"""How long locking waits for all to be kept and closed, and for closing it at least: the new process does not
wait for a hung disk."""
AFTER_PAINT_MS = 100
"""When the page is painted, and there is time for what nobody waits for."""

SHOWN_ALREADY = "Coachdesk is open on this vault already: its window comes forward."

Restart = Callable[[Start, Handover], None]


def run(profile: Path | None = None, *, demo: bool = False, locked: bool = False) -> int:
    """Show the window until the coach leaves; returns the exit code."""
    os.umask(0o077)  # whatever is made from now on is for this user alone
    start, handed = Start(profile, demo, locked), handover.found()
    place = paths.folders(profile, on_computer=True)
    if not demo and not locked and one_window.call_first(place):
        print(SHOWN_ALREADY, flush=True)
        return 0
    process.keep_log(place.logs)
    own_memory.leave_no_core_dumps()
    wanted = settings.load(place.settings)
    app = make_app(wanted)
    collecting = Collecting(app)
    asked_to_end = AskedToEnd(app) if os.name == "posix" else None
    program = Program(place, start, handed, process.restart)
    messages.show_uncaught(program.shell.warn, program.background.post)
    if asked_to_end:
        asked_to_end.asked.connect(program.leave)
    app.commitDataRequest.connect(lambda _session: program.keep_what_is_typed())
    chosen = program.preferences
    program.shell.painted.connect(lambda: theme.follow(app, chosen.now.theme, chosen.now.density))
    program.shell.painted.connect(own_memory.keep_private)
    program.shell.painted.connect(keep_no_history)
    keep_dressed(app, program.preferences)
    program.begin()
    code = app.exec()
    program.end()
    if asked_to_end:
        asked_to_end.close()
    collecting.close()
    return code


def make_app(wanted: settings.Settings) -> QApplication:
    """The application in the wanted look."""
    if sys.platform == "linux" and process.has_a_portal():
        os.environ.setdefault("QT_QPA_PLATFORMTHEME", "xdgdesktopportal")  # live light and dark
    QCoreApplication.setApplicationName("coachdesk")
    app = QApplication(["coachdesk", "-style", "fusion"])  # quicker than setting it
    app.setProperty("fusion", True)
    theme.dress(app, wanted.theme, wanted.density)
    return app


def keep_dressed(app: QApplication, preferences: Preferences) -> None:
    """Have each choice of the look be seen at once."""
    preferences.changed.connect(lambda new: theme.follow(app, new.theme, new.density))


class Program(QObject):
    """From the first page to the last: gate, desk, lock, leaving."""

    def __init__(self, place: Folders, start: Start, handed: Handover, restart: Restart) -> None:
        super().__init__()
        self.background = Background(self)
        self.shell = Shell()
        self.shell.closing.connect(lambda: QTimer.singleShot(0, self.leave))
        self.desk: Any = None
        self._fetched: Any = None  # a desk that is on its way here from its thread
        self._rehearsed: Any = None  # what lies behind the lock is here, and knows what will be asked
        self._ahead: Any = None  # the desk that the next right passphrase opens, and the workspace on it
        self._workspace: Any = None
        self.page: Any = None  # the workspace, or what is left of the first run
        self._place, self._start, self._handed, self._restart = place, start, handed, restart
        self._sample: Path | None = None
        self.preferences = Preferences(place.settings)
        self._entry = Entry(self.shell, self.background, inside, self._fetch)
        doors = Doors(self._back_to_the_lock, self.restore_backup, self.leave)
        self._refusals = Refusals(self.shell, self.background, inside, doors)
        self.idle: Idle | None = None
        self.away: Any = None  # what else looks after the open desk when the coach goes away
        self._first: one_window.FirstWindow | None = None
        self._leaving = False
        self._backing_up: Any = None
        self._restoring: Any = None
        self._held: Any = None  # what holds the last words that locking would lose
        self._building: Any = None  # the pages nobody has gone to yet

    def begin(self) -> None:
        """Show the first page, and once it is painted fetch what lies behind it."""
        if self._handed.place:
            self.shell.restoreGeometry(QByteArray(base64.b64decode(self._handed.place)))
        sample = Path(self._handed.sample)
        if self._start.locked and self._handed.sample and handover.is_sample_folder(sample):
            self._take_sample(sample)
        self.shell.painted.connect(qt_types.make)
        self.shell.painted.connect(self._be_found)
        if self._start.demo and self._sample is None:
            self._wait_for_sample()
            self.shell.painted.connect(self._make_sample)
        else:
            page = self._unlock_page() if present(self._place) else self._new_vault_page()
            self.shell.show_page(page)
            self.shell.painted.connect(lambda: self._get_ready(page))
        self.shell.show()

    def keep_what_is_typed(self) -> bool:
        """Have it written, or sealed: then False. Raises NotSaved if it was neither."""
        return self.page.flush() if self.page else True

    def lock(self) -> None:
        """Blank the window, keep what is typed, close the vault, and start anew.

        What can be neither saved nor sealed would be lost by that: then the window is closed off instead.
        """
        if self.desk is None or self._leaving or self._held:
            return
        began = time.monotonic()
        self.shell.blank()
        away, self.away = self.away, None  # the computer waits with sleeping until the vault is closed
        self._stop_idle()
        kept = {"locked_at": dates.clock(datetime.now())}
        try:
            if self.keep_what_is_typed():
                kept["saved_at"] = dates.stamp(datetime.now())
        except NotSaved as error:
            messages.note(error)
            self._hold()
            if away:
                away.close()
            return
        except Exception as error:  # locking never waits for a mend
            messages.note(error)
            log.error("lock-lost-a-draft")
            kept["lost_at"] = dates.stamp(datetime.now())
        self._close_desk(began)
        if away:
            away.close()
        self._go_on_as(replace(self._start, locked=True), kept)

    def _hold(self) -> None:
        self._held = inside().hold(self.shell, self.keep_what_is_typed, self.desk)
        self._held.kept.connect(self._held_no_more)
        self._held.kept.connect(self.lock)
        self._held.back.connect(self._held_no_more)
        self._held.back.connect(self._keep_watch)
        self._held.back.connect(self._look_after_it)

    def _held_no_more(self) -> None:
        self._held = None

    def cover(self) -> None:
        """A visit runs and nobody types: hide everything but the time; one key brings it back."""
        if self.desk is not None and not self._leaving and not self._held:
            self.shell.cover_up(self.desk.now, self.lock)

    def leave(self) -> None:
        """Quit: all written, a backup kept, the vault closed. What cannot be kept stays on the screen."""
        if self._leaving:
            return
        if self._held:
            self._held.try_again()
            return
        if self.desk is None:
            self.shell.leave()
            return
        saying = "" if self._sample else self.tr("Keeping a backup…")
        self.shell.blank(saying, "shield-check")
        try:
            self.keep_what_is_typed()
        except CoachdeskError as error:
            self.shell.uncover()
            self.shell.warn(messages.words(error))
            return
        self._leaving = True
        self._stop_idle()
        desk, chosen = self.desk, self.preferences.now.second_folder
        second = Path(chosen) if chosen else None
        if self._sample:
            self.background.run(desk.close, self._left, self._left_badly)
            return
        shown = self.shell.wait(saying, "shield-check", stops=False).show_progress
        self.background.run_long(
            lambda report: desk.leave(second, report), self._left, self._left_badly, shown
        )

    def restore_backup(self) -> None:
        """Show the page on which a backup is chosen, over the one that is shown; a sample has none."""
        if self._sample:
            self.shell.tell(self.tr("Nothing is restored into the sample: all of it goes when you quit."))
        if self._sample or self._restoring or self._leaving:
            return
        chosen = self.preferences.now.second_folder
        here = (self._place, Path(chosen) if chosen else None, self.desk)
        ways = inside().Ways(self.keep_what_is_typed, self._close_for_good, self._start_restored, self._stay)
        self._restoring = inside().restoring(here, self.shell, ways)
        if self.desk:
            QShortcut("Ctrl+L", self._restoring.page, self.lock)

    def bring_archive(self) -> None:
        """Show the page on which an archive is chosen, over the first one; a new vault is made of it."""
        if self._sample or self._restoring or self._leaving:
            return
        post, opened = self.background.post, self._opened_from_archive
        ways = inside().ArchiveWays(inside, post, self._fetch_slowly, opened, self._stay)
        self._restoring = inside().from_archive(self._place, self.shell, ways)

    def _opened_from_archive(self, desk: Any, quickly: bool) -> None:
        self._entry.open_quickly_next(quickly)
        self._opened(desk)

    def _stay(self) -> None:
        self._restoring = None

    def _close_for_good(self) -> None:
        """On a thread: the vault's file is to be replaced, so it is waited for."""
        self._leaving = True
        if self.desk:
            self.desk.close_for_good()

    def _start_restored(self, news: str) -> None:
        self._stop_idle()
        self.shell.blank()
        self._go_on_as(replace(self._start, locked=True), {"news": news})

    def delete_vault(self, second_too: bool) -> None:
        """Delete the vault, which the coach was told what that means, and begin at the first page."""
        if self._sample:
            self.start_own_vault()
            return
        if self.desk is None or self._leaving:
            return
        self._leaving = True
        self._stop_idle()
        self.shell.wait(self.tr("Deleting the vault…"), "x", stops=False)
        desk, place, chosen = self.desk, self._place, self.preferences.now.second_folder
        second = Path(chosen) if chosen and second_too else None
        self.background.run(
            lambda: inside().delete_vault(desk, place, second), self._start_without, self._not_deleted
        )

    def _start_without(self, _nothing: object) -> None:
        self.desk = self.page = None
        self._go_on_as(replace(self._start, locked=False))

    def _not_deleted(self, error: BaseException) -> None:
        """Something was not deleted, or nothing was: no desk stays open behind what is said."""
        self._close_desk()
        self._left_badly(error)

    def start_own_vault(self) -> None:
        """From the sample to a vault of one's own: the sample goes, the program starts anew."""
        self.shell.blank()
        self._stop_idle()
        if self.desk:
            self._close_desk()
        self._forget_sample()
        self._go_on_as(replace(self._start, demo=False, locked=False))

    def end(self) -> None:
        """After the last window: let go of the clock, the threads, and of a sample."""
        self._stop_idle()
        if self._first:
            self._first.close()
        self.background.close()
        for desk in (self.desk, self._fetched):
            if desk:
                desk.close()
        self.desk = self._fetched = None
        if self._workspace:
            self._workspace.deleteLater()
        self._forget_sample()

    def _unlock_page(self) -> Unlock:
        page = Unlock()
        page.backup_wanted.connect(self.restore_backup)
        page.given.connect(lambda passphrase: self._open(page, passphrase))
        self._entry.connect_unlock(page, self._place, lambda key: self._open(page, key))
        page.lost.connect(lambda: self._entry.show_lost(self._place, self._ahead, self._lost_ways))
        if self._start.locked and self._handed.locked_at:
            page.tell(self._locked_sentence(), "danger" if self._handed.lost_at else "info")
        elif self._start.locked and self._handed.news:
            page.tell(self._handed.news)
        if self._sample:
            page.hint(self.tr("The sample's passphrase is: sample"))
            page.lost_button.hide()
        return page

    def _get_ready(self, page: Unlock | NewVault) -> None:
        """The first page is painted: fetch what lies behind it, while the coach types."""
        if self.shell.page is page:  # else the coach was quicker
            page.settle()

        def ready(rehearsed: Any) -> None:
            self._rehearsed = rehearsed
            if self.shell.page is page:
                page.warm_up()
                if isinstance(page, NewVault):
                    self._entry.offer_key_store(page)
                else:
                    self._look_before(page)

        self.background.run(lambda: inside().rehearse(), ready)
        if isinstance(page, NewVault):
            self.background.run(lambda: inside().where_it_lies(self._place), self._say_where_it_lies)

    def _say_where_it_lies(self, against: str) -> None:
        if against:
            self.shell.warn(against)

    def _locked_sentence(self) -> str:
        locked = self.tr("Locked at {time}.").format(time=self._handed.locked_at)
        if self._handed.lost_at:
            kept = self.tr("What you typed last could not be kept.")
        elif not self._handed.saved_at:
            kept = self.tr("What could not be saved yet is sealed, and comes back when you unlock.")
        else:
            kept = self.tr("All you typed was saved at {time}.").format(time=self._handed.saved_at)
        return f"{locked} {kept}"

    def _new_vault_page(self) -> NewVault:
        page = NewVault(self.background)
        page.backup_wanted.connect(self.restore_backup)
        page.archive_wanted.connect(self.bring_archive)
        self._entry.connect_new_vault(page, self._place, self._new_vault_page)
        page.sample_wanted.connect(self._make_sample)
        return page

    def _open(self, page: Unlock, secret: Any) -> None:
        place, post = self._place, self.background.post
        self._entry.keep("" if self._sample else secret)
        if self._rehearsed and self._ahead is None:
            self._ahead = inside().closed_desk(post)
            QTimer.singleShot(0, self._build_ahead)
        closed, rehearsed = self._ahead, self._rehearsed
        self._fetch(
            lambda: inside().open_desk(place, secret, post, closed, rehearsed),
            lambda error: self._refuse(page, error),
        )

    def _look_before(self, page: Unlock) -> None:
        """Say what is the matter with the vault before the passphrase is typed, as far as it can be told."""

        def found(error: VaultError) -> None:
            if self.shell.page is page and not page.is_opening and self._refusals.takes(error):
                self._refusals.show(self._place, error)

        if self._handed.broken:
            found(DamagedVault() if self._handed.broken == DamagedVault.__name__ else MixedCopy())
        else:
            self._refusals.look(self._place, found)

    @property
    def _lost_ways(self) -> LostWays:
        return LostWays(self._unlock_page, self._has_page)

    def _refuse(self, page: Unlock, error: BaseException) -> None:
        """A wrong passphrase is said beside it; what is the matter with the vault has a page of its own."""
        if not self._has_page(error):
            _refuse(page, error)

    def _has_page(self, error: BaseException) -> bool:
        """Whether `error` has a page of its own, which is shown then."""
        taken = isinstance(error, VaultError) and self._refusals.takes(error)
        if isinstance(error, VaultError) and taken:
            self._refusals.show(self._place, error)
        return taken

    def _back_to_the_lock(self, news: str) -> None:
        page = self._unlock_page()
        if news:
            page.tell(news)
        self.shell.show_page(page)
        page.settle()

    def _broken(self, error: VaultError) -> None:
        """The seal of the open vault does not hold: keep what is typed, close it, and say so on a page."""
        if self.desk is None or self._leaving or not isinstance(error, MixedCopy | DamagedVault):
            return
        self._stop_idle()
        self.shell.blank()
        try:
            self.keep_what_is_typed()
        except NotSaved as full:  # it is found again once it is unlocked
            messages.note(full)
            self._hold()
            return
        self._close_desk()
        self._go_on_as(replace(self._start, locked=True), {"broken": type(error).__name__})

    def _build_ahead(self) -> None:
        """Build the workspace while the key is derived: nothing is asked of the desk before it is shown."""
        self._workspace = inside().workspace_on(self._ahead, self.lock, self.preferences)
        self._workspace.resize(self.shell.size())
        self._workspace.grab()  # dressed and laid out for a picture nobody sees: it need not be done then

    def _make_sample(self) -> None:
        self._sample = folder = handover.new_sample_folder()
        place, post, waiting = paths.folders(folder), self.background.post, self._wait_for_sample()

        def make(report: Report) -> Any:
            return inside().sample_desk(place, date.today(), post, report)

        self._fetch_slowly(make, self._opened, self._no_sample, waiting)

    def _wait_for_sample(self) -> Waiting:
        return self.shell.wait(self.tr("Making up a school year… This takes a few seconds."), "sparkles")

    def _no_sample(self, error: BaseException) -> None:
        """It was stopped, or could not be made: say why, where the coach asked for it."""
        self._forget_sample()
        page = self.shell.page
        if isinstance(page, NewVault):
            self.shell.uncover()
            page.ready_again()
            if not isinstance(error, Cancelled):
                _refuse(page, error)
        elif isinstance(error, Cancelled):
            self.leave()
        else:
            messages.note(error)
            self.shell.blank(messages.words(error), "triangle-alert")

    def _fetch(self, make: Callable[[], Any], failed: Callable[[BaseException], object]) -> None:
        """Make or open a desk off the screen's thread; one that comes too late is closed by `end`."""

        def fetch() -> Any:
            self._fetched = make()
            return self._fetched

        self.background.run(fetch, self._opened, failed)

    def _fetch_slowly(
        self,
        make: Callable[[Report], Any],
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object],
        waiting: Waiting,
    ) -> None:
        """As `_fetch`, with `waiting` to tell how far it is and to stop it."""

        def fetch(report: Report) -> Any:
            self._fetched = make(report)
            return self._fetched

        job = self.background.run_long(fetch, done, failed, waiting.show_progress)
        waiting.stops(job.stop)

    def _take_sample(self, folder: Path) -> None:
        """From now on this is about the sample."""
        self._sample = folder
        self._place = paths.folders(folder)
        self.preferences.keep_in(self._place.settings)
        self._start = replace(self._start, demo=True)
        self.shell.mark_as_sample(self.start_own_vault)

    def _forget_sample(self) -> None:
        if self._sample:
            handover.delete_sample(self._sample)
            self._sample = None

    def _opened(self, desk: Any) -> None:
        """The desk is open: go on where the first run was left, or to the workspace."""
        self.desk, self._fetched = desk, None
        if self._sample and self._place.data != self._sample:
            self._take_sample(self._sample)
        self.preferences.changed.connect(self._keep_time)
        self._keep_watch()
        self._be_found()
        self._entry.opened(desk)
        QTimer.singleShot(AFTER_PAINT_MS, self, self._look_after_it)
        steps = inside().first_steps_on(desk, date.today())
        if steps:
            steps.done.connect(self._enter)
            self.page = steps
            self.shell.show_page(steps)
        else:
            self._enter()

    def _keep_watch(self) -> None:
        """Lock, or cover, when nobody is at it."""
        self.idle = idle = Idle(self.preferences.now.idle_minutes, self)
        idle.over.connect(self.lock)
        idle.pause.connect(self.cover)
        idle.visit_runs = lambda: getattr(self.page, "visit_runs", False)

    def _be_found(self) -> None:
        """A second start on the same vault brings this window forward; a sample is nobody else's."""
        if self._first is None and not self._start.demo and self._place.data.is_dir():
            self._first = one_window.FirstWindow(self, self._place)
            self._first.called.connect(self.shell.come_forward)

    def _look_after_it(self) -> None:
        if self.idle and self.away is None:  # it is still open
            self.away = inside().away_from(self, self.lock)
        if self.desk and not self._sample and self._backing_up is None:
            self._backing_up = inside().backing_up(self.desk, self.preferences, self)
            self._backing_up.failed.connect(self.shell.warn)

    def _enter(self) -> None:
        built, self._workspace = self._workspace, None
        self.page = page = built or inside().workspace_on(self.desk, self.lock, self.preferences)
        if self.idle:
            self._building = inside().building_ahead(page, self.idle, self)
            self._building.done.connect(keep_for_good)
        page.restore_wanted.connect(self.restore_backup)
        page.end_wanted.connect(self.delete_vault)
        self.shell.show_page(self.page)
        keep_for_good()
        self._entry.entered(self.desk)
        if self._refusals.mixed_is_fine:
            self.desk.seal_anew()
        else:
            self.desk.look_over(self._broken)
        came, stayed = inside().bring_back(self.desk)
        if stayed:
            self.shell.warn(f"{came} {stayed}".strip())
        elif came:
            self.shell.tell(came)

    def _go_on_as(self, start: Start, kept: Mapping[str, str] = MappingProxyType({})) -> None:
        place = base64.b64encode(self.shell.saveGeometry().data()).decode()
        self._restart(start, Handover(sample=str(self._sample or ""), place=place, **kept))

    def _close_desk(self, began: float | None = None) -> None:
        """Close it; where it is locked, with what `began` left of the time."""
        closing = Thread(target=self.desk.close, daemon=True)
        closing.start()
        spent = 0.0 if began is None else time.monotonic() - began
        closing.join(max(CLOSE_SECONDS, LOCK_SECONDS - spent))
        self.desk = self.page = None

    def _left(self, _nothing: object) -> None:
        self.desk = self.page = None
        self.shell.leave()

    def _left_badly(self, error: BaseException) -> None:
        """The vault is closed, but something was not done: say it; closing the window again ends."""
        messages.note(error)
        self.desk = self.page = None
        self._leaving = False
        self.shell.blank(messages.words(error), "triangle-alert")

    def _keep_time(self, wanted: settings.Settings) -> None:
        if self.idle:
            self.idle.set_minutes(wanted.idle_minutes)

    def _stop_idle(self) -> None:
        if self._backing_up:
            self._backing_up.close()
            self._backing_up = None
        if self._building:
            self._building.close()
            self._building = None
        if self.idle:
            self.idle.deleteLater()
            self.idle = None
        if self.away:
            self.away.close()
            self.away = None


def present(place: Folders) -> bool:
    """Whether there is a vault, or half of one, so that none may be made: as `store.parts` says it, which is
    not here before the first paint. A key file beside a vault that was never finished is none."""
    unborn = place.vault.with_name(place.vault.name + ".new")
    return os.path.lexists(place.vault) or (
        os.path.lexists(place.vault.with_suffix(".key")) and not unborn.exists()
    )


def inside() -> ModuleType:
    """What lies behind the lock. It takes longer to fetch than the lock screen takes to show."""
    from coachdesk.ui import inside as behind_the_lock

    return behind_the_lock


def _refuse(page: Unlock | NewVault, error: BaseException) -> None:
    messages.note(error)
    page.refuse(error)
