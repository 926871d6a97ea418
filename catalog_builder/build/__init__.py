"""The order of the stages: crawl, parse, assemble, check, draw, render, publish."""

from collections.abc import Mapping
from pathlib import Path

from catalog_builder.assemble import CODES as CODES_OF_JOINING
from catalog_builder.build.cataloguing import catalogued, crawl_report, read_catalog
from catalog_builder.build.contents import files_inside_mkdocs
from catalog_builder.build.cycles import tidy
from catalog_builder.build.site import Outcome, build_site
from catalog_builder.checks import RULES
from catalog_builder.config import Settings, draft, source_folders
from catalog_builder.crawl import CODES as CODES_OF_CRAWLING
from catalog_builder.crawl import cache_folder, look_around
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Code
from catalog_builder.parse import CODES as CODES_OF_READING
from catalog_builder.publish import hand_written
from catalog_builder.render import EXPORTS

__all__ = [
    "ALL_CODES",
    "EXPORT_FORMATS",
    "Outcome",
    "build_site",
    "catalogued",
    "crawl_report",
    "export",
    "files_inside_mkdocs",
    "init_text",
    "read_catalog",
    "tidy",
    "unwatched_paths",
    "watched_paths",
]

EXPORT_FORMATS: Mapping[str, str] = {name: each.description for name, each in EXPORTS.items()}
"""What each export is, by its name."""

_CODES = (
    *CODES_OF_CRAWLING,
    *CODES_OF_READING,
    *CODES_OF_JOINING,
    *(rule.about for rule in RULES),
)
ALL_CODES: tuple[Code, ...] = tuple(sorted(_CODES, key=lambda each: each.code))
"""What every finding can be, by code."""


def watched_paths(
    settings: Settings, configuration: Path | None, mkdocs_yml: Path | None = None
) -> tuple[Path, ...]:
    """What a site depends on: configurations, sources, templates and the owner's own pages."""
    files = (configuration, mkdocs_yml, settings.templates)
    pages = hand_written(mkdocs_yml) if mkdocs_yml else ()
    return (*source_folders(settings), *pages, *(each for each in files if each))


def unwatched_paths(settings: Settings) -> tuple[Path, ...]:
    """Folders that builds themselves write, wherever they lie."""
    return settings.site_dir or settings.root / "site", cache_folder(settings)


def export(catalog: Catalog, format_name: str) -> bytes:
    """The catalogue as data in one of `EXPORT_FORMATS`."""
    return EXPORTS[format_name].write(catalog, Flow(catalog))


def init_text(folder: Path) -> str:
    """A first `catalog.yml` for a folder, after a look at what lies around."""
    return draft(look_around(folder))
