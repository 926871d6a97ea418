"""An event's page as Markdown, for programs that read text."""

import re
from collections.abc import Iterable, Iterator

from catalog_builder.model import Action, Event, Join, Json, Location, PlacedField, Shape, walk
from catalog_builder.render.json_text import json_text
from catalog_builder.render.text import plain_line
from catalog_builder.render.view import View
from catalog_builder.schema import example_of

_HEADING = re.compile(r"^(#{1,4})(?=\s)", re.MULTILINE)
_LONGEST_NOTE = 160


def markdown_form(view: View, event: Event) -> bytes:
    """The Markdown of an event, which lies in a folder of the site's root."""
    parts = [
        f"# {_line(event.called)}",
        _line(event.summary),
        _facts(view, event),
        _deprecation(event),
        _HEADING.sub(r"##\1", event.description.strip()),
        "## Sent by",
        _sides(view, event, Action.SEND),
        "## Read by",
        _sides(view, event, Action.RECEIVE),
        *_payload(event),
        *_fields("Headers", event.header_shape),
        *_findings(view, event),
        "---\nAll events: [llms.txt](../llms.txt), [catalog.json](../catalog.json)",
    ]
    return ("\n\n".join(filter(None, parts)) + "\n").encode("utf-8", "replace")


def _facts(view: View, event: Event) -> str:
    channels = (view.catalog.channel[each] for each in event.channels)
    rows = [
        ("Full name", _code(event.name) if event.name != event.called else ""),
        ("Domain", _line(event.domain.name)),
        ("Team", _line(event.team.name or "nobody yet")),
        ("Channels", ", ".join(_code(each.address or each.id) for each in channels)),
        ("Protocols", ", ".join(view.protocols_of(event))),
        ("Version", _line(event.version.name)),
        ("Lifecycle", _line(event.lifecycle.name)),
        ("Content type", _code(event.content_type)),
        ("Tags", ", ".join(map(_line, event.tags))),
        ("Written in", _place(view, event.source)),
    ]
    return "\n".join(f"- {name}: {value}" for name, value in rows if value)


def _deprecation(event: Event) -> str:
    gone = event.deprecation
    if not gone:
        return ""
    told = (
        f"Deprecated{f' since {_line(gone.since)}' if gone.since else ''}.",
        f"Use {_code(gone.successor)} instead." if gone.successor else "",
        f"It will be removed on {_line(gone.removal)}." if gone.removal else "",
    )
    return "> " + " ".join(filter(None, told))


def _sides(view: View, event: Event, action: Action) -> str:
    """Who sends or reads it, under the reasons why that is believed."""
    groups: dict[Join, dict[str, None]] = {}
    for relation in view.relations(event, action):
        service = view.catalog.service[relation.service]
        email = f" <{_line(service.contact.email)}>" if service.contact else ""
        team = _line(service.team.name or "nobody's yet") + email.replace(" <>", "")
        line = f"- {_line(service.name)} ({team}) {_place(view, relation.source)}"
        groups.setdefault(relation.join, {})[line] = None
    return (
        "\n\n".join(
            "\n".join((f"{join.confidence.capitalize()}: {_line(join.reason)}", "", *lines))
            for join, lines in groups.items()
        )
        or "Nobody, as far as the specifications say."
    )


def _payload(event: Event) -> Iterator[str]:
    if event.payload is None:
        yield "## Payload"
        yield "The specification does not say what is in it."
        return
    yield from _fields("Payload", event.shape)
    title, example = _example(event)
    if example is not None:
        yield f"## {title}"
        yield f"```json\n{json_text(example)}\n```"


def _example(event: Event) -> tuple[str, Json]:
    """The first example that the document gives, else one made; its title before it."""
    for each in event.examples:
        if each.payload is not None:
            return "Example", each.payload
    made = example_of(event.payload) if event.payload else None
    return "Example, made from the schema", made.value if made else None


def _fields(title: str, shape: Shape) -> Iterator[str]:
    rows = list(map(_row, walk(shape)))
    if rows:
        yield f"## {title}"
        yield "\n".join(("| field | type | | |", "|---|---|---|---|", *rows))


def _row(placed: PlacedField) -> str:
    field = placed.field
    flags = {
        "required": field.required,
        "nullable": field.nullable,
        "deprecated": field.deprecated,
        "sensitive": field.sensitive,
        "contains itself": field.recursive,
    }
    notes: Iterable[str] = (
        plain_line(field.description, _LONGEST_NOTE),
        "; ".join(field.constraints),
        f"One of {', '.join(field.enum)}" if field.enum else "",
    )
    kind = f"{field.type} ({field.format})" if field.format else field.type
    cells = (
        _code(placed.path) + (f" ({_line(placed.variant)})" if placed.variant else ""),
        _line(kind),
        ", ".join(name for name, holds in flags.items() if holds),
        ". ".join(_line(each).rstrip(".") for each in notes if each),
    )
    return f"| {' | '.join(each.replace('|', chr(92) + '|') for each in cells)} |"


def _findings(view: View, event: Event) -> Iterator[str]:
    findings = view.findings_of_event.get(event.id, ())
    if findings:
        yield "## Findings"
        yield "\n".join(
            f"- {each.severity} {_code(each.code)}: {_line(each.message)} {_line(each.hint)} "
            f"{_place(view, each.location)}"
            for each in findings
        )


def _place(view: View, location: Location) -> str:
    address = view.catalog.link_to(location)
    return f"[{_code(str(location))}]({address})" if address else _code(str(location))


def _code(text: str) -> str:
    return f"`{_line(text).replace('`', chr(39))}`" if text else ""


def _line(text: str) -> str:
    return " ".join(text.split())
