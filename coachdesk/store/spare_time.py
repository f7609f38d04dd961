"""What the writer does while nothing is queued: it looks at the vault, and indexes notes that waited."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError

from coachdesk.errors import CoachdeskError
from coachdesk.store import faults
from coachdesk.store.looking import Look
from coachdesk.store.seal import Seal

Bare = Callable[[Callable[[sqlcipher.Connection], Any]], Any]

log = logging.getLogger(__name__)
PAUSE = 0.01  # seconds between two looks at the seal, so that nobody waits for them
REST = 10.0  # seconds without anything to write, after which notes that were put off are indexed
_FEW_PAGES, _MANY_PAGES = "PRAGMA cache_size = -1000", "PRAGMA cache_size = -8000"
"""KiB kept in memory: while every page is looked at once, and while notes are written."""


class SpareTime:
    """Of the writer's thread, on which all of it is used.

    `bare` has work done with the connection itself, outside any transaction; `index` has the notes that were
    put off indexed, or raises.
    """

    def __init__(self, bare: Bare, index: Callable[[], object]) -> None:
        self._bare, self._index = bare, index
        self.put_off = False  # notes wait to be indexed
        self._resting = False  # they need wait no longer
        self._looking: Future[bool] | None = None  # whoever waits for the look at the vault
        self._look: Look | None = None
        self._seal: Seal | None = None

    def patience(self) -> float | None:
        """Seconds without anything to do after which this is used; None: never."""
        if self._looking is None and not self.put_off:
            return None
        if self._resting:
            return 0
        return PAUSE if self._looking else REST

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

    def start_looking(self, seal: Seal, dek: bytes, future: "Future[bool]") -> None:
        """Have `future` told whether `seal` holds, once all is seen."""
        try:
            self._bare(lambda connection: connection.execute(_FEW_PAGES))
        except sqlcipher.DatabaseError as error:
            raise faults.reading(error) from error
        self._look = Look(seal, dek)  # the seal knows the tables now that it is connected
        self._looking, self._seal = future, seal

    def cancel_looking(self) -> None:
        """Whoever waits for it is not told."""
        if self._looking:
            self._looking.cancel()
            self._let_go()

    def _look_on(self) -> None:
        """Look at one more slice."""
        looking, look = self._looking, self._look
        if looking is None or look is None:
            return
        try:
            holds = self._bare(look.step)
        except sqlcipher.DatabaseError as error:
            looking.set_exception(faults.reading(error))
        except BaseException as error:  # noqa: B902 - handed on whole to whoever waits
            looking.set_exception(error)
        else:
            if holds is None:
                return
            looking.set_result(holds)
        self._let_go()
        self._bare(lambda connection: connection.execute(_MANY_PAGES))

    def _let_go(self) -> None:
        if self._seal:
            self._seal.scan = None
        self._looking = self._look = self._seal = None
