"""Long work told as another way tells it, and timed as well."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self, TypeVar

from catalog_builder.progress.progress import Progress

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the work that is done."""

    name: str
    seconds: float
    count: int | None = None
    """Of the items; None: there was nothing to count."""

    @property
    def rate(self) -> float | None:
        """Items a second."""
        return self.count / self.seconds if self.count and self.seconds else None


@dataclass(frozen=True, slots=True)
class Timed:
    """Tells by another, and keeps what each stage took."""

    teller: Progress
    stages: list[Stage] = field(default_factory=list)
    """Those that are done, in the order they ended."""

    def track(self, stage: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """The same items."""
        started, count = time.monotonic(), 0
        for item in self.teller.track(stage, items, total):
            count += 1
            yield item
        self.stages.append(Stage(stage, time.monotonic() - started, count))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A block."""
        started = time.monotonic()
        with self.teller.stage(name):
            yield
        self.stages.append(Stage(name, time.monotonic() - started))

    def say(self, message: str) -> None:
        """The other says it."""
        self.teller.say(message)

    def detail(self, message: str) -> None:
        """The other says it, if details are wanted."""
        self.teller.detail(message)

    def __enter__(self) -> Self:
        self.teller.__enter__()
        return self

    def __exit__(self, *ending: object) -> None:
        self.teller.__exit__(None, None, None)
