"""The dictionary of fields: what each name means in the events that carry it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from catalog_builder.model import Event, Field, walk

_FIRST = 3
_SAYS_NOTHING = frozenset({"", "any"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """A type under a name."""

    type: str
    format: str
    events: int
    """How many carry the name with it."""
    first: tuple[tuple[str, str], ...]
    """The first of them by id, each with the field's path from its payload's root.

    The path is empty where the field stands in one variant of several.
    """


@dataclass(frozen=True, slots=True)
class Word:
    """A name of fields."""

    name: str
    meanings: tuple[Meaning, ...]
    """The most common first."""
    events: int
    required: int
    """In how many of them it is always there."""
    description: str

    @property
    def differs_in(self) -> str:
        """`types` or `formats`, where events do not agree; else empty."""
        if len({each.type for each in self.meanings} - _SAYS_NOTHING) > 1:
            return "types"
        formats = {each.format for each in self.meanings if each.type not in _SAYS_NOTHING}
        return "formats" if len(formats) > 1 else ""


class _Gathered:
    """What is known of a name so far."""

    __slots__ = ("carriers", "description", "places", "required")

    def __init__(self) -> None:
        self.places: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self.carriers: set[str] = set()
        self.required: set[str] = set()
        self.description = ""

    def add(self, event: str, path: str, field: Field) -> None:
        self.places[field.plain_type, field.format].setdefault(event, path)
        self.carriers.add(event)
        if field.required:
            self.required.add(event)
        self.description = self.description or field.description

    def word(self, name: str) -> Word:
        meanings = (
            Meaning(type_, format_, len(places), tuple(sorted(places.items())[:_FIRST]))
            for (type_, format_), places in self.places.items()
        )
        return Word(
            name,
            tuple(sorted(meanings, key=lambda each: (-each.events, each.type, each.format))),
            len(self.carriers),
            len(self.required),
            self.description,
        )


def dictionary(events: Iterable[Event]) -> tuple[Word, ...]:
    """Every name of a field in a payload, in the order of the alphabet.

    >>> from catalog_builder.model import Shape
    >>> paid = Event("paid", "Paid", shape=Shape(fields=(Field("amount", "number"),)))
    >>> sold = Event("sold", "Sold", shape=Shape(fields=(Field("amount", "string"),)))
    >>> (word,) = dictionary((paid, sold))
    >>> word.name, word.events, word.differs_in
    ('amount', 2, 'types')
    """
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    for event in sorted(events, key=lambda each: each.id):
        for placed in walk(event.shape):
            path = "" if placed.variant else placed.path
            gathered[placed.field.name].add(event.id, path, placed.field)
    names = sorted(gathered, key=lambda name: (name.casefold(), name))
    return tuple(gathered[name].word(name) for name in names)
