"""Texts and numbers for examples, within the limits of a schema."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache

from catalog_builder.model import Json
from catalog_builder.schema.dialect import TYPE_WORD
from catalog_builder.schema.formats import is_of_format
from catalog_builder.schema.patterns import example_of_pattern, matches
from catalog_builder.schema.values import number_for, text_for

_LONGEST = 10_000
_LARGEST = 10**18


def text_of_schema(schema: Mapping[str, Json], name: str) -> str | None:
    """A readable text within the limits; None when none was found.

    >>> text_of_schema({"maxLength": 3}, "currency"), text_of_schema({"pattern": "^X-[0-9]+$"}, "")
    ('EUR', 'X-1234')
    """
    if schema.get(TYPE_WORD) == "integer":
        return str(int(number_for(name)))
    shortest, longest = _length(schema.get("minLength")), schema.get("maxLength")
    longest = _length(longest) if _is_number(longest) else None
    if shortest > _LONGEST:
        return None
    said, pattern = schema.get("format"), schema.get("pattern")
    format_name = said if isinstance(said, str) else ""
    return _text(
        name, format_name, pattern if isinstance(pattern, str) else None, shortest, longest
    )


@lru_cache(maxsize=4096)
def _text(
    name: str, format_name: str, pattern: str | None, shortest: int, longest: int | None
) -> str | None:
    """Kept, since fields of the same name and kind are in many events."""
    for text in _candidates(name, format_name, pattern, shortest, longest):
        fits = shortest <= len(text) and (longest is None or len(text) <= longest)
        if fits and (pattern is None or matches(pattern, text)) and is_of_format(text, format_name):
            return text
    return None


def _candidates(
    name: str, format_name: str, pattern: str | None, shortest: int, longest: int | None
) -> Iterator[str]:
    text = text_for(name, format_name)
    yield text
    if pattern is not None:
        yield text.lower()
        yield text.upper()
        made = example_of_pattern(pattern, shortest, longest)
        if made is not None:
            yield made
    fitted = text if longest is None else text[:longest].rstrip() or text[:longest]
    yield fitted
    if len(fitted) < shortest:
        yield (f"{fitted} " * (shortest // (len(fitted) + 1) + 1))[: shortest - 1] + "x"
    if format_name:
        yield text_for("", format_name)


def number_of(schema: Mapping[str, Json], name: str, *, whole: bool) -> float | None:
    """A readable number within the limits; None when there is none.

    >>> number_of({"minimum": 5, "multipleOf": 4}, "", whole=True)
    8
    >>> number_of({"exclusiveMaximum": 10}, "price", whole=False)
    9
    >>> number_of({}, "price", whole=True)
    1999
    """
    step = _decimal(schema.get("multipleOf"))
    if step is not None and step <= 0:
        step = None
    if whole:
        # Whole multiples of 2.5 are those of 5, of 0.01 those of 1.
        step = Decimal(1 if step is None else step.as_integer_ratio()[0])
    low, high = _decimal(schema.get("minimum")), _decimal(schema.get("maximum"))
    above, below = schema.get("exclusiveMinimum"), schema.get("exclusiveMaximum")
    limits = _Limits(
        low=None if above is True else low,
        high=None if below is True else high,
        above=low if above is True else _decimal(above),
        below=high if below is True else _decimal(below),
    )
    return _number(name, limits, step, whole=whole)


@lru_cache(maxsize=4096)
def _number(name: str, limits: "_Limits", step: Decimal | None, *, whole: bool) -> float | None:
    """Kept, since fields of the same name and kind are in many events."""
    wanted = Decimal(str(number_for(name)))
    if whole and wanted % 1:
        # Whole amounts of money are in cents.
        wanted *= 100
    for number in _numbers(wanted, limits, step):
        if limits.hold(number):
            return _plain(number)
    return None


@dataclass(frozen=True, slots=True)
class _Limits:
    low: Decimal | None
    high: Decimal | None
    above: Decimal | None
    below: Decimal | None

    def hold(self, number: Decimal) -> bool:
        return not (
            (self.low is not None and number < self.low)
            or (self.high is not None and number > self.high)
            or (self.above is not None and number <= self.above)
            or (self.below is not None and number >= self.below)
        )


def _numbers(wanted: Decimal, limits: _Limits, step: Decimal | None) -> Iterator[Decimal]:
    """Numbers to try, the best first, all multiples of the step if there is one."""
    bottoms = [each for each in (limits.low, limits.above) if each is not None]
    tops = [each for each in (limits.high, limits.below) if each is not None]
    candidates = [(wanted, ROUND_FLOOR)]
    if bottoms and tops:
        candidates.append(((max(bottoms) + min(tops)) / 2, ROUND_FLOOR))
    if bottoms:
        candidates += [(max(bottoms), ROUND_CEILING), (max(bottoms) + (step or 1), ROUND_CEILING)]
    if tops:
        candidates += [(min(tops), ROUND_FLOOR), (min(tops) - (step or 1), ROUND_FLOOR)]
    candidates.append((Decimal(0), ROUND_FLOOR))
    for number, rounding in candidates:
        if step is None:
            yield number
        else:
            yield (number / step).to_integral_value(rounding) * step


def _plain(number: Decimal) -> float:
    return int(number) if number == number.to_integral_value() else float(number)


def _decimal(value: Json) -> Decimal | None:
    return Decimal(str(value)) if _is_number(value) and abs(value) < _LARGEST else None


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _length(value: Json) -> int:
    return int(value) if _is_number(value) and 0 <= value < _LARGEST else 0
