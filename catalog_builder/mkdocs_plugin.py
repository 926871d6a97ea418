"""The catalogue inside `mkdocs build` and `mkdocs serve`: `plugins: [catalog]`."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from catalog_builder.build import files_inside_mkdocs, watched_paths
from catalog_builder.config import Source, read_settings
from catalog_builder.files import Files
from catalog_builder.progress import progress_for
from catalog_builder.publish import MakeFiles, StampingPlugin


class CatalogPlugin(StampingPlugin):  # type: ignore[no-untyped-call]  # MkDocs' own
    """Reads the catalogue that its setting `config` names, unless it was given one."""

    asked: ClassVar[tuple[Source, ...]] = ()
    """The sources of the last build in this process, of many that `mkdocs serve` makes: remote ones
    are not asked again because somebody saves a page."""

    def files_of(self, configuration: Path) -> MakeFiles:
        """The files of the catalogue that a configuration describes.

        Raises:
            CatalogError: the configuration cannot be read.
        """
        settings = read_settings(configuration)

        def files(directory_urls: bool) -> Files:  # noqa: FBT001  a fact, not a switch
            progress = progress_for(sys.stderr, quiet=True, verbose=False)
            offline = settings.sources == CatalogPlugin.asked
            made = files_inside_mkdocs(settings, progress, directory_urls, offline=offline)
            CatalogPlugin.asked = settings.sources
            return made

        return files

    def watched(self, configuration: Path) -> Iterable[Path]:
        """The configuration, and the folders of its sources and templates."""
        return watched_paths(read_settings(configuration), configuration)
