"""Text on its way to a terminal."""

from typing import TextIO

from rich.console import Console

_ENOUGH_FOR_A_RATE = 0.1
"""Seconds; what took less says nothing about speed."""


def console(stream: TextIO) -> Console:
    """A console that takes text as it is, and heeds `NO_COLOR`."""
    return Console(file=stream, highlight=False, markup=False, emoji=False)


def printable(text: str) -> str:
    r"""Foreign text that cannot command a terminal.

    >>> printable("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    return "".join(
        each if each.isprintable() or each in "\n\t" else ascii(each)[1:-1] for each in text
    )


def line(stage: str, count: int | None, seconds: float, *, rate: bool) -> str:
    """What is left to say of a finished stage."""
    parts = [stage]
    if count is not None:
        parts.append(f"{count:,}")
    parts.append(f"{seconds:.1f} s")
    if rate and count and seconds >= _ENOUGH_FOR_A_RATE:
        parts.append(f"{count / seconds:,.0f}/s")
    return "  ".join(parts)
