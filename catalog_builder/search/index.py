"""Everything that can be found, numbered, with the words it is found by."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cached_property

from catalog_builder.search.entries import Entry, Kind, Occurrence
from catalog_builder.search.words import key_of, words

KINDS = tuple(Kind)
"""In the order that entries are numbered in."""
RELATIONS: Mapping[str, Kind] = {
    "domain": Kind.DOMAIN,
    "team": Kind.TEAM,
    "channel": Kind.CHANNEL,
    "producer": Kind.SERVICE,
    "consumer": Kind.SERVICE,
}
"""What entries say of others, and of what kind those are."""
_TYPES_SHOWN = 3


class Zone(IntEnum):
    """Where a word stands in an entry."""

    NAME = 0
    ALSO = 1
    LINE = 2
    TEXT = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A field in one place, and the events that have it just so."""

    field: int
    occurrence: Occurrence
    events: Sequence[int]
    """Ascending."""


@dataclass(frozen=True)
class Index:
    """Entries by number, words by number, and which words stand where."""

    entries: tuple[Entry, ...]
    words: tuple[str, ...]
    """Sorted."""
    postings: Mapping[Zone, Mapping[int, Sequence[int]]]
    """Numbers of entries, ascending, by the number of a word."""
    rows: tuple[Row, ...]
    refers: Mapping[str, Sequence[Sequence[int]]]
    """Which entries an entry names, by relation: one list an entry."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words that mean the same."""

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Numbers of words."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def name_words(self) -> Sequence[tuple[str, ...]]:
        """Words of each entry's name."""
        return [words(each.name) for each in self.entries]

    @cached_property
    def rows_of(self) -> Sequence[Sequence[int]]:
        """Rows of each event, in their order; of other entries none."""
        found: list[list[int]] = [[] for _ in self.entries]
        for number, row in enumerate(self.rows):
            for event in row.events:
                found[event].append(number)
        return found

    @cached_property
    def rows_of_field(self) -> Mapping[int, Sequence[int]]:
        """Rows of each field."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            found[row.field].append(number)
        return found

    @cached_property
    def referring(self) -> Mapping[str, Mapping[int, Sequence[int]]]:
        """Which entries name an entry, by relation."""
        return {relation: _reversed(lists) for relation, lists in self.refers.items()}

    @cached_property
    def popularity(self) -> Sequence[int]:
        """How many read each entry, counted up to twenty."""
        return [min(len(each.consumers), 20) for each in self.entries]


def index_of(entries: Iterable[Entry], synonyms: Iterable[Sequence[str]] = ()) -> Index:
    """The index of these entries and of the fields that the events among them carry."""
    given = list(entries)
    events = sorted((each for each in given if each.kind is Kind.EVENT), key=lambda each: each.id)
    fields, rows = _fields(events)
    rest = [each for each in given if each.kind is not Kind.EVENT]
    rest.sort(key=lambda each: (KINDS.index(each.kind), each.id))
    every = (*events, *fields, *rest)
    vocabulary, postings = _postings(every)
    return Index(
        every,
        vocabulary,
        postings,
        tuple(replace(row, field=row.field + len(events)) for row in rows),
        _references(every),
        tuple(tuple(word for each in group for word in words(each)) for group in synonyms),
    )


def _fields(events: Sequence[Entry]) -> tuple[list[Entry], list[Row]]:
    """One entry for each field name, however it is written, and its places in the events."""
    places: dict[Occurrence, list[int]] = defaultdict(list)
    for number, event in enumerate(events):
        for occurrence in event.fields:
            places[occurrence].append(number)
    by_key: dict[str, list[Occurrence]] = defaultdict(list)
    keys: dict[str, str] = {}
    for occurrence in places:
        name = occurrence.name
        if name not in keys:
            keys[name] = key_of(name) or name
        by_key[keys[name]].append(occurrence)
    entries: list[Entry] = []
    rows: list[Row] = []
    for field, key in enumerate(sorted(by_key)):
        own = sorted(by_key[key])
        entries.append(_field(key, own, places))
        rows.extend(Row(field, each, array("I", places[each])) for each in own)
    return entries, rows


def _field(key: str, own: Sequence[Occurrence], places: Mapping[Occurrence, list[int]]) -> Entry:
    spellings: Counter[str] = Counter()
    types: Counter[str] = Counter()
    events: set[int] = set()
    for each in own:
        spellings[each.name] += len(places[each])
        types[each.type] += len(places[each])
        events.update(places[each])
    first, *others = _commonest(spellings)
    every = _commonest(types)
    shown = ", ".join(every[:_TYPES_SHOWN]) + ", …" * (len(every) > _TYPES_SHOWN)
    line = f"{shown} · in {len(events):,} event{'s' * (len(events) != 1)}"
    return Entry(Kind.FIELD, key, first, also=" ".join(others), line=line)


def _commonest(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda each: (-counts[each], each))


def _postings(
    entries: Sequence[Entry],
) -> tuple[tuple[str, ...], dict[Zone, dict[int, Sequence[int]]]]:
    zones: dict[Zone, dict[str, list[int]]] = {zone: defaultdict(list) for zone in Zone}
    known: dict[str, frozenset[str]] = {}
    for number, entry in enumerate(entries):
        line = "" if entry.kind is Kind.FIELD else entry.line
        for zone, text in zip(Zone, (entry.name, entry.also, line, entry.text), strict=True):
            if text:
                found = known.get(text)
                if found is None:
                    found = known[text] = frozenset(words(text))
                for word in found:
                    zones[zone][word].append(number)
    vocabulary = tuple(sorted(set().union(*zones.values())))
    numbers = {word: number for number, word in enumerate(vocabulary)}
    return vocabulary, {
        zone: {numbers[word]: array("I", own[word]) for word in sorted(own)}
        for zone, own in zones.items()
    }


def _references(entries: Sequence[Entry]) -> dict[str, list[tuple[int, ...]]]:
    by_id = {(each.kind, each.id): number for number, each in enumerate(entries)}
    by_name = {(each.kind, each.name): number for number, each in enumerate(entries)}

    def of(kind: Kind, names: Iterable[str]) -> tuple[int, ...]:
        known = by_name if kind in {Kind.TEAM, Kind.DOMAIN} else by_id
        return tuple(sorted(known[kind, name] for name in names if (kind, name) in known))

    named: Mapping[str, Callable[[Entry], Iterable[str]]] = {
        "domain": lambda each: (each.domain,),
        "team": lambda each: (each.team,),
        "channel": lambda each: each.channels,
        "producer": lambda each: each.producers,
        "consumer": lambda each: each.consumers,
    }
    return {
        relation: [of(kind, named[relation](each)) for each in entries]
        for relation, kind in RELATIONS.items()
    }


def _reversed(lists: Sequence[Sequence[int]]) -> Mapping[int, Sequence[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(lists):
        for each in own:
            found[each].append(number)
    return found
