"""Lists on pages: the first of many things, and the way to all of them.

No page grows with the catalogue: what a list leaves out stands in a table.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")
_MOST_TOLD = 30
"""Names that an address may carry."""
_LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Listed(Generic[T]):
    """The things that a page shows of those there are."""

    shown: tuple[T, ...]
    count: int
    more: str = ""
    """Where all of them stand; empty: nowhere together."""

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)

    def __iter__(self) -> Iterator[T]:
        return iter(self.shown)

    def __len__(self) -> int:
        return self.count


def listed(things: Sequence[T], most: int, more: str = "") -> Listed[T]:
    """The first things of many, in their order.

    >>> listed("abcd", 3).rest, len(listed("ab", 3)), list(listed("ab", 3))
    (1, 2, ['a', 'b'])
    """
    return Listed(tuple(things[:most]), len(things), more)


def narrowed(table: str, *values: tuple[str, Iterable[str]]) -> str:
    """A table's address, narrowed to rows with any of these values in each column.

    Empty when they are too many for an address.

    >>> narrowed("e.html", ("team", ["a b", "c"]), ("state", ["x"]))
    'e.html?team=a+b&team=c&state=x'
    """
    pairs = [(key, value) for key, every in values for value in every]
    told = urlencode(pairs, errors="replace")
    return f"{table}?{told}" if len(pairs) <= _MOST_TOLD and len(told) < _LONGEST else ""
