"""The command line: arguments in, text and an exit code out; it alone knows click."""

import os
import sys
from contextlib import suppress

import click

from catalog_builder import __version__
from catalog_builder.cli.lazy import Entry, LazyGroup

__all__ = ["main", "start"]

COMMANDS = {
    "build": Entry("catalog_builder.cli.build:build", "Make the catalogue's site."),
    "serve": Entry("catalog_builder.cli.serve:serve", "Show it here, fresh at each change."),
    "search": Entry("catalog_builder.cli.search:search", "Find events, fields, owners."),
    "similar": Entry("catalog_builder.cli.similar:similar", "See if a planned event is there."),
    "impact": Entry("catalog_builder.cli.impact:impact", "Say what a change of an event reaches."),
    "export": Entry("catalog_builder.cli.export:export", "Write it as JSON, CSV or a graph."),
    "crawl": Entry("catalog_builder.cli.crawl:crawl", "List where specifications come from."),
    "init": Entry("catalog_builder.cli.init:init", "Write a first catalog.yml."),
}

_EPILOG = """\b
Examples:
  catalog-builder init && catalog-builder build
  catalog-builder serve path/to/specifications
  catalog-builder export csv -o events.csv

\b
Exit codes: 0 clean, 1 findings (build --strict), 2 could not run.
Completion: eval "$(_CATALOG_BUILDER_COMPLETE=bash_source catalog-builder)"
            in ~/.bashrc; zsh_source and fish_source likewise.
"""


@click.group(cls=LazyGroup, entries=COMMANDS, epilog=_EPILOG)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.help_option("-h", "--help")
def main() -> None:
    """Catalogue every event that services send and read, from their AsyncAPI files."""


def start() -> None:
    """`main` as a process that leaves at once: to free a large catalogue takes seconds.

    Whatever the command holds at its end is held until here by the frames of the ending.
    """
    try:
        main(prog_name="catalog-builder")
    except SystemExit as ending:
        if isinstance(ending.code, str):
            raise
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(ending.code or 0)
