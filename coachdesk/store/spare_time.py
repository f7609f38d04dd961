"""What the writer does while nothing is queued: it looks at the vault, and indexes notes that waited."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from coachdesk.errors import CoachdeskError
from coachdesk.store import faults
from coachdesk.store.looking import Look, Waits
from coachdesk.store.seal import Seal

Bare = Callable[[Callable[[sqlcipher.Connection], Any]], Any]

log = logging.getLogger(__name__)
PAUSE = 0.01  # seconds between two looks at the seal, so that nobody waits for them
QUIET = 3.0  # seconds without anything to save, after which what gave way is begun again: notes rest then
REST = 10.0  # seconds without anything to write, after which notes that were put off are indexed
_FEW_PAGES, _MANY_PAGES = "PRAGMA cache_size = -1000", "PRAGMA cache_size = -8000"
"""KiB kept in memory: while every page is looked at once, and while notes are written."""


class SpareTime:
    """Of the writer's thread, on which all of it is used.

    `bare` has work done with the connection itself, outside any transaction; `index` has the notes that were
    put off indexed, or raises; `waits` says whether something is queued.
    """

    def __init__(self, bare: Bare, index: Callable[[], object], waits: Waits) -> None:
        self._bare, self._index, self._waits = bare, index, waits
        self.put_off = False  # notes wait to be indexed
        self._resting = False  # they need wait no longer
        self._looking: list[Future[bool]] = []  # whoever waits for the look at the vault
        self._hurried = False  # somebody waits who does nothing else meanwhile
        self._look: Look | None = None
        self._seal: Seal | None = None

    def patience(self) -> float | None:
        """Seconds without anything to do after which this is used; None: never."""
        if not self._looking and not self.put_off:
            return None
        if self._resting or self._hurried:
            return 0
        if self._look is None:
            return REST
        return QUIET if self._look.gave_way else PAUSE

    def use(self) -> None:
        """Do a little of what waits."""
        if self._looking and not self._resting:
            self._look_on()
        else:
            self.catch_up()

    def rest(self, put_off: bool) -> None:
        """The typing rests; `put_off` says that there are notes that wait, whoever left them."""
        self.put_off |= put_off
        self._resting = self.put_off

    def catch_up(self) -> None:
        """Index the notes that were put off; where that fails they wait until the next rest."""
        self._resting = False
        if self.put_off:
            try:
                self._index()
                self.put_off = False
            except (CoachdeskError, DBAPIError):
                log.warning("search-late")

    def start_looking(self, seal: Seal, dek: bytes, asked: "Future[bool]", hurry: bool) -> None:
        """Have `asked` told whether `seal` holds, once all is seen; by the look that has begun, if one has.
        With `hurry` there are no pauses between its slices."""
        if self._look is None:
            try:
                self._bare(lambda connection: connection.execute(_FEW_PAGES))
            except sqlcipher.DatabaseError as error:
                raise faults.reading(error) from error
            self._look = Look(seal, dek, self._waits)  # the seal knows the tables now that it is connected
            self._seal = seal
        self._looking.append(asked)
        self._hurried |= hurry

    def cancel_looking(self) -> None:
        """Whoever waits for it is not told."""
        for asked in self._let_go():
            asked.cancel()

    def _look_on(self) -> None:
        """Look at one more slice."""
        if self._look is None:
            return
        try:
            holds = self._bare(self._look.step)
        except sqlcipher.DatabaseError as error:
            self._fail(faults.reading(error))
        except BaseException as error:  # noqa: B902 - handed on whole to whoever waits
            self._fail(error)
        else:
            if holds is None:
                return
            for asked in self._let_go():
                asked.set_result(holds)
        self._bare(lambda connection: connection.execute(_MANY_PAGES))

    def _fail(self, error: BaseException) -> None:
        for asked in self._let_go():
            asked.set_exception(error)

    def _let_go(self) -> "list[Future[bool]]":
        """The look is over: who waited for it."""
        if self._seal:
            self._seal.scan = None
        told, self._looking, self._hurried = self._looking, [], False
        self._look = self._seal = None
        return told
