"""What another process makes meanwhile is there when it is done, and else is not."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from catalog_builder.processes import Ahead, Crew

LONG = b"long" * 500_000
Work = Callable[[], Iterator[tuple[str, bytes]]]


def ended(work: Work, until: Callable[[], bool] = lambda: True, size: int = 2) -> dict[str, bytes]:
    with closing(Ahead()) as ahead:
        ahead.begin(work, Crew(size))
        while not until():
            time.sleep(0.01)
        ahead.end()
        return dict(ahead)


@pytest.fixture
def signal() -> Iterator[tuple[Callable[[], bool], Callable[[], None]]]:
    """Waits for the other process; tells this one to go on."""
    reading, writing = os.pipe()
    yield (lambda: os.read(reading, 1) == b"."), (lambda: _told(writing))
    os.close(reading)
    os.close(writing)


def _told(descriptor: int) -> None:
    os.write(descriptor, b".")


Signal = tuple[Callable[[], bool], Callable[[], None]]


def test_what_is_finished_is_there_and_what_is_not_is_not(signal: Signal) -> None:
    wait, tell = signal

    def work() -> Iterator[tuple[str, bytes]]:
        yield "ä", LONG
        yield "empty", b""
        tell()
        time.sleep(60)
        yield "late", b"late"

    assert ended(work, wait) == {"ä": LONG, "empty": b""}


def test_work_that_fails_costs_only_what_it_did_not_make(signal: Signal) -> None:
    wait, tell = signal

    def work() -> Iterator[tuple[str, bytes]]:
        yield "first", b"1"
        tell()
        raise ValueError

    assert ended(work, wait) == {"first": b"1"}


def test_it_is_there_in_processes_forked_later(signal: Signal) -> None:
    wait, tell = signal

    def work() -> Iterator[tuple[str, bytes]]:
        yield "a", LONG
        tell()

    with closing(Ahead()) as ahead:
        ahead.begin(work, Crew(2))
        wait()
        ahead.end()
        sizes = Crew(2).share(lambda names: (len(ahead[each]) for each in names), ["a", "a"])
        assert list(sizes) == [len(LONG)] * 2


def test_who_is_alone_makes_nothing_ahead() -> None:
    def work() -> Iterator[tuple[str, bytes]]:
        raise AssertionError

    assert ended(work, size=1) == {}


def test_nothing_is_there_before_the_end_or_when_it_is_closed() -> None:
    ahead = Ahead()
    assert dict(ahead) == {}
    ahead.begin(lambda: iter([("a", b"a")]), Crew(2))
    assert dict(ahead) == {}
    ahead.close()
    ahead.close()
    assert dict(ahead) == {}
