"""What another process makes meanwhile is there when it is done, and else is not."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from select import select

import pytest

from catalog_builder.processes import Ahead, Crew

pytestmark = pytest.mark.usefixtures("alone")

LONG = b"long" * 500_000
PATIENCE_SECONDS = 60
Work = Callable[[], Iterator[tuple[str, bytes]]]


def nothing() -> None:
    """Nobody is waited for."""


def ended(work: Work, wait: Callable[[], None] = nothing, size: int = 2) -> dict[str, bytes]:
    with closing(Ahead()) as ahead:
        ahead.begin(work, Crew(size))
        wait()
        ahead.end()
        return dict(ahead)


@dataclass
class Signal:
    """From the other process to this one."""

    reading: int
    writing: int

    def wait(self) -> None:
        assert select([self.reading], [], [], PATIENCE_SECONDS)[0], "nobody is at work"
        os.read(self.reading, 1)

    def tell(self) -> None:
        os.write(self.writing, b".")


@pytest.fixture
def signal() -> Iterator[Signal]:
    made = Signal(*os.pipe())
    yield made
    os.close(made.reading)
    os.close(made.writing)


def test_what_is_finished_is_there_and_what_is_not_is_not(signal: Signal) -> None:
    def work() -> Iterator[tuple[str, bytes]]:
        yield "ä", LONG
        yield "empty", b""
        signal.tell()
        time.sleep(60)
        yield "late", b"late"

    assert ended(work, signal.wait) == {"ä": LONG, "empty": b""}


def test_work_that_fails_costs_only_what_it_did_not_make(signal: Signal) -> None:
    def work() -> Iterator[tuple[str, bytes]]:
        yield "first", b"1"
        signal.tell()
        raise ValueError

    assert ended(work, signal.wait) == {"first": b"1"}


def test_it_is_there_in_processes_forked_later(signal: Signal) -> None:
    def work() -> Iterator[tuple[str, bytes]]:
        yield "a", LONG
        signal.tell()

    with closing(Ahead()) as ahead:
        ahead.begin(work, Crew(2))
        signal.wait()
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
