"""Work that another process does meanwhile, before anybody needs what comes of it."""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from multiprocessing.process import BaseProcess
from typing import BinaryIO

from catalog_builder.processes.crew import Crew, hired, may_fork

_SIZE_BYTES = 8
_HEAD_BYTES = 2 * _SIZE_BYTES


class Ahead(Mapping[str, bytes]):
    """What the other process made, by name, as far as it had come when it was ended.

    It is there from then on, in processes forked later too. What is not there, for whatever reason,
    is to be made by whoever needs it.
    """

    def __init__(self) -> None:
        """Nothing is begun."""
        self._file: BinaryIO | None = None
        self._worker: BaseProcess | None = None
        self._places: dict[str, tuple[int, int]] = {}

    def begin(self, work: Callable[[], Iterable[tuple[str, bytes]]], crew: Crew) -> None:
        """The work is done in a process of its own, if one may be forked."""
        if crew.size < 2 or not may_fork():  # noqa: PLR2004  who is alone has nobody to do it
            return
        try:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115  closed by `close`
        except OSError:
            return
        fork = multiprocessing.get_context("fork")
        self._worker = fork.Process(target=_labour, args=(work, self._file.fileno()), daemon=True)
        self._worker.start()

    def end(self) -> None:
        """The process is no more; what it had finished is there."""
        if self._worker and self._file:
            self._worker.kill()
            self._worker.join()
            self._worker = None
            self._places = dict(_places(self._file.fileno()))

    def close(self) -> None:
        """Nothing is there any more."""
        self.end()
        self._places = {}
        if self._file:
            self._file.close()
            self._file = None

    def __getitem__(self, name: str) -> bytes:
        """What was made under the name, read anew each time."""
        start, size = self._places[name]
        assert self._file  # noqa: S101  it is open as long as there are places
        return _read(self._file.fileno(), start, size)

    def __iter__(self) -> Iterator[str]:
        """The names, in the order in which their contents were made."""
        return iter(self._places)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)


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
