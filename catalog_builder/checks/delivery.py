"""Whether what one broker takes in seems to come out of another."""

import json
from collections.abc import Iterator, Sequence

from catalog_builder.checks.rule import Breach, Rule
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Code, Event, Severity, SharedChannel


def _undelivered(catalog: Catalog, flow: Flow) -> Iterator[Breach]:
    """Events that nobody sends, of which one event of the same name is sent on other brokers."""
    sent: dict[str, list[Event]] = {}
    for event in filter(lambda each: each.producers and each.name, catalog.events):
        sent.setdefault(event.name, []).append(event)
    for event in map(catalog.event.__getitem__, flow.loose_ends().unsent):
        namesakes = sent.get(event.name, ())
        sources = _channels(catalog, namesakes[0]) if len(namesakes) == 1 else ()
        targets = _channels(catalog, event)
        if sources and targets and _protocols(sources).isdisjoint(_protocols(targets)):
            values = {
                "name": event.name,
                "sent": sources[0].protocol,
                "read": targets[0].protocol,
                "source": _named(sources[0]),
                "target": _named(targets[0]),
            }
            yield Breach(values, event.source, service=event.owner, event=event.id)


def _channels(catalog: Catalog, event: Event) -> Sequence[SharedChannel]:
    """The channels of an event that the configuration can name."""
    channels = map(catalog.channel.__getitem__, event.channels)
    return [each for each in channels if each.address and each.protocol]


def _protocols(channels: Sequence[SharedChannel]) -> set[str]:
    return {each.protocol for each in channels}


def _named(channel: SharedChannel) -> str:
    """As the configuration names it, a string of YAML."""
    return json.dumps(f"{channel.protocol}:{channel.address}", ensure_ascii=False)


BRIDGE_SUSPECT = Rule(
    Code(
        code="bridge-suspect",
        severity=Severity.INFO,
        message="`{name}` is read from {read}, where nobody sends it, and sent to {sent}.",
        meaning="An event that nobody sends has the name of one that is sent on another broker. "
        "Perhaps what is sent there is delivered here, as from a topic into a queue; no document "
        "can say that.",
        mend="If it is delivered, write into the configuration: "
        "`joins: {bridge: [{from: {source}, to: {target}}]}`. "
        "If they are two events, there is nothing to do.",
        example="Billing sends `ContainerReleased` to a topic of SNS, the notifier reads it from a "
        "queue of SQS, and nothing says that the topic is delivered into the queue.",
    ),
    _undelivered,
)
