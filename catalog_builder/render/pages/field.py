"""The dictionary of fields: each name, its types, who carries it, and where events disagree."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote_plus

from catalog_builder.files import Page
from catalog_builder.render.dictionary import Meaning, Word
from catalog_builder.render.kit import Kit
from catalog_builder.render.links import EVENTS, FIELDS, Links
from catalog_builder.render.tables import Column, Table
from catalog_builder.render.text import plain_line

SECTION = "Fields"
_CONFLICTS_SHOWN = 24
_LONGEST_ADDRESS = 500
_COLUMNS = (
    Column("name", "Field", "name"),
    Column("types", "Type", "texts", facet=True),
    Column("differs", "Differ in", "badge", facet=True),
    Column("events", "Events", "number", hint="that carry it"),
    Column("first", "For example in", "links"),
    Column("required", "Required", "text", facet=True),
)


def pages(kit: Kit) -> Iterator[Page]:
    """One page."""
    yield kit.page(
        FIELDS,
        "dictionary.html",
        _values,
        title=SECTION,
        description="Every field by name: its types, the events that carry it, and conflicts.",
        section=SECTION,
        is_index=True,
        wide=True,
    )


def table(kit: Kit) -> Table:
    """Every name of a field."""
    return Table("fields", "field", _COLUMNS, tuple(_row(kit, each) for each in kit.view.fields))


def _row(kit: Kit, word: Word) -> tuple[Any, ...]:
    root = Links("", kit.directory_urls)
    return (
        (word.name, _all_events(root, word), plain_line(word.description)),
        tuple(dict.fromkeys(map(_type, word.meanings))),
        word.differs_in,
        word.events,
        tuple(
            (kit.view.called(id_), root.field(id_, path)) for id_, path in word.meanings[0].first
        ),
        _required(word),
    )


def _all_events(links: Links, word: Word) -> str:
    """The events that carry a name: the one there is, or the table of all, narrowed to them."""
    if word.events == 1:
        return links.field(*word.meanings[0].first[0])
    query = quote_plus(word.name, errors="replace")
    return f"{links.page(EVENTS)}?fields={query}" if len(query) < _LONGEST_ADDRESS else ""


def _type(meaning: Meaning) -> str:
    return " · ".join(filter(None, (meaning.type, meaning.format))) or "any"


def _required(word: Word) -> str:
    if word.required == word.events:
        return "always"
    return "in some events" if word.required else "no"


def _values(kit: Kit, links: Links) -> Mapping[str, Any]:
    conflicts = sorted(
        (each for each in kit.view.fields if each.differs_in == "types"),
        key=lambda each: (-each.events, each.name),
    )
    return {
        "table": kit.once(table),
        "conflicts": [(each, _all_events(links, each)) for each in conflicts[:_CONFLICTS_SHOWN]],
        "conflicts_more": max(len(conflicts) - _CONFLICTS_SHOWN, 0),
        "type_of": _type,
    }
