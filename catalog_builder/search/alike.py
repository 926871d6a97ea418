"""Events of the catalogue that are like each other: perhaps one too many.

Not every pair of ten thousand events is looked at: only events that share two things that few
events have, be it a field or a word of their names. What nearly all have makes nothing alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from catalog_builder.search.entries import Entry, Kind
from catalog_builder.search.likeness import family, keys_of, name_agreement, whole
from catalog_builder.search.words import stem, words

MOST_ALIKE = 5
_FEW_EVENTS = 30
_FEWEST_TRAITS = 2
_ALIKE, _ALIKE_FIELDS = 50, 70
_NEARLY_THE_SAME, _NEAR_NAME, _WHATEVER_NAME = 85, 50, 95
_FEWEST_FIELDS = 3
"""Events with fewer fields are the same by chance."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An event that is like another one."""

    event: str
    """Its id."""
    percent: int
    """How alike name and fields are together."""
    fields_percent: int
    """How much of the fields of both is the same, the rare ones counting more."""
    name_percent: int
    shared: int
    """How many fields both have, by name and type."""
    only_here: int
    only_there: int

    @property
    def is_nearly_the_same(self) -> bool:
        """Whether one of the two may be too many."""
        enough = self.shared >= _FEWEST_FIELDS and self.fields_percent >= _NEARLY_THE_SAME
        return enough and (self.name_percent >= _NEAR_NAME or self.fields_percent >= _WHATEVER_NAME)


def alike(entries: Iterable[Entry]) -> Mapping[str, tuple[Alike, ...]]:
    """The events most like each, most alike first, by its id; of those that have any."""
    events = [each for each in entries if each.kind is Kind.EVENT]
    keys = [_keys(each) for each in events]
    common = Counter(key for own in keys for key in own)
    weights = {key: 1 + (len(events) // count).bit_length() for key, count in common.items()}
    found: dict[int, list[tuple[Alike, int]]] = defaultdict(list)
    for one, two in _pairs(events, keys):
        both = keys[one] & keys[two]
        weight = sum(weights[key] for key in both)
        of_both = sum(weights[key] for own in (keys[one], keys[two]) for key in own)
        fields = 200 * weight // max(of_both, 1)
        name = name_agreement(events[one].name, events[two].name)
        if (percent := whole(name, fields)) < _ALIKE and fields < _ALIKE_FIELDS:
            continue
        here, there = len(keys[one] - both), len(keys[two] - both)
        shared = len(both)
        found[one].append((Alike(events[two].id, percent, fields, name, shared, here, there), two))
        found[two].append((Alike(events[one].id, percent, fields, name, shared, there, here), one))
    return {
        events[number].id: tuple(
            each for each, _ in sorted(own, key=lambda pair: (-pair[0].percent, pair[1]))
        )[:MOST_ALIKE]
        for number, own in sorted(found.items())
    }


def _keys(event: Entry) -> frozenset[str]:
    return frozenset(f"{keys_of(each.path)[1]} {family(each.type)}" for each in event.fields)


def _pairs(events: Sequence[Entry], keys: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs that share enough of what is rare, the smaller number first."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, event in enumerate(events):
        for trait in (*sorted(keys[number]), *{stem(word) for word in words(event.name)}):
            holders[trait].append(number)
    traits: Counter[tuple[int, int]] = Counter()
    for own in holders.values():
        if len(own) <= _FEW_EVENTS:
            traits.update(combinations(own, 2))
    return (pair for pair, count in sorted(traits.items()) if count >= _FEWEST_TRAITS)
