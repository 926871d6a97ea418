"""Regular expressions of JSON Schema: whether a text matches, and a text that does.

Expressions are foreign input, so they are never given to a matcher that backtracks: this one
follows all ways at once, and gives up on expressions that are too costly or beyond its language
(back references, named character properties other than letters and digits).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from catalog_builder.schema.pattern_parts import (
    Chars,
    Choice,
    Edge,
    Look,
    Part,
    PatternError,
    Repeat,
    Sequence,
)
from catalog_builder.schema.pattern_syntax import parsed

_MOST_STEPS = 20_000
_LONGEST = 4_000
_EXTRAS = (3, 0, 1, 7, 15, 31)


def matches(pattern: str, text: str) -> bool | None:
    r"""Whether a text contains a match; None when that is too hard to tell.

    >>> matches("^ORD-[0-9]+$", "ORD-12"), matches("^(a+)+$", "a" * 40 + "!")
    (True, False)
    >>> matches(r"(a)\1", "aa") is None
    True
    """
    if len(text) > _LONGEST or len(pattern) > _LONGEST:
        return None
    return _matches(pattern, text)


@lru_cache(maxsize=2048)
def _matches(pattern: str, text: str) -> bool | None:
    try:
        return bool(_Matcher(text).ends(parsed(pattern), frozenset(range(len(text) + 1))))
    except PatternError:
        return None


def example_of_pattern(pattern: str, shortest: int = 0, longest: int | None = None) -> str | None:
    """A text that matches and is of a length within the limits; None when none was found.

    >>> example_of_pattern("^[A-Z]{3}-[0-9]{4}$")
    'ABC-1234'
    """
    return _example(pattern, shortest, longest) if len(pattern) <= _LONGEST else None


@lru_cache(maxsize=1024)
def _example(pattern: str, shortest: int, longest: int | None) -> str | None:
    try:
        part = parsed(pattern)
    except PatternError:
        return None
    for extra in (*_EXTRAS, shortest):
        try:
            text = "".join(_Writer(extra).write(part))
        except PatternError:
            continue
        if len(text) < shortest and not pattern.endswith("$"):
            text += "x" * (shortest - len(text))
        fits = shortest <= len(text) and (longest is None or len(text) <= longest)
        if fits and matches(pattern, text):
            return text
    return None


@dataclass(slots=True)
class _Matcher:
    """Follows an expression through one text."""

    text: str
    steps_left: int = _MOST_STEPS

    def ends(self, part: Part, starts: frozenset[int]) -> frozenset[int]:
        """Where a match of a part may end that begins at one of `starts`."""
        self.steps_left -= 1 + len(starts) // 8
        if self.steps_left < 0:
            raise PatternError
        return _WAYS[type(part)](self, part, starts)

    def of_chars(self, part: Chars, starts: frozenset[int]) -> frozenset[int]:
        text, size = self.text, len(self.text)
        return frozenset(at + 1 for at in starts if at < size and part.allows(text[at]))

    def of_sequence(self, part: Sequence, starts: frozenset[int]) -> frozenset[int]:
        for each in part.parts:
            if not starts:
                break
            starts = self.ends(each, starts)
        return starts

    def of_choice(self, part: Choice, starts: frozenset[int]) -> frozenset[int]:
        return frozenset().union(*(self.ends(each, starts) for each in part.options))

    def of_repeat(self, part: Repeat, starts: frozenset[int]) -> frozenset[int]:
        found = starts if part.least == 0 else frozenset()
        count = 0
        while starts and (part.most is None or count < part.most):
            count += 1
            after = self.ends(part.part, starts)
            if count >= part.least:
                if after <= found:
                    break
                found |= after
            elif after == starts:
                found |= after
                break
            starts = after
        return found

    def of_edge(self, part: Edge, starts: frozenset[int]) -> frozenset[int]:
        return frozenset(at for at in starts if part.holds(self.text, at))

    def of_look(self, part: Look, starts: frozenset[int]) -> frozenset[int]:
        if part.behind:
            raise PatternError
        return frozenset(
            at for at in starts if bool(self.ends(part.part, frozenset({at}))) is not part.negative
        )


_WAYS: dict[type, Callable[..., frozenset[int]]] = {
    Chars: _Matcher.of_chars,
    Sequence: _Matcher.of_sequence,
    Choice: _Matcher.of_choice,
    Repeat: _Matcher.of_repeat,
    Edge: _Matcher.of_edge,
    Look: _Matcher.of_look,
}


class _Writer:
    """Writes a text by an expression: repeats up to `extra` times more than they must."""

    def __init__(self, extra: int) -> None:
        self._extra = extra
        self._used: dict[str, int] = {}
        self._steps = 0

    def write(self, part: Part) -> Iterator[str]:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise PatternError
        if isinstance(part, Chars):
            yield self._char(part)
        elif isinstance(part, Sequence):
            for each in part.parts:
                yield from self.write(each)
        elif isinstance(part, Choice):
            yield from self.write(part.options[0])
        elif isinstance(part, Repeat):
            for _ in range(self._count(part)):
                yield from self.write(part.part)

    def _count(self, part: Repeat) -> int:
        wanted = part.least + self._extra
        return wanted if part.most is None else min(wanted, part.most)

    def _char(self, part: Chars) -> str:
        """The next character of its alphabet: `1234`, `ABC`."""
        alphabet = part.alphabet()
        if not alphabet:
            raise PatternError
        place = self._used.get(alphabet, 0)
        self._used[alphabet] = place + 1
        return alphabet[place % len(alphabet)]
