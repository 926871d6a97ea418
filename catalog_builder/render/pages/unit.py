"""The pages of domains and of teams, and an overview of each."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from catalog_builder.files import Page
from catalog_builder.model import Contact, Event
from catalog_builder.render.diagrams import (
    domain_diagram,
    estate_diagram,
    team_diagram,
)
from catalog_builder.render.dot import Diagram
from catalog_builder.render.kit import Diagrams, Kit, graph
from catalog_builder.render.links import (
    DOMAINS,
    EVENTS,
    HEALTH,
    SERVICES,
    TEAMS,
    Links,
    domain_path,
    links_from,
    team_path,
)
from catalog_builder.render.listed import Listed, listed, narrowed
from catalog_builder.render.owing import owed
from catalog_builder.render.tables import Column, Table
from catalog_builder.render.view import Unit, View

_LISTED = 40
_CONTACTS = 8
_NAMED = 4


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
            of=("view", kind.noun, unit.id),
        )


def _diagrams(kind: _Kind, view: View, *, directory_urls: bool) -> Diagrams:
    for unit in kind.units(view):
        path = kind.path(unit.id)
        links = links_from(path, directory_urls=directory_urls)
        yield path, graph(kind.diagram, view, unit, links)


def domain_table(kit: Kit) -> Table:
    """Every domain with what one looks for."""
    return _table(_DOMAIN, kit)


def team_table(kit: Kit) -> Table:
    """Every team with what one looks for."""
    return _table(_TEAM, kit)


def _table(kind: _Kind, kit: Kit) -> Table:
    other = "Teams" if kind is _DOMAIN else "Domains"
    columns = (
        Column("name", kind.noun.capitalize(), "name"),
        Column("services", "Services", "number"),
        Column("sends", "Sends", "number", hint="events"),
        Column("reads", "Reads", "number", hint="events"),
        Column("loose", "Loose ends", "number", hint="events sent or read on one side only"),
        Column("others", other, "links", facet=True),
        Column("findings", "Findings", "number"),
    )
    rows = tuple(_row(kind, kit, unit) for unit in kind.units(kit.view))
    return Table(f"{kind.noun}s", kind.noun, columns, rows)


def _row(kind: _Kind, kit: Kit, unit: Unit) -> tuple[Any, ...]:
    root = Links("", kit.directory_urls)
    flows = _flows(kit, unit)
    names = [each.name for each in unit.services]
    first = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" * (len(names) > _NAMED))
    return (
        (unit.name, root.page(kind.path(unit.id)), first),
        len(unit.services),
        len(flows.sent),
        len(flows.read),
        len(flows.loose),
        _others(kind, kit, unit, root),
        len(unit.findings),
    )


def _others(kind: _Kind, kit: Kit, unit: Unit, links: Links) -> tuple[tuple[str, str], ...]:
    """The teams of a domain, or the domains of a team."""
    if kind is _DOMAIN:
        teams = sorted({each.team.name for each in unit.services} - {""})
        return tuple((each, links.team(kit.view.team_id[each])) for each in teams)
    domains = sorted({each.domain.name for each in unit.services} - {""})
    return tuple((each, links.domain(kit.view.domain_id[each])) for each in domains)


def _index_values(kind: _Kind, kit: Kit, links: Links) -> Mapping[str, Any]:
    homeless = [each for each in kit.catalog.services if not getattr(each, kind.noun)]
    table = narrowed(links.page(SERVICES), (kind.noun, ["—"]))
    return {
        "table": kit.once(domain_table if kind is _DOMAIN else team_table),
        "noun": kind.noun,
        "homeless": listed(homeless, _LISTED, table),
        "picture": kit.picture(kind.index, "Which domain sends events to which"),
    }


@dataclass(frozen=True, slots=True)
class _Flows:
    """Ids of events that the services of a unit send and read, sorted."""

    sent: tuple[str, ...]
    read: tuple[str, ...]
    loose: tuple[str, ...]


def _flows(kit: Kit, unit: Unit) -> _Flows:
    event = kit.catalog.event
    sent = sorted({each for service in unit.services for each in service.sends})
    read = sorted({each for service in unit.services for each in service.receives})
    loose = [each for each in sent if not event[each].consumers]
    loose += [each for each in read if not event[each].producers]
    return _Flows(tuple(sent), tuple(read), tuple(loose))


def _values(kind: _Kind, unit: Unit, kit: Kit, links: Links) -> Mapping[str, Any]:
    flows, inside = _flows(kit, unit), {service.id for service in unit.services}
    sent, read = _events(kit, flows.sent), _events(kit, flows.read)
    names = [service.name for service in unit.services]

    def few(events: list[Event], *values: tuple[str, Iterable[str]]) -> Listed[Event]:
        return listed(events, _LISTED, narrowed(links.page(EVENTS), *values))

    return {
        "unit": unit,
        "noun": kind.noun,
        "others": listed(_others(kind, kit, unit, links), _LISTED),
        "services": listed(
            unit.services, _LISTED, narrowed(links.page(SERVICES), (kind.noun, [unit.name]))
        ),
        "goes_out": few(
            [each for each in sent if set(each.consumers) - inside], ("producers", names)
        ),
        "comes_in": few(
            [each for each in read if set(each.producers) - inside], ("consumers", names)
        ),
        "stays": few(
            [each for each in sent if each.consumers and not set(each.consumers) - inside],
            ("producers", names),
            ("consumers", names),
        ),
        "loose": listed(
            _events(kit, flows.loose),
            _LISTED,
            narrowed(
                links.page(EVENTS),
                (kind.noun, [unit.name]),
                ("state", ["nobody reads it", "nobody sends it"]),
            ),
        ),
        "contacts": _contacts(unit),
        "owed": owed(kit.view, unit) if kind is _TEAM else (),
        "findings": listed(unit.findings, _LISTED, links.page(HEALTH)),
        "picture": kit.picture(
            kind.path(unit.id), f"Services of {unit.name} and what flows between them"
        ),
    }


def _contacts(unit: Unit) -> list[Contact]:
    """Whom the documents name, each once, in the order of the services."""
    known = [each.contact for each in unit.services if each.contact]
    return list(dict.fromkeys(known))[:_CONTACTS]


def _events(kit: Kit, ids: Iterable[str]) -> list[Event]:
    return [kit.catalog.event[each] for each in ids]
