"""The parts that regular expressions are made of."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_UPPER = _LOWER.upper()
_DIGITS = "1234567890"
_READABLE = _LOWER + _UPPER + _DIGITS + "-_. /:@,+#%&='!?()[]{}*;<>|~^$\"\\`\t\n"
Range: TypeAlias = tuple[str, str]
WORD: tuple[Range, ...] = (("a", "z"), ("A", "Z"), ("0", "9"), ("_", "_"))


class PatternError(ValueError):
    """An expression that is wrong, too costly or beyond this language."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character, within the ranges or (`negative`) outside all of them."""

    ranges: tuple[Range, ...]
    negative: bool = False

    def allows(self, char: str) -> bool:
        """Whether a character is one of them."""
        return any(low <= char <= high for low, high in self.ranges) is not self.negative

    def alphabet(self) -> str:
        """Readable ones of them, in a readable order; empty when there is none."""
        if not self.negative and len(self.ranges) == 1 and self.ranges[0][0] == self.ranges[0][1]:
            return self.ranges[0][0]
        return _alphabet(self) or ("" if self.negative or not self.ranges else self.ranges[0][0])


@lru_cache(maxsize=512)
def _alphabet(chars: Chars) -> str:
    found = "".join(each for each in _READABLE if chars.allows(each))
    plain = "".join(each for each in found if each.isalnum())
    if plain and not chars.negative and chars.ranges[0] in (("0", "9"), ("A", "Z")):
        first = chars.ranges[0][0]
        head = "".join(each for each in plain if each.isdigit() is (first == "0"))
        head = "".join(each for each in head if each.isdigit() or each.isupper())
        return head or plain
    return plain or found


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several."""

    options: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times; `most` None: any number."""

    part: "Part"
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A place between characters: `^`, `$`, `b` (where a word begins or ends) or `B`."""

    sign: str

    def holds(self, text: str, at: int) -> bool:
        """Whether a place in a text is of this sort."""
        if self.sign == "^":
            return at == 0
        if self.sign == "$":
            return at == len(text)
        word = Chars(WORD)
        before = at > 0 and word.allows(text[at - 1])
        after = at < len(text) and word.allows(text[at])
        return (before is not after) is (self.sign == "b")


@dataclass(frozen=True, slots=True)
class Look:
    """What must (`negative`: must not) follow, without being consumed."""

    part: "Part"
    negative: bool
    behind: bool = False


Part: TypeAlias = Chars | Sequence | Choice | Repeat | Edge | Look
