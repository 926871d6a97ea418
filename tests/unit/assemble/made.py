"""Documents made by hand, as small as a test wants them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from catalog_builder.assemble import assemble
from catalog_builder.config import Settings
from catalog_builder.model import (
    Action,
    Catalog,
    Channel,
    Document,
    Finding,
    Json,
    Message,
    Operation,
    Payload,
    Reading,
    Repository,
    SchemaFormat,
    Server,
    Target,
)

SEND, RECEIVE = Action.SEND, Action.RECEIVE


def schema(**types: str) -> Payload:
    """A payload of plain fields; a `!` after a type: required."""
    properties = {name: {"type": each.rstrip("!")} for name, each in types.items()}
    required = [name for name, each in types.items() if each.endswith("!")]
    written = {"type": "object", "properties": properties, "required": required}
    return Payload(SchemaFormat.JSON_SCHEMA, written)


def json_payload(**written: Json) -> Payload:
    return Payload(SchemaFormat.JSON_SCHEMA, written)


def message(name: str = "", **more: Json) -> Message:
    return Message(id=name or "message", name=name, **more)


def channel(address: str | None, *messages: Message | str, **more: Json) -> Channel:
    listed = tuple(each if isinstance(each, Message) else message(each) for each in messages)
    return Channel(key=more.pop("key", address or "key"), address=address, messages=listed, **more)


def document(
    title: str,
    *does: tuple[Action, Channel],
    server: str = "",
    **more: Json,
) -> Document:
    """One operation for each channel; `server` is `protocol://host`."""
    repository = more.pop("repository", title)
    protocol, _, host = server.partition("://")
    servers = (Server("main", host, protocol),) if server else ()
    channels = {
        each.key: replace(each, servers=("main",), protocols=(protocol,)) if server else each
        for _, each in does
    }
    operations = tuple(
        Operation(
            id=f"{action}-{each.key}",
            action=action,
            channel=each.key,
            messages=tuple(one.id for one in each.messages),
            line=number,
        )
        for number, (action, each) in enumerate(does, start=1)
    )
    return Document(
        repository=repository if isinstance(repository, Repository) else Repository(repository),
        path=more.pop("path", "asyncapi.yaml"),
        asyncapi="3.0.0",
        title=title,
        servers=more.pop("servers", servers),
        channels=tuple(channels.values()),
        operations=operations,
        **more,
    )


def readings(documents: Iterable[Document]) -> list[Reading]:
    """One reading for each repository."""
    found: dict[Repository, list[Document]] = {}
    for each in documents:
        found.setdefault(each.repository, []).append(each)
    return [Reading(repository, tuple(each)) for repository, each in found.items()]


def catalogue(*documents: Document, settings: Settings | None = None) -> Catalog:
    return assemble(readings(documents), settings or Settings())


def told(catalog: Catalog) -> set[tuple[str, str, str, str]]:
    """The relations without places: service, action, event, rule."""
    return {(r.service, str(r.action), r.event, r.join.rule) for r in catalog.relations}


def flows(catalog: Catalog) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Who sends and who receives each event, by its id."""
    return {each.id: (each.producers, each.consumers) for each in catalog.events}


def found(catalog: Catalog, code: str) -> list[Finding]:
    return [each for each in catalog.findings if each.code == code]


def target(path: str, pointer: str, repository: str = "common") -> Target:
    return Target(repository, path, pointer)
