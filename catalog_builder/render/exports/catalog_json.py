"""`catalog.json`: everything the catalogue knows, by the contract of `catalog_schema`.

One record a line, so that two catalogues compare well as text.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import orjson

from catalog_builder.graph import Flow
from catalog_builder.model import (
    Catalog,
    Change,
    ChangeKind,
    Commit,
    Difference,
    Event,
    Field,
    Finding,
    Join,
    Location,
    Parameter,
    Payload,
    PlacedField,
    Relation,
    Repository,
    Server,
    Service,
    Shape,
    SharedChannel,
    Subject,
    Target,
    Viewpoint,
    walk,
)
from catalog_builder.model import Json as JsonValue
from catalog_builder.render.exports.catalog_schema import ALWAYS
from catalog_builder.render.exports.encoding import encoded
from catalog_builder.render.exports.export import Export

FORMAT_VERSION = 1
"""Grows when a reader of the format before would be wrong about what it reads."""


_Joins: TypeAlias = Mapping[str, Mapping[Join, int]]
"""By the id of an event why its relations are believed, each reason once with its index."""


def _write(catalog: Catalog, _flow: Flow) -> bytes:
    joins = _joins(catalog.relations)
    lists: dict[str, Iterable[JsonValue]] = {
        "repositories": map(_repository, sorted(catalog.repositories)),
        "services": (_service(each, catalog) for each in sorted(catalog.services, key=_id)),
        "channels": (_channel(each, catalog) for each in sorted(catalog.channels, key=_id)),
        "events": (
            _event(each, catalog, joins.get(each.id, {}))
            for each in sorted(catalog.events, key=_id)
        ),
        "relations": (
            _relation(each, catalog, joins)
            for each in sorted(catalog.relations, key=lambda relation: relation.order)
        ),
        "findings": (
            _finding(each, catalog)
            for each in sorted(catalog.findings, key=lambda finding: finding.order)
        ),
        "changes": (
            _change(each, catalog) for each in catalog.changes if each.kind is not ChangeKind.KNOWN
        ),
    }
    parts = [
        b'{"format_version":%d' % FORMAT_VERSION,
        b',\n"title":' + encoded(catalog.title),
        b',\n"description":' + encoded(catalog.description),
        *(b',\n"%s":%s' % (name.encode(), _lines(records)) for name, records in lists.items()),
        b"\n}\n",
    ]
    return b"".join(parts)


def event_json(
    event: Event, catalog: Catalog, relations: Sequence[Relation], payload_file: str = ""
) -> bytes:
    """One event with all that concerns it, its records as in `catalog.json`, on one line each.

    Where the payload's schema lies beside it, in `payload_file`, that is named in its place.
    """
    joins = _joins(relations)
    record = _event(event, catalog, joins.get(event.id, {}))
    if payload_file:
        del record["payload"]
        record["payload_file"] = payload_file
    services = sorted({*event.producers, *event.consumers, *filter(None, (event.owner,))})
    lists: dict[str, Iterable[JsonValue]] = {
        "channels": (_channel(catalog.channel[each], catalog) for each in event.channels),
        "services": (_called(catalog.service[each]) for each in services),
        "relations": (_relation(each, catalog, joins) for each in relations),
    }
    parts = [
        b'{"format_version":%d,\n"event":' % FORMAT_VERSION,
        encoded(record),
        *(b',\n"%s":%s' % (name.encode(), _lines(records)) for name, records in lists.items()),
        b"\n}\n",
    ]
    return b"".join(parts)


def _joins(relations: Iterable[Relation]) -> _Joins:
    joins: dict[str, set[Join]] = {}
    for each in relations:
        joins.setdefault(each.event, set()).add(each.join)
    return {
        event: {join: at for at, join in enumerate(sorted(found, key=_order))}
        for event, found in joins.items()
    }


def _order(join: Join) -> tuple[str, str, str]:
    return join.rule, join.reason, join.confidence


def _called(service: Service) -> JsonValue:
    """Who a service is, and whom to talk to."""
    record: dict[str, JsonValue] = {
        "id": service.id,
        "name": service.name,
        "domain": service.domain.name,
        "team": service.team.name,
    }
    return {**record, "contact": _contact(service)} if service.contact else record


def _contact(service: Service) -> JsonValue:
    contact = service.contact
    return contact and {"name": contact.name, "url": contact.url, "email": contact.email}


def _said(kind: str, record: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """A record without what says nothing: empty texts and lists, false, null; numbers stay."""
    always = ALWAYS[kind]
    return {
        name: value
        for name, value in record.items()
        if value or name in always or value.__class__ is int
    }


def _lines(records: Iterable[JsonValue]) -> bytes:
    lines = b",\n".join(map(encoded, records))
    return b"[\n" + lines + b"\n]" if lines else b"[]"


def _id(known: Service | SharedChannel | Event) -> str:
    return known.id


def _repository(repository: Repository) -> JsonValue:
    return {
        "name": repository.name,
        "url": repository.url,
        "commit": repository.commit,
        "branch": repository.branch,
        "archived": repository.archived,
    }


def _service(service: Service, catalog: Catalog) -> JsonValue:
    viewpoints = {each.viewpoint for each in service.documents} or {Viewpoint.APPLICATION}
    return {
        "id": service.id,
        "name": service.name,
        "version": service.version,
        "description": service.description,
        "domain": service.domain.name,
        "domain_source": service.domain.source,
        "team": service.team.name,
        "team_source": service.team.source,
        "contact": _contact(service),
        "tags": service.tags,
        "external_docs": service.external_docs,
        "viewpoint": min(viewpoints) if len(viewpoints) == 1 else "mixed",
        "documents": [
            {
                **_file(each.location, catalog),
                "asyncapi": each.asyncapi,
                "viewpoint": each.viewpoint,
                "copies": [_file(copy, catalog) for copy in each.copies],
                "changed": _commit(each.changed, each.location, catalog),
            }
            for each in service.documents
        ],
        "sends": service.sends,
        "receives": service.receives,
    }


def _channel(channel: SharedChannel, catalog: Catalog) -> JsonValue:
    return _said(
        "channel",
        {
            "id": channel.id,
            "address": channel.address,
            "protocol": channel.protocol,
            "servers": list(map(_server, channel.servers)),
            "bindings": channel.bindings,
            "tags": channel.tags,
            "external_docs": channel.external_docs,
            "extensions": channel.extensions,
            "title": channel.title,
            "description": channel.description,
            "parameters": list(map(_parameter, channel.parameters)),
            "services": {"sends": channel.sends, "receives": channel.receives},
            "delivers_to": channel.delivers_to,
            "delivered_from": channel.delivered_from,
            "source": _place(channel.source, catalog),
        },
    )


def _parameter(parameter: Parameter) -> JsonValue:
    return _said(
        "parameter",
        {
            "name": parameter.name,
            "description": parameter.description,
            "enum": parameter.enum,
            "default": parameter.default,
            "examples": parameter.examples,
            "location": parameter.location,
        },
    )


def _server(server: Server) -> JsonValue:
    return _said(
        "server",
        {
            "key": server.key,
            "title": server.title,
            "host": server.host,
            "protocol": server.protocol,
            "protocol_version": server.protocol_version,
            "description": server.description,
            "environment": server.environment,
            "variables": list(map(_parameter, server.variables)),
            "security": server.security,
            "bindings": server.bindings,
            "tags": server.tags,
            "external_docs": server.external_docs,
            "extensions": server.extensions,
        },
    )


def _event(event: Event, catalog: Catalog, joins: Iterable[Join]) -> dict[str, JsonValue]:
    payload = event.payload
    record: dict[str, JsonValue] = {
        "id": event.id,
        "name": event.name,
        "title": event.title,
        "summary": event.summary,
        "description": event.description,
        **_standing(event),
        "owner": event.owner,
        "content_type": event.content_type,
        "schema_format": payload.format if payload else "",
        "schema_media_type": payload.media_type if payload else "",
        "payload": payload.schema if payload else None,
        "payload_root": payload.root if payload else "",
        "payload_imports": payload.imports if payload else {},
        "payload_origin": _target(payload.origin if payload else None),
        "payload_description": event.shape.description,
        **_shape("", event.shape),
        "headers": _schema(event.headers),
        "header_description": event.header_shape.description,
        **(_shape("header_", event.header_shape) if event.headers else {}),
        "key": _schema(event.key),
        "correlation_id": event.correlation_id,
        "bindings": event.bindings,
        "tags": event.tags,
        "external_docs": event.external_docs,
        "examples": [
            {
                "name": each.name,
                "summary": each.summary,
                "payload": each.payload,
                "headers": each.headers,
            }
            for each in event.examples
        ],
        "extensions": event.extensions,
        "identity": event.identity,
        "channels": event.channels,
        "producers": event.producers,
        "consumers": event.consumers,
        "joins": list(map(_join, joins)),
        "expectations": list(_expectations(event)),
        "source": _place(event.source, catalog),
    }
    record = _said("event", record)
    if event.registered:
        record["registered"] = [_subject(each, event) for each in event.registered]
    return record


def _expectations(event: Event) -> Iterator[JsonValue]:
    """What consumers read; those who read all of it need not name it again."""
    every = [placed.path for placed in walk(event.shape)] if event.expectations else []
    for each in event.expectations:
        fields = [placed.path for placed in walk(each.shape)]
        told: JsonValue = {"is_all": True} if fields == every else {"fields": fields}
        yield {"services": each.services, **told}


def _join(join: Join) -> JsonValue:
    return {"rule": join.rule, "reason": join.reason, "confidence": join.confidence}


def _subject(subject: Subject, event: Event) -> JsonValue:
    return {
        "registry": subject.registry,
        "subject": subject.name,
        "version": subject.version,
        "id": subject.id,
        "schema_format": subject.format,
        "url": subject.link,
        "is_payload": subject == event.payload_of,
        "versions": [
            {
                "version": each.number,
                "id": each.id,
                "url": each.link,
                "verdict": each.verdict,
                "differences": _differences(each.differences),
            }
            for each in subject.versions
        ],
    }


def _standing(event: Event) -> dict[str, JsonValue]:
    """Version, lifecycle, domain and team, each with where it was said."""
    gone = event.deprecation
    return {
        "version": event.version.name,
        "version_source": event.version.source,
        "lifecycle": event.lifecycle.name,
        "lifecycle_source": event.lifecycle.source,
        "deprecated": event.is_deprecated,
        "deprecation": gone
        and {"since": gone.since, "removal": gone.removal, "successor": gone.successor},
        "domain": event.domain.name,
        "domain_source": event.domain.source,
        "team": event.team.name,
        "team_source": event.team.source,
    }


def _schema(payload: Payload | None) -> JsonValue:
    return payload and {
        "schema_format": payload.format,
        "schema_media_type": payload.media_type,
        "schema": payload.schema,
        "root": payload.root,
        "imports": payload.imports,
        "origin": _target(payload.origin),
    }


def _target(target: Target | None) -> JsonValue:
    return target and {
        "repository": target.repository,
        "path": target.path,
        "pointer": target.pointer,
    }


def _shape(prefix: str, shape: Shape) -> dict[str, JsonValue]:
    return {
        f"{prefix}type": shape.type,
        f"{prefix}fields": list(map(_field, walk(shape))),
        f"{prefix}variants": list(_variants(shape)),
    }


def _variants(of: Shape | Field) -> Iterator[JsonValue]:
    """The alternatives of the whole payload, or of a field."""
    for each in of.variants:
        yield {"name": each.name, "when": each.when, "type": each.type}


def _field(placed: PlacedField) -> JsonValue:
    field = placed.field
    record = _said(
        "field",
        {
            "path": placed.path,
            "type": field.type,
            "required": field.required,
            "nullable": field.nullable,
            "description": field.description,
            "format": field.format,
            "constraints": field.constraints,
            "enum": list(map(_value, field.enum)),
            "examples": list(map(_value, field.examples)),
            "deprecated": field.deprecated,
            "sensitive": field.sensitive,
            "variant": placed.variant,
            "type_name": field.type_name,
            "recursive": field.recursive,
            "variants": list(_variants(field)),
        },
    )
    if field.default:
        record["default"] = _value(field.default)
    return record


def _value(text: str) -> JsonValue:
    try:
        return orjson.loads(text)
    except ValueError:
        return text


def _relation(relation: Relation, catalog: Catalog, joins: _Joins) -> JsonValue:
    return _said(
        "relation",
        {
            "service": relation.service,
            "action": relation.action,
            "event": relation.event,
            "channel": relation.channel,
            "operation": relation.operation,
            "reply": relation.reply,
            "reply_address": relation.reply_address,
            "security": relation.security,
            "bindings": relation.bindings,
            "join": joins[relation.event][relation.join],
            "source": _place(relation.source, catalog),
        },
    )


def _finding(finding: Finding, catalog: Catalog) -> JsonValue:
    record = {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "hint": finding.hint,
        **_place(finding.location, catalog),
        "column": finding.location.column,
    }
    if finding.service:
        record["service"] = finding.service
    if finding.event:
        record["event"] = finding.event
    return record


def _change(change: Change, catalog: Catalog) -> JsonValue:
    return {
        "kind": change.kind,
        "verdict": change.verdict,
        "side": change.side,
        "event": change.event,
        "name": change.name,
        "address": change.address,
        "service": change.service,
        "action": change.action or "",
        "repository": change.source.repository,
        "path": change.source.path,
        "commit": _commit(change.commit, change.source, catalog),
        "before": _commit(change.before, change.source, catalog),
        "version": change.version,
        "differences": _differences(change.differences),
    }


def _differences(differences: Iterable[Difference]) -> JsonValue:
    return [
        {
            "kind": each.kind,
            "part": each.part,
            "path": each.path,
            "variant": each.variant,
            "words": each.words,
            "breaks": each.breaks,
        }
        for each in differences
    ]


def _commit(commit: Commit | None, location: Location, catalog: Catalog) -> JsonValue:
    return commit and {
        "id": commit.id,
        "date": commit.date,
        "author": commit.author,
        "subject": commit.subject,
        "url": catalog.link_to_commit(location, commit),
    }


def _file(location: Location, catalog: Catalog) -> dict[str, JsonValue]:
    repository = catalog.repository.get(location.repository)
    record: dict[str, JsonValue] = {"repository": location.repository, "path": location.path}
    if repository and repository.commit:
        record["commit"] = repository.commit
    url = repository.link_to(location.path) if repository else ""
    return {**record, "url": url} if url else record


def _place(location: Location, catalog: Catalog) -> dict[str, JsonValue]:
    record = {**_file(location, catalog), "line": location.line}
    url = catalog.link_to(location)
    return {**record, "url": url} if url else record


JSON = Export("json", "The whole catalogue, as catalog.schema.json describes it", _write)
