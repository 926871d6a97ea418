"""`catalog-builder export`: the catalogue for other programs."""

import sys
from pathlib import Path

import click

from catalog_builder.build import EXPORT_FORMATS, read_catalog
from catalog_builder.build import export as exported
from catalog_builder.cli.configuration import chosen
from catalog_builder.cli.run import EXISTING, Run, example, offline_option, takes_run
from catalog_builder.model import CatalogError

_OUTPUT = click.Path(dir_okay=False, allow_dash=True, path_type=Path)
_WIDTH = max(map(len, EXPORT_FORMATS)) + 2
_FORMATS = "\n".join(
    ("\b\nFormats:", *(f"  {name:<{_WIDTH}}{what}" for name, what in EXPORT_FORMATS.items()))
)


class OutputError(CatalogError):
    """The file for the output cannot be written."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(file, reason)
        self.file = file
        self.reason = reason

    def __str__(self) -> str:
        """Which file, why, and what to do."""
        return f"cannot write {self.file}: {self.reason}. Name another file with -o."


@click.command(epilog=f"{_FORMATS}\n\n{example('catalog-builder export csv -o events.csv')}")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(list(EXPORT_FORMATS)))
@click.argument("paths", nargs=-1, type=EXISTING, metavar="[PATH]...")
@click.option("-o", "--output", type=_OUTPUT, help="File to write.  [default: standard output]")
@offline_option
@takes_run
def export(
    *, format_name: str, paths: tuple[Path, ...], output: Path | None, offline: bool, run: Run
) -> None:
    """Write the catalogue for other programs, to standard output or into a file."""
    settings = chosen(run.config, paths).settings
    catalog = read_catalog(settings, run.progress, offline=offline)
    content = exported(catalog, format_name)
    if output is None or output == Path("-"):
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise OutputError(output, error.strerror or str(error)) from error
    run.progress.say(f"Wrote {output}.")
