"""Which way of telling suits a stream."""

import os
from typing import TextIO

from catalog_builder.progress.live import Live
from catalog_builder.progress.plain import Plain
from catalog_builder.progress.progress import Progress
from catalog_builder.progress.silent import Silent
from catalog_builder.progress.text import console


def progress_for(stream: TextIO, *, quiet: bool, verbose: bool) -> Progress:
    """Bars where the stream is a terminal, else a line for each finished stage, or nothing.

    `quiet` silences everything. `verbose` adds details, and keeps the finished stages of a
    terminal in sight with their rates.
    """
    if quiet:
        return Silent()
    if stream.isatty() and os.environ.get("TERM", "") not in {"dumb", "unknown"}:
        return Live(console(stream), verbose=verbose)
    return Plain(stream, verbose=verbose)
