"""Slow work off the screen's thread: it gets plain data and gives plain data."""

from collections.abc import Callable
from concurrent import futures
from functools import cached_property
from threading import Event, Thread, get_ident
from typing import Any, TypeVar
from weakref import WeakSet, ref

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from coachdesk.errors import Cancelled

T = TypeVar("T")

Report = Callable[[int, int], None]
"""Told how much is done, of how much. The one handed to the work raises `Cancelled` once it was stopped."""

THREADS = 2


class Job:
    """Work that is under way. Stopping it takes effect at its next report."""

    def __init__(self) -> None:
        self._stopped = Event()
        self.is_long = True

    def stop(self) -> None:
        self._stopped.set()

    def check(self) -> None:
        """Called by the work: raises `Cancelled` once it was stopped."""
        if self._stopped.is_set():
            raise Cancelled


class Background(QObject):
    """Answers and errors arrive on the thread this was made on: the screen's.

    What nobody asked to have (`failed` is None) rises there as an uncaught error, so `messages` shows it.
    What `asker` asked for is dropped if it is gone by then.
    """

    _posted = Signal(object)

    def __init__(self, asker: QObject | None = None) -> None:
        super().__init__()
        self._screens_thread = get_ident()
        self._jobs: set[Job] = set()
        self._closed = False
        self._posted.connect(self._call)
        self._asker = ref(asker) if asker is not None else None
        _all.add(self)
        if asker is not None:
            asker.destroyed.connect(self._forget)

    @cached_property
    def _executor(self) -> futures.Executor:
        """Made with the first work: the first paint need not wait for it."""
        return futures.ThreadPoolExecutor(THREADS, thread_name_prefix="background")

    def post(self, call: Callable[[], object]) -> None:
        """Have `call` run on the screen's thread, soon. May be called from any thread."""
        if self._closed:
            return
        if get_ident() == self._screens_thread:
            QTimer.singleShot(0, lambda: self._call(call))
        else:
            self._posted.emit(call)

    def run(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> Job:
        """Do `work` on a thread; then, on the screen's, `then` with its answer or `failed` with its error."""
        job = self.run_long(lambda _report: work(), then, failed)
        job.is_long = False
        return job

    def run_long(
        self,
        work: Callable[[Report], T],
        then: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
        progress: Report | None = None,
    ) -> Job:
        """As `run`, for work that says how far it is; `progress` hears it on the screen's thread.

        A job that is stopped fails with `Cancelled`.
        """
        job = Job()
        if self._closed:
            job.stop()
            return job
        self._jobs.add(job)

        def report(done: int, of: int) -> None:
            job.check()
            if progress:
                self.post(lambda: progress(done, of))

        def answered(future: futures.Future[T]) -> None:
            self._jobs.discard(job)
            self.post(lambda: _deliver(future, then, failed))

        self._executor.submit(work, report).add_done_callback(answered)
        return job

    def run_apart(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """As `run`, for work that may hang: it has a thread of its own, for which nobody waits at the end."""
        future: futures.Future[T] = futures.Future()

        def answer() -> None:
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: B902 - handed on whole to whoever waits
                future.set_exception(error)

        future.add_done_callback(lambda done: self.post(lambda: _deliver(done, then, failed)))
        Thread(target=answer, daemon=True).start()

    def close(self) -> None:
        """Stop what can be stopped, wait for the rest; begin and deliver nothing any more."""
        self._closed = True
        for job in list(self._jobs):
            job.stop()
        self._executor.shutdown(wait=True, cancel_futures=True)

    @property
    def works_long(self) -> bool:
        """Whether work that was begun by `run_long` is not answered yet."""
        return any(job.is_long for job in list(self._jobs))

    @property
    def is_waited_for(self) -> bool:
        """Whether who asked is there yet."""
        asker = self._asker() if self._asker is not None else None
        return asker is not None and isValid(asker)

    def is_of(self, root: QObject) -> bool:
        """Whether what asked lies within `root`, or is gone."""
        if self._asker is None:
            return False
        if not self.is_waited_for:
            return True
        one = self._asker()
        while one is not None and one is not root:
            one = one.parent()
        return one is root

    @Slot()
    def _forget(self) -> None:
        self._closed = True

    @Slot(object)
    def _call(self, call: Callable[[], Any]) -> None:
        if not self._closed:
            call()


_all: WeakSet[Background] = WeakSet()


def close_within(root: QObject) -> None:
    """The program ends: close what anything within `root` asked for, and what nobody waits for any more."""
    for one in list(_all):
        if one.is_of(root):
            one.close()


def works_within(root: QObject) -> bool:
    """Whether something within `root` waits for an answer that takes long: without `root` it is not heard."""
    return any(one.works_long and one.is_waited_for and one.is_of(root) for one in list(_all))


def _deliver(
    future: futures.Future[T], then: Callable[[T], object], failed: Callable[[BaseException], object] | None
) -> None:
    try:
        answer = future.result()
    except futures.CancelledError:
        return
    except BaseException as error:
        if failed is None:
            raise
        failed(error)
        return
    then(answer)
