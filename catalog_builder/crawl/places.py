"""What the path of a local source means: which folders, and which files in them."""

import errno
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog_builder.config import is_glob, matcher
from catalog_builder.crawl.walk import (
    Entry,
    Kind,
    Question,
    is_folder,
    is_hidden,
    is_open,
    name_of,
    walk,
)

_ABSENT = {errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG}
_NEVER_A_REPOSITORY = {"__pycache__", "node_modules"}


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that a source names, and which files of it are meant."""

    path: str
    """Absolute, as the source names it."""
    files: tuple[str, ...] | None = None
    """None: all of its specifications."""
    exact: bool = False
    """Whether the files were named one by one, so that `include` has no say."""


class SourceError(Exception):
    """A source is of no use; `code` is that of the finding."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


def places(written: str, root: str, left_out: Question) -> Iterator[Place]:
    """The places that a source's path stands for, seen from the folder `root`, sorted.

    What is there under the very name counts before its meaning as a pattern. Of folders in each
    other that match a pattern, the outermost counts. `left_out` has a say in matches alone.

    Raises:
        SourceError: `source-missing` or `source-unreadable`.
    """
    path = f"{root.rstrip('/')}/{written}" if not written.startswith("/") else written
    try:
        found = Path(path).stat()
    except (OSError, ValueError) as error:
        if is_glob(written):
            yield from _matches(path, written, left_out)
        elif isinstance(error, OSError) and error.errno not in _ABSENT:
            raise SourceError("source-unreadable", written) from error
        else:
            raise SourceError("source-missing", written) from error
    else:
        yield _named(path, written, found.st_mode)


def _named(path: str, written: str, mode: int) -> Place:
    if stat.S_ISREG(mode):
        around, _, name = path.rpartition("/")
        return Place(around, (name,), exact=True)
    if stat.S_ISDIR(mode) and is_open(path):
        return Place(path)
    raise SourceError("source-unreadable", written)


def _matches(path: str, written: str, left_out: Question) -> Iterator[Place]:
    base, pattern = _split(path)
    if not is_folder(base):
        raise SourceError("source-missing", written)
    if not is_open(base):
        raise SourceError("source-unreadable", written)
    fits = matcher((pattern,))
    found = [
        entry
        for entry in walk(base, into=_on_the_way(pattern))
        if fits(entry.path) and not is_hidden(entry.path) and not left_out(f"{base}/{entry.path}")
    ]
    if not found:
        raise SourceError("source-missing", written)
    folders = sorted(entry.path for entry in found if _is_folder(base, entry))
    yield from (Place(f"{base}/{each}") for each in folders)
    files: dict[str, list[str]] = {}
    for entry in found:
        if entry.kind is Kind.FILE:
            around, _, name = f"{base}/{entry.path}".rpartition("/")
            files.setdefault(around, []).append(name)
    yield from (Place(around, tuple(sorted(files[around]))) for around in sorted(files))


def _split(path: str) -> tuple[str, str]:
    """The folder that a pattern starts from, and the rest of it."""
    steps = path.rstrip("/").split("/")
    fixed = next(place for place, step in enumerate(steps) if is_glob(step) or "{" in step)
    return "/".join(steps[:fixed]), "/".join(steps[fixed:])


def _on_the_way(pattern: str) -> Question:
    """The question whether matches may lie in a folder."""
    fits = matcher((pattern,))
    deepest = None if "**" in pattern else pattern.count("/")

    def into(path: str) -> bool:
        closed = is_hidden(path) or name_of(path) in _NEVER_A_REPOSITORY
        within = deepest is None or path.count("/") < deepest
        return within and not closed and not fits(path)

    return into


def _is_folder(base: str, entry: Entry) -> bool:
    if entry.kind in {Kind.LINK, Kind.NAMELESS}:
        return is_folder(f"{base}/{entry.path}")
    return entry.kind is Kind.FOLDER and name_of(entry.path) not in _NEVER_A_REPOSITORY
