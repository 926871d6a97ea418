"""Commands that are loaded when they are called, so that `--help` does not wait for MkDocs."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command is (`module:attribute`) and what it does in a few words."""

    target: str
    summary: str


class LazyGroup(click.Group):
    """A group that knows its commands' names and summaries without loading them."""

    def __init__(self, *, entries: Mapping[str, Entry], **settings: Any) -> None:  # noqa: ANN401  click's own
        super().__init__(**settings)
        self.entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the table."""
        del ctx
        return list(self.entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now; None when there is none of that name."""
        del ctx
        if cmd_name not in self.entries:
            return None
        module, _, attribute = self.entries[cmd_name].target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The names with their summaries."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self.entries.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The names that begin so, with their summaries, then the options."""
        names = [
            CompletionItem(name, help=entry.summary)
            for name, entry in self.entries.items()
            if name.startswith(incomplete)
        ]
        return names + click.Command.shell_complete(self, ctx, incomplete)

    def invoke(self, ctx: click.Context) -> object:
        """What the command gives; interrupting it while it loads is an end like any other."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            interrupted()


def interrupted() -> NoReturn:
    """The program ends as one that Ctrl-C ended."""
    sys.exit(INTERRUPTED)
