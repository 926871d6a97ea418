"""The pages of domains and of teams, and an overview of each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from catalog_builder.files import Page
from catalog_builder.model import Event
from catalog_builder.render.diagrams import (
    domain_diagram,
    estate_diagram,
    team_diagram,
)
from catalog_builder.render.dot import Diagram
from catalog_builder.render.kit import Diagrams, Kit, graph
from catalog_builder.render.links import (
    DOMAINS,
    TEAMS,
    Links,
    domain_path,
    links_from,
    team_path,
)
from catalog_builder.render.view import Unit, View


@dataclass(frozen=True, slots=True)
class _Kind:
    """What tells domains and teams apart."""

    noun: str
    section: str
    index: str
    path: Callable[[str], str]
    units: Callable[[View], tuple[Unit, ...]]
    diagram: Callable[[View, Unit, Links], Diagram]


_DOMAIN = _Kind(
    "domain", "Domains", DOMAINS, domain_path, lambda view: view.domains, domain_diagram
)
_TEAM = _Kind("team", "Teams", TEAMS, team_path, lambda view: view.teams, team_diagram)


def domain_pages(kit: Kit) -> Iterator[Page]:
    """The overview, then a page for each domain."""
    return _pages(_DOMAIN, kit)


def team_pages(kit: Kit) -> Iterator[Page]:
    """The overview, then a page for each team."""
    return _pages(_TEAM, kit)


def domain_diagrams(view: View, *, directory_urls: bool) -> Diagrams:
    """Flows between domains, and the graph of each domain."""
    links = links_from(DOMAINS, directory_urls=directory_urls)
    yield DOMAINS, graph(estate_diagram, view, links)
    yield from _diagrams(_DOMAIN, view, directory_urls=directory_urls)


def team_diagrams(view: View, *, directory_urls: bool) -> Diagrams:
    """The graph of each team."""
    return _diagrams(_TEAM, view, directory_urls=directory_urls)


def _pages(kind: _Kind, kit: Kit) -> Iterator[Page]:
    yield kit.page(
        kind.index,
        f"{kind.noun}s.html",
        partial(_index_values, kind),
        title=kind.section,
        description=f"The {kind.noun}s of {kit.catalog.title}.",
        section=kind.section,
        is_index=True,
        wide=True,
    )
    for unit in kind.units(kit.view):
        yield kit.page(
            kind.path(unit.id),
            "unit.html",
            partial(_values, kind, unit),
            title=unit.name,
            description=f"Services and events of the {kind.noun} {unit.name}.",
            section=kind.section,
        )


def _diagrams(kind: _Kind, view: View, *, directory_urls: bool) -> Diagrams:
    for unit in kind.units(view):
        path = kind.path(unit.id)
        links = links_from(path, directory_urls=directory_urls)
        yield path, graph(kind.diagram, view, unit, links)


def _index_values(kind: _Kind, kit: Kit, links: Links) -> Mapping[str, Any]:  # noqa: ARG001  one shape for all
    catalog = kit.catalog
    return {
        "units": kind.units(kit.view),
        "noun": kind.noun,
        "homeless": [each for each in catalog.services if not getattr(each, kind.noun)],
        "picture": kit.picture(kind.index, "Which domain sends events to which"),
    }


def _values(kind: _Kind, unit: Unit, kit: Kit, links: Links) -> Mapping[str, Any]:  # noqa: ARG001  one shape for all
    inside = {service.id for service in unit.services}
    sent = _events(kit, (event for service in unit.services for event in service.sends))
    read = _events(kit, (event for service in unit.services for event in service.receives))
    return {
        "unit": unit,
        "noun": kind.noun,
        "goes_out": [each for each in sent if set(each.consumers) - inside],
        "comes_in": [each for each in read if set(each.producers) - inside],
        "stays": [each for each in sent if each.consumers and not set(each.consumers) - inside],
        "loose": [each for each in sent if not each.consumers]
        + [each for each in read if not each.producers],
        "picture": kit.picture(
            kind.path(unit.id), f"Services of {unit.name} and what flows between them"
        ),
    }


def _events(kit: Kit, ids: Iterator[str]) -> list[Event]:
    return [kit.catalog.event[each] for each in sorted(set(ids))]
