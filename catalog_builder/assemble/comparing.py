"""How two descriptions of one payload differ: the sender's and a reader's, or two senders'.

Alone knows which differences of type are none: an integer is a number.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalog_builder.model import Field, Shape, walk

_ANYTHING = frozenset({"", "any", "unknown"})
_NUMBERS = frozenset({"integer", "number", "int", "long", "float", "double", "decimal"})
_MOST_LISTED = 6


@dataclass(frozen=True, slots=True)
class _Seen:
    types: frozenset[str]
    required: bool


class Departure(NamedTuple):
    """A field that is not read as it is sent: the kind, which is a finding's code, and words."""

    code: str
    words: str


def departures(reader: Shape, sender: Shape) -> tuple[Departure, ...]:
    """What a reader expects that a sender does not send, or not so, one for each field.

    >>> from catalog_builder.model import Field
    >>> reader = Shape(fields=(Field("id", "string", required=True), Field("total", "number")))
    >>> for each in departures(reader, Shape(fields=(Field("id", "integer"),))):
    ...     print(each.code, each.words)
    consumer-reads-other-type `id` is read as string and sent as integer
    consumer-reads-unsent-field `total` is not sent
    """
    if _is_part_of(reader, sender):
        return ()
    sent, read = _seen(sender), _seen(reader)
    return tuple(_departures(sent, read)) if sent and read else ()


def listed(phrases: Sequence[str]) -> str:
    """The phrases in one line; of many the first, and how many more there are.

    >>> listed(["`id` is missing", "`total` is added"])
    '`id` is missing; `total` is added'
    >>> listed(list("abcdefgh"))
    'a; b; c; d; e; f; and 2 more'
    """
    more = len(phrases) - _MOST_LISTED
    named = "; ".join(phrases[:_MOST_LISTED])
    return f"{named}; and {more} more" if more > 0 else named


def _is_part_of(reader: Shape | Field, sender: Shape | Field) -> bool:
    """Whether a reader takes some of what is sent just so: the plain case, told quickly."""
    sent = {each.name: each for each in sender.fields}
    return (
        not reader.variants
        and not sender.variants
        and reader.step == sender.step
        and all(
            (theirs := sent.get(each.name)) is not None
            and theirs.type == each.type
            and (theirs.required or not each.required)
            and (not each.fields or _is_part_of(each, theirs))
            for each in reader.fields
        )
    )


def _departures(sent: Mapping[str, _Seen], read: Mapping[str, _Seen]) -> Iterator[Departure]:
    missing: list[str] = []
    for path, field in read.items():
        theirs = sent.get(path)
        if theirs is None:
            if not any(_is_below(path, above) for above in missing) and _is_described(path, sent):
                missing.append(path)
                yield Departure("consumer-reads-unsent-field", f"`{path}` is not sent")
        elif not _fits(theirs.types, field.types):
            words = f"`{path}` is read as {_words(field.types)} and sent as {_words(theirs.types)}"
            yield Departure("consumer-reads-other-type", words)
        elif field.required and not theirs.required:
            words = f"`{path}` is required, but its sender may leave it out"
            yield Departure("consumer-requires-optional-field", words)


def differences(one: Shape, other: Shape, *, tells_required: bool = True) -> tuple[str, ...]:
    """How two senders' fields differ, a phrase for each field.

    Not `tells_required`: whether a field must be there counts for nothing, as between languages.

    >>> from catalog_builder.model import Field
    >>> differences(Shape(fields=(Field("id", "string"),)), Shape(fields=(Field("no", "string"),)))
    ('`id` is missing', '`no` is added')
    """
    first, second = _seen(one), _seen(other)
    return tuple(_differences(first, second, tells_required)) if first and second else ()


def _differences(
    first: Mapping[str, _Seen],
    second: Mapping[str, _Seen],
    tells_required: bool,  # noqa: FBT001  handed on
) -> Iterator[str]:
    for path in sorted(first.keys() | second.keys()):
        one, other = first.get(path), second.get(path)
        if other is None:
            yield f"`{path}` is missing"
        elif one is None:
            yield f"`{path}` is added"
        elif not _fits(one.types, other.types) or not _fits(other.types, one.types):
            yield f"`{path}` is {_words(other.types)} instead of {_words(one.types)}"
        elif tells_required and one.required != other.required:
            yield f"`{path}` is {'required' if other.required else 'optional'}"


def _seen(shape: Shape) -> dict[str, _Seen]:
    """The fields by their paths; one that stands in several variants has all their types."""
    found: dict[str, _Seen] = {}
    for placed in walk(shape):
        known = found.get(placed.path)
        types = frozenset({placed.field.plain_type}) | (known.types if known else frozenset())
        required = placed.field.required and not placed.variant and (not known or known.required)
        found[placed.path] = _Seen(types, required)
    return found


def _fits(sent: frozenset[str], read: frozenset[str]) -> bool:
    """Whether everything sent can be read, as far as types tell."""
    if any(each in _ANYTHING or " or " in each or "|" in each for each in sent | read):
        return True
    return all(each in read or (each in _NUMBERS and read & {"number", "double"}) for each in sent)


def _words(types: frozenset[str]) -> str:
    return " or ".join(sorted(types))


def _is_below(path: str, above: str) -> bool:
    return path.startswith((f"{above}.", f"{above}[]", f"{above}{{}}"))


def _is_described(path: str, sent: Mapping[str, _Seen]) -> bool:
    """Whether the sender describes what stands at the place of a path at all.

    A sender that calls something an object and says no more may send anything in it.
    """
    parent = re.sub(r"(?:\[\]|\{\})*\.?[^.]*$", "", path)
    while parent and parent not in sent:
        parent = re.sub(r"(?:\[\]|\{\})*\.?[^.]*$", "", parent)
    return not parent or any(_is_below(each, parent) for each in sent)
