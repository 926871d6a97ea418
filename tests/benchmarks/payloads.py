"""Payloads of made-up events as shapes, whatever format they will be written in.

This module alone knows how large payloads are and what they are made of.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from tests.benchmarks.vocabulary import (
    CHOICES,
    LISTED,
    MEASURES,
    MODIFIERS,
    NESTED,
    PARTICULARS,
    Attribute,
    words,
)


@dataclass(frozen=True, slots=True)
class Scalar:
    kind: str


@dataclass(frozen=True, slots=True)
class Choice:
    name: str
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A type that several events use, kept under its own name."""

    name: str


@dataclass(frozen=True, slots=True)
class Many:
    item: "Shape"


@dataclass(frozen=True, slots=True)
class Record:
    name: str
    fields: tuple["Field", ...]
    description: str = ""


Shape = Scalar | Choice | Shared | Many | Record


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    shape: Shape
    required: bool = False
    description: str = ""


def _must(name: str, shape: Shape, description: str = "") -> Field:
    return Field(name, shape, required=True, description=description)


_DESCRIBED = 0.2  # share of fields that say what they are

_SHARED = (
    Record(
        "Money",
        (
            _must("value", Scalar("number")),
            _must("currency", Scalar("code"), "Three letters of ISO 4217"),
        ),
        "An amount with its currency.",
    ),
    Record(
        "Address",
        (
            _must("street", Scalar("text")),
            _must("city", Scalar("text")),
            Field("postalCode", Scalar("code")),
            _must("countryCode", Scalar("code"), "Two letters of ISO 3166"),
        ),
        "A postal address.",
    ),
    Record(
        "Period",
        (_must("start", Scalar("date-time")), Field("end", Scalar("date-time"))),
        "A span of time, open if it has no end.",
    ),
    Record(
        "Person",
        (
            _must("name", Scalar("text")),
            Field("email", Scalar("email")),
            Field("postalAddress", Shared("Address")),
        ),
        "A person we may write to.",
    ),
    Record(
        "LineItem",
        (
            _must("itemId", Scalar("id")),
            _must("quantity", Scalar("integer")),
            Field("unitPrice", Shared("Money")),
        ),
        "One line of a list of goods.",
    ),
    Record(
        "CategoryNode",
        (
            _must("code", Scalar("code")),
            Field("label", Scalar("text")),
            Field("children", Many(Shared("CategoryNode")), description="Finer categories"),
        ),
        "A category and those below it.",
    ),
)
SHARED = {record.name: record for record in _SHARED}
_OFTEN = ("Money", "Money", "Address", "Period", "Period", "Person")
_LISTS = ("LineItem", "LineItem", "LineItem", "CategoryNode")


# --- making one ----------------------------------------------------------------------------


def payload(rng: Random, event: str, noun: str, length: int) -> Record:
    """A record for the event, led by the id of its noun, with about `length` fields in all."""
    key = uncapital(noun) + "Id"
    fields = {
        key: _must(key, Scalar("id"), f"Identifies the {words(noun)}"),
        "occurredAt": _must("occurredAt", Scalar("date-time"), "When it happened, in UTC"),
    }
    size = len(fields)
    while size < length:
        field = _field(rng, event, words(noun))
        if field.name not in fields:
            fields[field.name] = field
            size += _size(field.shape) + 1
    description = f"What is known once {words(event)} is a fact."
    return Record(event, tuple(fields.values()), description)


def uncapital(name: str) -> str:
    return name[0].lower() + name[1:]


def capital(name: str) -> str:
    return name[0].upper() + name[1:]


def picked_length(rng: Random) -> int:
    """Number of fields of an event: median about 11, seldom more than 40."""
    return min(44, max(4, round(rng.lognormvariate(2.35, 0.5))))


def _field(rng: Random, event: str, noun: str) -> Field:
    draw = rng.random()
    required = rng.random() < 0.4
    if draw < 0.03:
        name = rng.choice(NESTED)
        return Field(name, _record(rng, event + capital(name), noun), required)
    if draw < 0.05:
        name = rng.choice(LISTED)
        return Field(name, Many(_record(rng, event + capital(name), noun)), required)
    if draw < 0.08:
        name = rng.choice(_LISTS)
        return Field(uncapital(name) + "s", Many(Shared(name)), required)
    if draw < 0.13:
        name = rng.choice(_OFTEN)
        prefix = rng.choice(MODIFIERS)
        return Field(prefix + name, Shared(name), required)
    if draw < 0.21:
        name, symbols = rng.choice(tuple(CHOICES.items()))
        count = rng.randint(3, len(symbols))
        return Field(name, Choice(event + capital(name), symbols[:count]), required)
    return replace(_scalar(rng, noun), required=required)


def _scalar(rng: Random, noun: str) -> Field:
    if rng.random() < 0.5:
        return _named(rng, rng.choice(PARTICULARS), noun, prefix="")
    return _named(rng, rng.choice(MEASURES), noun, rng.choice(MODIFIERS))


def _named(rng: Random, attribute: Attribute, noun: str, prefix: str) -> Field:
    name = prefix + capital(attribute.name) if prefix else attribute.name
    shape = Shared("Money") if attribute.kind == "money" else Scalar(attribute.kind)
    description = attribute.description.format(noun=noun) if rng.random() < _DESCRIBED else ""
    return Field(name, shape, description=description)


def _record(rng: Random, name: str, noun: str) -> Record:
    drawn = (_scalar(rng, noun) for _ in range(rng.randint(3, 5)))
    return Record(name, tuple({field.name: field for field in drawn}.values()))


def shortened(record: Record) -> Record:
    """The record as a reader keeps it that uses the required fields and half of the others.

    Such readers do not copy what the fields mean.
    """
    optional = [field.name for field in record.fields if not field.required]
    kept = (field for field in record.fields if field.name not in optional[1::2])
    return Record(record.name, tuple(replace(field, description="") for field in kept))


# --- asking about it -----------------------------------------------------------------------


def fields_count(record: Record) -> int:
    """Number of fields at all depths: containers count, shared types are followed.

    A shared type inside itself is not followed again.
    """
    return _size(record)


def _size(shape: Shape, above: frozenset[str] = frozenset()) -> int:
    match shape:
        case Record(_, fields):
            return sum(1 + _size(field.shape, above) for field in fields)
        case Many(item):
            return _size(item, above)
        case Shared(name) if name not in above:
            return _size(SHARED[name], above | {name})
        case _:
            return 0


def shared_types(records: Iterable[Record]) -> dict[str, Record]:
    """The shared types that the records use, directly or through others, by name."""
    waiting = list(records)
    found: set[str] = set()
    while waiting:
        new = set(_mentioned(waiting.pop())) - found
        found |= new
        waiting += [SHARED[name] for name in sorted(new)]
    return {name: SHARED[name] for name in sorted(found)}


def _mentioned(shape: Shape) -> Iterator[str]:
    match shape:
        case Record(_, fields):
            for field in fields:
                yield from _mentioned(field.shape)
        case Many(item):
            yield from _mentioned(item)
        case Shared(name):
            yield name
