"""Documents as they were at earlier commits, kept from build to build.

What a file said once does not change, so an edition is kept by the digest of its file, with
whatever else was asked while it was read: other files of that commit, and repositories of today.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

import msgspec

from catalog_builder.model import Checkout, Document, Repository
from catalog_builder.parse import read_edition
from catalog_builder.reading.kept import packed, unpacked_document
from catalog_builder.reading.remembered import Remembered
from catalog_builder.reading.traced import (
    Answers,
    Traced,
    TracedOthers,
    are_still_right,
    digest_of_content,
)


@dataclass(frozen=True, slots=True)
class Record:
    """An edition with what it depends on beside its file."""

    answers: Answers
    document: bytes
    """Packed, of a repository of which the name alone is known; empty: it could not be read."""


Records: TypeAlias = Mapping[str, Sequence[Record]]


class Editions(Remembered[str, list[Record]]):
    """What is known of editions from before, and which were wanted now."""

    def __init__(self, content: bytes | None, program: str) -> None:
        super().__init__(content, program, _of_all())
        self._learnt: dict[str, Sequence[Record]] = {}

    def __bool__(self) -> bool:
        """Whether anything is known from before."""
        return bool(self._before)

    def read(self, then: Checkout, others: Mapping[str, Checkout]) -> Document | None:
        """As `read_edition` of the parser has it."""
        (path,) = then.specifications
        name = then.repository.name
        key = f"{name}\0{path}\0{digest_of_content(then.files.get(path))}"
        for record in self._before.get(key) or self._learnt.get(key, ()):
            if are_still_right(record.answers, then, others):
                document = unpacked_document(record.document) if record.document else None
                if document or not record.document:
                    self._now.setdefault(key, []).append(record)
                    return _here(document, then)
        answers: Answers = {}
        traced = replace(then, files=Traced(then.files, answers))
        document = read_edition(traced, TracedOthers(others, answers))
        content = packed(replace(document, repository=Repository(name))) if document else b""
        if content is not None and _has_form(key, record := Record(answers, content)):
            self._now.setdefault(key, []).append(record)
        return document

    def taken(self) -> Records:
        """What was wanted since this was asked last, for `learn` in another process."""
        taken, self._now = self._now, {}
        return taken

    def learn(self, records: Records) -> None:
        """They are known from here on, as if from before."""
        self._learnt.update(records)


def _has_form(key: str, record: Record) -> bool:
    """Whether it can be told as bytes: names of files, and references, may be no text."""
    try:
        msgspec.msgpack.encode((key, record))
    except UnicodeEncodeError:
        return False
    return True


def _here(document: Document | None, then: Checkout) -> Document | None:
    return replace(document, repository=then.repository) if document else None


@cache
def _of_all() -> msgspec.msgpack.Decoder[tuple[str, dict[str, list[Record]]]]:
    return msgspec.msgpack.Decoder(tuple[str, dict[str, list[Record]]])
