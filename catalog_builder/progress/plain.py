"""Long work told in lines."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self, TextIO, TypeVar

from catalog_builder.progress.text import line, printable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plain:
    """A line when a stage is done, for logs and pipes."""

    stream: TextIO
    verbose: bool
    clock: Callable[[], float] = time.monotonic

    def track(self, stage: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """The same items; a line says how many there were."""
        del total
        started = self.clock()
        count = 0
        for item in items:
            yield item
            count += 1
        self.say(line(stage, count, self.clock() - started, rate=self.verbose))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A line says how long the block took."""
        started = self.clock()
        yield
        self.say(line(name, None, self.clock() - started, rate=False))

    def say(self, message: str) -> None:
        """The message is a line of its own."""
        self.stream.write(f"{printable(message)}\n")
        self.stream.flush()

    def detail(self, message: str) -> None:
        """The message is a line, if details are wanted."""
        if self.verbose:
            self.say(message)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ending: object) -> None:
        """Every line is complete already."""
