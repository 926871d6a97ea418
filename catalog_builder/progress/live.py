"""Long work told in bars that move.

The thread that works draws them: a drawing thread of rich's own would be carried, locks and all,
into every worker process that is forked meanwhile.
"""

import time
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Self, TypeVar

from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from catalog_builder.progress.text import line, printable

T = TypeVar("T")

_REDRAW_SECONDS = 0.1


class _Length(ProgressColumn):
    """A bar where there is a total to reach; a pulse would stand still between redraws."""

    def __init__(self) -> None:
        super().__init__()
        self._bar = BarColumn()

    def render(self, task: Task) -> RenderableType:
        """The bar, or nothing."""
        return Text("") if task.total is None else self._bar.render(task)


class _Count(ProgressColumn):
    """`1,234/5,000  310/s`, or what of it is known."""

    def render(self, task: Task) -> Text:
        """The figures of a stage that counts."""
        if not task.fields["counts"]:
            return Text("")
        total = f"/{task.total:,.0f}" if task.total is not None else ""
        speed = task.finished_speed or task.speed
        return Text(f"{task.completed:,.0f}{total}" + (f"  {speed:,.0f}/s" if speed else ""))


@dataclass(slots=True)
class Live:
    """Bars that move, and that make room for messages."""

    console: Console
    verbose: bool
    _bars: Bars | None = field(default=None, init=False)
    _drawn: float = field(default=0.0, init=False)

    def track(self, stage: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """The same items; a bar moves as each is done with."""
        expected = _expected(items, total)
        with self._bar(stage, expected, counts=True) as (bars, task):
            for item in items:
                yield item
                bars.advance(task)
                self._redraw(bars)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """The name stands there as long as the block runs."""
        with self._bar(name, None, counts=False):
            yield

    def say(self, message: str) -> None:
        """The message stands above the bars."""
        self.console.print(Text(printable(message)), soft_wrap=True)

    def detail(self, message: str) -> None:
        """The message stands above the bars, if details are wanted."""
        if self.verbose:
            self.say(message)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_ending: object) -> None:
        if self._bars is not None:
            self._bars.stop()
            self._bars = None

    @contextmanager
    def _bar(self, stage: str, total: int | None, *, counts: bool) -> Iterator[tuple[Bars, TaskID]]:
        bars = self._bars or self._begin()
        task = bars.add_task(printable(stage), total=total, counts=counts)
        bars.refresh()
        started = time.monotonic()
        try:
            yield bars, task
            done = bars.tasks[bars.task_ids.index(task)].completed
        finally:
            self._end(bars, task)
        if self.verbose:
            seconds = time.monotonic() - started
            self.say(line(stage, int(done) if counts else None, seconds, rate=True))

    def _begin(self) -> Bars:
        self._bars = Bars(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            _Length(),
            _Count(),
            TimeElapsedColumn(),
            console=self.console,
            auto_refresh=False,
            transient=True,
        )
        self._bars.start()
        return self._bars

    def _redraw(self, bars: Bars) -> None:
        now = time.monotonic()
        if now - self._drawn >= _REDRAW_SECONDS:
            self._drawn = now
            bars.refresh()

    def _end(self, bars: Bars, task: TaskID) -> None:
        if self._bars is not bars:
            return
        bars.remove_task(task)
        bars.refresh()
        if not bars.task_ids:
            bars.stop()
            self._bars = None


def _expected(items: Iterable[object], total: int | None) -> int | None:
    return len(items) if total is None and isinstance(items, Sized) else total
