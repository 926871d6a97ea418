"""What those who do long work may tell of it."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Protocol, Self, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Says how far long work has come; which way, `progress_for` chooses."""

    def track(self, stage: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """The same items, counted as each is done with."""

    def stage(self, name: str) -> AbstractContextManager[None]:
        """A block of work that has a name and a duration, but nothing to count."""

    def say(self, message: str) -> None:
        """A message stands for itself, between the stages."""

    def detail(self, message: str) -> None:
        """A message that only those see who asked for more."""

    def __enter__(self) -> Self:
        """The same; leaving the block clears what is still drawn."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is drawn any more, however the block ended."""
