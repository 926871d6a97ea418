"""Repositories read on all cores, those that have changed alone."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog_builder.model import Checkout, Reading
from catalog_builder.parse import read
from catalog_builder.processes import Crew
from catalog_builder.reading.kept import Kept, Record, about, packed, unpacked
from catalog_builder.reading.traced import Answers, Traced, TracedOthers, are_still_right


@dataclass(frozen=True, slots=True)
class _Read:
    """What became of the repository number `at`."""

    at: int
    reading: Reading | None = None
    """None: this process has it from another one, or from before."""
    record: Record | None = None
    """None: the one from before still holds, or there can be none."""


class Readings:
    """What repositories say, and what of it can be kept for the next time."""

    def __init__(
        self, checkouts: Sequence[Checkout], others: Mapping[str, Checkout], kept: Kept
    ) -> None:
        """Nothing is read yet; `others` are as `read` has them."""
        self._checkouts = checkouts
        self._others = others
        self._before = kept.records
        self._here = os.getpid()
        self._found: dict[int, Reading] = {}
        self._records: dict[str, Record] = {}
        self.program = kept.program
        self.known = 0
        """How many were as they were before."""

    def read(self, crew: Crew) -> Iterator[Checkout]:
        """The repositories, each when it has been read."""
        for done in crew.share(self._work, range(len(self._checkouts))):
            checkout = self._checkouts[done.at]
            name = checkout.repository.name
            record = done.record or self._before.get(name)
            if done.reading is None and done.record is None:
                self.known += record is not None
            reading = done.reading or (unpacked(record.reading) if record else None)
            self._found[done.at] = reading or read(checkout, self._others)
            if record and (done.record or done.reading is None):
                self._records[name] = record
            yield checkout

    @property
    def all(self) -> list[Reading]:
        """All readings, in the order of the repositories."""
        return [self._found[at] for at in range(len(self._checkouts))]

    @property
    def kept(self) -> Kept:
        """What the next build need not read again."""
        return Kept(self.program, dict(sorted(self._records.items())))

    def _work(self, numbers: Iterator[int]) -> Iterator[_Read]:
        for at in numbers:
            checkout = self._checkouts[at]
            before = self._before.get(checkout.repository.name)
            if before and self._still_holds(before, checkout):
                yield _Read(at)
            else:
                yield self._anew(at, checkout)

    def _still_holds(self, record: Record, checkout: Checkout) -> bool:
        is_same = record.about == about(checkout)
        return is_same and are_still_right(record.answers, checkout, self._others)

    def _anew(self, at: int, checkout: Checkout) -> _Read:
        answers: Answers = {}
        traced = replace(checkout, files=Traced(checkout.files, answers))
        reading = read(traced, TracedOthers(self._others, answers))
        content = packed(reading)
        record = Record(about(checkout), answers, content) if content else None
        return _Read(at, reading if os.getpid() == self._here else None, record)
