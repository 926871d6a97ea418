"""The graph of producers and consumers, behind the questions people ask of it.

Alone knows how the graph is built: a service that sends an event points to it, an event points to
the services that receive it. So whatever lies downstream may be reached by a change.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain, islice, zip_longest

import networkx as nx

from catalog_builder.graph.answers import (
    Chain,
    DomainFlow,
    Hop,
    Kind,
    Link,
    LooseEnds,
    Node,
    Reach,
)
from catalog_builder.graph.fields import declares
from catalog_builder.graph.walks import longest_chains, shortest_chains
from catalog_builder.model import Action, Belonging, Catalog, Relation


class Flow:
    """Answers questions about one catalogue; every answer is sorted and always the same.

    An id that the catalogue does not have is no error: nothing is known of it. Where a question
    takes an event or a service, a plain id means the event when both have it.

    >>> from catalog_builder.model import Catalog, Confidence, Event, Join, Location, Service
    >>> why, where = Join("same-address", "", Confidence.CERTAIN), Location("shop")
    >>> flow = Flow(Catalog(
    ...     "Shop",
    ...     services=(Service("billing", "Billing"), Service("orders", "Orders")),
    ...     events=(Event("placed", "OrderPlaced"),),
    ...     relations=(
    ...         Relation("billing", Action.RECEIVE, "placed", "", "", why, where),
    ...         Relation("orders", Action.SEND, "placed", "", "", why, where),
    ...     ),
    ... ))
    >>> flow.producers_of("placed"), flow.consumers_of("placed")
    (('orders',), ('billing',))
    >>> flow.downstream_of("orders")
    (Link(service='billing', events=('placed',)),)
    >>> [str(node) for node in flow.path("orders", "billing")[0]]
    ['service:orders', 'event:placed', 'service:billing']
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._graph = nx.DiGraph()
        self._graph.add_nodes_from(
            sorted(
                chain(
                    (Node(Kind.EVENT, each) for each in catalog.event),
                    (Node(Kind.SERVICE, each) for each in catalog.service),
                )
            )
        )
        self._graph.add_edges_from(_edges(catalog))
        self._upstream: dict[str, tuple[Link, ...]] = {}
        self._downstream: dict[str, tuple[Link, ...]] = {}

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every event and every service."""
        return tuple(self._graph)

    @cached_property
    def edges(self) -> tuple[tuple[Node, Node], ...]:
        """Every pair of a sender and its event, and of an event and its receiver."""
        return tuple(sorted(self._graph.edges))

    def producers_of(self, event: str) -> tuple[str, ...]:
        """Ids of the services that send an event."""
        return self._ids_before(Node(Kind.EVENT, event))

    def consumers_of(self, event: str) -> tuple[str, ...]:
        """Ids of the services that receive an event."""
        return self._ids_after(Node(Kind.EVENT, event))

    def upstream_of(self, service: str) -> tuple[Link, ...]:
        """The other services whose events a service receives, with those events."""
        if service not in self._upstream:
            received = self._ids_before(Node(Kind.SERVICE, service))
            self._upstream[service] = _links(service, received, self.producers_of)
        return self._upstream[service]

    def downstream_of(self, service: str) -> tuple[Link, ...]:
        """The other services that receive what a service sends, with those events."""
        if service not in self._downstream:
            sent = self._ids_after(Node(Kind.SERVICE, service))
            self._downstream[service] = _links(service, sent, self.consumers_of)
        return self._downstream[service]

    def reached_from(self, start: Node | str, hops: int | None = None) -> Reach:
        """What lies downstream within so many hops; `None`: however far.

        One hop leads from a service over an event to the services that receive it, or from an
        event to the services that receive it. The start itself is not reached.
        """
        node = self._node(start)
        return Reach(tuple(islice(self._hops(node), hops and max(hops, 0)))) if node else Reach()

    def reach_of_field(self, event: str, path: str, hops: int | None = None) -> Reach:
        """What a change of one field of an event reaches, as `reached_from` has it.

        Of the services that receive the event, those whose documents describe what they read, and
        do not name the field, are not reached. `path` is that of a `PlacedField`.
        """
        known = self._catalog.event.get(event)
        blind = {
            service
            for each in (known.expectations if known else ())
            for service in each.services
            if each.shape.fields or each.shape.variants
        }
        seeing = {
            service
            for each in (known.expectations if known else ())
            if declares(each.shape, path)
            for service in each.services
        }
        reached = [each for each in self.consumers_of(event) if each in seeing or each not in blind]
        if not reached:
            return Reach()
        without = nx.restricted_view(self._graph, [Node(Kind.EVENT, event)], [])
        layers = nx.bfs_layers(without, [Node(Kind.SERVICE, each) for each in reached])
        return Reach(tuple(islice(self._layered(chain([()], layers)), hops and max(hops, 0))))

    def path(
        self, start: Node | str, end: Node | str, limit: int = 100
    ) -> tuple[tuple[Node, ...], ...]:
        """The shortest chains from one event or service down to another, at most `limit`."""
        first, last = self._node(start), self._node(end)
        if first is None or last is None:
            return ()
        chains = shortest_chains(self._graph, first, last)
        return tuple(sorted(islice(chains, max(limit, 0))))

    def cycles(self) -> tuple[tuple[str, ...], ...]:
        """Groups of two or more services that all reach each other, largest first."""
        groups = (
            tuple(sorted(node.id for node in group if node.kind is Kind.SERVICE))
            for group in nx.strongly_connected_components(self._graph)
        )
        return tuple(sorted((each for each in groups if len(each) > 1), key=_largest_first))

    def loose_ends(self) -> LooseEnds:
        """What has no other side."""
        graph = self._graph
        events = [each for each in graph if each.kind is Kind.EVENT]
        return LooseEnds(
            unread=tuple(each.id for each in events if not graph.out_degree(each)),
            unsent=tuple(each.id for each in events if not graph.in_degree(each)),
            unconnected=tuple(
                each.id for each in graph if each.kind is Kind.SERVICE and not graph.degree(each)
            ),
        )

    def longest_chains(self, limit: int = 10) -> tuple[Chain, ...]:
        """From each beginning the chain over the most services; most first, two at least."""
        return longest_chains(self._graph, limit)

    def domain_flows(self) -> tuple[DomainFlow, ...]:
        """What flows between every two domains that anything flows between, and inside each."""
        return self._domain_flows

    @cached_property
    def _domain_flows(self) -> tuple[DomainFlow, ...]:
        flows: dict[tuple[str, str], tuple[set[str], set[str], set[str]]] = {}
        for event in self._catalog.event:
            receivers = self._by_domain(self.consumers_of(event))
            for source, sending in self._by_domain(self.producers_of(event)).items():
                for target, receiving in receivers.items():
                    known = flows.setdefault((source, target), (set(), set(), set()))
                    known[0].add(event)
                    known[1].update(sending)
                    known[2].update(receiving)
        return tuple(
            DomainFlow(*pair, *(tuple(sorted(part)) for part in parts))
            for pair, parts in sorted(flows.items())
        )

    def _node(self, wanted: Node | str) -> Node | None:
        nodes = (
            (Node(Kind.EVENT, wanted), Node(Kind.SERVICE, wanted))
            if isinstance(wanted, str)
            else (wanted,)
        )
        return next((each for each in nodes if each in self._graph), None)

    def _ids_before(self, node: Node) -> tuple[str, ...]:
        return _ids(self._graph.predecessors(node)) if node in self._graph else ()

    def _ids_after(self, node: Node) -> tuple[str, ...]:
        return _ids(self._graph.successors(node)) if node in self._graph else ()

    def _hops(self, node: Node) -> Iterator[Hop]:
        layers: Iterator[Iterable[Node]] = nx.bfs_layers(self._graph, [node])
        next(layers)
        if node.kind is Kind.EVENT:
            layers = chain([()], layers)
        yield from self._layered(layers)

    def _layered(self, layers: Iterator[Iterable[Node]]) -> Iterator[Hop]:
        """Hops of events and services in turn."""
        teams: set[str] = set()
        domains: set[str] = set()
        pairs = zip_longest(layers, layers, fillvalue=())
        for distance, (events, services) in enumerate(pairs, start=1):
            ids = _ids(services)
            found = [self._catalog.service[each] for each in ids]
            new_teams = _names(each.team for each in found) - teams
            new_domains = _names(each.domain for each in found) - domains
            teams |= new_teams
            domains |= new_domains
            if events or ids:
                new = tuple(sorted(new_teams)), tuple(sorted(new_domains))
                yield Hop(distance, ids, *new, _ids(events))

    def _by_domain(self, services: Iterable[str]) -> dict[str, list[str]]:
        grouped = defaultdict(list)
        for each in services:
            grouped[self._catalog.service[each].domain.name].append(each)
        return grouped


def _edges(catalog: Catalog) -> Iterator[tuple[Node, Node]]:
    """Each once, always in the same order."""
    events = {each: Node(Kind.EVENT, each) for each in catalog.event}
    services = {each: Node(Kind.SERVICE, each) for each in catalog.service}
    # Relations come sorted, so that sorting these is but a look at them.
    for service, action, event in sorted(dict.fromkeys(map(_triple, catalog.relations))):
        if service in services and event in events:
            pair = (services[service], events[event])
            yield pair if action is Action.SEND else pair[::-1]


def _triple(relation: Relation) -> tuple[str, Action, str]:
    return relation.service, relation.action, relation.event


def _ids(nodes: Iterable[Node]) -> tuple[str, ...]:
    return tuple(sorted(node.id for node in nodes))


def _names(belongings: Iterable[Belonging]) -> set[str]:
    return {each.name for each in belongings if each}


def _largest_first(group: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    return -len(group), group


def _links(
    service: str, events: Iterable[str], others_of: Callable[[str], Iterable[str]]
) -> tuple[Link, ...]:
    """The services at the other ends of a service's events, by id."""
    between = defaultdict(list)
    for event in events:
        for other in others_of(event):
            if other != service:
                between[other].append(event)
    return tuple(Link(other, tuple(sorted(shared))) for other, shared in sorted(between.items()))
