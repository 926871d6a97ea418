"""The contract of `catalog.json` as JSON Schema 2020-12, written by hand.

Changing what is here, other than by adding, takes a new `format_version`.
"""

from collections.abc import Collection, Mapping

import orjson

from catalog_builder.model import (
    Action,
    ChangeKind,
    Confidence,
    Json,
    SchemaFormat,
    Severity,
    Side,
    Verdict,
    Viewpoint,
)


def _text(description: str, **keywords: Json) -> Json:
    return {"description": description, "type": "string", **keywords}


def _flag(description: str) -> Json:
    return {"description": description, "type": "boolean"}


def _number(description: str) -> Json:
    return {"description": description, "type": "integer", "minimum": 0}


def _anything(description: str) -> Json:
    return {"description": description}


def _list(description: str, items: Json) -> Json:
    return {"description": description, "type": "array", "items": items}


def _texts(description: str) -> Json:
    return _list(description, {"type": "string"})


def _ids(description: str) -> Json:
    return {**_texts(description), "uniqueItems": True}


def _map(description: str, values: Json) -> Json:
    return {"description": description, "type": "object", "additionalProperties": values}


def _record(description: str, properties: dict[str, Json], optional: tuple[str, ...] = ()) -> Json:
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


ALWAYS: Mapping[str, Collection[str]] = {
    "channel": ("id", "address", "protocol", "servers", "services", "source"),
    "event": (
        *("id", "name", "title", "summary", "description", "version", "lifecycle", "domain"),
        *("team", "owner", "content_type", "schema_format", "payload", "type", "fields"),
        *("channels", "producers", "consumers", "joins", "source"),
    ),
    "field": ("path", "type"),
    "parameter": ("name",),
    "relation": ("service", "action", "event", "channel", "operation", "join", "source"),
    "server": ("key", "host", "protocol"),
}
"""Of records of which there are many: what they have also where it says nothing."""


def _sparse(description: str, kind: str, properties: dict[str, Json]) -> Json:
    """A record of which there are many: what says nothing is left out."""
    told = f"{description} What is not there is empty, false or null."
    always = ALWAYS[kind]
    return _record(told, properties, tuple(name for name in properties if name not in always))


def _or_null(record: Json) -> Json:
    return {**record, "type": [record["type"], "null"]}


_FILE = {
    "repository": _text("Name of the repository."),
    "path": _text("Path of the file in the repository."),
    "commit": _text("Full hash of the revision that was read; not there outside version control."),
    "url": _text("Where a person looks at the file; not there when unknown."),
}
_UNKNOWN_OFTEN = ("commit", "url")
"""Keys of a file or place that are not there where nothing is known."""
_PLACE = {**_FILE, "line": _number("Line, counted from 1; 0: unknown.")}
_BELONGING = {
    "domain": _text("Name of the business domain; empty: none is known."),
    "domain_source": _text("Where that was said, in words."),
    "team": _text("Name of the owning team; empty: none is known."),
    "team_source": _text("Where that was said, in words."),
}
_BINDINGS = _map("Protocol bindings as written, by protocol.", {})
_SERVICE_ID = _text("Id of a service.")
_EVENT_ID = _text("Id of an event.")
_CHANNEL_ID = _text("Id of a channel; empty: none.")
_TAGS = _texts("Names of tags.")
_EXTENSIONS = _map("`x-` keys as written.", {})
_SECURITY = _texts("Names of the security schemes.")
_EXTERNAL_DOCS = _text("Address of further documentation; empty: none.")
_SCHEMA_FORMAT = _text(
    "Language the schema is written in; empty: there is no schema.",
    enum=["", *SchemaFormat],
)
_MEDIA_TYPE = _text("`schemaFormat` as the document writes it; empty: the default.")
_SCHEMA = _anything(
    "The schema: JSON of a JSON Schema (every `$ref` a pointer into its own `definitions`) or of an"
    " Avro schema, text of other formats, null where there is none."
)
_ROOT = _text("Protobuf: name of the message meant, where the document tells; else empty.")
_IMPORTS = _map(
    "Protobuf: text of imported files, by the path they are imported by.", {"type": "string"}
)
_ORIGIN = _or_null(
    _record(
        "Where the `$ref` of the whole schema led; null: it is written in place.",
        {
            "repository": _text("Name of the repository."),
            "path": _text("Path of the file in the repository."),
            "pointer": _text("JSON pointer in the file."),
        },
    )
)

_REPOSITORY = _record(
    "A repository that was read.",
    {
        "name": _text("Unique name."),
        "url": _text("Where a person looks at it; empty when unknown."),
        "commit": _text("Full hash of the revision that was read; empty outside version control."),
        "branch": _text("Branch, tag or commit that was asked for; empty when nothing tells."),
        "archived": _flag("Whether nobody changes it any more, as the forge says."),
    },
)


def _commit(description: str) -> Json:
    return _or_null(
        _record(
            description,
            {
                "id": _text("Full hash."),
                "date": _text("When it was committed, in UTC.", format="date-time"),
                "author": _text("Name of whoever wrote it; may be empty."),
                "subject": _text("First line of its message; may be empty."),
                "url": _text("Where a person looks at it, or at the file it left; or empty."),
            },
        )
    )


_DOCUMENT = {
    **_FILE,
    "asyncapi": _text("AsyncAPI version the document says it is of."),
    "viewpoint": _text("From whose side its verbs were read.", enum=[*Viewpoint]),
    "copies": _list(
        "Other places of a byte-identical file.", _record("A copy.", _FILE, _UNKNOWN_OFTEN)
    ),
    "changed": _commit("The last commit that changed the file; null: nothing tells."),
}

_SERVICE = _record(
    "An application that sends or receives events.",
    {
        "id": _text("Unique among services, the same from build to build."),
        "name": _text("What people call it."),
        "version": _text("Version its document states; empty: none."),
        "description": _text("Markdown."),
        **_BELONGING,
        "contact": _or_null(
            _record(
                "Whom to talk to; null: nobody is named.",
                {
                    "name": _text("Name; may be empty."),
                    "url": _text("Web address; may be empty."),
                    "email": _text("Mail address; may be empty."),
                },
            )
        ),
        "tags": _TAGS,
        "external_docs": _EXTERNAL_DOCS,
        "viewpoint": _text(
            "From whose side the verbs of its documents were read.", enum=[*Viewpoint, "mixed"]
        ),
        "documents": _list(
            "The AsyncAPI documents that describe it.",
            _record("A document.", _DOCUMENT, _UNKNOWN_OFTEN),
        ),
        "sends": _ids("Ids of the events it sends."),
        "receives": _ids("Ids of the events it receives."),
    },
)

_PARAMETER = _sparse(
    "A part of an address that varies.",
    "parameter",
    {
        "name": _text("Name, as between braces in the address."),
        "description": _text("Markdown."),
        "enum": _texts("Allowed values; empty: any."),
        "default": _text("Value when none is given; empty: none."),
        "examples": _texts("Example values."),
        "location": _text("Runtime expression of where a message says its value; empty: none."),
    },
)

_SERVER = _sparse(
    "A broker.",
    "server",
    {
        "key": _text("Its key in the document."),
        "title": _text("Title."),
        "host": _text("Host, with port and path as written."),
        "protocol": _text("Protocol."),
        "protocol_version": _text("Version of the protocol; empty: nothing says."),
        "description": _text("Markdown."),
        "environment": _text("`production`, `staging`, ...; empty: nothing says."),
        "variables": _list("What varies in the host.", _PARAMETER),
        "security": _SECURITY,
        "bindings": _BINDINGS,
        "tags": _TAGS,
        "external_docs": _EXTERNAL_DOCS,
        "extensions": _EXTENSIONS,
    },
)

_CHANNEL = _sparse(
    "A topic, queue or other address as the whole estate sees it.",
    "channel",
    {
        "id": _text("Unique among channels, the same from build to build."),
        "address": _text("Address on the broker; empty: no document knows it."),
        "protocol": _text("Protocol; empty: nothing says."),
        "servers": _list("Brokers it is on.", _SERVER),
        "bindings": _BINDINGS,
        "tags": _TAGS,
        "external_docs": _EXTERNAL_DOCS,
        "extensions": _EXTENSIONS,
        "title": _text("Title."),
        "description": _text("Markdown."),
        "parameters": _list("Varying parts of the address.", _PARAMETER),
        "services": _record(
            "Who uses it.",
            {
                "sends": _ids("Ids of the services that send to it."),
                "receives": _ids("Ids of the services that receive from it."),
            },
        ),
        "delivers_to": _ids("Ids of the channels its messages arrive at too, by a bridge."),
        "delivered_from": _ids("Ids of the channels whose messages arrive here too, by a bridge."),
        "source": _record("Where its description stands.", _PLACE, _UNKNOWN_OFTEN),
    },
)

_VARIANTS = _list(
    "Alternatives of a `oneOf`, `anyOf` or union.",
    _record(
        "An alternative.",
        {
            "name": _text("Name."),
            "when": _text('What tells it apart, such as `type = "card"`; may be empty.'),
            "type": _text("Type, as that of a field."),
        },
    ),
)

_FIELD = _sparse(
    "A field of a payload, whatever the schema's format; parents stand before their children.",
    "field",
    {
        "path": _text("Dots between names, `[]` after arrays, `{}` after maps: `lines[].sku`."),
        "type": _text("`string`, `array of string`, `map of number`, a type's name, ..."),
        "required": _flag("Whether it must be there, where its parent is."),
        "nullable": _flag("Whether it may be null."),
        "description": _text("Markdown."),
        "format": _text("`uuid`, `date-time`, `decimal(10,2)`, ...; empty: none."),
        "constraints": _texts("Limits in words or signs, such as `>= 0`."),
        "enum": _list("Allowed values; empty: any.", {}),
        "examples": _list("Example values.", {}),
        "deprecated": _flag("Whether it should no longer be used."),
        "sensitive": _flag("Whether it holds what must not be shown to everybody."),
        "variant": _text("Names of the variants it stands in, joined with `/`; empty: none."),
        "type_name": _text("Name of the shared type it is of; empty: written in place."),
        "recursive": _flag("Whether its type contains itself here; then no children follow."),
        "variants": {**_VARIANTS, "minItems": 1},
        "default": _anything("Value when it is absent; there only where the schema states one."),
    },
)

_EXAMPLE = _record(
    "An example that the document gives.",
    {
        "name": _text("Name; may be empty."),
        "summary": _text("Summary; may be empty."),
        "payload": _anything("Payload; null: not given."),
        "headers": _anything("Headers; null: not given."),
    },
)


def _described_schema(description: str) -> Json:
    return _or_null(
        _record(
            description,
            {
                "schema_format": _SCHEMA_FORMAT,
                "schema_media_type": _MEDIA_TYPE,
                "schema": _SCHEMA,
                "root": _ROOT,
                "imports": _IMPORTS,
                "origin": _ORIGIN,
            },
        )
    )


_DEPRECATION = _or_null(
    _record(
        "When it goes and what comes instead; null: the document does not say.",
        {
            "since": _text("ISO date; empty: unknown."),
            "removal": _text("ISO date; empty: unknown."),
            "successor": _text("Name of the message to use instead; empty: unknown."),
        },
    )
)

_DIFFERENCES = _list(
    "What departs, what breaks first.",
    _record(
        "One difference.",
        {
            "kind": _text("Kind of difference; one meaning for ever."),
            "part": _text(
                "Where it is; `event`: in what is said of it as a whole.",
                enum=["event", "payload", "headers", "key"],
            ),
            "path": _text("Path of the field; empty: the whole."),
            "variant": _text("Names of the variants it stands in; may be empty."),
            "words": _text("What is so now, and what was."),
            "breaks": _list("Whom it breaks.", {"enum": [*Side]}),
        },
    ),
)

_SUBJECT = _record(
    "The newest version of a subject.",
    {
        "registry": _text("Address of the registry."),
        "subject": _text("Its name, with its context."),
        "version": _number("Version in the subject."),
        "id": _number("Id of the schema in the registry."),
        "schema_format": _SCHEMA_FORMAT,
        "url": _text("Where a person looks at it; empty when unknown."),
        "is_payload": _flag("Whether the event's payload is of it, for no document has one."),
        "versions": _list(
            "Those that were read, newest first; itself is the first.",
            _record(
                "A version of a subject.",
                {
                    "version": _number("Version in the subject."),
                    "id": _number("Id of the schema in the registry."),
                    "url": _text("Where a person looks at it; empty when unknown."),
                    "verdict": _text("How much it matters to consumers.", enum=[*Verdict]),
                    "differences": _DIFFERENCES,
                },
            ),
        ),
    },
)

_JOIN = _record(
    "Why messages are believed to be this event.",
    {
        "rule": _text("Code of the rule."),
        "reason": _text("The reason in words."),
        "confidence": _text("How sure it is.", enum=[*Confidence]),
    },
)

_EVENT = _sparse(
    "A message that services exchange, as its owner describes it.",
    "event",
    {
        "id": _text("Unique among events, the same from build to build."),
        "name": _text("What people call it."),
        "title": _text("Title."),
        "summary": _text("One line."),
        "description": _text("Markdown."),
        "version": _text("Version; empty: nothing says."),
        "version_source": _text("Where that was said, in words."),
        "lifecycle": _text("`deprecated`, or what the document says, in lower case; or empty."),
        "lifecycle_source": _text("Where that was said, in words."),
        "deprecated": _flag("Whether its owner says that it should no longer be used."),
        "deprecation": _DEPRECATION,
        **_BELONGING,
        "owner": _text("Id of the service whose description this is; empty: none."),
        "content_type": _text("Media type of the payload; empty: nothing says."),
        "schema_format": _SCHEMA_FORMAT,
        "schema_media_type": _MEDIA_TYPE,
        "payload": _SCHEMA,
        "payload_root": _ROOT,
        "payload_imports": _IMPORTS,
        "payload_origin": _ORIGIN,
        "payload_description": _text("Markdown of the payload's schema as a whole."),
        "type": _text("Type of the whole payload."),
        "fields": _list("Every field of the payload, however deep.", _FIELD),
        "variants": _VARIANTS,
        "headers": _described_schema("Schema of the headers; null: none."),
        "header_description": _text("Markdown of the headers' schema as a whole."),
        "header_type": _text("Type of the headers as a whole."),
        "header_fields": _list("Every header.", _FIELD),
        "header_variants": _VARIANTS,
        "key": _described_schema("Schema of the Kafka key; null: none."),
        "correlation_id": _text("Runtime expression; empty: none."),
        "bindings": _BINDINGS,
        "tags": _TAGS,
        "external_docs": _EXTERNAL_DOCS,
        "examples": _list("Examples of the document.", _EXAMPLE),
        "extensions": _EXTENSIONS,
        "identity": _text("Avro full name, Protobuf message or JSON Schema `$id`; or empty."),
        "channels": _ids("Ids of the channels it passes through."),
        "producers": _ids("Ids of the services that send it, by the relations."),
        "consumers": _ids("Ids of the services that receive it, by the relations."),
        "joins": _list("Why its relations are believed, each reason once.", _JOIN),
        "expectations": _list(
            "What consumers say for themselves that they read; those that do not are in none.",
            _record(
                "Consumers that say the same.",
                {
                    "services": _ids("Ids of the consumers."),
                    "is_all": _flag("Whether they read every field of the event; else not there."),
                    "fields": _texts(
                        "Paths of the fields, as those of the event's fields; not there: all."
                    ),
                },
                ("is_all", "fields"),
            ),
        ),
        "source": _record("Where its description stands.", _PLACE, _UNKNOWN_OFTEN),
        "registered": {
            **_list("Subjects of schema registries that hold its schema.", _SUBJECT),
            "minItems": 1,
        },
    },
)

_RELATION = _sparse(
    "One operation of one document with one of its messages.",
    "relation",
    {
        "service": _SERVICE_ID,
        "action": _text("What the service does.", enum=[*Action]),
        "event": _EVENT_ID,
        "channel": _CHANNEL_ID,
        "operation": _text("Id of the operation in its document."),
        "reply": _flag("Whether this is the answer of a request."),
        "reply_address": _text("Runtime expression of where answers to it go; empty: none."),
        "security": _SECURITY,
        "bindings": _BINDINGS,
        "join": _number(
            "Why the message is believed to be this event: index, from 0, in the event's `joins`."
        ),
        "source": _record("Where the operation stands.", _PLACE, _UNKNOWN_OFTEN),
    },
)

_FINDING = _record(
    "Something that is wrong or missing somewhere.",
    {
        "code": _text("Kind of finding; one meaning for ever."),
        "severity": _text("How much it matters.", enum=[*Severity]),
        "message": _text("What is wrong."),
        "hint": _text("How to mend it."),
        **_PLACE,
        "column": _number("Column, counted from 1; 0: unknown."),
        "service": _text("Id of the service it concerns, where there is one."),
        "event": _text("Id of the event it concerns, where there is one."),
    },
    optional=("service", "event", *_UNKNOWN_OFTEN),
)

_CHANGE = _record(
    "What one commit did to one event, in the document that describes it.",
    {
        "kind": _text(
            "What happened to the event.",
            enum=[each for each in ChangeKind if each is not ChangeKind.KNOWN],
        ),
        "verdict": _text("How much it matters to those who must keep up.", enum=[*Verdict]),
        "side": _text("Those who must keep up with the document.", enum=[*Side]),
        "event": _text("Id of the event; empty: the catalogue has it no more."),
        "name": _text("Name of the event; where it was removed, the last one."),
        "address": _text("Where it passes through; where it was removed, where it did."),
        "service": _text("Id of the service that the document describes."),
        "action": _text("What that service does with it; empty: neither.", enum=["", *Action]),
        "repository": _text("Name of the repository."),
        "path": _text("Path of the document in the repository."),
        "commit": _commit("The commit; null: it is not committed yet."),
        "before": _commit("The one that made the version before; null: there was none."),
        "version": _text("What the document calls its own version after it; may be empty."),
        "differences": _DIFFERENCES,
    },
)

_CATALOG = _record(
    "Every event of an estate: who sends it, who receives it, what is in it.",
    {
        "format_version": {
            "description": "Version of this contract; grows when readers must change.",
            "const": 1,
        },
        "title": _text("Title of the catalogue."),
        "description": _text("Markdown."),
        "repositories": _list("Sorted by name.", _REPOSITORY),
        "services": _list("Sorted by id.", _SERVICE),
        "channels": _list("Sorted by id.", _CHANNEL),
        "events": _list("Sorted by id.", _EVENT),
        "relations": _list("Sorted by service, action, event, channel, operation.", _RELATION),
        "findings": _list("Sorted by severity, most first, then by place.", _FINDING),
        "changes": _list("Newest first.", _CHANGE),
    },
)

SCHEMA: bytes = orjson.dumps(
    {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:catalog-builder:catalog:1",
        "title": "Event catalogue",
        **_CATALOG,
    },
    option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
)
"""The schema as a file, `catalog.schema.json`."""
