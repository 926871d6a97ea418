"""Work that another process does meanwhile, before anybody needs what comes of it."""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import BinaryIO

from catalog_builder.processes.crew import Crew, hired, may_fork

_SIZE_BYTES = 8
_HEAD_BYTES = 2 * _SIZE_BYTES


class Ahead:
    """What the other process makes, by name.

    It is there in processes forked later too. What is not there, for whatever reason, is to be made
    by whoever needs it.
    """

    def __init__(self) -> None:
        """Nothing is begun."""
        self._file: BinaryIO | None = None
        self._worker: BaseProcess | None = None
        self._over = -1
        """Descriptor of a pipe's end, at which there is something once the process is gone."""
        self._opened = ExitStack()
        """The file and the pipe."""

    def begin(self, work: Callable[[], Iterable[tuple[str, bytes]]], crew: Crew) -> None:
        """The work is done in a process of its own, if one may be forked."""
        if crew.size < 2 or not may_fork():  # noqa: PLR2004  who is alone has nobody to do it
            return
        with suppress(OSError), ExitStack() as opened:  # what cannot be begun is not
            file = opened.enter_context(tempfile.TemporaryFile(buffering=0))
            over, held_by_it = os.pipe()
            opened.callback(os.close, over)
            fork = multiprocessing.get_context("fork")
            worker = fork.Process(target=_labour, args=(work, file.fileno()), daemon=True)
            try:
                worker.start()
            finally:
                os.close(held_by_it)
            self._worker, self._file, self._over = worker, file, over
            self._opened = opened.pop_all()

    def get(self, name: str) -> bytes | None:
        """What is made under the name, waited for while the process is at work; None: it is not."""
        if self._file is None:
            return None
        file = self._file.fileno()
        place = dict(_places(file)).get(name)
        if place is None:
            wait([self._over])
            place = dict(_places(file)).get(name)
        return _read(file, *place) if place else None

    def close(self) -> None:
        """The process is no more, and nothing is there any more."""
        if self._worker:
            self._worker.kill()
            self._worker.join()
        self._opened.close()
        self._worker = self._file = None


def _labour(work: Callable[[], Iterable[tuple[str, bytes]]], file: int) -> None:
    """The life of the other process: who needs its work does without what it fails to make."""
    hired()
    with suppress(Exception), os.fdopen(file, "wb", closefd=False) as made:
        for name, content in work():
            head = name.encode()
            made.write(len(head).to_bytes(_SIZE_BYTES) + len(content).to_bytes(_SIZE_BYTES) + head)
            made.write(content)
            made.flush()


def _places(file: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where each content lies that was written to its end."""
    at, end = 0, os.fstat(file).st_size
    while at + _HEAD_BYTES <= end:
        sizes = os.pread(file, _HEAD_BYTES, at)
        named = int.from_bytes(sizes[:_SIZE_BYTES])
        start = at + _HEAD_BYTES + named
        size = int.from_bytes(sizes[_SIZE_BYTES:])
        if start + size > end:
            return
        yield os.pread(file, named, at + _HEAD_BYTES).decode(), (start, size)
        at = start + size


def _read(file: int, start: int, size: int) -> bytes:
    parts = []
    while size:
        part = os.pread(file, size, start)
        if not part:
            raise EOFError
        parts.append(part)
        start, size = start + len(part), size - len(part)
    return b"".join(parts)
