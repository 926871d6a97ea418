"""Small catalogues for tests, written as sentences."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from catalog_builder.model import (
    Action,
    Catalog,
    Confidence,
    Event,
    Finding,
    Join,
    Location,
    Relation,
    Repository,
    Service,
    SharedChannel,
    slug,
)

HOSTILE_NAMES = (
    'quote " and \\" backslash \\',
    "line\nbreak\r\nand\ttab",
    "</script><b>&amp; &#60;</b> <!-- ]]> -->",
    "control \x00 \x01 \x1b[31m \x7f \x85 \ufffe",
    "\u202eright to left\u202c \u2066\u2069",
    "lone \ud800 surrogate",
    "=1+1|cmd' /C calc'!A0",
    "@SUM(A1)",
    "end; subgraph x[y] --> z{{`",
    "x" * 10_000,
    "\U0001f600 注文",
    "",
)


def relation(sentence: str, channel: str = "") -> Relation:
    """`order-service sends order-placed` or `billing receives order-placed` as a relation."""
    sending = " sends " in sentence
    service, _, event = sentence.partition(" sends " if sending else " receives ")
    return Relation(
        service=service,
        action=Action.SEND if sending else Action.RECEIVE,
        event=event,
        channel=channel,
        operation=f"{'send' if sending else 'on'}-{event}",
        join=Join("same-address", "Both documents name the same address.", Confidence.CERTAIN),
        source=Location(slug(service), "asyncapi.yaml", 3),
    )


def catalogue(
    *sentences: str,
    services: Iterable[Service] = (),
    events: Iterable[Event] = (),
    channels: Iterable[SharedChannel] = (),
    findings: Iterable[Finding] = (),
) -> Catalog:
    """A consistent catalogue of what the sentences say; given values keep what else they tell.

    Every service has a repository named after it. An event is on the channel of its own id where
    one is given.
    """
    known_channels = {each.id: each for each in channels}
    relations = [_on_channel(relation(each), known_channels) for each in sentences]
    known_services = {each.id: each for each in services}
    known_events = {each.id: each for each in events}
    for each in relations:
        known_services.setdefault(each.service, Service(each.service, each.service))
        known_events.setdefault(each.event, Event(each.event, each.event))
    sides = _sides(relations)
    return Catalog(
        "Test",
        repositories=tuple(
            Repository(each, f"https://git.example.com/{each}", "c0ffee", "{repository}/{path}")
            for each in sorted(map(slug, known_services))
        ),
        services=tuple(
            replace(
                each,
                sends=sides[each.id, Action.SEND],
                receives=sides[each.id, Action.RECEIVE],
            )
            for _, each in sorted(known_services.items())
        ),
        channels=tuple(each for _, each in sorted(known_channels.items())),
        events=tuple(
            replace(
                each,
                producers=sides[Action.SEND, each.id],
                consumers=sides[Action.RECEIVE, each.id],
                channels=(each.id,) if each.id in known_channels else (),
            )
            for _, each in sorted(known_events.items())
        ),
        relations=tuple(sorted(relations, key=lambda each: each.order)),
        findings=tuple(sorted(findings, key=lambda each: each.order)),
    )


def hostile_catalogue() -> Catalog:
    """Each hostile name as the id and the name of a service and of an event it sends and reads."""
    return catalogue(
        *(f"{each} sends {each}" for each in HOSTILE_NAMES),
        *(f"{each} receives {HOSTILE_NAMES[0]}" for each in HOSTILE_NAMES),
        channels=(SharedChannel(each, each, each) for each in HOSTILE_NAMES),
    )


def _on_channel(relation: Relation, channels: dict[str, SharedChannel]) -> Relation:
    return relation._replace(channel=relation.event) if relation.event in channels else relation


def _sides(relations: Iterable[Relation]) -> defaultdict[tuple[str, str], tuple[str, ...]]:
    sides = defaultdict[tuple[str, str], set[str]](set)
    for each in relations:
        sides[each.service, each.action].add(each.event)
        sides[each.action, each.event].add(each.service)
    known: defaultdict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    known.update({key: tuple(sorted(ids)) for key, ids in sides.items()})
    return known
