"""A repository's folder as a mapping from path to bytes, which never leads out of the folder."""

import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from catalog_builder.crawl.walk import Kind, is_of_tools, walk

LARGEST_BYTES = 10_000_000
"""Of a file that is read at all."""
_CHUNK_BYTES = 1 << 16


class UnreadableError(Exception):
    """A file is not given out; `code` is that of the finding."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Folder(Mapping[str, bytes]):
    """Files below a folder by their paths with `/`, read when asked for.

    A symbolic link is followed as far as it stays in the folder. What is not a regular file, is
    larger than 10 MB, or is git's own, is not there.
    """

    root: str
    """Absolute, without symbolic links."""

    def __getitem__(self, path: str) -> bytes:
        """The bytes of a file; KeyError when there is none that may be read."""
        try:
            content = self.beginning(path)
        except UnreadableError as error:
            raise KeyError(path) from error
        if len(content) > LARGEST_BYTES:
            raise KeyError(path)
        return content

    def __iter__(self) -> Iterator[str]:
        """The paths of all files that can be read, sorted; folders of tools are left out."""
        entries = walk(self.root, into=lambda path: not is_of_tools(path))
        files = (entry.path for entry in entries if entry.kind in {Kind.FILE, Kind.LINK})
        return iter(sorted(path for path in files if path in self))

    def __len__(self) -> int:
        """How many files iteration gives."""
        return sum(1 for _ in self)

    def __contains__(self, path: object) -> bool:
        """Whether a file is there, without reading it."""
        if not isinstance(path, str):
            return False
        try:
            with self._opened(path) as descriptor:
                return os.fstat(descriptor).st_size <= LARGEST_BYTES
        except UnreadableError:
            return False

    def beginning(self, path: str) -> bytes:
        """The bytes of a file; of one that is too large, the first 10 MB and one byte more.

        Raises:
            UnreadableError: `file-unreadable` or `link-leaves-repository`.
        """
        with self._opened(path) as descriptor:
            return _read(descriptor)

    def leads_out(self, path: str) -> bool:
        """Whether a symbolic link leads to a place outside the folder."""
        return not self._is_inside(os.path.realpath(f"{self.root}/{path}"))

    @contextmanager
    def _opened(self, path: str) -> Iterator[int]:
        place = self._place_of(path)
        try:
            # Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
            descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                    raise UnreadableError("file-unreadable", "not a regular file")
                yield descriptor
            finally:
                os.close(descriptor)
        except OSError as error:
            raise UnreadableError("file-unreadable", error.strerror or "unknown error") from error

    def _place_of(self, path: str) -> str:
        steps = path.split("/")
        if "\0" in path or {"", ".", ".."} & set(steps) or _is_gits_own(path):
            raise UnreadableError("file-unreadable", "not a path of this repository")
        place = os.path.realpath(f"{self.root}/{path}")
        if not self._is_inside(place) or _is_gits_own(place[len(self.root) :]):
            raise UnreadableError("link-leaves-repository")
        return place

    def _is_inside(self, place: str) -> bool:
        return place.startswith(self.root.rstrip("/") + "/") or place == self.root


def _is_gits_own(path: str) -> bool:
    """Whether a path leads into `.git`, where remotes' passwords may stand."""
    return ".git" in path.casefold().split("/")


def _read(descriptor: int) -> bytes:
    chunks: list[bytes] = []
    wanted = LARGEST_BYTES + 1
    while wanted and (chunk := os.read(descriptor, min(_CHUNK_BYTES, wanted))):
        chunks.append(chunk)
        wanted -= len(chunk)
    return b"".join(chunks)
