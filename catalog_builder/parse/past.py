"""Documents as they were at earlier commits: each distinct content is read once.

Findings of old versions are nobody's matter any more, so they are not told.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

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
    document: Document, checkout: Checkout, past: Past, others: Mapping[str, Checkout]
) -> DocumentHistory:
    """A document's editions; commits that changed nothing in it are left out.

    None where nothing is known of its past, not even where it stands.
    """
    if not past.revisions:
        return DocumentHistory(past.changed)
    known = _Known([(_contents(document, checkout.files), document)])
    now = known.documents[0][0]
    read = list(_read(checkout, past.revisions, known, others))
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
) -> Iterator[tuple[Contents, Edition | None]]:
    """Each revision's content with the edition of it; None: it could not be read then."""
    for revision in revisions:
        found = known.find(revision.files)
        if found is None:
            document = _document(checkout, revision, others)
            contents = (
                _contents(document, revision.files)
                if document
                else {revision.path: _digest(revision.files, revision.path)}
            )
            found = (contents, document)
            known.documents.append(found)
        contents, document = found
        edition = Edition(document, revision.commit, revision.is_first) if document else None
        yield contents, edition


def _document(
    checkout: Checkout, revision: Revision, others: Mapping[str, Checkout]
) -> Document | None:
    then = Checkout(checkout.repository, revision.files, (revision.path,))
    library = Library(then, others, judges=False)
    return read_document(library, AvroTypes(library), revision.path)


def _contents(document: Document, files: Mapping[str, bytes]) -> Contents:
    return {path: _digest(files, path) for path in (document.path, *document.uses)}


def _digest(files: Mapping[str, bytes], path: str) -> str:
    content = files.get(path)
    return "" if content is None else hashlib.sha256(content).hexdigest()
