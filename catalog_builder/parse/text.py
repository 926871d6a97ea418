"""Text as values: what was read of it, where it stands, what departs from the standard.

Alone knows how a reader of text hands over its result before anybody knows which file it is of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from catalog_builder.model import Json

DEEPEST = 150
"""Levels of nesting that are read."""
MOST_VALUES = 700_000
"""Values that one file may stand for, aliases followed."""

Path = tuple[str | int, ...]
"""Keys and indexes from the root of a document."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A row of the table of codes, its place in the text and the values of the case."""

    code: str
    line: int = 0
    column: int = 0
    values: Mapping[str, object] = field(default_factory=dict)


class Places(Protocol):
    """Where the values of a text stand."""

    def place(self, document: int, path: Path) -> tuple[int, int]:
        """Line and column of the key or item at the path, or of the nearest one around it."""
        ...

    def line(self, document: int, path: Path) -> int:
        """The line alone, which costs less."""
        ...

    def written(self, document: int, path: Path) -> str | None:
        """The scalar at the path as it is written; None when there is none."""
        ...


class Nowhere:
    """The places of a text of which none are known."""

    def place(self, document: int, path: Path) -> tuple[int, int]:
        """Nowhere."""
        del document, path
        return 0, 0

    def line(self, document: int, path: Path) -> int:
        """Nowhere."""
        del document, path
        return 0

    def written(self, document: int, path: Path) -> str | None:
        """Nothing."""
        del document, path
        return None


@dataclass(frozen=True, slots=True)
class Text:
    """The documents of one file."""

    documents: tuple[Json, ...] = ()
    places: Places = field(default_factory=Nowhere)
    departures: tuple[Departure, ...] = ()
