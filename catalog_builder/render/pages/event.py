"""The page of one event, and the table of all."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from markupsafe import Markup

from catalog_builder.model import (
    Action,
    ChangeKind,
    Event,
    Json,
    SchemaFormat,
    Side,
    Verdict,
    walk,
)
from catalog_builder.render.diagrams import event_diagram
from catalog_builder.render.fields import Tree
from catalog_builder.render.json_text import json_html
from catalog_builder.render.kit import Diagrams, Kit, anchor, graph
from catalog_builder.render.links import (
    EVENTS,
    FIELDS,
    HEALTH,
    SIMILAR,
    Links,
    event_path,
    links_from,
)
from catalog_builder.render.listed import listed
from catalog_builder.render.neighbours import markdown_path, neighbours_of
from catalog_builder.render.pages.changes import told
from catalog_builder.render.pages.event_parts import shared_types, sides, successor_of, versions_of
from catalog_builder.render.tables import Column, Table
from catalog_builder.render.tabs import Pane
from catalog_builder.render.text import in_element, plain_line
from catalog_builder.render.view import View
from catalog_builder.schema import example_of

SECTION = "Events"
_EXAMPLES = 3
_CHANNELS = 20
_FINDINGS = 40
_FORMATS = {
    SchemaFormat.JSON_SCHEMA: "JSON Schema",
    SchemaFormat.OPENAPI: "OpenAPI",
    SchemaFormat.AVRO: "Avro",
    SchemaFormat.PROTOBUF: "Protobuf",
    SchemaFormat.RAML: "RAML",
}
_COLUMNS = (
    Column("name", "Event", "name"),
    Column("domain", "Domain", "link", facet=True),
    Column("team", "Team", "link", facet=True),
    Column("producers", "Sent by", "links", facet=True),
    Column("consumers", "Read by", "links", facet=True),
    Column("protocols", "Protocol", "texts", facet=True),
    Column("lifecycle", "Lifecycle", "badge", facet=True, shown=False),
    Column("state", "Connected", "text", facet=True, shown=False),
    Column("format", "Format", "text", facet=True, shown=False),
    Column("version", "Version", "text", shown=False),
    Column("changed", "Last change", "date", shown=False),
    Column("channels", "Channels", "texts", shown=False),
    Column("fields", "Field", "texts", facet=True, shown=False),
)


def pages(kit: Kit) -> Iterator[Any]:
    """The table, then a page for each event."""
    yield kit.page(
        EVENTS,
        "events.html",
        _table_values,
        title=SECTION,
        description=f"Every event of {kit.catalog.title}.",
        section=SECTION,
        is_index=True,
        wide=True,
    )
    for event in kit.catalog.events:
        yield kit.page(
            event_path(event.id),
            "event.html",
            partial(_event_values, event),
            title=event.called,
            description=summary_of(event),
            section=SECTION,
            of=("catalog", "event", event.id),
            neighbours=neighbours_of(kit.view, event),
        )


def diagrams(view: View, *, directory_urls: bool) -> Diagrams:
    """The graph of each event."""
    for event in view.catalog.events:
        path = event_path(event.id)
        links = links_from(path, directory_urls=directory_urls)
        yield path, graph(event_diagram, view, event, links)


def table(kit: Kit) -> Table:
    """Every event with what one looks for."""
    events = sorted(kit.catalog.events, key=lambda each: (each.called.casefold(), each.id))
    return Table("events", "event", _COLUMNS, tuple(_row(kit, each) for each in events))


def summary_of(event: Event) -> str:
    """One plain line of what an event is."""
    title = event.title if event.title not in {event.name, event.called} else ""
    return plain_line(event.summary or event.description or title)


def format_of(event: Event) -> str:
    """The language an event's payload is described in, as people write it; empty: none."""
    if event.payload is None:
        return ""
    return _FORMATS.get(event.payload.format, event.payload.media_type)


def state_of(event: Event) -> str:
    """Whether both ends of an event are known, in words."""
    if event.producers and event.consumers:
        return "sent and read"
    if event.producers:
        return "nobody reads it"
    return "nobody sends it" if event.consumers else "no service uses it"


def _row(kit: Kit, event: Event) -> tuple[Any, ...]:
    root = Links("", kit.directory_urls)
    view = kit.view
    service = kit.catalog.service
    addresses = tuple(kit.catalog.channel[each].address for each in event.channels)
    return (
        (event.called, root.event(event.id), summary_of(event) or ", ".join(addresses)),
        _unit(event.domain.name, root.domain, view.domain_id),
        _unit(event.team.name, root.team, view.team_id),
        tuple((service[each].name, root.service(each)) for each in event.producers),
        tuple((service[each].name, root.service(each)) for each in event.consumers),
        view.protocols_of(event),
        event.lifecycle.name,
        state_of(event),
        format_of(event),
        event.version.name,
        _last_change(view, event),
        addresses,
        tuple(dict.fromkeys(each.field.name for each in walk(event.shape))),
    )


def _last_change(view: View, event: Event) -> str:
    """The day on which an event changed last, but for words; empty: none is known."""
    for each in view.versions_of_event.get(event.id, ()):
        if each.kind is not ChangeKind.KNOWN and each.verdict is not Verdict.WORDING:
            return each.commit.day if each.commit else ""
    return ""


def _unit(name: str, address: Any, ids: Mapping[str, str]) -> tuple[str, str]:  # noqa: ANN401  a bound method of Links
    return (name, address(ids[name])) if name else ("", "")


def _table_values(kit: Kit, links: Links) -> Mapping[str, Any]:  # noqa: ARG001  one shape for all
    return {"table": kit.once(table)}


def _event_values(event: Event, kit: Kit, links: Links) -> Mapping[str, Any]:
    view = kit.view
    panes, made, examples = _panes(event)
    types = shared_types(view, event)
    shortest = examples[-1] if examples else None
    return {
        "event": event,
        "summary": summary_of(event),
        "protocols": view.protocols_of(event),
        "sends": sides(view, event, Action.SEND, links),
        "receives": sides(view, event, Action.RECEIVE, links),
        "channels": listed(
            [kit.catalog.channel[each] for each in event.channels],
            _CHANNELS,
            links.file(markdown_path(event)),
        ),
        "fields": list(walk(event.shape)),
        "successor": successor_of(view, event),
        "format": format_of(event),
        "panes": [*panes, *_as_written(kit, event)],
        "made": made,
        "snippets": kit.snippets.of(view, event, shortest) if event.payload else (),
        "examples": len(examples),
        "field_tree": Tree(
            partial(kit.descriptions.html, where=event.source),
            links.page(FIELDS),
            view.shared_fields,
            {each.name: f"type.{anchor(each.name)}" for each in types},
        ),
        "types": types,
        "neighbours": neighbours_of(view, event),
        "asyncapi": view.asyncapi_of_document.get((event.source.repository, event.source.path), ""),
        "source_address": kit.catalog.link_to(event.source),
        "edit_address": kit.catalog.edit_link_to(event.source),
        "similar_page": SIMILAR,
        "alike": [(kit.catalog.event[each.event], each) for each in view.alike.get(event.id, ())],
        "versions": versions_of(view, event),
        "registered_versions": [
            (subject, [(each, told(each.differences, Side.CONSUMERS)) for each in subject.versions])
            for subject in event.registered
            if len(subject.versions) > 1
        ],
        "findings": listed(view.findings_of_event.get(event.id, ()), _FINDINGS, links.page(HEALTH)),
        "original": kit.original(event.source),
        "picture": kit.picture(
            event_path(event.id),
            f"Who sends and who reads {event.called}; the same as the lists below",
        ),
    }


def _panes(event: Event) -> tuple[list[Pane], bool, list[Json]]:
    """Code beside the fields, whether the first is made from the schema, and the examples.

    These are the first panes; the last one is the shortest.
    """
    if event.payload is None:
        return [], False, []
    written = [each for each in event.examples if each.payload is not None][:_EXAMPLES]
    examples = [
        (each.name or ("Example" if len(written) == 1 else f"Example {number}"), each.payload)
        for number, each in enumerate(written, 1)
    ]
    full = None if written else example_of(event.payload)
    if full is not None:
        examples.append(("Example", full.value))
    minimal = example_of(event.payload, minimal=True)
    if minimal is not None and minimal != full:
        examples.append(("Minimal", minimal.value))
    schema = event.payload.schema
    name = format_of(event) or "Schema"
    panes = [(title, json_html(value), "json") for title, value in examples]
    if isinstance(schema, str):
        panes.append((name, _code(schema), ""))
    else:
        panes.append((name, json_html(schema), "json"))
    return panes, bool(full), [value for _, value in examples]


def _as_written(kit: Kit, event: Event) -> Iterator[Pane]:
    """What the document itself says."""
    if text := kit.excerpts.of(event):
        is_json = event.source.path.endswith(".json")
        yield "As written", _code(text), "json" if is_json else "yaml"


def _code(text: str) -> Markup:
    return Markup(in_element(text))  # noqa: S704  escaped by this
