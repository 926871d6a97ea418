"""What depends on what, as small graphs: one of each event, service, channel, domain and team.

A column of more than eight is folded by domain, with a count: nothing is left out in silence.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from catalog_builder.graph import Link
from catalog_builder.model import Event, Service, SharedChannel
from catalog_builder.render.dot import Diagram
from catalog_builder.render.kit import counted
from catalog_builder.render.links import Links
from catalog_builder.render.nodes import Edge, Node
from catalog_builder.render.view import Unit, View

_WIDEST = 8
_STRONGEST = 3
_MOST_INSIDE = 16
_MOST_FOLDS = 12
"""Boxes of a folded column; the last one counts what the others do not hold."""
_FLOWS_SHOWN = 24
_FEWEST_FLOWS = 12
_FLOWS_PER_DOMAIN = 1.3
"""What the landscape of the map draws of itself, too, and of more than 60 domains no more."""
_MOST_DOMAINS = 60
"""Where there are more, only those at the ends of the flows shown are drawn."""
_NOBODY = "nobody"
_NO_DOMAIN = "no domain"


def event_diagram(view: View, event: Event, links: Links) -> Diagram:
    """Who sends an event, and who receives it."""
    node = Node("event", event.called, f"event current{_faded(event)}", "", event.summary)
    before = _column(view, event.producers, links, "producers")
    after = _column(view, event.consumers, links, "consumers")
    if not before:
        before = (Node("unsent", "nobody sends it", _NOBODY),)
    if not after:
        after = (Node("unread", "nobody reads it", _NOBODY),)
    return _between(before, node, after)


def service_diagram(view: View, service: Service, links: Links) -> Diagram:
    """Whose events a service reads, and who reads its own."""
    centre = Node("centre", service.name, "service current")
    nodes, edges = [centre], []
    for link in _folded(view, view.flow.upstream_of(service.id)):
        node = _neighbour(view, link, links, "in")
        nodes.append(node)
        edges.append(Edge(node.key, centre.key, _names(view, link.events), tip=_tip(view, link)))
    for link in _folded(view, view.flow.downstream_of(service.id)):
        node = _neighbour(view, link, links, "out")
        nodes.append(node)
        edges.append(Edge(centre.key, node.key, _names(view, link.events), tip=_tip(view, link)))
    unread = [each for each in service.sends if not view.catalog.event[each].consumers]
    if unread:
        nodes.append(Node("unread", _unread(len(unread)), _NOBODY))
        edges.append(Edge(centre.key, "unread", _names(view, unread), "flow loose"))
    unsent = [each for each in service.receives if not view.catalog.event[each].producers]
    if unsent:
        nodes.append(Node("unsent", _unsent(len(unsent)), _NOBODY))
        edges.append(Edge("unsent", centre.key, _names(view, unsent), "flow loose"))
    return Diagram(tuple(nodes), tuple(edges))


def channel_diagram(view: View, channel: SharedChannel, links: Links) -> Diagram:
    """Who sends to a channel, and who receives from it."""
    node = Node("channel", channel.address or channel.title or channel.id, "channel current")
    before = _column(view, channel.sends, links, "producers")
    return _between(before, node, _column(view, channel.receives, links, "consumers"))


def domain_diagram(view: View, unit: Unit, links: Links) -> Diagram:
    """A domain's services and their flows; other domains are one box each."""
    return _unit_diagram(
        view, unit, links, lambda service: service.domain.name, _domain_node(view, links)
    )


def team_diagram(view: View, unit: Unit, links: Links) -> Diagram:
    """A team's services and their flows; other teams are one box each."""

    def other(name: str) -> Node:
        href = links.team(view.team_id[name]) if name else ""
        return Node(f"unit {name}", name or "no team", "team", href, folded=True)

    return _unit_diagram(view, unit, links, lambda service: service.team.name, other)


def estate_diagram(view: View, links: Links) -> Diagram:
    """Flows between domains, else between services; only the strongest when there are many.

    Its size has a bound: of very many domains those of the strongest flows, and how many others.
    """
    if not view.has_domains:
        every = Unit("", "", view.catalog.services, view.catalog.events)
        all_of_them = links.page("services/index.md")
        return _unit_diagram(
            view, every, links, lambda _: "", _domain_node(view, links), all_of_them
        )
    node = _domain_node(view, links)
    flows = {
        (f"unit {flow.source}", f"unit {flow.target}"): len(flow.events)
        for flow in view.flow.domain_flows()
        if flow.source != flow.target
    }
    names = {unit.name for unit in view.domains} | {
        key.removeprefix("unit ") for ends in flows for key in ends
    }
    are_many = len(names) > _MOST_DOMAINS
    most = max(_FEWEST_FLOWS, round(_FLOWS_PER_DOMAIN * len(names)))
    edges, note = _strongest(flows, _FLOWS_SHOWN if are_many else most)
    shown = {end.removeprefix("unit ") for each in edges for end in (each.source, each.target)}
    boxes = tuple(node(name) for name in sorted(shown if are_many else names))
    if rest := len(names) - len(boxes):
        words = counted(rest, "more domain" if boxes else "domain")
        boxes += (Node("rest", words, "more", links.page("domains/index.md"), folded=True),)
    return Diagram(
        boxes,
        edges,
        {"ranksep": "0.9", "nodesep": "0.3"},
        note,
    )


def _unit_diagram(
    view: View,
    unit: Unit,
    links: Links,
    unit_of: Callable[[Service], str],
    other: Callable[[str], Node],
    rest_at: str = "#services",
) -> Diagram:
    shown = _busiest(unit.services)
    inside = {service.id for service in shown}
    flows: Counter[tuple[str, str]] = Counter()
    outside: dict[str, Node] = {}

    def key_of(id_: str) -> str:
        if id_ in inside:
            return f"service {id_}"
        name = unit_of(view.catalog.service[id_])
        return "" if name == unit.name else outside.setdefault(name, other(name)).key

    for service in shown:
        own = key_of(service.id)
        for link in view.flow.downstream_of(service.id):
            flows[own, key_of(link.service)] += len(link.events)
        for link in view.flow.upstream_of(service.id):
            if unit_of(view.catalog.service[link.service]) != unit.name:
                flows[key_of(link.service), own] += len(link.events)
    edges, note = _strongest({ends: n for ends, n in flows.items() if all(ends)}, _FLOWS_SHOWN)
    linked = {key for edge in edges for key in (edge.source, edge.target)}
    boxes = tuple(
        Node(f"service {each.id}", each.name, "service", links.service(each.id))
        for each in shown
        if len(shown) == len(unit.services) or f"service {each.id}" in linked
    )
    if rest := len(unit.services) - len(boxes):
        boxes += (Node("rest", counted(rest, "more service"), "more", rest_at, folded=True),)
    return Diagram(
        (*(each for _, each in sorted(outside.items()) if each.key in linked), *boxes),
        edges,
        note=note,
    )


def _busiest(services: Sequence[Service]) -> list[Service]:
    """The services that exchange most, by name; all of them when they are few."""
    ranked = sorted(services, key=lambda each: (-len(each.sends) - len(each.receives), each.id))
    return sorted(ranked[:_MOST_INSIDE], key=lambda each: each.id)


def _strongest(flows: Mapping[tuple[str, str], int], most: int) -> tuple[tuple[Edge, ...], str]:
    """The thickest lines, and words for those left out; empty words: none are."""
    every = sorted(_both_ways(flows), key=lambda edge: -edge.width)
    shown = sorted(every[:most], key=lambda edge: (edge.source, edge.target))
    note = f"the {most} strongest of {len(every):,} lines" if len(every) > most else ""
    return tuple(shown), note


def _both_ways(flows: Mapping[tuple[str, str], int]) -> Iterator[Edge]:
    """One line between two boxes, whether events flow one way or both; thicker for more."""
    most = max(flows.values(), default=1)
    for (source, target), count in sorted(flows.items()):
        back = flows.get((target, source), 0)
        if source == target or (back, target) > (count, source):
            continue
        yield Edge(
            source,
            target,
            f"{count} ⇄ {back}" if back else str(count),
            "flow both" if back else "flow",
            counted(count, "event") + (f" one way, {back} the other" if back else ""),
            1 + 2 * (count + back) / (2 * most),
            both=bool(back),
        )


def _domain_node(view: View, links: Links) -> Callable[[str], Node]:
    def node(name: str) -> Node:
        href = links.domain(view.domain_id[name]) if name else ""
        return Node(f"unit {name}", name or _NO_DOMAIN, "domain", href, folded=True)

    return node


def _column(view: View, services: Sequence[str], links: Links, anchor: str) -> tuple[Node, ...]:
    if len(services) <= _WIDEST:
        return tuple(
            Node(
                f"service {id_}",
                view.catalog.service[id_].name,
                "service",
                links.service(id_),
                _belonging(view.catalog.service[id_]),
            )
            for id_ in services
        )
    counts = Counter(view.catalog.service[id_].domain.name for id_ in services)
    shown, rest = _largest(counts)
    folds = [(f"fold {name}", name or _NO_DOMAIN, counts[name]) for name in shown]
    if rest:
        folds.append(("fold", f"{len(rest)} more domains", sum(counts[name] for name in rest)))
    return tuple(
        Node(key, f"{name} · {counted(count, 'service')}", "more", f"#{anchor}", folded=True)
        for key, name, count in folds
    )


def _largest(counts: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """The domains that have a box of their own, and those that share one; each by name."""
    ranked = sorted(counts, key=lambda name: (-counts[name], name))
    most = len(ranked) if len(ranked) <= _MOST_FOLDS else _MOST_FOLDS - 1
    return sorted(ranked[:most]), sorted(ranked[most:])


def _between(before: Sequence[Node], node: Node, after: Sequence[Node]) -> Diagram:
    """Who sends, what is sent, and who receives it, in a column each.

    The same service on both sides is a box on each.
    """
    senders = [each._replace(column="senders") for each in before]
    receivers = [each._replace(key=f"reader {each.key}", column="receivers") for each in after]
    edges = (
        *(Edge(each.key, node.key, style=_edge_style(each)) for each in senders),
        *(Edge(node.key, each.key, style=_edge_style(each)) for each in receivers),
    )
    return Diagram((*senders, node._replace(column="between"), *receivers), edges)


def _folded(view: View, neighbours: Sequence[Link]) -> Iterable[Link]:
    """Neighbours, by domain when many; a fold's `service` is its count, `/` and its name."""
    if len(neighbours) <= _WIDEST:
        return neighbours
    by_domain: dict[str, list[Link]] = defaultdict(list)
    for link in neighbours:
        by_domain[view.catalog.service[link.service].domain.name].append(link)
    shown, rest = _largest({name: len(own) for name, own in by_domain.items()})
    folds = [(name or _NO_DOMAIN, by_domain[name]) for name in shown]
    if rest:
        others = [link for name in rest for link in by_domain[name]]
        folds.append((f"{len(rest)} more domains", others))
    return [own[0] if len(own) == 1 else _together(name, own) for name, own in folds]


def _together(name: str, links: Sequence[Link]) -> Link:
    events = sorted({event for link in links for event in link.events})
    return Link(f"{len(links)}/{name}", tuple(events))


def _neighbour(view: View, link: Link, links: Links, side: str) -> Node:
    service = view.catalog.service.get(link.service)
    if service is None:
        count, _, name = link.service.partition("/")
        label = f"{name} · {counted(int(count), 'service')}"
        return Node(f"{side} {link.service}", label, "more", "#neighbours", folded=True)
    return Node(
        f"{side} {service.id}",
        service.name,
        "service",
        links.service(service.id),
        _belonging(service),
    )


def _names(view: View, events: Sequence[str]) -> str:
    shown = events if len(events) <= _STRONGEST else events[: _STRONGEST - 1]
    names = [view.catalog.event[each].called for each in shown]
    rest = len(events) - len(shown)
    return "\n".join([*names, *([f"and {rest} more"] if rest else [])])


def _tip(view: View, link: Link) -> str:
    return ", ".join(view.catalog.event[each].called for each in link.events[:20])


def _belonging(service: Service) -> str:
    parts = (service.domain.name, service.team.name)
    return " · ".join(part for part in (service.name, *parts) if part)


def _edge_style(node: Node) -> str:
    return "flow loose" if node.style == _NOBODY else "flow"


def _faded(event: Event) -> str:
    return " deprecated" if event.deprecation else ""


def _unread(count: int) -> str:
    return f"nobody reads {'it' if count == 1 else 'them'}"


def _unsent(count: int) -> str:
    return f"nobody sends {'it' if count == 1 else 'them'}"
