"""The catalogue inside `mkdocs build` and `mkdocs serve`: `plugins: [catalog]`."""

import sys
from collections.abc import Iterable
from pathlib import Path

from catalog_builder.build import files_inside_mkdocs, watched_paths
from catalog_builder.config import read_settings
from catalog_builder.progress import progress_for
from catalog_builder.publish import MakeFiles, StampingPlugin


class CatalogPlugin(StampingPlugin):  # type: ignore[no-untyped-call]  # MkDocs' own
    """Reads the catalogue that its setting `config` names, unless it was given one."""

    def files_of(self, configuration: Path) -> MakeFiles:
        """The files of the catalogue that a configuration describes.

        Raises:
            CatalogError: the configuration cannot be read.
        """
        progress = progress_for(sys.stderr, quiet=True, verbose=False)
        return files_inside_mkdocs(read_settings(configuration), progress)

    def watched(self, configuration: Path) -> Iterable[Path]:
        """The configuration, and the folders of its sources and templates."""
        return watched_paths(read_settings(configuration), configuration)
