"""Long work of which nothing is told."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Self, TypeVar

T = TypeVar("T")


class Silent:
    """Says nothing."""

    def track(self, stage: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """The same items."""
        del stage, total
        return iter(items)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Only a block."""
        del name
        yield

    def say(self, message: str) -> None:
        """Nothing is said."""

    def detail(self, message: str) -> None:
        """Nothing is said."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ending: object) -> None:
        """There is nothing to clear."""
