"""What events have in common: names of fields, and named types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from catalog_builder.model import Event, Field, walk
from catalog_builder.render.dictionary import Word

TypeKey: TypeAlias = tuple[str, ...]
"""A type's name, then those of its fields: two types of one name may be different things."""


NAMED = 5
"""Events that a page names of those that share a type with its own."""
_EXACT = 10


@dataclass(frozen=True, slots=True)
class Carried:
    """A name of fields that several events carry."""

    others: str
    """How many other events, as `roughly` has it."""


def shared_fields(words: Iterable[Word]) -> Mapping[str, Carried]:
    """The names of fields that more than one event carries."""
    return {each.name: Carried(roughly(each.events - 1)) for each in words if each.events > 1}


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who has a named type."""

    first: tuple[str, ...]
    """Ids of events: one more than a page of one of them names."""
    more: str
    """How many there are besides all that such a page names, as `roughly` has it; empty: none."""


def events_by_type(events: Iterable[Event]) -> Mapping[TypeKey, Sharing]:
    """The events that carry each named type which has fields."""
    known: dict[TypeKey, list[str]] = {}
    for event in events:
        for key in types_of(event):
            known.setdefault(key, []).append(event.id)
    return {
        key: Sharing(tuple(ids[: NAMED + 1]), roughly(max(len(ids) - 1 - NAMED, 0)))
        for key, ids in known.items()
    }


def roughly(count: int) -> str:
    """A number that need not be told anew whenever it grows by one; empty: none.

    >>> [roughly(each) for each in (0, 9, 10, 49, 50, 9999)]
    ['', '9', '10+', '20+', '50+', '5,000+']
    """
    if count < _EXACT:
        return str(count or "")
    unit = 10 ** (len(str(count)) - 1)
    first = next(each for each in (5, 2, 1) if count >= each * unit)
    return f"{first * unit:,}+"


def types_of(event: Event) -> list[TypeKey]:
    """The named types of an event's fields, each once, in the order of the fields."""
    keys = (_key(placed.field) for placed in walk(event.shape) if placed.field.type_name)
    return list(dict.fromkeys(key for key in keys if key[1:]))


def _key(field: Field) -> TypeKey:
    return field.type_name, *sorted(each.name for each in field.fields)
