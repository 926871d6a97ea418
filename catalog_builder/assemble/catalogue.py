"""The order in which documents become one catalogue."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from catalog_builder.assemble.agreement import Agreement, unknown_successors
from catalog_builder.assemble.belongings import Belongings
from catalog_builder.assemble.channels import Ambiguous, delivery, joined_channels, shared_channel
from catalog_builder.assemble.codes import finding
from catalog_builder.assemble.contents import Contents, ShapeOf, worked_out
from catalog_builder.assemble.documents import Described, channel_uses, message_uses
from catalog_builder.assemble.events import Describing, described_event, owned_events
from catalog_builder.assemble.past import changes_of
from catalog_builder.assemble.profiles import ids_by_service, service_profile, unowned
from catalog_builder.assemble.recognition import meetings, recognised, scene_of
from catalog_builder.assemble.relations import relations_of
from catalog_builder.assemble.services import described_services
from catalog_builder.assemble.suspects import suspected_viewpoints
from catalog_builder.config import Settings
from catalog_builder.model import (
    Action,
    Catalog,
    Finding,
    Location,
    Reading,
    Relation,
    Repository,
    Service,
    slug,
)


def assemble(
    readings: Iterable[Reading],
    settings: Settings,
    findings: Iterable[Finding] = (),
    shape_of: ShapeOf = worked_out,
) -> Catalog:
    """One catalogue of all that was read, with every relation's reason.

    The order of readings changes nothing. `findings` are those of earlier stages; ours are those in
    `CODES`.
    """
    read = sorted(readings, key=lambda each: each.repository)
    names, described = described_services(read, settings)
    belongings, contents = Belongings(read, settings), Contents(shape_of)
    services = _services(names, described, belongings)

    on_channels = channel_uses(described, settings.joins)
    channels, ambiguous = joined_channels(on_channels)
    delivered = delivery(channels, settings.joins.bridge)
    scene = scene_of(message_uses(on_channels), channels, settings.joins)
    owned = owned_events(
        recognised(scene, contents),
        lambda use: belongings.is_configured_owner(use, services[use.by.service].team),
    )
    describing = Describing(contents, belongings, services, scene.channel_ids)
    events = tuple(described_event(each, describing) for each in owned)
    relations = relations_of(owned, scene.channel_ids)

    agreement = Agreement(contents)
    sources = _sources(services.values())
    ours = [
        *unowned(services.values()),
        *map(_ambiguous, ambiguous),
        *suspected_viewpoints(meetings(scene), contents, sources),
        *(each for event in owned for each in agreement.findings(event)),
        *unknown_successors(events),
    ]
    theirs = [*findings, *(each for reading in read for each in reading.findings)]
    return Catalog(
        title=settings.title,
        description=settings.description,
        repositories=_repositories(read),
        services=_with_events(services, relations),
        channels=tuple(shared_channel(each, delivered) for each in channels),
        events=events,
        relations=relations,
        findings=_sorted([*ours, *_with_services(theirs, described)]),
        changes=changes_of(owned, described, contents),
    )


def _services(
    names: Mapping[str, str], described: Iterable[Described], belongings: Belongings
) -> dict[str, Service]:
    documents: defaultdict[str, list[Described]] = defaultdict(list)
    for each in described:
        documents[each.service].append(each)
    return {
        id_: service_profile(names[id_], documents[id_], belongings) for id_ in sorted(documents)
    }


def _with_events(
    services: Mapping[str, Service], relations: Sequence[Relation]
) -> tuple[Service, ...]:
    sends = ids_by_service(relations, Action.SEND)
    receives = ids_by_service(relations, Action.RECEIVE)
    return tuple(
        replace(service, sends=sends.get(id_, ()), receives=receives.get(id_, ()))
        for id_, service in services.items()
    )


def _repositories(readings: Iterable[Reading]) -> tuple[Repository, ...]:
    """One of each name: should two sources bring the same, the first in order."""
    found: dict[str, Repository] = {}
    for reading in readings:
        found.setdefault(reading.repository.name, reading.repository)
    return tuple(found[name] for name in sorted(found))


def _sources(services: Iterable[Service]) -> Mapping[str, str]:
    """Ids of services by the names that a payload may call its source; none that two have."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for service in services:
        repositories = {each.location.repository for each in service.documents}
        for name in {service.name, service.id, *repositories}:
            found[slug(name)].add(service.id)
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}


def _ambiguous(ambiguous: Ambiguous) -> Finding:
    use = ambiguous.use
    return finding(
        "broker-ambiguous",
        use.by.location(use.channel.line),
        service=use.by.service,
        address=use.channel.address or "",
        brokers=", ".join(ambiguous.families),
    )


def _with_services(
    findings: Iterable[Finding], described: Iterable[Described]
) -> Iterator[Finding]:
    """Findings about a document, with the service that it describes."""
    services: dict[Location, str] = {}
    for each in described:
        for place in (each.location(), *each.copies):
            services[place] = each.service
    for each_finding in findings:
        where = Location(each_finding.location.repository, each_finding.location.path)
        service = each_finding.service or services.get(where, "")
        yield replace(each_finding, service=service)


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    distinct = dict.fromkeys(findings)
    return tuple(sorted(distinct, key=lambda each: (each.order, each.service, each.event)))
