"""What a build noted of all it made, as bytes, for the next one.

It may have been written by somebody else, so it is MessagePack, and a type is expected of every
value. It says of things that they are as they would be; it never says what they are, or where.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

import msgspec

from catalog_builder.recall.noting import Question

_NUMBERS = "I"
_MOST_WASTE = 2


@dataclass(frozen=True, slots=True)
class Made:
    """Something that was made."""

    given: bytes
    """A digest of what went into it besides answers."""
    asked: bytes
    """Numbers of the questions that were asked meanwhile."""

    @property
    def numbers(self) -> "array[int]":
        """Numbers of questions."""
        return array(_NUMBERS, self.asked)


@dataclass(frozen=True, slots=True)
class Former:
    """Everything that a build made, by its keys."""

    making: str
    """A digest of what makes things, and of what it is told."""
    site: str
    """A digest of the folder that it left."""
    questions: tuple[tuple[Question, bytes], ...] = ()
    """With digests of their answers."""
    made: dict[str, Made] = field(default_factory=dict)

    def packed(self) -> bytes:
        """All of it as bytes."""
        return _encoder().encode(self)

    @classmethod
    def of(cls, content: bytes | None) -> "Former | None":
        """What the bytes hold; None of any that `packed` did not make."""
        try:
            former = _decoder().decode(content or b"")
            most = max((max(each.numbers, default=0) for each in former.made.values()), default=0)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError):
            return None
        return former if most < max(len(former.questions), 1) else None


def numbered(numbers: Iterable[int]) -> bytes:
    """The numbers of `Made.asked`."""
    return array(_NUMBERS, numbers).tobytes()


def without_waste(former: Former) -> Former:
    """The same, without questions that nothing depends on when they are most of all."""
    used = sorted(set().union(*(each.numbers for each in former.made.values())))
    if len(former.questions) <= _MOST_WASTE * len(used):
        return former
    place = {number: at for at, number in enumerate(used)}
    made = {
        key: Made(each.given, numbered(place[number] for number in each.numbers))
        for key, each in former.made.items()
    }
    questions = tuple(former.questions[number] for number in used)
    return Former(former.making, former.site, questions, made)


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder()


@cache
def _decoder() -> msgspec.msgpack.Decoder[Former]:
    return msgspec.msgpack.Decoder(Former)
