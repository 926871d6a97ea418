"""A service in full, made of the documents that describe it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from catalog_builder.assemble.belongings import Belongings
from catalog_builder.assemble.codes import finding
from catalog_builder.assemble.documents import Described
from catalog_builder.model import Action, Contact, DocumentLink, Finding, Relation, Service

_Value = TypeVar("_Value")


def service_profile(
    name: str,
    documents: Sequence[Described],
    belongings: Belongings,
) -> Service:
    """A service; of what several documents say, that counts which the main one says."""
    ordered = sorted(documents, key=lambda each: each.place)
    ranked = sorted(documents, key=_rank) if len(documents) > 1 else documents
    own = [each.document for each in ranked]
    return Service(
        id=ordered[0].service,
        name=name,
        version=_first(each.version for each in own) or "",
        description=_first(each.description for each in own) or "",
        domain=belongings.domain_of_service(ranked),
        team=belongings.team_of_service(ranked),
        contact=_first(each.contact for each in own if each.contact != Contact()),
        tags=tuple(dict.fromkeys(tag for each in own for tag in each.tags)),
        external_docs=_first(each.external_docs for each in own) or "",
        documents=tuple(_link(each) for each in ordered),
    )


def _rank(described: Described) -> tuple[int, int, int, str]:
    """Sorts documents: what sends most, does most, and has the shortest path, goes first."""
    operations = described.operations
    sent = {
        (each.channel, message)
        for each in operations
        if each.action is Action.SEND
        for message in each.messages
    }
    return (-len(sent), -len(operations), len(described.document.path), described.place)


def _first(values: Iterable[_Value]) -> _Value | None:
    return next((value for value in values if value), None)


def _link(described: Described) -> DocumentLink:
    return DocumentLink(
        described.location(),
        described.document.asyncapi,
        described.viewpoint,
        described.copies,
        described.history.changed,
    )


def ids_by_service(relations: Iterable[Relation], action: Action) -> Mapping[str, tuple[str, ...]]:
    """Of each service the ids of the events that it sends, or receives."""
    found: dict[str, set[str]] = {}
    for relation in relations:
        if relation.action is action:
            found.setdefault(relation.service, set()).add(relation.event)
    return {service: tuple(sorted(events)) for service, events in found.items()}


def unowned(services: Iterable[Service]) -> Iterator[Finding]:
    """A finding for each service without a team."""
    for each in services:
        if not each.team:
            yield finding(
                "service-without-owner",
                each.documents[0].location,
                service=each.id,
                name=each.name,
            )
