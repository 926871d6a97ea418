"""Turns what a repository holds into documents of the model, whatever is wrong with it."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from catalog_builder.model import Checkout, Past, Reading
from catalog_builder.parse.avro import AvroTypes
from catalog_builder.parse.backstage import read_components
from catalog_builder.parse.codeowners import read_code_owners
from catalog_builder.parse.codes import CODES
from catalog_builder.parse.documents import read_document
from catalog_builder.parse.faults import report_faults
from catalog_builder.parse.past import ReadEdition, history_of, read_edition
from catalog_builder.parse.plans import Plan, plan_of
from catalog_builder.parse.references import Library
from catalog_builder.parse.registered import read_registered

__all__ = [
    "CODES",
    "Plan",
    "plan_of",
    "read",
    "read_edition",
    "read_registered",
    "with_history",
]

_NONE: Mapping[str, Checkout] = MappingProxyType({})
_NOTHING: Mapping[str, bytes] = MappingProxyType({})


def read(
    checkout: Checkout,
    others: Mapping[str, Checkout] = _NONE,
    web: Mapping[str, bytes] = _NOTHING,
) -> Reading:
    """Everything the repository says, as far as it can be read, with every departure.

    `others` are the repositories of the catalogue by their web address without scheme, in lower
    case (`github.com/acme/orders`): references to raw files of them are followed there. `web` are
    files of other hosts by address; the addresses that are missing in it are `wanted`.
    Findings: the codes in `CODES`.
    """
    library = Library(checkout, others, web)
    types = AvroTypes(library)
    read_all = (read_document(library, types, path) for path in sorted(checkout.specifications))
    documents = tuple(each for each in read_all if each is not None)
    report_faults(library, checkout.specifications)
    return Reading(
        repository=checkout.repository,
        documents=documents,
        components=read_components(library),
        code_owners=read_code_owners(checkout.files),
        findings=library.report.findings,
        wanted=tuple(sorted(library.web.wanted)),
    )


def with_history(
    reading: Reading,
    checkout: Checkout,
    pasts: Mapping[str, Past],
    others: Mapping[str, Checkout] = _NONE,
    read_then: ReadEdition = read_edition,
) -> Reading:
    """The reading with what its documents said before, as far as `pasts` tell by their paths."""
    history = {
        document.path: history_of(document, checkout, pasts[document.path], others, read_then)
        for document in reading.documents
        if document.path in pasts
    }
    return replace(reading, history=history)
