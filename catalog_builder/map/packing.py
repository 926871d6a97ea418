"""The map as a browser gets it: columns of numbers and names, and nothing twice.

Events stand in the order of who sends them first, so that what a service sends is a run of
numbers; numbers that only grow are kept as their differences. `docs_templates/assets/map-data.js`
reads it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

import orjson

from catalog_builder.map.landscape import landscape_of
from catalog_builder.model import Action, Catalog, Event, Relation, Service

_WORD_STARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_UNFIT = re.compile(r"[^a-z0-9._]+")
_UNFIT_TEXT = re.compile(r"[\ud800-\udfff]")

Packed: TypeAlias = Mapping[str, object]
Things: TypeAlias = Sequence[Service | Event]


def packed_map(
    catalog: Catalog, domain_ids: Mapping[str, str], team_ids: Mapping[str, str]
) -> tuple[bytes, bytes]:
    """Two scripts: the map for `catalogMap.load`, where each relation stands for `tellSources`.

    The ids of domains and teams are those of their pages.
    """
    order = _Order.of(catalog)
    told = {
        "title": _text(catalog.title),
        "landscape": _landscape(catalog, order),
        "domains": [[_text(name), domain_ids.get(name, "")] for name in order.domains.values],
        "teams": [[_text(name), team_ids.get(name, "")] for name in order.teams.values],
        "services": _services(order),
        "events": _events(catalog, order),
        "sends": _sides(order, lambda each: each.sends),
        "receives": _sides(order, lambda each: each.receives),
    }
    return _call("load", told), _call("tellSources", _sources(catalog, order))


def _call(name: str, packed: Packed) -> bytes:
    return b"window.catalogMap.%s(%s);\n" % (name.encode(), orjson.dumps(packed))


T = TypeVar("T", str, tuple[str, ...], tuple[str, str])


class _Names(Generic[T]):
    """Distinct values in order, and the number of each."""

    def __init__(self, values: Iterable[T]) -> None:
        self.values: list[T] = sorted(set(values))
        self.number: Mapping[T, int] = {each: place for place, each in enumerate(self.values)}


@dataclass(frozen=True, slots=True)
class _Order:
    """Services and events with their numbers."""

    services: Sequence[Service]
    events: Sequence[Event]
    event_number: Mapping[str, int]
    domains: _Names[str]
    teams: _Names[str]

    @classmethod
    def of(cls, catalog: Catalog) -> "_Order":
        number = {each.id: number for number, each in enumerate(catalog.services)}
        events = sorted(
            catalog.events,
            key=lambda each: (
                number[each.producers[0]] if each.producers else len(number),
                each.id,
            ),
        )
        everything: list[Service | Event] = [*catalog.services, *events]
        return cls(
            catalog.services,
            events,
            {each.id: place for place, each in enumerate(events)},
            _Names(each.domain.name for each in everything),
            _Names(each.team.name for each in everything),
        )


def plain_id(name: str) -> str:
    """The id that a name most often has, by a rule that the browser knows as well.

    >>> plain_id("OrderPlaced"), plain_id("Order service")
    ('order-placed', 'order-service')
    """
    return _UNFIT.sub("-", _WORD_STARTS.sub("-", name).lower()).strip("-._")


def _text(text: str) -> str:
    return _UNFIT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text)


def _ids(things: Things, names: Sequence[str]) -> dict[str, str]:
    """The ids that names do not tell, by number."""
    return {
        str(number): _text(each.id)
        for number, (each, name) in enumerate(zip(things, names, strict=True))
        if plain_id(name) != each.id or not name.isascii()
    }


def _belongings(things: Things, order: _Order) -> Packed:
    return {
        "domain": [order.domains.number[each.domain.name] for each in things],
        "team": [order.teams.number[each.team.name] for each in things],
    }


def _services(order: _Order) -> Packed:
    names = [_text(each.name) for each in order.services]
    ids = _ids(order.services, names)
    return {"name": names, "id": ids, **_belongings(order.services, order)}


def _events(catalog: Catalog, order: _Order) -> Packed:
    names = [_text(each.called) for each in order.events]
    spoken = [
        tuple(sorted({_text(catalog.channel[id_].protocol) for id_ in each.channels} - {""}))
        for each in order.events
    ]
    lives = [
        "deprecated" if each.is_deprecated else _text(each.lifecycle.name) for each in order.events
    ]
    protocols, lifecycles = _Names(spoken), _Names(lives)
    return {
        "name": names,
        "id": _ids(order.events, names),
        **_belongings(order.events, order),
        "protocols": protocols.values,
        "protocol": [protocols.number[each] for each in spoken],
        "lifecycles": lifecycles.values,
        "lifecycle": [lifecycles.number[each] for each in lives],
    }


def _sides(order: _Order, events: Callable[[Service], Iterable[str]]) -> list[list[int]]:
    return [
        _differences(sorted(order.event_number[id_] for id_ in events(each)))
        for each in order.services
    ]


def _differences(numbers: Sequence[int]) -> list[int]:
    return [after - before for before, after in zip([0, *numbers], numbers, strict=False)]


def _first_relations(catalog: Catalog) -> Mapping[tuple[str, Action, str], Relation]:
    """Of all operations with which a service sends or receives an event, the first."""
    found: dict[tuple[str, Action, str], Relation] = {}
    for each in catalog.relations:
        found.setdefault((each.service, each.action, each.event), each)
    return found


def _sources(catalog: Catalog, order: _Order) -> Packed:
    """Of each service the documents and lines: of all that it sends, then of all it receives."""
    first = _first_relations(catalog)
    documents = _Names((each.source.repository, each.source.path) for each in first.values())
    return {
        "repositories": _repositories(catalog, documents),
        "documents": [[_text(repository), _text(path)] for repository, path in documents.values],
        "places": [_places(each, order, first, documents) for each in order.services],
    }


def _places(
    service: Service,
    order: _Order,
    first: Mapping[tuple[str, Action, str], Relation],
    documents: _Names[tuple[str, str]],
) -> list[list[int]]:
    events = [
        (action, id_)
        for action, ids in ((Action.SEND, service.sends), (Action.RECEIVE, service.receives))
        for id_ in sorted(ids, key=order.event_number.__getitem__)
    ]
    places = [first[service.id, *each].source for each in events]
    numbers = [documents.number[each.repository, each.path] for each in places]
    return [
        numbers[:1] if len(set(numbers)) == 1 else numbers,
        [each.line for each in places],
    ]


def _repositories(catalog: Catalog, documents: _Names[tuple[str, str]]) -> Packed:
    """By name: the pattern of a link to a line, and the commit."""
    used = {name for name, _ in documents.values}
    return {
        _text(each.name): [each.link, each.commit]
        for each in sorted(catalog.repositories, key=lambda each: each.name)
        if each.name in used
    }


def _landscape(catalog: Catalog, order: _Order) -> Packed:
    found = landscape_of(catalog)
    numbers = {
        "domain": order.domains.number,
        "team": order.teams.number,
        "service": {each.id: number for number, each in enumerate(order.services)},
    }[found.grouping]
    return {
        "grouping": found.grouping,
        "bubbles": [
            [numbers[each.name], *map(round, (each.x, each.y, each.radius))]
            for each in found.bubbles
        ],
        "x": [round(each.x) for each in found.spots],
        "y": [round(each.y) for each in found.spots],
    }
