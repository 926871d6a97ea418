"""How alike a planned event and those of the catalogue are, and what follows from it.

Names are compared word by word, fields by name and type wherever they stand and however they are
written. A field that few events have says more than one that most have. All numbers are whole, so
that the browser comes to the same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from catalog_builder.search.entries import Entry, Kind, Occurrence
from catalog_builder.search.finding import Finder
from catalog_builder.search.index import Index, Zone
from catalog_builder.search.words import key_of, singular, stem, words

NOISE = frozenset({"event", "message", "evt", "msg"})
"""Words of names that say nothing."""
_NAME_OF_FIVE, _FIELDS_OF_FIVE = 2, 3
"""How much name and fields count in the whole."""
_WORTH_A_LOOK = 3
"""What is not a third as much alike as the best is not shown."""
_REUSE_CARRIED, _EXTEND_CARRIED, _RELATED_CARRIED = 90, 50, 30
_REUSE_ALIKE, _EXTEND_ALIKE = 50, 35
_REUSE_NAME, _SAME_TOPIC, _NEAR_NAME = 100, 60, 66


class Verdict(StrEnum):
    """What to do with a planned event."""

    REUSE = "reuse"
    EXTEND = "extend"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that somebody plans: a name, fields, or both."""

    name: str = ""
    fields: tuple[Occurrence, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A planned field, and the one that the event has for it."""

    mine: Occurrence
    theirs: Occurrence
    same_type: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event that is like a planned one."""

    entry: Entry
    percent: int
    name_percent: int
    carried_percent: int
    """How much of what was planned it carries already, rare fields counting more."""
    shared: tuple[Shared, ...]
    missing: tuple[Occurrence, ...]
    """Planned, and not in the event."""
    additional: tuple[Occurrence, ...]
    """In the event, and not planned."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """The verdict on a planned event, and the events it rests on, most alike first."""

    verdict: Verdict
    candidates: tuple[Candidate, ...]


@lru_cache(maxsize=16384)
def family(type_: str) -> str:
    """What kind of value a type is of, so that spellings and formats do not matter.

    >>> family("string (uuid)"), family("integer"), family("array of string"), family("Money")
    ('string', 'number', 'array', 'object')
    """
    first = type_.partition(" (")[0].partition(" of ")[0].partition(" or ")[0].strip().lower()
    return _FAMILIES.get(first, "object")


_FAMILIES = {
    **dict.fromkeys(("string", "bytes", "enum", "uuid", "date", "char"), "string"),
    **dict.fromkeys(("integer", "number", "int", "long", "float", "double", "decimal"), "number"),
    "boolean": "boolean",
    "array": "array",
    "null": "",
    "any": "",
    "": "",
}


@lru_cache(maxsize=65536)
def keys_of(path: str) -> tuple[str, str]:
    """The keys of a field: its own name, and that with the name of what it stands in.

    >>> keys_of("order.lines[].sku"), keys_of("lineSku")
    (('sku', 'linesku'), ('linesku', 'linesku'))
    """
    steps = [step for part in path.split(".") if (step := key_of(part))] or [path]
    return steps[-1], "".join(steps[-2:])


def name_agreement(first: str, second: str) -> int:
    """How much two names agree, in percent: words in any order, in any form.

    >>> name_agreement("OrderPlaced", "placed.orders.v2"), name_agreement("OrderPaid", "OrderSent")
    (100, 50)
    """
    one, two = (Counter(stem(word) for word in _telling(words(name))) for name in (first, second))
    return 200 * (one & two).total() // max(one.total() + two.total(), 1)


def whole(name: int, fields: int) -> int:
    """How alike two events are whose names and fields are as alike, in percent."""
    return (_NAME_OF_FIVE * name + _FIELDS_OF_FIVE * fields) // 5


class Likeness:
    """Compares planned events with those of an index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._finder = Finder(index)
        self._events = sum(each.kind is Kind.EVENT for each in index.entries)

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[int]]:
        """Rows by each of their keys."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.index.rows):
            for key in dict.fromkeys(keys_of(row.occurrence.path)):
                found[key].append(number)
        return found

    @cached_property
    def _totals(self) -> Sequence[int]:
        """What all fields of each event weigh together."""
        totals = [0] * self._events
        weights = {field: self._weight(rows) for field, rows in self.index.rows_of_field.items()}
        for row in self.index.rows:
            for event in row.events:
                totals[event] += weights[row.field]
        return totals

    def _weight(self, rows: Iterable[int]) -> int:
        """What a field weighs, the more the fewer events have it."""
        events = {event for row in rows for event in self.index.rows[row].events}
        return 1 + (self._events // max(len(events), 1)).bit_length()

    def compare(self, draft: Draft, most: int = 5) -> Comparison:
        """The events most like a planned one, and whether one of them will do."""
        names = self._by_name(draft.name)
        shared, planned = self._by_fields(draft.fields)
        candidates: list[tuple[int, bool, int, int, int]] = []
        for event in sorted({*names, *shared}):
            weight = sum(each[0] for each in shared.get(event, {}).values())
            of_both = planned + self._totals[event]
            fields = 200 * weight // of_both if planned else 0
            name = names.get(event, 0)
            percent = self._whole(draft, name, fields)
            carried = 100 * weight // planned if planned else 0
            is_deprecated = self.index.entries[event].deprecated
            candidates.append((-percent, is_deprecated, event, name, carried))
        candidates.sort()
        best = -candidates[0][0] if candidates else 0
        found = tuple(
            self._candidate(draft, event, -percent, name, carried, shared.get(event, {}))
            for percent, _, event, name, carried in candidates[:most]
            if percent and -percent * _WORTH_A_LOOK >= best
        )
        order = list(Verdict)
        verdict = min((each.verdict for each in found), key=order.index, default=Verdict.NEW)
        return Comparison(verdict, found)

    @staticmethod
    def _whole(draft: Draft, name: int, fields: int) -> int:
        if draft.name and draft.fields:
            return max(whole(name, fields), fields)
        return name if draft.name else fields

    def _by_name(self, name: str) -> dict[int, int]:
        """How much of the names agrees, in percent, of events that share a word."""
        wanted = _telling(words(name))
        if not wanted:
            return {}
        index, vocabulary = self.index, self._finder.vocabulary
        forms = [{index.words[number] for number in vocabulary.meant(word)} for word in wanted]
        fits = [
            {each for each in found if not each.startswith(word) or stem(each) == stem(word)}
            for word, found in zip(wanted, forms, strict=True)
        ]
        events = {
            entry
            for each in set().union(*fits)
            for entry in index.postings[Zone.NAME].get(index.number[each], ())
            if entry < self._events
        }
        return {event: self._agreement(fits, wanted, event) for event in events}

    def _agreement(self, fits: Sequence[set[str]], wanted: Sequence[str], event: int) -> int:
        own = list(_telling(self.index.name_words[event]))
        length = len(own)
        agreed = 0
        for each in fits:
            met = next((word for word in own if word in each), None)
            if met is not None:
                own.remove(met)
                agreed += 1
        return 200 * agreed // (len(wanted) + length)

    def _by_fields(
        self, fields: Sequence[Occurrence]
    ) -> tuple[dict[int, dict[int, tuple[int, int]]], int]:
        """For each event, by planned field: what it weighs there and the row; and all weights."""
        found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
        planned = 0
        for place, mine in enumerate(fields):
            own, longer = keys_of(mine.path)
            rows = dict.fromkeys((*self._rows.get(own, ()), *self._rows.get(longer, ())))
            exact = [row for row in rows if own in keys_of(self.index.rows[row].occurrence.path)]
            weight = self._weight(exact)
            planned += weight
            for row in rows:
                theirs = self.index.rows[row].occurrence
                percent = _closeness(mine, theirs)
                for event in self.index.rows[row].events:
                    known = found[event].get(place)
                    if known is None or known[0] < weight * percent // 100:
                        found[event][place] = (weight * percent // 100, row)
        return found, planned

    def _candidate(
        self,
        draft: Draft,
        event: int,
        percent: int,
        name: int,
        carried: int,
        found: Mapping[int, tuple[int, int]],
    ) -> Candidate:
        rows = self.index.rows
        shared = tuple(
            Shared(mine, theirs, family(mine.type) == family(theirs.type))
            for place, mine in enumerate(draft.fields)
            if place in found
            for theirs in (rows[found[place][1]].occurrence,)
        )
        taken = {row for _, row in found.values()}
        return Candidate(
            self.index.entries[event],
            percent,
            name,
            carried,
            shared,
            tuple(mine for place, mine in enumerate(draft.fields) if place not in found),
            tuple(rows[row].occurrence for row in self.index.rows_of[event] if row not in taken),
            _verdict_on(self.index.entries[event], draft, percent, name, carried),
        )


def _closeness(mine: Occurrence, theirs: Occurrence) -> int:
    """How well two fields of like names agree, in percent."""
    first, second = family(mine.type), family(theirs.type)
    if first and second and first != second:
        return 50
    (own, longer), (other, other_longer) = keys_of(mine.path), keys_of(theirs.path)
    if longer == other_longer:
        return 100
    return 95 if own == other else 75


def _telling(name: Sequence[str]) -> tuple[str, ...]:
    """The words of a name that say what it is about."""
    kept = tuple(word for word in name if singular(word) not in NOISE and not _is_version(word))
    return kept or tuple(name)


def _is_version(word: str) -> bool:
    return word.isdigit() or (word[0] == "v" and word[1:].isdigit())


def _verdict_on(entry: Entry, draft: Draft, percent: int, name: int, carried: int) -> Verdict:
    """A deprecated event is looked at, and not used again."""
    verdict = _verdict(draft, percent, name, carried)
    return Verdict.EXTEND if entry.deprecated and verdict is Verdict.REUSE else verdict


def _verdict(draft: Draft, percent: int, name: int, carried: int) -> Verdict:
    if not draft.fields:
        if name >= _REUSE_NAME:
            return Verdict.REUSE
        return Verdict.EXTEND if name >= _NEAR_NAME else Verdict.NEW
    is_about_the_same = name >= _SAME_TOPIC
    if carried >= _REUSE_CARRIED and (percent >= _REUSE_ALIKE or is_about_the_same):
        return Verdict.REUSE
    if carried >= _EXTEND_CARRIED and (percent >= _EXTEND_ALIKE or is_about_the_same):
        return Verdict.EXTEND
    if is_about_the_same and (name >= _REUSE_NAME or carried >= _RELATED_CARRIED):
        return Verdict.EXTEND
    return Verdict.NEW
