"""Walks over a directed graph that always end: shortest chains, longest chains."""

from collections.abc import Iterator
from typing import Any, TypeAlias

import networkx as nx

from catalog_builder.graph.answers import Chain, Kind, Node

Graph: TypeAlias = Any
"""A `networkx.DiGraph` of `Node`; the library ships no types."""


def shortest_chains(graph: Graph, start: Node, end: Node) -> Iterator[tuple[Node, ...]]:
    """Every chain from start to end that no other is shorter than, one by one.

    There may be exponentially many: take as many as are wanted. None when end is not downstream.
    """
    distance: dict[Node, int] = {}
    for layer_distance, layer in enumerate(nx.bfs_layers(graph, [start])):
        distance.update(dict.fromkeys(layer, layer_distance))
        if end in distance:
            yield from _backwards(graph, distance, end)
            return


def _backwards(graph: Graph, distance: dict[Node, int], end: Node) -> Iterator[tuple[Node, ...]]:
    # Chains share their tails as nested pairs, so that a long one costs no more than its length.
    waiting: list[tuple[Node, Any]] = [(end, None)]
    while waiting:
        tail = waiting.pop()
        nearer = distance[tail[0]] - 1
        if nearer < 0:
            yield tuple(_unfolded(tail))
            continue
        before = (each for each in graph.predecessors(tail[0]) if distance.get(each) == nearer)
        waiting.extend((each, tail) for each in sorted(before, reverse=True))


def _unfolded(tail: tuple[Node, Any] | None) -> Iterator[Node]:
    while tail is not None:
        yield tail[0]
        tail = tail[1]


def longest_chains(graph: Graph, limit: int) -> tuple[Chain, ...]:
    """The longest chain from each beginning, most services first, at most `limit` of them.

    A knot (nodes that reach each other) counts as one link, hence no chain is endless.
    """
    condensed = nx.condensation(graph)
    links = {each: tuple(sorted(condensed.nodes[each]["members"])) for each in condensed}
    following, services = _best_continuations(condensed, links)
    beginnings = [
        each for each in condensed if not condensed.in_degree(each) and services[each] > 1
    ]
    beginnings.sort(key=lambda each: (-services[each], links[each]))
    return tuple(_followed(each, following, links) for each in beginnings[: max(limit, 0)])


def _best_continuations(
    condensed: Graph, links: dict[int, tuple[Node, ...]]
) -> tuple[dict[int, int], dict[int, int]]:
    """Per link the next one of its longest chain, and how many links of that have services."""
    following: dict[int, int] = {}
    services: dict[int, int] = {}
    for each in reversed(list(nx.topological_sort(condensed))):
        own = any(node.kind is Kind.SERVICE for node in links[each])
        after = [other for other in condensed.successors(each) if services[other]]
        if after:
            following[each] = min(after, key=lambda other: (-services[other], links[other]))
        services[each] = own + (services[following[each]] if after else 0)
    return following, services


def _followed(
    beginning: int, following: dict[int, int], links: dict[int, tuple[Node, ...]]
) -> Chain:
    chain = [links[beginning]]
    while beginning in following:
        beginning = following[beginning]
        chain.append(links[beginning])
    return tuple(chain)
