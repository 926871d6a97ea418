"""What is wrong with the catalogue, where, and how to mend it; and where everything came from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog_builder.files import Page
from catalog_builder.model import Event, Finding, Severity, SourceState
from catalog_builder.render.kit import Kit
from catalog_builder.render.links import HEALTH, Links
from catalog_builder.render.tables import Column, Table
from catalog_builder.search import Alike

SECTION = "Health"
_MOST_PAIRS = 50
_COLUMNS = (
    Column("severity", "Severity", "badge", facet=True),
    Column("message", "Finding", "name"),
    Column("place", "Where", "place"),
    Column("code", "Code", "code", facet=True),
    Column("repository", "Repository", "text", facet=True, shown=False),
    Column("team", "Team", "text", facet=True, shown=False),
)


def pages(kit: Kit) -> Iterator[Page]:
    """One page."""
    yield kit.page(
        HEALTH,
        "health.html",
        _values,
        title=SECTION,
        description="What is wrong in the specifications, where, and how to mend it.",
        section=SECTION,
        is_index=True,
        wide=True,
    )


def table(kit: Kit) -> Table:
    """Every finding."""
    teams = _teams(kit)
    rows = tuple(_row(kit, each, teams) for each in kit.catalog.findings)
    return Table("findings", "finding", _COLUMNS, rows)


def _row(kit: Kit, finding: Finding, teams: Mapping[str, str]) -> tuple[Any, ...]:
    place = finding.location
    subject = _subject(kit, finding)
    return (
        finding.severity.value,
        (finding.message, subject, finding.hint),
        (str(place), kit.catalog.link_to(place)),
        finding.code,
        place.repository,
        teams.get(finding.service, teams.get(f"/{place.repository}", "")),
    )


def _subject(kit: Kit, finding: Finding) -> str:
    """The page of what a finding is about, from the site's root; empty: it has none."""
    root = Links("", kit.directory_urls)
    if finding.event in kit.catalog.event:
        return root.event(finding.event)
    return root.service(finding.service) if finding.service in kit.catalog.service else ""


def _teams(kit: Kit) -> Mapping[str, str]:
    """Team by service, and by repository where all of its services are one team's."""
    teams = {service.id: service.team.name for service in kit.catalog.services}
    by_repository: dict[str, set[str]] = {}
    for service in kit.catalog.services:
        for link in service.documents:
            by_repository.setdefault(link.location.repository, set()).add(service.team.name)
    alone = {f"/{name}": next(iter(own)) for name, own in by_repository.items() if len(own) == 1}
    return {**teams, **alone}


def _values(kit: Kit, links: Links) -> Mapping[str, Any]:  # noqa: ARG001  one shape for all
    catalog = kit.catalog
    counts = Counter(finding.severity for finding in catalog.findings)
    documents: dict[str, list[Any]] = {repository.name: [] for repository in catalog.repositories}
    for service in catalog.services:
        for link in service.documents:
            documents.setdefault(link.location.repository, []).append((link, service))
    alike = _nearly_the_same(kit)
    return {
        "table": table(kit),
        "alike": alike[:_MOST_PAIRS],
        "alike_more": max(len(alike) - _MOST_PAIRS, 0),
        "counts": [(severity, counts[severity]) for severity in Severity],
        "sources": [
            (repository, documents[repository.name]) for repository in catalog.repositories
        ],
        "crawl": [row for each in _troubled_first(catalog.sources) for row in (each, *each.parts)],
        "coverage": _coverage(kit),
    }


def _nearly_the_same(kit: Kit) -> list[tuple[Event, Event, Alike]]:
    """Pairs of events of which one may be too many, the most alike first, each pair once."""
    event = kit.catalog.event
    pairs = [
        (event[id_], event[each.event], each)
        for id_, others in kit.view.alike.items()
        for each in others
        if each.is_nearly_the_same and id_ < each.event
    ]
    return sorted(pairs, key=lambda pair: (-pair[2].fields_percent, pair[0].id, pair[1].id))


def _troubled_first(sources: Iterable[SourceState]) -> list[SourceState]:
    return sorted(sources, key=lambda each: (each.is_in_order, each.source, each.repositories))


def _coverage(kit: Kit) -> list[tuple[str, int, int]]:
    """What is known of how many: what, how many have it, of how many."""
    events, services = kit.catalog.events, kit.catalog.services
    return [
        ("events with a schema", sum(each.payload is not None for each in events), len(events)),
        (
            "events with a description",
            sum(bool(each.summary or each.description) for each in events),
            len(events),
        ),
        ("events with an example", sum(bool(each.examples) for each in events), len(events)),
        ("events with an owner", sum(bool(each.team) for each in events), len(events)),
        ("services with an owner", sum(bool(each.team) for each in services), len(services)),
        ("services with a domain", sum(bool(each.domain) for each in services), len(services)),
    ]
