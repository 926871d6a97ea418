"""What another process makes meanwhile is there when it is done, and else is not."""

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from select import select
from signal import SIGKILL

import pytest

from catalog_builder.processes import Ahead, Crew

pytestmark = pytest.mark.usefixtures("alone")

LONG = b"long" * 500_000
PATIENCE_SECONDS = 60
Work = Callable[[], Iterator[tuple[str, bytes]]]


def made(work: Work, *names: str, size: int = 2) -> list[bytes | None]:
    with closing(Ahead()) as ahead:
        ahead.begin(work, Crew(size))
        return list(map(ahead.get, names))


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


def test_what_is_not_there_yet_is_waited_for() -> None:
    def work() -> Iterator[tuple[str, bytes]]:
        time.sleep(0.2)
        yield "ä", LONG
        time.sleep(0.2)
        yield "empty", b""

    assert made(work, "ä", "empty", "never") == [LONG, b"", None]


def test_what_is_finished_is_not_waited_for(signal: Signal) -> None:
    def work() -> Iterator[tuple[str, bytes]]:
        yield "early", b"1"
        signal.tell()
        time.sleep(2 * PATIENCE_SECONDS)

    with closing(Ahead()) as ahead:
        ahead.begin(work, Crew(2))
        signal.wait()
        started = time.monotonic()
        assert ahead.get("early") == b"1"
    assert time.monotonic() - started < PATIENCE_SECONDS


def test_work_that_fails_costs_only_what_it_did_not_make() -> None:
    def work() -> Iterator[tuple[str, bytes]]:
        yield "first", b"1"
        raise ValueError

    assert made(work, "first", "second") == [b"1", None]


def test_who_is_killed_is_not_waited_for() -> None:
    def work() -> Iterator[tuple[str, bytes]]:
        yield "first", b"1"
        os.kill(os.getpid(), SIGKILL)
        yield "second", b"2"

    assert made(work, "second", "first") == [None, b"1"]


def test_it_is_there_in_processes_forked_later() -> None:
    def work() -> Iterator[tuple[str, bytes]]:
        time.sleep(0.2)
        yield "a", LONG

    with closing(Ahead()) as ahead:
        ahead.begin(work, Crew(2))
        sizes = Crew(2).share(
            lambda names: (len(ahead.get(each) or "") for each in names), ["a"] * 2
        )
        assert list(sizes) == [len(LONG)] * 2


def test_who_is_alone_makes_nothing_ahead() -> None:
    def work() -> Iterator[tuple[str, bytes]]:
        raise AssertionError

    assert made(work, "a", size=1) == [None]


@pytest.mark.parametrize("refused", ["os.fork", "os.pipe", "tempfile.TemporaryFile"])
def test_what_the_system_refuses_is_not_begun(
    monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(refused, refuse)
    assert made(lambda: iter([("a", b"a")]), "a") == [None]


def test_nothing_is_there_before_the_beginning_or_when_it_is_closed() -> None:
    ahead = Ahead()
    assert ahead.get("a") is None
    ahead.begin(lambda: iter([("a", b"a")]), Crew(2))
    ahead.close()
    ahead.close()
    assert ahead.get("a") is None
