"""Writing what was generated, on all cores."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, TypeAlias

from catalog_builder.files import Aside
from catalog_builder.processes import Crew
from catalog_builder.progress import Progress

_PAGES_AT_ONCE = 64
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Item:
    """Files that are made together."""

    contents: Callable[[], Iterator[tuple[Path, bytes]]]
    """Where each belongs, and what is in it."""
    page: str = ""
    """Path of the page that is the first of them; empty: there is no page among them."""


Batch: TypeAlias = Sequence[Item]
"""What one process writes at a time."""


def batches(pages: Sequence[Item], others: Sequence[Item]) -> list[Batch]:
    """Pieces of work, each of the others first: some of them take long."""
    starts = range(0, len(pages), _PAGES_AT_ONCE)
    return [*([each] for each in others), *(pages[at : at + _PAGES_AT_ONCE] for at in starts)]


def write_all(
    work: Sequence[Batch], aside: Aside | None, crew: Crew, progress: Progress | None
) -> None:
    """Everything is written; what cannot be is raised."""

    def written(given: Iterator[Batch]) -> Iterator[tuple[int, Any]]:
        for batch in _announced(given, aside) if aside else given:
            for item in batch:
                for path, content in item.contents():
                    write(path, content)
            yield _pages_in(batch), aside.harvest() if aside else None

    def pages_written() -> Iterator[None]:
        for count, harvest in crew.share(written, work):
            if aside:
                aside.gather(harvest)
            yield from repeat(None, count)

    pages = pages_written()
    total = sum(map(_pages_in, work))
    for _ in progress.track("Drawing and writing pages", pages, total) if progress else pages:
        pass


def write(path: Path, content: bytes) -> None:
    """The file holds the content, in a folder that is made where there is none."""
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _announced(given: Iterator[Batch], aside: Aside) -> Iterator[Batch]:
    """The same, each announced while others before it are still to be written."""
    waiting: list[Batch] = []
    for batch in given:
        aside.announce([item.page for item in batch if item.page])
        waiting.append(batch)
        if len(waiting) > _AHEAD:
            yield waiting.pop(0)
    yield from waiting


def _pages_in(batch: Batch) -> int:
    return sum(bool(item.page) for item in batch)
