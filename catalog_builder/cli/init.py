"""`catalog-builder init`: a first configuration."""

from pathlib import Path

import click

from catalog_builder.build import init_text
from catalog_builder.cli.configuration import NAMES
from catalog_builder.cli.run import Run, example, takes_run
from catalog_builder.model import CatalogError


class AlreadyThereError(CatalogError):
    """There is a configuration that would be lost."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.file = file

    def __str__(self) -> str:
        """Which, and what to do."""
        return f"{self.file} is there already. Use --force to write it anew."


@click.command(epilog=example("catalog-builder init && catalog-builder build"))
@click.option("--force", is_flag=True, help="Replace a configuration that is there.")
@takes_run
def init(*, force: bool, run: Run) -> None:
    """Write a first catalog.yml.

    It names the specifications that lie around here and explains every setting.
    """
    file = run.config or Path(NAMES[0])
    places = [run.config] if run.config else [Path(name) for name in NAMES]
    present = next((each for each in places if each.exists()), None)
    if present and not force:
        raise AlreadyThereError(present)
    file = present or file
    file.write_text(init_text(file.absolute().parent), encoding="utf-8")
    build = f"catalog-builder build --config {file}" if run.config else "catalog-builder build"
    run.progress.say(f"Wrote {file}. Look it over, then run `{build}`.")
