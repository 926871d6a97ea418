"""Which event a registered schema is of, what that gives the event, and where the two differ.

Alone knows how clients name subjects: by topic, by topic and record, or by record.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from catalog_builder.assemble.broker_names import plain_name
from catalog_builder.assemble.codes import finding
from catalog_builder.assemble.comparing import differences, listed
from catalog_builder.assemble.contents import Contents
from catalog_builder.assemble.documents import name_key
from catalog_builder.assemble.tracing import changes
from catalog_builder.model import (
    Catalog,
    Event,
    Finding,
    Location,
    Payload,
    RegisteredSchema,
    RegisteredVersion,
    Shape,
    SharedChannel,
    Subject,
)

_OF_VALUES = "-value"


def with_registered(catalog: Catalog, registered: Iterable[RegisteredSchema]) -> Catalog:
    """The catalogue with what schema registries have of its events.

    An event without a payload gets the registered one; every other keeps its own. Findings:
    `registered-schema-differs`, `registered-schema-unused`. The order of schemas changes nothing.
    """
    schemas = sorted(registered, key=lambda each: each.subject)
    if not schemas:
        return catalog
    contents, places = Contents(), _Places(catalog)
    by_event: defaultdict[str, list[RegisteredSchema]] = defaultdict(list)
    findings: list[Finding] = []
    for schema in schemas:
        events = places.find(schema, contents)
        for event in events:
            by_event[event.id].append(schema)
        if not events and not schema.is_part:
            where = Location("", schema.subject.registry)
            findings.append(finding("registered-schema-unused", where, subject=schema.subject.name))
    for event in catalog.events:
        findings += _departures(event, by_event[event.id], contents)
    return replace(
        catalog,
        events=tuple(_registered(each, by_event[each.id], contents) for each in catalog.events),
        findings=tuple(sorted((*catalog.findings, *findings), key=lambda each: each.order)),
    )


class _Places:
    """The events by what a subject may name them by."""

    def __init__(self, catalog: Catalog) -> None:
        self._on_topic: defaultdict[str, list[Event]] = defaultdict(list)
        self._by_identity: defaultdict[str, list[Event]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Event]] = defaultdict(list)
        for event in catalog.events:
            for topic in {each for id_ in event.channels for each in _topics(catalog.channel[id_])}:
                self._on_topic[topic].append(event)
            if event.identity:
                self._by_identity[event.identity].append(event)
            self._by_name[name_key(event.name)].append(event)

    def find(self, schema: RegisteredSchema, contents: Contents) -> Sequence[Event]:
        """The events of a schema: by the schema's name, else by the topic, else by the record."""
        subject = schema.subject.plain_name
        identity = contents.identity(schema.payload)
        on_topic = self._on_topic.get(subject.removesuffix(_OF_VALUES), [])
        known = self._by_identity.get(identity, []) if identity else []
        if known:
            return [each for each in known if each in on_topic] or (
                known if not on_topic else _one(on_topic, identity)
            )
        if on_topic:
            return _one(on_topic, identity)
        return self._of_record(subject, identity)

    def _of_record(self, subject: str, identity: str) -> Sequence[Event]:
        """The event that a subject names which is a record's, with or without its topic."""
        if identity and subject.endswith(f"-{identity}"):
            on_topic = self._on_topic.get(subject.removesuffix(f"-{identity}"), [])
            return [each for each in on_topic if name_key(each.name) == name_key(identity)]
        found = self._by_name.get(name_key(subject), []) if subject == identity else []
        return found if len(found) == 1 and not found[0].identity else []


def _one(events: Sequence[Event], identity: str) -> Sequence[Event]:
    """The only event of a topic; of several the one that is named as the schema is."""
    if len(events) == 1:
        return events
    named = [each for each in events if identity and name_key(each.name) == name_key(identity)]
    return named if len(named) == 1 else []


def _topics(channel: SharedChannel) -> Iterator[str]:
    yield plain_name(channel.address)
    yield channel.address
    binding = channel.bindings.get("kafka")
    topic = binding.get("topic") if isinstance(binding, Mapping) else None
    if isinstance(topic, str):
        yield topic


def _registered(event: Event, schemas: Sequence[RegisteredSchema], contents: Contents) -> Event:
    if not schemas:
        return event
    subjects = tuple(_with_versions(each, contents) for each in schemas)
    if event.payload is not None:
        return replace(event, registered=subjects)
    first = schemas[0]
    return replace(
        event,
        registered=subjects,
        payload_of=subjects[0],
        payload=first.payload,
        shape=contents.shape(first.payload),
        identity=contents.identity(first.payload),
    )


def _with_versions(schema: RegisteredSchema, contents: Contents) -> Subject:
    """The subject, with what each of its versions changed."""
    versions = [
        RegisteredVersion(
            newer.subject.version,
            newer.subject.id,
            newer.subject.link,
            changes(older.payload, newer.payload, contents) if older else (),
            is_oldest=older is None,
        )
        for newer, older in pairwise((schema, *schema.older, None))
        if newer
    ]
    return replace(schema.subject, versions=tuple(versions))


def _departures(
    event: Event, schemas: Sequence[RegisteredSchema], contents: Contents
) -> Iterator[Finding]:
    """A finding for each registered schema that says otherwise than the event's documents."""
    if event.payload is None:
        return
    for schema in schemas:
        phrases = _phrases(event.shape, event.payload, schema, contents)
        if phrases:
            same = (
                each.subject.version
                for each in schema.older
                if not _phrases(event.shape, event.payload, each, contents)
            )
            number = next(same, 0)
            yield finding(
                "registered-schema-differs",
                event.source,
                service=event.owner,
                event=event.id,
                name=event.name,
                subject=schema.subject.name,
                version=str(schema.subject.version),
                differences=listed(phrases),
                behind=f"; the document describes version {number}" if number else "",
            )


def _phrases(
    shape: Shape, payload: Payload, schema: RegisteredSchema, contents: Contents
) -> Sequence[str]:
    """In what a registered schema differs from an event's payload."""
    is_one_language = schema.payload.format is payload.format
    return differences(shape, contents.shape(schema.payload), tells_required=is_one_language)
