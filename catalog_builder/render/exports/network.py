"""The catalogue as nodes and edges with plain texts, as every drawing format wants it."""

from collections.abc import Iterator
from dataclasses import dataclass

from catalog_builder.graph import Flow, Kind, Node
from catalog_builder.model import Action, Catalog, Confidence, Event, Relation, Service
from catalog_builder.render.exports.text import distinct, plain

_CERTAINTY = {each: place for place, each in enumerate(Confidence)}


@dataclass(frozen=True, slots=True)
class Vertex:
    """A service or an event; all texts are free of control characters."""

    key: str
    """`service:ID` or `event:ID`; unique, since ids are unique within a kind."""
    kind: Kind
    id: str
    label: str
    domain: str
    team: str
    version: str
    deprecated: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """That a service sends an event (from service to event) or receives it (to the service)."""

    source: int
    """Place of the vertex among the vertices."""
    target: int
    action: Action
    channels: tuple[str, ...]
    protocols: tuple[str, ...]
    confidence: Confidence
    """Of the surest relation behind it."""


@dataclass(frozen=True, slots=True)
class Network:
    """Vertices sorted by kind and id, edges by their ends."""

    vertices: tuple[Vertex, ...]
    edges: tuple[Edge, ...]


def network(catalog: Catalog, flow: Flow) -> Network:
    """Every event and service, and one edge for all relations between the same two."""
    places = {node: place for place, node in enumerate(flow.nodes)}
    relations: dict[tuple[Node, Node], list[Relation]] = {each: [] for each in flow.edges}
    for relation in catalog.relations:
        behind = relations.get(_ends(relation))
        if behind is not None:
            behind.append(relation)
    return Network(
        tuple(_vertices(catalog, flow)),
        tuple(
            _edge(catalog, (places[source], places[target]), behind)
            for (source, target), behind in relations.items()
        ),
    )


def _ends(relation: Relation) -> tuple[Node, Node]:
    service, event = Node(Kind.SERVICE, relation.service), Node(Kind.EVENT, relation.event)
    return (service, event) if relation.action is Action.SEND else (event, service)


def _vertices(catalog: Catalog, flow: Flow) -> Iterator[Vertex]:
    for node in flow.nodes:
        known: Event | Service
        if node.kind is Kind.EVENT:
            known = event = catalog.event[node.id]
            version, deprecated = event.version.name, event.is_deprecated
        else:
            known = service = catalog.service[node.id]
            version, deprecated = service.version, False
        yield Vertex(
            key=distinct(str(node)),
            kind=node.kind,
            id=plain(node.id),
            label=plain(known.name or known.id),
            domain=plain(known.domain.name),
            team=plain(known.team.name),
            version=plain(version),
            deprecated=deprecated,
        )


def _edge(catalog: Catalog, ends: tuple[int, int], behind: list[Relation]) -> Edge:
    channels = [catalog.channel[each.channel] for each in behind if each.channel in catalog.channel]
    return Edge(
        *ends,
        action=behind[0].action,
        channels=tuple(sorted({plain(each.address or each.id) for each in channels})),
        protocols=tuple(sorted({plain(each.protocol) for each in channels if each.protocol})),
        confidence=min((each.join.confidence for each in behind), key=_CERTAINTY.__getitem__),
    )
