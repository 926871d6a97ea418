"""Rows for people, and for `grep` when they are not looking."""

from collections.abc import Sequence
from typing import TextIO

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from catalog_builder.progress.text import console, printable


def write_table(stream: TextIO, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The rows are written: ruled on a terminal, aligned plain text elsewhere.

    Columns that hold nothing but numbers stand to the right.
    """
    shown = [[printable(" ".join(cell.split())) for cell in row] for row in rows]
    numeric = [all(row[index].isdecimal() for row in shown) for index in range(len(headings))]
    if stream.isatty():
        console(stream).print(_ruled(headings, shown, numeric))
    else:
        stream.write(_aligned([headings, *shown], numeric))


def _ruled(
    headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]
) -> Table:
    table = Table()
    for heading, right in zip(headings, numeric, strict=True):
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _aligned(rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> str:
    widths = [max(cell_len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(
            _padded(cell, width, right=right)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        for row in rows
    )
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _padded(cell: str, width: int, *, right: bool) -> str:
    room = " " * (width - cell_len(cell))
    return room + cell if right else cell + room
