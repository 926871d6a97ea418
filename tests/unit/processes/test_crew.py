import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from catalog_builder.model import CatalogError
from catalog_builder.processes import Crew, WorkerDiedError

ME = os.getpid()


def doubled(numbers: Iterator[int]) -> Iterator[tuple[int, int]]:
    for number in numbers:
        yield 2 * number, os.getpid()


@pytest.mark.parametrize(("size", "count"), [(1, 5), (2, 5), (3, 3_000), (4, 1), (2, 0)])
def test_every_piece_is_worked_on_once(size: int, count: int) -> None:
    results = [number for number, _ in Crew(size).share(doubled, range(count))]
    assert sorted(results) == [2 * number for number in range(count)]


@pytest.mark.usefixtures("alone")
def test_work_is_done_by_as_many_processes_as_were_asked_for() -> None:
    def slowly(numbers: Iterator[int]) -> Iterator[int]:
        for _ in numbers:
            threading.Event().wait(0.01)
            yield os.getpid()

    assert len(set(Crew(3).share(slowly, range(60)))) == 3


@pytest.mark.usefixtures("alone")
def test_what_the_work_raises_elsewhere_is_raised_here() -> None:
    def work(numbers: Iterator[int]) -> Iterator[int]:
        for number in numbers:
            if os.getpid() != ME:
                raise KeyError(number)
            threading.Event().wait(0.01)
            yield number

    with pytest.raises(KeyError) as raised:
        list(Crew(2).share(work, range(100)))
    assert "In a worker process" in raised.value.__notes__[0]


@pytest.mark.usefixtures("alone")
def test_a_worker_that_is_killed_ends_the_work() -> None:
    def work(numbers: Iterator[int]) -> Iterator[int]:
        for number in numbers:
            if os.getpid() != ME:
                os.kill(os.getpid(), signal.SIGKILL)
            threading.Event().wait(0.01)
            yield number

    with pytest.raises(WorkerDiedError) as raised:
        list(Crew(2).share(work, range(100)))
    assert isinstance(raised.value, CatalogError)
    assert "signal 9" in str(raised.value)


@pytest.mark.usefixtures("alone")
def test_whoever_stops_listening_leaves_no_worker() -> None:
    results = Crew(2).share(doubled, range(10_000))
    next(results)
    results.close()  # type: ignore[attr-defined]  # it is a generator
    assert not multiprocessing.active_children()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells children")
def test_who_is_killed_takes_the_workers_along() -> None:
    program = """
import os, time
from catalog_builder.processes import Crew
def work(numbers):
    for number in numbers:
        if os.getpid() != ME:
            print("at work", flush=True)
        time.sleep(60)
        yield number
ME = os.getpid()
list(Crew(2).share(work, range(4)))
"""
    with subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True
    ) as employer:
        assert employer.stdout is not None
        assert employer.stdout.readline()
        employer.kill()
        killed = time.monotonic()
        # It ends when nobody holds the other end of that output any more.
        assert employer.stdout.read() == ""
    assert time.monotonic() - killed < 30


def test_beside_other_threads_nothing_is_forked() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        who = {process for _, process in Crew(2).share(doubled, range(50))}
    finally:
        done.set()
        other.join()
    assert who == {ME}
