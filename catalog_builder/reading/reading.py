"""Repositories read on all cores, those that have changed alone."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog_builder.model import Checkout, Json, Payload, Reading
from catalog_builder.parse import read
from catalog_builder.processes import Crew
from catalog_builder.reading.as_read import AsRead
from catalog_builder.reading.kept import Kept, Record, about, packed, unpacked
from catalog_builder.reading.traced import (
    Answers,
    Traced,
    TracedOthers,
    are_still_right,
    digests_of_files,
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What became of the repository number `at`."""

    at: int
    is_known: bool = False
    """Whether the record from before still holds."""
    reading: Reading | None = None
    """None: another process has it."""
    record: Record | None = None
    """None: there can be none, or it is known."""


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
        self._records: dict[int, Record] = {}
        self._schemas: dict[bytes, Json] = {}
        self.program = kept.program
        self.known = 0
        """How many were as they were before."""

    def read(self, crew: Crew) -> Iterator[Checkout]:
        """The repositories, each when it has been read."""
        for done in crew.share(self._work, range(len(self._checkouts))):
            checkout = self._checkouts[done.at]
            if done.is_known:
                self.known += 1
                self._records[done.at] = self._before[checkout.repository.name]
            elif done.record:
                self._records[done.at] = done.record
                reading = done.reading or unpacked(done.record.reading)
                self._found[done.at] = self._own(checkout, reading)
            else:
                self._found[done.at] = self._own(checkout, done.reading)
            yield checkout

    @property
    def all(self) -> list[Reading]:
        """All readings, in the order of the repositories."""
        return [self._reading(at) for at in range(len(self._checkouts))]

    @property
    def files(self) -> Mapping[str, Mapping[str, bytes]]:
        """The files of each repository, by its name and their paths, as they were read."""
        found: dict[str, Mapping[str, bytes]] = {}
        for at, checkout in enumerate(self._checkouts):
            record, name = self._records.get(at), checkout.repository.name
            digests = digests_of_files(record.answers) if record else {}
            found[name] = AsRead(name, checkout.files, digests)
        return found

    def _reading(self, at: int) -> Reading:
        if at in self._found:
            return self._found[at]
        return self._own(self._checkouts[at], unpacked(self._records[at].reading))

    def _own(self, checkout: Checkout, known: Reading | None) -> Reading:
        """The reading of a repository, its schemas one in memory with equal ones of others.

        Who reads an event has its sender's schema once more, so most schemas are not the first.
        """
        reading = known or read(checkout, self._others)
        for payload in _payloads_of(reading):
            if payload.digest:
                schema = self._schemas.setdefault(payload.digest, payload.schema)
                object.__setattr__(payload, "schema", schema)
        return reading

    @property
    def digest(self) -> str | None:
        """Of what all repositories say; None when it cannot be told from what is kept."""
        records = [self._records.get(at) for at in range(len(self._checkouts))]
        digest = hashlib.sha256()
        for record in records:
            if record is None or record.wants:
                return None
            for part in (record.about.encode("utf-8", "surrogatepass"), record.reading):
                digest.update(b"%d " % len(part) + part)
        return digest.hexdigest()

    @property
    def kept(self) -> Kept:
        """What the next build need not read again."""
        names = {at: each.repository.name for at, each in enumerate(self._checkouts)}
        records = sorted(self._records.items())
        return Kept(self.program, {names[at]: record for at, record in records})

    def _work(self, numbers: Iterator[int]) -> Iterator[_Read]:
        for at in numbers:
            checkout = self._checkouts[at]
            before = self._before.get(checkout.repository.name)
            if before and self._still_holds(before, checkout):
                yield _Read(at, is_known=True)
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
        wants = bool(reading.wanted)
        record = Record(about(checkout), answers, content, wants) if content else None
        here = os.getpid() == self._here
        return _Read(at, reading=reading if here else None, record=record)


def _payloads_of(reading: Reading) -> Iterator[Payload]:
    for document in reading.documents:
        for channel in document.channels:
            for message in channel.messages:
                yield from filter(None, (message.payload, message.headers, message.key))
