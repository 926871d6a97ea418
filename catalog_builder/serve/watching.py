"""Notices that a file changed which somebody edits."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TypeAlias

from watchfiles import Change, DefaultFilter, watch

from catalog_builder.model import CatalogError

Changes: TypeAlias = frozenset[Path]

_STILL_MILLISECONDS = 50
_AT_MOST_MILLISECONDS = 1000
_WAKE_MILLISECONDS = 250

_is_edited = DefaultFilter()
"""False for what editors, version control and package managers keep for themselves."""


@dataclass(frozen=True, slots=True)
class Watched:
    """Files and folders whose change matters, and folders in which nothing does."""

    paths: Sequence[Path]
    """A folder stands for all that is in it; what is not there yet may come."""
    ignored: Sequence[Path] = ()


@dataclass
class WatchError(CatalogError):
    """The system does not tell us of changes."""

    reason: str

    def __str__(self) -> str:
        """Why, and what to do."""
        return (
            f"cannot watch for changes: {self.reason}. Raise fs.inotify.max_user_watches, or set "
            "WATCHFILES_FORCE_POLLING=1 to look at the files again and again instead."
        )


class Watching:
    """Puts the paths that changed into a queue, one set for each burst of changes."""

    def __init__(self, watched: Callable[[], Watched], changes: SimpleQueue[Changes]) -> None:
        """Changes from here on are noticed.

        Raises:
            WatchError: the system cannot watch so much.
        """
        self._watched = watched
        self._changes = changes
        self._watch = _Watch(watched(), changes)

    def renew(self) -> None:
        """What is to be watched by now is watched; nothing is missed in between."""
        fresh = _Watch(self._watched(), self._changes)
        self.close()
        self._watch = fresh

    def close(self) -> None:
        """Nothing is noticed any more."""
        self._watch.close()


class _Watch:
    """The same, of what is to be watched at one time."""

    def __init__(self, watched: Watched, changes: SimpleQueue[Changes]) -> None:
        self._watched = watched
        self._changes = changes
        self._stop = threading.Event()
        whole, shallow = _roots(watched.paths)
        bursts = [self._bursts(whole, recursive=True), self._bursts(shallow, recursive=False)]
        self._threads = [
            threading.Thread(target=self._note, args=(each,), daemon=True) for each in bursts
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Nothing is noticed any more."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _bursts(self, roots: Sequence[Path], *, recursive: bool) -> Iterator[Changes]:
        """The bursts of changes, watched for from now on rather than from the first `next`."""
        if not roots:
            return iter(())
        found = watch(
            *roots,
            watch_filter=partial(_matters, self._watched),
            debounce=_AT_MOST_MILLISECONDS,
            step=_STILL_MILLISECONDS,
            stop_event=self._stop,
            rust_timeout=_WAKE_MILLISECONDS,
            yield_on_timeout=True,
            recursive=recursive,
            ignore_permission_denied=True,
        )
        try:
            first = next(found)
        except OSError as error:
            raise WatchError(error.strerror or str(error)) from error
        return (frozenset(Path(path) for _, path in burst) for burst in _after(first, found))

    def _note(self, bursts: Iterator[Changes]) -> None:
        for burst in bursts:
            if burst:
                self._changes.put(burst)


_Burst: TypeAlias = set[tuple[Change, str]]


def _after(first: _Burst, rest: Iterator[_Burst]) -> Iterator[_Burst]:
    yield first
    yield from rest


def _roots(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """Folders to watch with all in them, and folders of which only the entries are watched.

    An editor that replaces a file takes the watch of the file itself away with the old one.
    """
    whole = {path.resolve() for path in paths if path.is_dir()}
    others = {_nearest_folder(path.absolute()).resolve() for path in paths if not path.is_dir()}
    return sorted(whole), sorted(others - whole)


def _nearest_folder(path: Path) -> Path:
    return next(parent for parent in path.parents if parent.is_dir())


def _matters(watched: Watched, change: Change, changed: str) -> bool:
    path = Path(changed)
    if any(_is_of_output(path, folder.resolve()) for folder in watched.ignored):
        return False
    return any(_concerns(path, each.resolve(), change) for each in watched.paths)


def _concerns(path: Path, watched: Path, change: Change) -> bool:
    """Whether the path is the watched one, lies in it, or is a folder on the way to it."""
    if path.is_relative_to(watched):
        return _is_edited(change, str(path.relative_to(watched)))
    return watched.is_relative_to(path)


def _is_of_output(path: Path, folder: Path) -> bool:
    """Whether the path lies in a folder of output, or in what is to take that folder's place."""
    if not path.is_relative_to(folder.parent):
        return False
    name = next(iter(path.relative_to(folder.parent).parts), "")
    return name == folder.name or name.startswith(f".{folder.name}.")
