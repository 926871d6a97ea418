"""The language of regular expressions (ECMA 262, as far as schemas use it), parsed."""

from collections.abc import Mapping
from functools import lru_cache

from catalog_builder.schema.pattern_parts import (
    WORD,
    Chars,
    Choice,
    Edge,
    Look,
    Part,
    PatternError,
    Range,
    Repeat,
    Sequence,
)

_DEEPEST = 40
_MOST_REPEATS = 5_000
_DIGIT: tuple[Range, ...] = (("0", "9"),)
_SPACE: tuple[Range, ...] = ((" ", " "), ("\t", "\r"), ("\u00a0", "\u00a0"))
_LETTER: tuple[Range, ...] = (("a", "z"), ("A", "Z"), ("\u00aa", "\u024f"), ("\u0370", "\uffdc"))
_CLASSES: Mapping[str, tuple[tuple[Range, ...], bool]] = {
    "d": (_DIGIT, False),
    "D": (_DIGIT, True),
    "w": (WORD, False),
    "W": (WORD, True),
    "s": (_SPACE, False),
    "S": (_SPACE, True),
}
_PROPERTIES: Mapping[str, tuple[Range, ...]] = {
    "L": _LETTER,
    "Letter": _LETTER,
    "Alphabetic": _LETTER,
    "Ll": (("a", "z"),),
    "Lu": (("A", "Z"),),
    "N": _DIGIT,
    "Nd": _DIGIT,
}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "f": "\f", "v": "\v", "0": "\0"}


@lru_cache(maxsize=1024)
def parsed(pattern: str) -> Part:
    """An expression as parts.

    Raises:
        PatternError: it is wrong, or beyond this language.
    """
    parser = _Parser(pattern)
    part = parser.choice(0)
    if not parser.at_end():
        raise PatternError
    return part


class _Parser:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def at_end(self) -> bool:
        return self._at >= len(self._pattern)

    def choice(self, depth: int) -> Part:
        if depth > _DEEPEST:
            raise PatternError
        options = [self._sequence(depth)]
        while self._take("|"):
            options.append(self._sequence(depth))
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self, depth: int) -> Part:
        parts: list[Part] = []
        while not self.at_end() and self._peek() not in "|)":
            parts.append(self._repeated(self._one(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        signs = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        limits: tuple[int, int | None] | None = None
        if not self.at_end() and self._peek() in signs:
            limits = signs[self._next()]
        elif not self.at_end() and self._peek() == "{":
            limits = self._braces()
        if limits is None:
            return part
        self._take("?")
        if isinstance(part, Edge) or max(limits[0], limits[1] or 0) > _MOST_REPEATS:
            raise PatternError
        return self._repeated(Repeat(part, *limits))

    def _braces(self) -> tuple[int, int | None] | None:
        """`{2}`, `{2,}`, `{2,5}`; anything else is text."""
        end = self._pattern.find("}", self._at)
        least, comma, most = self._pattern[self._at + 1 : max(end, 0)].partition(",")
        digits = (least, most) if most else (least,)
        if end < 0 or not all(each.isascii() and each.isdigit() for each in digits):
            return None
        if any(len(each) > 6 for each in digits):  # noqa: PLR2004  six digits are plenty
            raise PatternError
        self._at = end + 1
        return int(least), (int(most) if most else None if comma else int(least))

    def _one(self, depth: int) -> Part:
        char = self._next()
        if char == "(":
            return self._group(depth + 1)
        if char == "[":
            return self._class()
        if char == "\\":
            return self._escape()
        if char == ".":
            return Chars((("\n", "\n"), ("\r", "\r")), negative=True)
        if char in "^$":
            return Edge(char)
        if char in "*+?":
            raise PatternError
        return Chars(((char, char),))

    def _group(self, depth: int) -> Part:
        look: tuple[bool, bool] | None = None
        if self._take("?"):
            if self._take("<=") or self._take("<!"):
                look = (self._pattern[self._at - 1] == "!", True)
            elif self._take("=") or self._take("!"):
                look = (self._pattern[self._at - 1] == "!", False)
            elif self._take("<") or self._take("P<"):
                self._at = self._pattern.find(">", self._at) + 1
                if self._at == 0:
                    raise PatternError
            elif not self._take(":"):
                raise PatternError
        part = self.choice(depth)
        if not self._take(")"):
            raise PatternError
        return Look(part, *look) if look else part

    def _class(self) -> Chars:
        negative = self._take("^")
        ranges: list[Range] = []
        while not self._take("]"):
            low = self._member(ranges)
            if low is None:
                continue
            if self._pattern[self._at : self._at + 1] == "-" and self._pattern[
                self._at + 1 : self._at + 2
            ] not in ("]", ""):
                self._at += 1
                high = self._member(ranges)
                if high is None:
                    ranges += [(low, low), ("-", "-")]
                    continue
                ranges.append((low, high))
            else:
                ranges.append((low, low))
        return Chars(tuple(ranges), negative)

    def _member(self, ranges: list[Range]) -> str | None:
        """A character of a class; None for a class in it, whose ranges are added."""
        char = self._next()
        if char != "\\":
            return char
        if self._take("b"):
            return "\b"
        chars = self._escape()
        if not isinstance(chars, Chars):
            raise PatternError
        if len(chars.ranges) == 1 and chars.ranges[0][0] == chars.ranges[0][1]:
            return chars.ranges[0][0]
        ranges.extend(_complement(chars.ranges) if chars.negative else chars.ranges)
        return None

    def _escape(self) -> Part:
        char = self._next()
        if char in _CLASSES:
            return Chars(*_CLASSES[char])
        if char in "bB":
            return Edge(char)
        if char in "AzZ":
            return Edge("^" if char == "A" else "$")
        if char in "pP":
            return Chars(self._property(), negative=char == "P")
        if char in _CONTROLS:
            char = _CONTROLS[char]
        elif char in "xu":
            char = self._code(2 if char == "x" else 4)
        elif char.isalnum():
            raise PatternError
        return Chars(((char, char),))

    def _property(self) -> tuple[Range, ...]:
        end = self._pattern.find("}", self._at)
        name = self._pattern[self._at + 1 : max(end, 0)]
        if not self._take("{") or name not in _PROPERTIES:
            raise PatternError
        self._at = end + 1
        return _PROPERTIES[name]

    def _code(self, length: int) -> str:
        digits = self._pattern[self._at : self._at + length]
        self._at += length
        if (
            self._take("{")
            or len(digits) < length
            or not all(each in "0123456789abcdefABCDEF" for each in digits)
        ):
            raise PatternError
        return chr(int(digits, 16))

    def _peek(self) -> str:
        return self._pattern[self._at]

    def _next(self) -> str:
        if self.at_end():
            raise PatternError
        self._at += 1
        return self._pattern[self._at - 1]

    def _take(self, sign: str) -> bool:
        if not self._pattern.startswith(sign, self._at):
            return False
        self._at += len(sign)
        return True


def _complement(ranges: tuple[Range, ...]) -> list[Range]:
    found, low = [], 0
    for first, last in sorted(ranges):
        if ord(first) > low:
            found.append((chr(low), chr(ord(first) - 1)))
        low = ord(last) + 1
    return [*found, (chr(low), "\U0010ffff")]
