"""Runs git for as long as it may run, and leaves no process behind.

Alone starts git for remote repositories. Each run is a session of its own: nothing in it can ask on
the terminal, and it ends with all that it started.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from types import TracebackType
from typing import IO, Self

_LOOK_SECONDS = 0.1
_SHORTEST_PAUSE_SECONDS = 0.0005
MOST_OUTPUT_BYTES = 10_000_000
"""Of what one run of git prints."""


class Why(Enum):
    """Why a run was ended."""

    TIME = auto()
    SIZE = auto()
    END = auto()
    """The whole crawl ends."""


class StoppedError(Exception):
    """A run was ended before it was done."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a run may take."""

    until: float
    """Moment of the monotonic clock."""
    folder: str = ""
    """Where its files grow; empty: it writes none."""
    most_bytes: int = 0
    """Of all files in that folder."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is run: arguments without anything foreign or secret, which everybody can see."""

    arguments: Sequence[str]
    environment: Mapping[str, str]
    holds: tuple[int, ...] = ()
    """File descriptors that it is to have: locks, which it then holds as long as it runs."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a run ended, and what it printed to either stream."""

    code: int
    output: bytes


@dataclass(slots=True)
class _Running:
    process: "subprocess.Popen[bytes]"
    bounds: Bounds
    why: Why | None = None


class Processes:
    """All runs of one crawl; when its block is left, none is running any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[int, _Running] = {}
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look_after, daemon=True)

    def run(self, call: Call, bounds: Bounds, given: bytes = b"") -> Done:
        """What a run printed, and its exit code.

        Raises:
            StoppedError: it took too long or too much, or everything ends.
        """
        with self._started(call, bounds, subprocess.STDOUT) as running:
            stdin, stdout = _pipes(running)
            # What it is given it reads before it prints; one that does not is not listening.
            with suppress(BrokenPipeError), stdin:
                stdin.write(given)
            output = stdout.read(MOST_OUTPUT_BYTES + 1)
            if len(output) > MOST_OUTPUT_BYTES:
                raise StoppedError(Why.SIZE)
        return Done(running.process.returncode, output)

    @contextmanager
    def conversation(self, call: Call, bounds: Bounds) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
        """Its input and output, while it answers one question after the other.

        Raises:
            StoppedError: it took too long, or everything ends.
        """
        with self._started(call, bounds, subprocess.DEVNULL) as running:
            try:
                yield _pipes(running)
            finally:
                self._kill(running)

    def wait(self, seconds: float, until: float) -> None:
        """Some time has passed.

        Raises:
            StoppedError: it would be later than `until`, or everything ends.
        """
        if self._ended.wait(min(seconds, max(0.0, until - time.monotonic()))):
            raise StoppedError(Why.END)
        if time.monotonic() >= until:
            raise StoppedError(Why.TIME)

    def stop(self) -> None:
        """Nothing runs any more, and nothing is started again."""
        self._ended.set()
        with self._lock:
            for running in self._running.values():
                _end(running, Why.END)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """No run and no thread is left."""
        self.stop()
        self._watch.join()

    @contextmanager
    def _started(self, call: Call, bounds: Bounds, errors: int) -> Iterator[_Running]:
        running = self._start(call, bounds, errors)
        try:
            yield running
        except (StoppedError, OSError, ValueError):
            self._kill(running)
            if running.why is None:
                raise
        except BaseException:
            self._kill(running)
            raise
        finally:
            self._reap(running)
        if running.why is not None:
            raise StoppedError(running.why)

    def _start(self, call: Call, bounds: Bounds, errors: int) -> _Running:
        with self._lock:
            if self._ended.is_set():
                raise StoppedError(Why.END)
            if time.monotonic() >= bounds.until:
                raise StoppedError(Why.TIME)
            process = subprocess.Popen(  # noqa: S603  arguments are ours; see `Call`
                call.arguments,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=call.environment,
                start_new_session=True,
                pass_fds=call.holds,
            )
            running = _Running(process, bounds)
            self._running[process.pid] = running
        return running

    def _kill(self, running: _Running) -> None:
        with self._lock:
            _end(running, None)

    def _reap(self, running: _Running) -> None:
        """It has ended, and is forgotten before its number can be another's."""
        for pipe in _pipes(running):
            with suppress(OSError):
                pipe.close()
        pause = _SHORTEST_PAUSE_SECONDS
        while not self._is_reaped(running):
            time.sleep(pause)
            pause = min(2 * pause, _LOOK_SECONDS)

    def _is_reaped(self, running: _Running) -> bool:
        with self._lock:
            if running.process.poll() is None:
                return False
            del self._running[running.process.pid]
        return True

    def _look_after(self) -> None:
        while not self._ended.wait(_LOOK_SECONDS):
            now = time.monotonic()
            with self._lock:
                for running in self._running.values():
                    if now >= running.bounds.until:
                        _end(running, Why.TIME)
                    elif running.bounds.folder and _outgrown(running.bounds):
                        _end(running, Why.SIZE)


def _pipes(running: _Running) -> tuple[IO[bytes], IO[bytes]]:
    stdin, stdout = running.process.stdin, running.process.stdout
    if stdin is None or stdout is None:  # pragma: no cover  both were asked for
        raise ValueError
    return stdin, stdout


def _end(running: _Running, why: Why | None) -> None:
    """The process and what it started are ended; the lock is held."""
    running.why = running.why or why
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(running.process.pid, signal.SIGKILL)


def _outgrown(bounds: Bounds) -> bool:
    try:
        with os.scandir(bounds.folder) as entries:
            return sum(_size(each) for each in entries) > bounds.most_bytes
    except OSError:
        return False


def _size(entry: "os.DirEntry[str]") -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except OSError:
        return 0
