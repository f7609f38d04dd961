"""The open desk: ask it something, or have it do something."""

import logging
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from sqlmodel import Session

from coachdesk.errors import Cancelled, DamagedVault, MixedCopy, NotSaved, VaultError
from coachdesk.model.kinds import new_key
from coachdesk.paths import Folders
from coachdesk.services import changes, rescue
from coachdesk.services.changes import Undone
from coachdesk.services.keys import Keys
from coachdesk.services.rekeying import Rekeying
from coachdesk.services.rescue import Rescued
from coachdesk.store import recording
from coachdesk.store.backups import Backups
from coachdesk.store.copying import Report, nobody
from coachdesk.store.keys import Key
from coachdesk.store.recording import Recording, Touched
from coachdesk.store.vault import Vault

P = ParamSpec("P")
T = TypeVar("T")
Call = Callable[[], object]
Post = Callable[[Call], object]
Clock = Callable[[], datetime]

log = logging.getLogger(__name__)


def direct(call: Call) -> None:
    """Post a call by making it: where there is no screen, any thread will do."""
    call()


def _nobody(_touched: Touched, _by: object) -> None: ...


def _nothing() -> None: ...


def _untold(_error: VaultError) -> None: ...


@dataclass
class _Draft:
    """The newest of what is to be written under one key, until it is safely in the vault."""

    command: Callable[..., Any]
    args: tuple[Any, ...]
    future: "Future[Any]"
    batch: UUID
    begun: bool = False
    sealed: tuple[Path, ...] = ()
    is_safe: bool = False  # what is sealed is this very draft, and none before it


class Desk:
    """One open vault, seen from a screen's thread.

    `on_change(touched, by)` is called after each change, through `post`, so on the screen's own thread.
    `on_not_saved()` is called so where the disk did not take what was to be done later.
    `now` is the clock on the wall: a naive time, as the calendar's times are.
    """

    _vault: Vault

    def __init__(self, vault: Vault | None, post: Post = direct, now: Clock = datetime.now) -> None:
        self._post = post
        self.now = now
        self.on_change: Callable[[Touched, object], None] = _nobody
        self.on_not_saved: Call = _nothing
        self._guard = Lock()
        self._drafts: dict[Hashable, _Draft] = {}
        self._typing: tuple[Hashable, UUID] | None = None
        self._redoable: list[UUID] = []  # batches that were taken back, the last at the end
        self._before = 0
        self._forgot = False
        self._broken: Callable[[VaultError], object] = _untold
        self.is_sure = False  # all of the vault was looked at since it was opened
        if vault is not None:
            self.open_over(vault)

    def open_over(self, vault: Vault) -> None:
        """Open a desk that was made without a vault; until then it can be asked nothing."""
        self._vault = vault
        self._before = self.ask(changes.newest)
        vault.catch_up()

    def ask(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query."""
        with self._vault.read() as session:
            return query(session, *args, **kwargs)

    def ask_a_copy(self, query: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query that takes long, off the screen's thread: what is written meanwhile does not wait."""
        with self._vault.snapshot() as session:
            return query(session, *args, **kwargs)

    def do(self, command: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a command and wait: all of it is kept on disk, or none; then everyone is told."""
        return self.do_as(None, command, *args, **kwargs)

    def do_as(
        self, doer: object, command: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `do`, naming who did it, so that it need not hear of its own change."""
        self._redoable.clear()
        return self._do(doer, command, *args, **kwargs)

    def _do(
        self, doer: object, command: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self.settle()
        record = _recording(command, new_key())
        result, touched = self._vault.submit(lambda s: command(s, *args, **kwargs), record).result()
        self._tell(touched, doer)
        return result

    def do_later(self, key: Hashable, command: Callable[..., T], *args: Any) -> "Future[T]":
        """Queue a command and return at once: for what happens while the coach types.

        If one with the same `key` is still waiting, this one takes its place and both share its future.
        What is done under one key in a row is one step of undo, until `settle`. `on_change` names the key
        as the doer.
        """
        self._redoable.clear()
        with self._guard:
            waiting = self._drafts.get(key)
            if waiting and not waiting.begun:
                waiting.command, waiting.args, waiting.is_safe = command, args, False
                return waiting.future
            again = self._typing is not None and self._typing[0] == key
            if self._typing is None or not again:
                self._typing = (key, new_key())
            draft = _Draft(command, args, Future(), self._typing[1], sealed=waiting.sealed if waiting else ())
            self._drafts[key] = draft
        record = Recording(batch=draft.batch, again=again, repeatable=True)
        self._vault.submit(partial(self._begin, draft), record).add_done_callback(
            partial(self._ended, key, draft)
        )
        return draft.future

    def settle(self) -> None:
        """The typing has come to rest (a field lost the focus): what follows is another step of undo.

        What was typed can be found from now on.
        """
        typing, self._typing = self._typing, None
        if typing is not None:
            self._vault.rest()

    def post(self, call: Call) -> None:
        """Have `call` made on the screen's thread, soon. May be called from any thread."""
        self._post(call)

    def undo(self) -> Undone | None:
        """Take back the last thing done since the desk was opened. Raises MovedOn."""
        taken = self._do(None, changes.undo, self._before)
        if taken is not None:
            self._redoable.append(taken.batch)
        return taken

    def redo(self) -> Undone | None:
        """Do again what was taken back last, unless something else was done since. Raises MovedOn."""
        if not self._redoable:
            return None
        taken = self._do(None, changes.redo, self._redoable[-1])
        self._redoable.pop()
        return taken

    def flush(self, timeout_ms: int = 500) -> bool:
        """Wait for the writer; seal what it could not write in time. True if all is in the vault.

        Raises NotSaved if a draft could be neither written nor sealed.
        """
        self.settle()
        try:
            self._vault.idle().result(timeout_ms / 1000)
        except TookTooLong:
            log.warning("flush-late")
        except VaultError:
            log.warning("flush-closed")
        with self._guard:
            left = dict(self._drafts)
        unsealed = [error for key, draft in left.items() if (error := self._seal(key, draft))]
        if unsealed:
            raise unsealed[0]
        with self._guard:
            return not self._drafts

    def keep_room(self) -> bool:
        """Keep some room on the disk in reserve for a last save, as far as there is any; says whether it is
        there. Not for the screen's thread."""
        return self._vault.keep_room()

    @property
    def gave_room(self) -> bool:
        """Whether the disk was full and the reserve was needed, and is not there again."""
        return self._vault.gave_room

    def forget_draft(self, key: Hashable) -> None:
        """The coach gave up what could not be saved under `key`."""
        with self._guard:
            draft = self._drafts.pop(key, None)
        self._let_go(draft.sealed if draft else ())

    def rescued(self) -> list[Rescued]:
        """Drafts that were sealed when the vault could not be written, oldest first."""
        return rescue.rescued(self._vault.drafts)

    def bring_back(self, draft: Rescued) -> object:
        """Do now what could not be done then; it stays sealed if it cannot be done now either."""
        result = self.do(draft.command, *draft.args)
        self._let_go((draft.path,))
        return result

    @property
    def keys(self) -> Keys:
        """The ways into the vault."""
        return Keys(self._vault)

    @property
    def rekeying(self) -> Rekeying:
        """A new key for the vault, for when somebody knows its passphrase."""
        return Rekeying(self._vault)

    def change_passphrase(self, old: str, new: str) -> None:
        """From now on `new` opens the vault. Takes seconds: not for the screen's thread.

        Backups made before still open with `old`.
        Raises WrongPassphrase, DamagedKeyFile or NotSaved, and the old passphrase stands.
        """
        self._vault.change_passphrase(old, new)

    @property
    def backups(self) -> Backups:
        """The vault's backups; `services.backups` is how to use them."""
        return self._vault.backups

    @property
    def place(self) -> Folders:
        """Where the vault lies, with all that belongs to it."""
        return self._vault.place

    @property
    def key(self) -> Key:
        """What opened the vault, for its backups."""
        return self._vault.key

    def inspect(self, look: Callable[[Any], T]) -> T:
        """Have the vault itself looked at. Not for the screen's thread: what is written waits meanwhile."""
        return self._vault.inspect(look)

    def look_over(self, told: Callable[[VaultError], object]) -> None:
        """Look at all of the vault while nothing else is to be done, and tell what is wrong with it, if
        anything; so does every look from now on.

        It is told by `post`: MixedCopy, DamagedVault, or that it could not be read.
        """
        self._broken = told
        self._vault.look_over().add_done_callback(self._looked_over)

    def make_sure(self, again: bool = False) -> None:
        """Have all of the vault looked at now, unless that was done since it was opened: before what is made
        of all of it leaves. Takes seconds: not for the screen's thread. Raises MixedCopy or DamagedVault."""
        if self.is_sure and not again:
            return
        looking = self._vault.look_over(hurry=True)
        try:
            looking.exception()
        except CancelledError:
            raise Cancelled() from None
        self._looked_over(looking)  # here, so that all is told once this is over
        if not looking.result():
            raise MixedCopy()

    def use_as_it_is(self) -> None:
        """The coach knows what is wrong with the vault, and goes on."""
        self.is_sure = True

    def seal_anew(self) -> None:
        """What is in the vault is what the coach wants in it, whatever its seal says."""
        self._vault.seal_anew()

    def _looked_over(self, done: "Future[bool]") -> None:
        if done.cancelled():
            return
        error = done.exception()
        if error is None and not done.result():
            error = MixedCopy()
        self.is_sure = error is None
        if isinstance(error, VaultError):
            self._post(partial(self._broken, error))
        elif error:
            log.warning("seal-not-looked-at")

    def back_up(self) -> bool:
        """Make a verified backup if anything changed since the last. Not for the screen's thread."""
        return self._vault.backup_if_changed() is not None

    def wipe_words(self) -> None:
        """Wipe from the search index the words that are in no note any more. Takes seconds."""
        self._vault.tidy()
        self._forgot = False

    def forget_old(self) -> None:
        """Let go of changes that are older than thirty days."""
        self._forgot |= self.do(changes.forget_old) > 0
        self._before = min(self._before, self.ask(changes.newest))  # numbers start again once all are gone

    def leave(self, second: Path | None = None, report: Report = nobody) -> None:
        """Quit: everything written, a backup if anything changed, the vault closed whatever happens.

        The newest backup is copied to the `second` folder if it is there.

        Words of which the last change has been forgotten are wiped from the search index. Takes seconds.
        """
        try:
            self.flush(timeout_ms=10_000)
            self.forget_old()
            if self._forgot:
                self._vault.tidy()
            self.backups.make_if_changed(report)
            self.backups.copy_to(second)
        finally:
            self.close()

    def close(self) -> None:
        """Close the vault, as locking does: what is queued is finished first."""
        self._vault.close()

    def close_for_good(self) -> None:
        """As `close`, and wait for a backup that is being looked at: another is to be made in its folder."""
        self.close()
        self.backups.wait()

    def _keep_sealed(self, key: Hashable, draft: _Draft, error: BaseException) -> None:
        """What was not taken is sealed at once: the program may end before the next try.

        Not so what comes only after the vault was closed on purpose: it may have been deleted.
        """
        refused = NotSaved | DamagedVault if self._vault.is_closed else NotSaved | VaultError
        with self._guard:
            newest = self._drafts.get(key) is draft and not draft.is_safe
        if newest and isinstance(error, refused) and self._seal(key, draft):
            log.warning("draft-unsealed")

    def _seal(self, key: Hashable, draft: _Draft) -> NotSaved | None:
        """Seal the newest of `draft` in place of what was sealed of it before."""
        try:
            path = self._vault.drafts.seal(rescue.packed(draft.command, draft.args))
        except NotSaved as error:
            return error
        with self._guard:
            lives = self._drafts.get(key) is draft  # else it was written just now
            gone, draft.sealed = (draft.sealed, (path,)) if lives else ((path,), ())
            draft.is_safe = lives
        self._let_go(gone)
        return None

    def _let_go(self, sealed: tuple[Path, ...]) -> None:
        """What is safe, or given up, need not be offered again; what the disk does not let go of is."""
        for path in sealed:
            try:
                self._vault.drafts.let_go(path)
            except OSError:
                log.warning("draft-left")

    def _begin(self, draft: _Draft, session: Session) -> Any:
        with self._guard:
            draft.begun = True
        record = recording.of(session)
        record.title, record.kept = changes.title_of(draft.command), not changes.is_lasting(draft.command)
        return draft.command(session, *draft.args)

    def _ended(self, key: Hashable, draft: _Draft, done: "Future[tuple[Any, Touched]]") -> None:
        """On the writer's thread: forget the draft if it is safe, seal it if not; then tell."""
        error = done.exception()
        if error is not None:
            try:
                self._keep_sealed(key, draft, error)
            finally:
                draft.future.set_exception(error)
            if isinstance(error, NotSaved):
                self._post(self.on_not_saved)
            return
        with self._guard:
            if self._drafts.get(key) is draft:
                del self._drafts[key]
        result, touched = done.result()
        try:
            self._let_go(draft.sealed)
            self._tell(touched, key)
        finally:
            draft.future.set_result(result)  # it is kept, whatever becomes of the telling

    def _tell(self, touched: Touched, by: object) -> None:
        if touched:
            self._post(lambda: self.on_change(touched, by))


def _recording(command: Callable[..., Any], batch: UUID) -> Recording:
    """How a command is remembered."""
    return Recording(changes.title_of(command), batch, kept=not changes.is_lasting(command))
