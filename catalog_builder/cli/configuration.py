"""Which settings a command works by: those of a file, or those of the folders it was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from catalog_builder.config import Settings, read_settings, settings_for
from catalog_builder.model import CatalogError
from catalog_builder.publish import configuration_named_in

NAMES = ("catalog.yml", "catalog.yaml")
MKDOCS = "mkdocs.yml"


class NoConfigurationError(CatalogError):
    """Nothing says what to catalogue."""

    def __str__(self) -> str:
        """What was looked for, and what to do."""
        return (
            "there is no catalog.yml here. Run `catalog-builder init` to write one, "
            "or name folders of specifications, such as `catalog-builder build specs/*`."
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """Settings, and the files they came from."""

    settings: Settings
    configuration: Path | None = None
    mkdocs_yml: Path | None = None
    """What frames the site; None: nothing of the owner's."""


def chosen(config: Path | None, paths: Sequence[Path]) -> Chosen:
    """What the command line and the current folder say, read and valid.

    Raises:
        NoConfigurationError: there is neither a configuration nor a path.
        ConfigError: the configuration says something wrong.
    """
    if paths and config:
        raise click.UsageError(
            "--config and paths exclude each other: paths need no configuration."
        )
    if paths:
        return Chosen(settings_for(paths))
    if config:
        return Chosen(read_settings(config), config, _framing(config))
    return _of_current_folder()


def _of_current_folder() -> Chosen:
    for name in NAMES:
        if Path(name).exists():
            return Chosen(read_settings(Path(name)), Path(name), _framing(Path(name)))
    mkdocs_yml = Path(MKDOCS)
    named = configuration_named_in(mkdocs_yml) if mkdocs_yml.exists() else None
    if named is None:
        raise NoConfigurationError
    return Chosen(read_settings(named), named, mkdocs_yml)


def _framing(configuration: Path) -> Path | None:
    """The `mkdocs.yml` here or beside the configuration that names this configuration."""
    for mkdocs_yml in dict.fromkeys((Path(MKDOCS), configuration.parent / MKDOCS)):
        if mkdocs_yml.exists():
            named = configuration_named_in(mkdocs_yml)
            if named is not None and named.resolve() == configuration.resolve():
                return mkdocs_yml
    return None
