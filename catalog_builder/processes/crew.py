"""As many processes as there are cores, each taking the next piece of work when it is free.

This process is one of them: what another one touches is copied to it, page of memory by page, and
nothing is copied for whoever only waits.
"""

import ctypes
import fcntl
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeAlias, TypeVar

from catalog_builder.model import CatalogError

T = TypeVar("T")
R = TypeVar("R")

Work: TypeAlias = Callable[[Iterator[T]], Iterator[R]]
"""Makes a result of each piece, in their order; it may look a piece ahead."""

_MOST_NUMBERS = 1000
_NUMBER_BYTES = 4
"""A pipe holds at least 4096 bytes, so all numbers fit before anybody reads."""
_PR_SET_PDEATHSIG = 1
_WAITING_BYTES = 1 << 20
"""Of results that may wait until this process has finished its own piece."""


@dataclass
class WorkerDiedError(CatalogError):
    """A process that did part of the work was killed."""

    exit_code: int | None

    def __str__(self) -> str:
        """What ended it, and what to do."""
        code = self.exit_code or 0
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        return (
            f"a worker process died ({how}), perhaps for want of memory. "
            "Try again with --jobs 1, which needs less."
        )


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who share work; `size` counts processes, 1 being this one alone."""

    size: int

    @classmethod
    def of(cls, jobs: int | None) -> "Crew":
        """As many as asked for; None: one for each core that this process may use."""
        return cls(jobs or _cores())

    def hands(self, pieces: int) -> int:
        """How many processes share so many pieces of work."""
        return max(1, min(self.size, pieces)) if may_fork() else 1

    def share(self, work: Work[T, R], pieces: Sequence[T]) -> Iterator[R]:
        """What the work makes of each piece, in whatever order it is done.

        Results of other processes come pickled. What the work raises is raised here.

        Raises:
            WorkerDiedError: a process was killed.
        """
        hands = self.hands(len(pieces))
        if hands == 1:
            yield from work(iter(pieces))
            return
        each = -(-len(pieces) // _MOST_NUMBERS)
        chunks = [pieces[start : start + each] for start in range(0, len(pieces), each)]
        yield from _shared(work, chunks, hands)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def may_fork() -> bool:
    """Whether a forked process would be whole: macOS' own libraries are not after a fork."""
    has_fork = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    return has_fork and threading.active_count() == 1


def _shared(work: Work[T, R], chunks: Sequence[Sequence[T]], hands: int) -> Iterator[R]:
    numbers, numbers_in = os.pipe()
    with os.fdopen(numbers_in, "wb") as told:
        told.write(b"".join(at.to_bytes(_NUMBER_BYTES) for at in range(len(chunks))))
    workers: dict[Connection, BaseProcess] = {}
    try:
        for _ in range(hands - 1):
            _hire(work, chunks, numbers, workers)
        for result in work(_pieces(chunks, numbers, os.getppid())):
            yield result
            yield from _results(workers, wait_seconds=0)
        while workers:
            yield from _results(workers, wait_seconds=None)
    finally:
        os.close(numbers)
        for results, worker in workers.items():
            worker.terminate()
            results.close()
            worker.join()


def _hire(
    work: Work[Any, Any],
    chunks: Sequence[Sequence[Any]],
    numbers: int,
    workers: dict[Connection, BaseProcess],
) -> None:
    results, results_in = multiprocessing.Pipe(duplex=False)
    fork = multiprocessing.get_context("fork")
    arguments = (work, chunks, numbers, results_in, (*workers, results))
    worker = fork.Process(target=_labour, args=arguments, daemon=True)
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(results.fileno(), fcntl.F_SETPIPE_SZ, _WAITING_BYTES)
    worker.start()
    results_in.close()
    workers[results] = worker


def _results(
    workers: dict[Connection, BaseProcess], *, wait_seconds: float | None
) -> Iterator[Any]:
    """What the workers have sent, each result once; those who are done are dismissed."""
    for ready in wait(list(workers), wait_seconds):
        assert isinstance(ready, Connection)  # noqa: S101  nothing else was waited for
        try:
            is_result, value = ready.recv()
        except EOFError:
            workers[ready].join()
            raise WorkerDiedError(workers[ready].exitcode) from None
        if is_result:
            yield value
        elif value is None:
            workers.pop(ready).join()
            ready.close()
        else:
            raise value


def _labour(
    work: Work[Any, Any],
    chunks: Sequence[Sequence[Any]],
    numbers: int,
    results: Connection,
    others: Sequence[Connection],
) -> None:
    """The life of a worker: it ends with the work, with an error, or with whoever hired it."""
    hired()
    for each in others:
        each.close()
    with suppress(BrokenPipeError):
        try:
            for result in work(_pieces(chunks, numbers, os.getppid())):
                results.send((True, result))
            results.send((False, None))
        except BrokenPipeError:
            raise
        except BaseException as error:  # noqa: BLE001  it is raised again where it is awaited
            error.add_note("In a worker process:\n" + traceback.format_exc())
            results.send((False, error))


def hired() -> None:
    """From here on this process leaves Ctrl-C to whoever hired it, and ends with them.

    The latter where the system can do that; else it notices by itself.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _pieces(chunks: Sequence[Sequence[T]], numbers: int, employer: int) -> Iterator[T]:
    while os.getppid() == employer and (number := os.read(numbers, _NUMBER_BYTES)):
        yield from chunks[int.from_bytes(number)]
