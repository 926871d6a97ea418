"""Which words of the index a word that somebody typed may mean, and how well they fit.

How well is a whole number up to 100, the same here and in the browser: no fractions, no logarithms,
so that both engines put the same hits in the same order.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from catalog_builder.search.words import singular, stem

EXACT = 100
_PLURAL = 96
_SYNONYM = 88
_FORM = 80
_PREFIX_FROM, _PREFIX_SPAN = 45, 40
COMPOUND = 70
_ONE_TYPO, _TWO_TYPOS, _UNFINISHED = 42, 28, 8
_TYPOS_FROM, _UNFINISHED_FROM, _TWO_TYPOS_FROM = 3, 5, 6
_SHORTEST_FORM = 4
_SHORTEST_PIECE = 2
_MOST_PIECES = 3


class Vocabulary:
    """The words of an index, asked for by what people type."""

    def __init__(self, words: tuple[str, ...], synonyms: tuple[tuple[str, ...], ...] = ()) -> None:
        self.words = words
        self._synonyms = synonyms

    @cached_property
    def _by_form(self) -> Mapping[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self.words):
            found[stem(word)].append(number)
        return found

    @cached_property
    def _masks(self) -> list[int]:
        return [_mask(word) for word in self.words]

    def number(self, word: str) -> int:
        """Number of a word; -1: it is not there."""
        place = bisect_left(self.words, word)
        return place if self.words[place : place + 1] == (word,) else -1

    def same(self, word: str) -> dict[int, int]:
        """Words that are this one, its plural or another form of it, with how well each fits."""
        found: dict[int, int] = {}
        if (exact := self.number(word)) >= 0:
            found[exact] = EXACT
        one = singular(word)
        for number in self._by_form.get(stem(word), ()):
            fit = _PLURAL if singular(self.words[number]) == one else _FORM
            if fit == _PLURAL or len(word) >= _SHORTEST_FORM:
                found.setdefault(number, fit)
        return found

    def meant(self, word: str, *, generous: bool = False) -> dict[int, int]:
        """Everything the word may mean; typing errors are looked for where nothing fits.

        `generous`: they are looked for in any case.
        """
        found = self.same(word)
        is_known = bool(found)
        for synonym in self._synonyms_of(word):
            for number in self.same(synonym):
                found.setdefault(number, _SYNONYM)
                is_known = True
        for number in self._beginning_with(word):
            fit = _PREFIX_FROM + _PREFIX_SPAN * len(word) // len(self.words[number])
            found[number] = max(found.get(number, 0), fit)
        if generous or not is_known:
            for number, fit in self._mistyped(word).items():
                found.setdefault(number, fit)
        return found

    def pieces(self, word: str) -> tuple[int, ...]:
        """Words that, one after another, make this one: `refundapproved` is two; none: empty."""
        best: list[tuple[int, ...] | None] = [()] + [None] * len(word)
        for end in range(_SHORTEST_PIECE, len(word) + 1):
            for start in range(end - _SHORTEST_PIECE + 1):
                before = best[start]
                if before is None or len(before) >= _MOST_PIECES:
                    continue
                number = self.number(word[start:end])
                known = best[end]
                if number >= 0 and (known is None or len(before) + 1 < len(known)):
                    best[end] = (*before, number)
        made = best[len(word)]
        return made if made is not None and len(made) > 1 else ()

    def _synonyms_of(self, word: str) -> Iterator[str]:
        one = singular(word)
        for group in self._synonyms:
            if any(singular(each) == one for each in group):
                yield from (each for each in group if singular(each) != one)

    def _beginning_with(self, word: str) -> range:
        end = bisect_left(self.words, word + "\uffff")
        return range(bisect_left(self.words, word), end)

    def _mistyped(self, word: str) -> dict[int, int]:
        """Words within one error, or within two where none is within one."""
        if len(word) < _TYPOS_FROM:
            return {}
        most = 2 if len(word) >= _TWO_TYPOS_FROM else 1
        own = _mask(word)
        found: dict[int, dict[int, int]] = {1: {}, 2: {}}
        for number, mask in enumerate(self._masks):
            if (own & ~mask).bit_count() > most:
                continue
            whole, start = errors(word, self.words[number], most)
            nearest = min(whole, start) if len(word) >= _UNFINISHED_FROM else whole
            if 0 < nearest <= most:
                fit = _ONE_TYPO if nearest == 1 else _TWO_TYPOS
                found[nearest][number] = fit if whole == nearest else fit - _UNFINISHED
        return found[1] or found[2]


def errors(typed: str, word: str, most: int) -> tuple[int, int]:
    """Typing errors between two words, and between the first and any beginning of the second.

    Counted are letters too many, too few, wrong, and two neighbours swapped; beyond `most` the
    number is `most + 1`.

    >>> errors("paymnet", "payment", 2), errors("paymn", "payment", 2)
    ((1, 1), (2, 1))
    """
    beyond = most + 1
    if len(typed) > len(word) + most:
        return beyond, beyond
    width = min(len(word), len(typed) + most)
    before: list[int] = []
    row = list(range(width + 1))
    for down, letter in enumerate(typed, 1):
        above, before, row = before, row, [down] + [0] * width
        for right in range(1, width + 1):
            cost = 0 if letter == word[right - 1] else 1
            least = min(before[right] + 1, row[right - 1] + 1, before[right - 1] + cost)
            swapped = (
                down > 1
                and right > 1
                and letter == word[right - 2]
                and typed[down - 2] == word[right - 1]
            )
            row[right] = min(least, above[right - 2] + 1) if swapped else least
        if min(row) > most:
            return beyond, beyond
    whole = row[width] if width == len(word) else beyond
    return min(whole, beyond), min(*row, beyond)


def _mask(word: str) -> int:
    mask = 0
    for letter in word:
        mask |= 1 << (ord(letter) % 31)
    return mask
