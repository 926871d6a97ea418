"""What one asks of a catalogue without building its site: what a change reaches, what there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog_builder.build import catalogued
from catalog_builder.config import Settings
from catalog_builder.crawl import Folder
from catalog_builder.graph import Asked, Kind, Node, Reach, asked_in
from catalog_builder.model import Catalog, CatalogError, Payload, without_package
from catalog_builder.parse import plan_of, read
from catalog_builder.progress import Progress
from catalog_builder.render import View
from catalog_builder.schema import identity_of, shape_of
from catalog_builder.search import (
    Comparison,
    Draft,
    Index,
    Likeness,
    Result,
    Search,
    index_of,
    occurrences_in,
)


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change of an event, or of one of its fields, reaches."""

    asked: Asked
    reach: Reach
    catalog: Catalog


def impact_of(
    settings: Settings, progress: Progress, text: str, hops: int, *, offline: bool = False
) -> Impact:
    """What a change of the event or field that a text names reaches, within so many hops.

    Raises:
        AskedError: nothing is called so.
    """
    made = catalogued(settings, progress, offline=offline)
    asked = asked_in(made.catalog, text)
    if asked.path:
        reach = made.flow.reach_of_field(asked.event.id, asked.path, hops)
    else:
        reach = made.flow.reached_from(Node(Kind.EVENT, asked.event.id), hops)
    return Impact(asked, reach, made.catalog)


@dataclass
class NothingPlannedError(CatalogError):
    """A file holds nothing that can be compared."""

    file: Path

    def __str__(self) -> str:
        """Which file, and what it may be."""
        return (
            f"{self.file} holds nothing to compare. Give an AsyncAPI document, a JSON Schema, "
            "an Avro or Protobuf schema, an example of a payload as JSON, or a name."
        )


def _index(settings: Settings, progress: Progress, *, offline: bool) -> Index:
    made = catalogued(settings, progress, offline=offline)
    return index_of(View(made.catalog, made.flow).entries, settings.search.synonyms)


def searched(
    settings: Settings, progress: Progress, query: str, most: int, *, offline: bool = False
) -> Result:
    """What a query finds in the catalogue: the best `most` hits of each kind."""
    return Search(_index(settings, progress, offline=offline)).find(query, most)


def compared(
    settings: Settings, progress: Progress, drafts: Sequence[Draft], *, offline: bool = False
) -> tuple[Comparison, ...]:
    """The events most like each of these plans, and what follows."""
    likeness = Likeness(_index(settings, progress, offline=offline))
    return tuple(likeness.compare(draft) for draft in drafts)


def drafts_in(file: Path) -> tuple[Draft, ...]:
    """The events that a file plans: those of a document, else the one whose payload it is.

    Raises:
        NothingPlannedError: there are none.
    """
    place = file.resolve()
    plan = plan_of(place.name, Folder(str(place.parent)))
    if plan is None:
        raise NothingPlannedError(file)
    messages = [
        message
        for document in read(plan.checkout).documents
        for channel in document.channels
        for message in channel.messages
    ]
    drafts = [
        Draft(
            message.name if plan.is_document else plan.name or _schema_name(message.payload),
            occurrences_in(shape_of(message.payload)) if message.payload else (),
        )
        for message in messages
    ]
    known = tuple(each for each in dict.fromkeys(drafts) if each.name or each.fields)
    if not known:
        raise NothingPlannedError(file)
    return known


def _schema_name(payload: Payload | None) -> str:
    return without_package(identity_of(payload)) if payload else ""
