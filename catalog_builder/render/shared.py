"""What events have in common: names of fields, and named types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote

from catalog_builder.model import Event, Field, walk
from catalog_builder.render.dictionary import Word

TypeKey: TypeAlias = tuple[str, tuple[str, ...]]
"""A type's name and the names of its fields: two types of one name may be different things."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A name of fields that several events carry."""

    count: int
    """Of the other events."""
    quoted: str
    """The name, fit for an address."""


def shared_fields(words: Iterable[Word]) -> Mapping[str, Carried]:
    """The names of fields that more than one event carries."""
    return {
        each.name: Carried(each.events - 1, quote(each.name, errors="replace"))
        for each in words
        if each.events > 1
    }


def events_by_type(events: Iterable[Event]) -> Mapping[TypeKey, tuple[str, ...]]:
    """Ids of the events that carry each named type which has fields."""
    known: dict[TypeKey, list[str]] = {}
    for event in events:
        for key in types_of(event):
            known.setdefault(key, []).append(event.id)
    return {key: tuple(ids) for key, ids in known.items()}


def types_of(event: Event) -> list[TypeKey]:
    """The named types of an event's fields, each once, in the order of the fields."""
    keys = (_key(placed.field) for placed in walk(event.shape) if placed.field.type_name)
    return list(dict.fromkeys(key for key in keys if key[1]))


def _key(field: Field) -> TypeKey:
    return field.type_name, tuple(sorted(each.name for each in field.fields))
