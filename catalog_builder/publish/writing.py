"""Writing what was generated, on all cores; what would be the same as before is linked."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, TypeAlias

from catalog_builder.files import Aside, Recall
from catalog_builder.processes import Crew
from catalog_builder.progress import Progress

_PAGES_AT_ONCE = 64
_AHEAD = 2
_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_FOR_ALL = 0o666
"""What the user's mask leaves of it."""


@dataclass(frozen=True, slots=True)
class Item:
    """Files that are made together."""

    key: str
    """Path of the page that becomes the first of them, or of that file."""
    paths: tuple[str, ...]
    """Where each belongs, from the site's root."""
    contents: Callable[[], Iterator[bytes]]
    """What is in each."""
    is_page: bool = False
    of: tuple[str, ...] = ()
    """The question it answers, as `Page.of` has it."""
    given: bytes = b""
    """A digest of what goes into it beside what is asked while it is made."""
    is_late: bool = False
    """Whether somebody else makes it meanwhile."""


Batch: TypeAlias = Sequence[Item]
"""What one process writes at a time."""

_Planned: TypeAlias = Sequence[tuple[Item, bool]]
"""Whether the files from before are as they would be."""


def batches(pages: Sequence[Item], others: Sequence[Item]) -> list[Batch]:
    """Pieces of work, first each of the others that is of the whole: some of them take long.

    What is made elsewhere comes last, when it is there.
    """
    whole = [each for each in others if not each.of and not each.is_late]
    late = [each for each in others if not each.of and each.is_late]
    small = [*(each for each in others if each.of), *pages]
    starts = range(0, len(small), _PAGES_AT_ONCE)
    return [
        *([each] for each in whole),
        *(small[at : at + _PAGES_AT_ONCE] for at in starts),
        *([each] for each in late),
    ]


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes into one folder."""

    root: Path
    aside: Aside | None = None
    recall: Recall | None = None

    def write_all(self, work: Sequence[Batch], crew: Crew, progress: Progress | None) -> None:
        """Everything is written; what cannot be is raised."""

        def pages_written() -> Iterator[None]:
            for count, *harvests in crew.share(self._written, work):
                for kind, harvest in zip(self._gatherers, harvests, strict=True):
                    kind.gather(harvest)
                yield from repeat(None, count)

        pages = pages_written()
        total = sum(map(_pages_in, work))
        for _ in progress.track("Drawing and writing pages", pages, total) if progress else pages:
            pass

    @property
    def _gatherers(self) -> tuple[Aside | Recall, ...]:
        return tuple(each for each in (self.aside, self.recall) if each is not None)

    def _written(self, given: Iterator[Batch]) -> Iterator[tuple[Any, ...]]:
        for batch in self._announced(map(self._planned, given)):
            for item, is_same in batch:
                if not (is_same and self._kept(item)):
                    self._make(item)
            count = _pages_in([item for item, _ in batch])
            yield count, *(each.harvest() for each in self._gatherers)

    def _planned(self, batch: Batch) -> _Planned:
        recall = self.recall
        return [
            (each, bool(recall and each.of and recall.is_same(each.key, each.given)))
            for each in batch
        ]

    def _announced(self, given: Iterator[_Planned]) -> Iterator[_Planned]:
        """The same, each announced while others before it are still to be written."""
        waiting: list[_Planned] = []
        for batch in given:
            if self.aside:
                self.aside.announce([each.key for each, same in batch if each.is_page and not same])
            waiting.append(batch)
            if len(waiting) > _AHEAD:
                yield waiting.pop(0)
        yield from waiting

    def _make(self, item: Item) -> None:
        if self.recall is None or not item.of:
            self._write(item)
            return
        with self.recall.making(item.key, item.of):
            self._write(item)
        self.recall.made(item.key, item.given)

    def _write(self, item: Item) -> None:
        for path, content in zip(item.paths, item.contents(), strict=True):
            write(f"{self.root}/{path}", content)

    def _kept(self, item: Item) -> bool:
        """Whether all files from before are here; else none is.

        They are the same files, not copies: where the system cannot do that, they are made anew.
        """
        recall = self.recall
        assert recall is not None  # noqa: S101  it has just said that they are the same
        try:
            for path in item.paths:
                _link(path, recall.folder, f"{self.root}/{path}")
        except OSError:
            for path in item.paths:
                with suppress(OSError):
                    (self.root / path).unlink()
            return False
        recall.kept(item.key)
        return True


def write(path: str, content: bytes) -> None:
    """The file holds the content, in a folder that is made where there is none.

    There are tens of thousands of them, and what a file object adds costs as much as the file.
    """
    try:
        file = os.open(path, _ANEW, _FOR_ALL)
    except FileNotFoundError:
        _make_folder_of(path)
        file = os.open(path, _ANEW, _FOR_ALL)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(file, rest) :]
    finally:
        os.close(file)


def _link(path: str, folder: int | None, place: str) -> None:
    try:
        os.link(path, place, src_dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        _make_folder_of(place)
        os.link(path, place, src_dir_fd=folder, follow_symlinks=False)


def _make_folder_of(path: str) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)


def _pages_in(batch: Batch) -> int:
    return sum(item.is_page for item in batch)
