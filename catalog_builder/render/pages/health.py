"""What is wrong with the catalogue, where, and how to mend it; and where everything came from."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from catalog_builder.files import Page
from catalog_builder.model import (
    DocumentLink,
    Event,
    Finding,
    Service,
    Severity,
    SourceState,
)
from catalog_builder.render.kit import Kit
from catalog_builder.render.links import HEALTH, Links
from catalog_builder.render.tables import Column, Table
from catalog_builder.search import Alike

SECTION = "Health"
_MOST_PAIRS = 50
_MOST_COUNTED = 20
_COLUMNS = (
    Column("severity", "Severity", "badge", facet=True),
    Column("message", "Finding", "name"),
    Column("place", "Where", "place"),
    Column("code", "Code", "code", facet=True),
    Column("repository", "Repository", "text", facet=True, shown=False),
    Column("team", "Team", "text", facet=True, shown=False),
)


_SOURCES = (
    Column("source", "Source", "code"),
    Column("repositories", "Repositories", "number"),
    Column("documents", "Documents", "number"),
    Column("state", "State", "text", facet=True),
    Column("age", "Age", "number", hint="days; empty: it is shown as it is"),
)
_DOCUMENTS = (
    Column("repository", "Repository", "link", facet=True),
    Column("commit", "Commit", "text"),
    Column("document", "Document", "place"),
    Column("service", "Service", "link"),
    Column("asyncapi", "AsyncAPI", "text", facet=True),
    Column("team", "Team", "text", facet=True),
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


def source_table(kit: Kit) -> Table:
    """Every source, with what became of it, those in trouble first."""
    states = [row for each in _troubled_first(kit.catalog.sources) for row in (each, *each.parts)]
    rows = tuple(
        (
            each.source,
            len(each.repositories),
            each.documents,
            each.state,
            "" if each.age is None else each.age,
        )
        for each in states
    )
    return Table("sources", "source", _SOURCES, rows, "source.")


def document_table(kit: Kit) -> Table:
    """Every document, and the repositories without one."""
    documents: dict[str, list[tuple[DocumentLink, Service]]] = {
        repository.name: [] for repository in kit.catalog.repositories
    }
    for service in kit.catalog.services:
        for link in service.documents:
            documents.setdefault(link.location.repository, []).append((link, service))
    rows = tuple(
        (*_repository(kit, name), *cells)
        for name, own in documents.items()
        for cells in (
            [_document(kit, link, service) for link, service in own]
            or [(("none that could be read", ""), ("", ""), "", "")]
        )
    )
    return Table("documents", "document", _DOCUMENTS, rows, "document.")


def _repository(kit: Kit, name: str) -> tuple[Any, ...]:
    repository = kit.catalog.repository.get(name)
    if repository is None:
        return (name, ""), ""
    words = (repository.commit[:7], repository.branch, "archived" if repository.archived else "")
    return (name, repository.url), " ".join(filter(None, words))


def _document(kit: Kit, link: DocumentLink, service: Service) -> tuple[Any, ...]:
    return (
        (link.location.path, kit.catalog.link_to(link.location)),
        (service.name, Links("", kit.directory_urls).service(service.id)),
        link.asyncapi,
        service.team.name,
    )


def _row(kit: Kit, finding: Finding, teams: Mapping[str, str]) -> tuple[Any, ...]:
    place = finding.location
    subject = _subject(kit, finding)
    return (
        finding.severity.value,
        (finding.message, subject, finding.hint),
        (str(place), kit.catalog.link_to(place)),
        finding.code,
        place.repository,
        _team_of(teams, finding),
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
    teams = _teams(kit)
    counts = Counter(finding.severity for finding in catalog.findings)
    alike = _nearly_the_same(kit)
    return {
        "table": kit.once(table),
        "alike": alike[:_MOST_PAIRS],
        "alike_more": max(len(alike) - _MOST_PAIRS, 0),
        "counts": [(severity, counts[severity]) for severity in Severity],
        "sources": kit.once(source_table),
        "documents": kit.once(document_table),
        "rules": _counted(finding.code for finding in catalog.findings),
        "blamed": _counted(_team_of(teams, finding) for finding in catalog.findings),
        "coverage": _coverage(kit),
    }


def _team_of(teams: Mapping[str, str], finding: Finding) -> str:
    return teams.get(finding.service, teams.get(f"/{finding.location.repository}", ""))


def _counted(names: Iterable[str]) -> list[tuple[str, int]]:
    """The most frequent names."""
    return sorted(Counter(names).items(), key=lambda each: (-each[1], each[0]))[:_MOST_COUNTED]


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
