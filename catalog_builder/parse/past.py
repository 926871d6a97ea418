"""Documents as they were at earlier commits: each distinct content is read once."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from catalog_builder.model import (
    Checkout,
    Document,
    DocumentHistory,
    Edition,
    Past,
    Revision,
)
from catalog_builder.parse.avro import AvroTypes
from catalog_builder.parse.documents import read_document
from catalog_builder.parse.references import Library

Contents = Mapping[str, str]
"""Digests of a document's own file and of those it refers to, by their paths; empty: not there."""

ReadEdition: TypeAlias = Callable[[Checkout, Mapping[str, Checkout]], Document | None]
"""Reads the one specification of a checkout as `read_edition` does."""


def read_edition(then: Checkout, others: Mapping[str, Checkout]) -> Document | None:
    """The one specification of a checkout as it was once; None: it could not be read then.

    Findings of old versions are nobody's matter any more, so they are not told.
    """
    library = Library(then, others, judges=False)
    return read_document(library, AvroTypes(library), then.specifications[0])


class _Fetched(Mapping[str, bytes]):
    """Files of a revision, each fetched once."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._known: dict[str, bytes | None] = {}

    def __getitem__(self, path: str) -> bytes:
        if path not in self._known:
            self._known[path] = self._files.get(path)
        content = self._known[path]
        if content is None:
            raise KeyError(path)
        return content

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@dataclass(slots=True)
class _Known:
    """Documents that were read of one path, with the content that each was made of."""

    documents: list[tuple[Contents, Document | None]] = field(default_factory=list)

    def find(self, files: Mapping[str, bytes]) -> "tuple[Contents, Document | None] | None":
        """What was read of files that are the same."""
        digests: dict[str, str] = {}
        for contents, document in self.documents:
            for path in contents.keys() - digests.keys():
                digests[path] = _digest(files, path)
            if all(digests[path] == digest for path, digest in contents.items()):
                return contents, document
        return None


def history_of(
    document: Document,
    checkout: Checkout,
    past: Past,
    others: Mapping[str, Checkout],
    read_then: ReadEdition,
) -> DocumentHistory:
    """A document's editions; commits that changed nothing in it are left out.

    None where nothing is known of its past, not even where it stands.
    """
    if not past.revisions:
        return DocumentHistory(past.changed)
    known = _Known([(_contents(document, checkout.files), document)])
    now = known.documents[0][0]
    read = list(_read(checkout, past.revisions, known, others, read_then))
    editions: list[Edition] = []
    if not read or read[0][0] != now:
        editions.append(Edition(document))
    for place, (contents, edition) in enumerate(read):
        older = read[place + 1][0] if place + 1 < len(read) else None
        if edition is not None and contents != older:
            editions.append(edition)
    return DocumentHistory(past.changed, tuple(editions))


def _read(
    checkout: Checkout,
    revisions: tuple[Revision, ...],
    known: _Known,
    others: Mapping[str, Checkout],
    read_then: ReadEdition,
) -> Iterator[tuple[Contents, Edition | None]]:
    """Each revision's content with the edition of it; None: it could not be read then."""
    for revision in revisions:
        files = _Fetched(revision.files)
        found = known.find(files)
        if found is None:
            document = read_then(Checkout(checkout.repository, files, (revision.path,)), others)
            contents = (
                _contents(document, files)
                if document
                else {revision.path: _digest(files, revision.path)}
            )
            found = (contents, document)
            known.documents.append(found)
        contents, document = found
        edition = Edition(document, revision.commit, revision.is_first) if document else None
        yield contents, edition


def _contents(document: Document, files: Mapping[str, bytes]) -> Contents:
    return {path: _digest(files, path) for path in (document.path, *document.uses)}


def _digest(files: Mapping[str, bytes], path: str) -> str:
    content = files.get(path)
    return "" if content is None else hashlib.sha256(content).hexdigest()
