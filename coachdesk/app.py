"""The window's wiring: where everything is put together, and nowhere else."""

from coachdesk import ui  # noqa: F401 - before anything else knows Qt

# isort: split
import base64
import os
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication

from coachdesk import own_memory, paths, settings
from coachdesk.paths import Folders
from coachdesk.ui import handover, messages, one_window, process, qt_types, theme
from coachdesk.ui.asked_to_end import AskedToEnd
from coachdesk.ui.background import Background, close_within
from coachdesk.ui.collecting import Collecting, keep_for_good
from coachdesk.ui.gate.entry import Entry
from coachdesk.ui.gate.exit import Exit, Restart
from coachdesk.ui.gate.fetching import Fetching
from coachdesk.ui.gate.lock import Lock
from coachdesk.ui.gate.new_vault import NewVault
from coachdesk.ui.gate.porch import Porch
from coachdesk.ui.gate.sample import SampleMaking
from coachdesk.ui.gate.unlock import Unlock
from coachdesk.ui.handover import Handover, Start
from coachdesk.ui.open_desk import OpenDesk
from coachdesk.ui.past_folders import keep_no_history
from coachdesk.ui.preferences import Preferences
from coachdesk.ui.profile import Profile
from coachdesk.ui.shell import Shell

SHOWN_ALREADY = "Coachdesk is open on this vault already: its window comes forward."


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
        asked_to_end.asked.connect(program.exit.leave)
    app.commitDataRequest.connect(program.exit.end_session)
    chosen = program.profile.preferences
    program.shell.painted.connect(lambda: theme.follow(app, chosen.now.theme, chosen.now.density))
    program.shell.painted.connect(own_memory.keep_private)
    program.shell.painted.connect(keep_no_history)
    keep_dressed(app, program.profile.preferences)
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
    """From the first page to the last: the gate, the open desk, the ways out."""

    def __init__(self, place: Folders, start: Start, handed: Handover, restart: Restart) -> None:
        super().__init__()
        self.background = Background(self)
        self.shell = Shell()
        self.profile = Profile(place, start)
        porch = Porch(self.shell, self.background, self.profile, inside)
        self.open = OpenDesk(self.profile, inside, self)
        self.exit = Exit(porch, self.open, restart)
        self._fetching = Fetching(self.background, self._opened)
        self._entry = Entry(self.shell, self.background, inside, self._fetching.fetch)
        self._lock = Lock(porch, self._entry, self.exit, handed)
        self._sample = SampleMaking(porch)
        self._handed = handed
        self._first: one_window.FirstWindow | None = None
        self._arriving: Any = None  # the page on which an archive is chosen
        self.shell.closing.connect(lambda: QTimer.singleShot(0, self.exit.leave))
        self.open.lock_wanted.connect(self.exit.lock)
        self.open.cover_wanted.connect(self.exit.cover)
        self.open.warned.connect(self.shell.warn)

    @property
    def desk(self) -> Any:
        """The open desk, None while it is locked."""
        return self.open.desk

    @property
    def page(self) -> Any:
        """The workspace, or what is left of the first run; None while the desk is locked."""
        return self.open.page

    def begin(self) -> None:
        """Show the first page, and once it is painted fetch what lies behind it."""
        if self._handed.place:
            self.shell.restoreGeometry(QByteArray(base64.b64decode(self._handed.place)))
        sample = Path(self._handed.sample)
        if self.profile.start.locked and self._handed.sample and handover.is_sample_folder(sample):
            self._take_sample(sample)
        self.shell.painted.connect(qt_types.make)
        self.shell.painted.connect(self._be_found)
        if self.profile.start.demo and self.profile.sample is None:
            self._sample.wait()
            self.shell.painted.connect(self._make_sample)
        else:
            page = self._lock.page() if present(self.profile.place) else self._new_vault_page()
            self.shell.show_page(page)
            self.shell.painted.connect(lambda: self._get_ready(page))
        self.shell.show()

    def bring_archive(self) -> None:
        """Show the page on which an archive is chosen, over the first one; a new vault is made of it."""
        if self.profile.sample or self._arriving or self.exit.leaving:
            return
        post, opened = self.background.post, self._opened_from_archive
        ways = (inside, post, self._fetching.slowly, opened, self._stay)
        self._arriving = inside().from_archive(self.profile.place, self.shell, ways)

    def _stay(self) -> None:
        self._arriving = None

    def end(self) -> None:
        """After the last window: let go of the clock, the threads, and of a sample."""
        self.open.rest()
        if self._first:
            self._first.close()
        close_within(self.shell)
        self.background.close()
        if self.desk:
            self.desk.close()
        self.open.forget()
        self._fetching.close()
        self._lock.close()
        self.profile.forget_sample()

    def _get_ready(self, page: Unlock | NewVault) -> None:
        """The first page is painted: fetch what lies behind it, while the coach types."""
        if self.shell.page is page:  # else the coach was quicker
            page.settle()

        def ready(rehearsed: Any) -> None:
            self._lock.rehearsed = rehearsed
            if self.shell.page is page:
                page.warm_up()
                if isinstance(page, NewVault):
                    self._entry.offer_key_store(page)
                else:
                    self._lock.look_before(page)

        self.background.run(lambda: inside().rehearse(), ready)
        if isinstance(page, NewVault):
            place = self.profile.place
            self.background.run(lambda: inside().where_it_lies(place), self._say_where_it_lies)

    def _say_where_it_lies(self, against: str) -> None:
        if against:
            self.shell.warn(against)

    def _new_vault_page(self) -> NewVault:
        page = NewVault(self.background)
        page.backup_wanted.connect(self.exit.restore_backup)
        page.archive_wanted.connect(self.bring_archive)
        self._entry.connect_new_vault(page, self.profile.place, self._new_vault_page)
        page.sample_wanted.connect(self._make_sample)
        return page

    def _make_sample(self) -> None:
        self._sample.make(self._fetching, self._opened, self.exit.leave)

    def _take_sample(self, folder: Path) -> None:
        self.profile.take_sample(folder)
        self.shell.mark_as_sample(self.exit.start_own_vault)

    def _opened_from_archive(self, desk: Any, quickly: bool) -> None:
        self._entry.open_quickly_next(quickly)
        self._opened(desk)

    def _opened(self, desk: Any) -> None:
        """The desk is open: go on where the first run was left, or to the workspace."""
        self._fetching.arrived()
        if self.profile.sample and not self.profile.is_sample_taken:
            self._take_sample(self.profile.sample)
        self.open.open(desk)
        self._be_found()
        self._entry.opened(desk)
        steps = inside().first_steps_on(desk, date.today())
        if steps:
            steps.done.connect(self._enter)
            self.open.page = steps
            self.shell.show_page(steps)
        else:
            self._enter()

    def _enter(self) -> None:
        built, preferences = self._lock.take_workspace(), self.profile.preferences
        self.open.page = page = built or inside().workspace_on(
            self.desk, self.exit.lock, preferences, self.shell
        )
        self.open.build_the_rest(page)
        page.restore_wanted.connect(self.exit.restore_backup)
        page.end_wanted.connect(self.exit.delete_vault)
        page.get_ready()
        self.shell.show_page(page)
        keep_for_good()
        self._entry.entered(self.desk)
        self._lock.look_over(self.desk)
        came, stayed = inside().bring_back(self.desk)
        if stayed:
            self.shell.warn(f"{came} {stayed}".strip())
        elif came:
            self.shell.tell(came)

    def _be_found(self) -> None:
        """A second start on the same vault brings this window forward; a sample is nobody else's."""
        place = self.profile.place
        if self._first is None and not self.profile.start.demo and place.data.is_dir():
            self._first = one_window.FirstWindow(self, place)
            self._first.called.connect(self.shell.come_forward)


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
