"""Where everything stands: domains as bubbles, with their services in them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog_builder.map import bubbles, cells
from catalog_builder.model import Catalog, Service

_SMALLEST = 44.0
"""Radius of a bubble that holds next to nothing: room enough for its name."""
_RIM = 8.0
_MOST_ALONE = 60
"""Services that can each have a bubble of their own, and a row in the matrix."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """A domain; where no two are known a team, and where no two teams are either, a service.

    Of a service `name` is its id; it is empty for what has no domain or team.
    """

    name: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a service stands."""

    service: str
    """Id."""
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Landscape:
    """A plane with its origin in the middle; y grows downwards, and cells are 36 apart."""

    grouping: str
    """What a bubble is: `domain`, `team` or `service`."""
    bubbles: tuple[Bubble, ...]
    """By name."""
    spots: tuple[Spot, ...]
    """By the id of their service."""


def landscape_of(catalog: Catalog) -> Landscape:
    """The place of each domain and service: the same for the same catalogue, none over another.

    A service that comes or goes moves the others little.
    """
    grouping = _grouping(catalog.services)
    group = {each.id: _group(each, grouping) for each in catalog.services}
    members: dict[str, list[Service]] = defaultdict(list)
    for each in catalog.services:
        members[group[each.id]].append(each)
    radii = {
        name: max(_SMALLEST, cells.radius(len(inside)) + _RIM)
        for name, inside in sorted(members.items())
    }
    centres = bubbles.placed(radii, _flows(catalog, group)) if radii else {}
    spots = [
        Spot(service, centres[name][0] + x, centres[name][1] + y)
        for name, inside in members.items()
        for service, (x, y) in cells.places((each.id, each.team.name) for each in inside).items()
    ]
    return Landscape(
        grouping,
        tuple(Bubble(name, *centres[name], radii[name]) for name in sorted(radii)),
        tuple(sorted(spots, key=lambda each: each.service)),
    )


def _grouping(services: Sequence[Service]) -> str:
    domains = {each.domain.name for each in services if each.domain}
    teams = {each.team.name for each in services if each.team}
    if max(len(domains), len(teams)) < 2 <= len(services) <= _MOST_ALONE:  # noqa: PLR2004  as below
        return "service"
    return "team" if len(domains) < 2 <= len(teams) else "domain"  # noqa: PLR2004  one is no map


def _group(service: Service, grouping: str) -> str:
    if grouping == "service":
        return service.id
    return service.team.name if grouping == "team" else service.domain.name


def _flows(catalog: Catalog, group: Mapping[str, str]) -> dict[tuple[str, str], int]:
    flows: dict[tuple[str, str], int] = defaultdict(int)
    for event in catalog.events:
        senders = {group[each] for each in event.producers}
        receivers = {group[each] for each in event.consumers}
        for sender in senders:
            for receiver in receivers:
                flows[sender, receiver] += 1
    return flows
