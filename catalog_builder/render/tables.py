"""Tables that are sorted, filtered and saved in the browser, and readable without it.

The page carries the first rows; all of them lie in scripts beside it, because a page opened from
a folder may not fetch anything else. Many rows lie in several scripts: the page loads the first,
and the others when somebody sorts, narrows or wants more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeAlias

import orjson

from catalog_builder.files import RawFile

_STATIC_ROWS = 100
_ROWS_OF_A_FILE = 500
_NONE: tuple[str, ...] = ("",)

Row: TypeAlias = tuple[Any, ...]

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
    rows: tuple[Row, ...]
    prefix: str = ""
    """Before the names of its state in the page's address, where a page has several tables."""

    @property
    def first_rows(self) -> tuple[Row, ...]:
        """Those that the page itself carries."""
        return self.rows[:_STATIC_ROWS]

    @property
    def visible(self) -> tuple[tuple[int, Column], ...]:
        """The columns that are shown, with their numbers: all but those that say nothing."""
        return tuple(
            (index, column)
            for index, column in enumerate(self.columns)
            if column.shown
            and (
                not self.rows or any(values(column.kind, row[index]) != _NONE for row in self.rows)
            )
        )

    @property
    def facets(self) -> tuple[Column, ...]:
        """The columns by whose values rows can be told apart."""
        return tuple(
            column
            for index, column in enumerate(self.columns)
            if column.facet and len({values(column.kind, row[index]) for row in self.rows}) > 1
        )

    @property
    def path(self) -> str:
        """Where its data lie, or begin."""
        return f"data/{self.name}.js"

    @property
    def parts(self) -> tuple[tuple[str, tuple[Row, ...]], ...]:
        """Paths of the files that its data lie in, and the rows in each; at least one."""
        starts = range(0, max(len(self.rows), 1), _ROWS_OF_A_FILE)
        return tuple(
            (
                f"data/{self.name}-{number}.js" if number > 1 else self.path,
                self.rows[start : start + _ROWS_OF_A_FILE],
            )
            for number, start in enumerate(starts, 1)
        )


def values(kind: Kind, cell: Any) -> tuple[str, ...]:  # noqa: ANN401  what a cell is depends on its kind
    """What a cell counts as where rows are narrowed.

    >>> values("links", (("Pricing", "services/pricing.html"),)), values("text", "")
    (('Pricing',), ('',))
    """
    if kind == "links":
        return tuple(each[0] for each in cell) or _NONE
    if kind == "texts":
        return tuple(cell) or _NONE
    return (str(cell[0]),) if kind in {"name", "link", "place"} else (str(cell),)


def table_files(table: Table) -> Iterator[RawFile]:
    """The scripts that carry a table's rows."""
    (path, rows), *others = table.parts
    yield RawFile(path, partial(_first, table, rows, [each for each, _ in others]))
    for number, (other, further) in enumerate(others, 1):
        yield RawFile(other, partial(_called, "catalogRows", table.name, number, further))


def _first(table: Table, rows: tuple[Row, ...], others: list[str]) -> bytes:
    facets, shown = table.facets, {each for _, each in table.visible}
    columns = [_told(each, each in facets, each in shown) for each in table.columns]
    data = {
        "noun": table.noun,
        "prefix": table.prefix,
        "columns": columns,
        "count": len(table.rows),
        "more": others,
        "rows": rows,
    }
    return _called("catalogTable", table.name, data)


def _told(column: Column, is_facet: bool, is_shown: bool) -> Mapping[str, Any]:  # noqa: FBT001  two facts
    """What the browser is told of a column."""
    return {
        "key": column.key,
        "title": column.title,
        "kind": column.kind,
        "facet": is_facet,
        "shown": is_shown,
    }


def _called(name: str, *arguments: object) -> bytes:
    """A script that calls a function of the page."""
    told = b",".join(orjson.dumps(each) for each in arguments)
    return name.encode() + b"(" + told + b");\n"
