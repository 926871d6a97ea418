"""What each command has in common: its options, how it ends, and what it says meanwhile."""

import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import NoReturn

import click

from catalog_builder.cli.lazy import interrupted
from catalog_builder.config import ConfigError
from catalog_builder.model import CatalogError
from catalog_builder.progress import Progress, progress_for

COULD_NOT_RUN = 2
READER_WENT_AWAY = 141
"""As a shell counts a program that SIGPIPE ended; 1 would mean findings."""

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


class Existing(click.Path):
    """Files and folders that exist; `hint` says what else somebody may have meant."""

    def __init__(self, hint: str = "") -> None:
        super().__init__(exists=True, path_type=Path)
        self._hint = hint

    def fail(
        self,
        message: str,
        param: click.Parameter | None = None,
        ctx: click.Context | None = None,
    ) -> NoReturn:
        """The message, and the hint."""
        super().fail(f"{message} {self._hint}".rstrip(), param, ctx)


EXISTING = Existing()


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: which configuration was asked for, and how much it is to say."""

    config: Path | None
    progress: Progress
    quiet: bool
    verbose: bool

    def complain(self, message: str) -> None:
        """The message stands on standard error, `--quiet` or not."""
        progress_for(sys.stderr, quiet=False, verbose=False).say(message)


def example(line: str) -> str:
    """The end of a command's help."""
    return f"\b\nExample:\n  {line}"


format_option = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How to say it.  [default: text]",
)
offline_option = click.option(
    "--offline", is_flag=True, help="Use what the cache has; ask no other machine."
)


def takes_run(command: Callable[..., None]) -> Callable[..., None]:
    """The command with `--config`, `--quiet` and `--verbose`, given to it as one `run`."""

    @click.option("--config", type=FILE, help="Configuration to use.  [default: catalog.yml]")
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
    @click.option("-v", "--verbose", is_flag=True, help="Say more.")
    @click.help_option("-h", "--help")
    @wraps(command)
    def with_run(*, config: Path | None, quiet: bool, verbose: bool, **rest: object) -> None:
        if quiet and verbose:
            raise click.UsageError("--quiet and --verbose exclude each other.")
        # A terminated process would leave temporary folders and running git behind.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        progress = progress_for(sys.stderr, quiet=quiet, verbose=verbose)
        run = Run(config, progress, quiet, verbose)
        with _ended_by_exit_code(run), progress:
            command(run=run, **rest)

    return with_run


@contextmanager
def _ended_by_exit_code(run: Run) -> Iterator[None]:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more at its end, and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(READER_WENT_AWAY)
    except (CatalogError, OSError) as error:
        run.complain(told(error))
        sys.exit(COULD_NOT_RUN)
    except KeyboardInterrupt:
        interrupted()


def told(error: CatalogError | OSError) -> str:
    """Why a command could not do what it was asked for."""
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        return f"Error: {error.filename}: {reason}" if error.filename else f"Error: {reason}"
    if isinstance(error, ConfigError):
        count = len(error.mistakes)
        return f"{error}\nError: {count} mistake{'s' * (count != 1)} in {error.file}."
    return f"Error: {error}"
