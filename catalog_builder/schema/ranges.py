"""Whether what a description allows became more, less or something else: types, limits, formats.

Alone knows how limits are put in words (`schema.words`) and what those words mean as numbers.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum, auto
from typing import NamedTuple

from catalog_builder.model import Field


class Change(Enum):
    """What became of what is allowed."""

    WIDER = auto()
    NARROWER = auto()
    OTHER = auto()


_CONTAINERS = re.compile(r"(?:(?:array|map) of )*")
_ANYTHING = frozenset({"", "any", "unknown"})
_WIDER_TYPES = frozenset(
    {
        ("integer", "number"),
        ("int", "long"),
        ("int", "integer"),
        ("long", "integer"),
        ("int", "number"),
        ("long", "number"),
        ("int", "double"),
        ("int", "float"),
        ("long", "float"),
        ("long", "double"),
        ("float", "double"),
    }
)
"""Each first type's values are all of the second type."""
_WIDER_FORMATS = frozenset(
    {("int32", "int64"), ("float", "double"), ("idn-email", "email"), ("uri", "uri-reference")}
)
_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_BOUND = re.compile(rf"(>=|>|<=|<) ({_NUMBER})")
_COUNT = re.compile(
    rf"(?:exactly (?P<exact>{_NUMBER})|(?P<low>{_NUMBER}) to (?P<high>{_NUMBER})"
    rf"|at least (?P<least>{_NUMBER})|at most (?P<most>{_NUMBER})) (?P<unit>[a-z]+?)s?"
)
_PATTERN = "matches "
_STEP = "multiple of "


def compared_types(older: str, newer: str) -> Change | None:
    """What became of the type, as `Field.plain_type` has it; None: nothing.

    >>> compared_types("integer", "number"), compared_types("string or null", "string")
    (<Change.WIDER: 1>, <Change.NARROWER: 2>)
    >>> compared_types("array of string", "string")
    <Change.OTHER: 3>
    """
    if older == newer:
        return None
    around_older, around_newer = _CONTAINERS.match(older), _CONTAINERS.match(newer)
    prefix = around_newer[0] if around_newer else ""
    if newer[len(prefix) :] in _ANYTHING and older.startswith(prefix):
        return Change.WIDER
    if older[len(around_older[0] if around_older else "") :] in _ANYTHING:
        return Change.NARROWER
    if not older.startswith(prefix) or (around_older and around_older[0] != prefix):
        return Change.OTHER
    before, after = older[len(prefix) :].split(" or "), newer[len(prefix) :].split(" or ")
    if all(_fits(each, after) for each in before):
        return Change.WIDER
    return Change.NARROWER if all(_fits(each, before) for each in after) else Change.OTHER


def _fits(kind: str, kinds: Sequence[str]) -> bool:
    return kind in kinds or any((kind, each) in _WIDER_TYPES for each in kinds)


class _Range(NamedTuple):
    """From where to where; the second of a bound is 1 where it is not itself allowed."""

    low: tuple[Decimal, int] = (Decimal("-Infinity"), 0)
    high: tuple[Decimal, int] = (Decimal("Infinity"), 0)

    def holds(self, other: "_Range") -> bool:
        """Whether all of another range is in this one."""
        return self.low <= other.low and other.high <= self.high


def compared_limits(older: Field, newer: Field) -> Iterator[tuple[Change, str]]:
    """What became of each limit, with words for it."""
    if older.format != newer.format:
        words = f"has the format {newer.format or 'none'}, was {older.format or 'none'}"
        yield _compared_words(older.format, newer.format, _WIDER_FORMATS), words
    before, after = _ranges(older.constraints), _ranges(newer.constraints)
    for what in sorted(before.keys() | after.keys()):
        was, now = before.get(what, _NO_RANGE), after.get(what, _NO_RANGE)
        if was.range != now.range:
            yield _compared_ranges(was.range, now.range), _words(now.words, was.words)
    said, says = _others(older.constraints), _others(newer.constraints)
    for what in sorted(said.keys() | says.keys()):
        old, new = said.get(what, ""), says.get(what, "")
        if old != new:
            yield _compared_words(old, new, frozenset()), _words(new, old)


def _words(now: str, was: str) -> str:
    if now and was:
        return f"has the limit {now}, was {was}"
    return f"has the new limit {now}" if now else f"has the limit {was} no more"


def _compared_ranges(was: _Range, now: _Range) -> Change:
    if now.holds(was):
        return Change.WIDER
    return Change.NARROWER if was.holds(now) else Change.OTHER


def _compared_words(was: str, now: str, wider: frozenset[tuple[str, str]]) -> Change:
    if not now or (was, now) in wider:
        return Change.WIDER
    return Change.NARROWER if not was or (now, was) in wider else Change.OTHER


class _Limit(NamedTuple):
    range: _Range = _Range()
    words: str = ""


_NO_RANGE = _Limit()


def _ranges(constraints: Sequence[str]) -> dict[str, _Limit]:
    """The limits that are ranges, by what they count: the value itself, characters, items, ..."""
    found: dict[str, _Limit] = {}
    for phrase in constraints:
        if limit := _range_of(phrase):
            what, new = limit
            known = found.get(what, _NO_RANGE)
            both = _Range(max(known.range.low, new.low), min(known.range.high, new.high))
            words = " and ".join(filter(None, (known.words, phrase)))
            found[what] = _Limit(both, words)
    return found


def _range_of(phrase: str) -> tuple[str, _Range] | None:
    if bound := _BOUND.fullmatch(phrase):
        limit = Decimal(bound[2])
        is_open = len(bound[1]) == 1
        if bound[1].startswith(">"):
            return "", _Range(low=(limit, 1 if is_open else 0))
        return "", _Range(high=(limit, -1 if is_open else 0))
    if not (count := _COUNT.fullmatch(phrase)):
        return None
    low = count["exact"] or count["low"] or count["least"]
    high = count["exact"] or count["high"] or count["most"]
    return count["unit"], _Range(
        (Decimal(low), 0) if low else _Range().low, (Decimal(high), 0) if high else _Range().high
    )


def _others(constraints: Sequence[str]) -> dict[str, str]:
    """The limits that are no ranges; of patterns and steps, the one there is."""
    found: dict[str, str] = {}
    for phrase in constraints:
        if _range_of(phrase) is None:
            kinds = (_PATTERN, _STEP)
            kind = next((each for each in kinds if phrase.startswith(each)), phrase)
            found[kind] = phrase
    return found
