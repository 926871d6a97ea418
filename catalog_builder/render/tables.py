"""Tables that are sorted, filtered and saved in the browser, and readable without it.

The page carries the first rows; all of them lie in a script beside it, because a page opened from
a folder may not fetch anything else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import orjson

from catalog_builder.files import RawFile

_STATIC_ROWS = 100

Kind: TypeAlias = Literal[
    "name", "links", "link", "place", "text", "texts", "number", "date", "badge", "code"
]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `kind` says what its cells are.

    `name` is a link with a second, quieter line: `(text, address, line)`.
    """

    key: str
    title: str
    kind: Kind = "text"
    facet: bool = False
    """Whether rows can be narrowed to one of its values."""
    shown: bool = True
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `name` is unique in the site."""

    name: str
    noun: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]

    @property
    def first_rows(self) -> tuple[tuple[Any, ...], ...]:
        """Those that the page itself carries."""
        return self.rows[:_STATIC_ROWS]

    @property
    def path(self) -> str:
        """Where its data lie."""
        return f"data/{self.name}.js"


def table_file(table: Table) -> RawFile:
    """The script that carries a table's rows."""
    return RawFile(table.path, _content(table))


def _content(table: Table) -> Callable[[], bytes]:
    def content() -> bytes:
        columns = [
            {
                "key": each.key,
                "title": each.title,
                "kind": each.kind,
                "facet": each.facet,
                "shown": each.shown,
                "hint": each.hint,
            }
            for each in table.columns
        ]
        data = {"noun": table.noun, "columns": columns, "rows": table.rows}
        name = orjson.dumps(table.name)
        return b"catalogTable(" + name + b"," + orjson.dumps(data) + b");\n"

    return content
