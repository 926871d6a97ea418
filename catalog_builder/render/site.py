"""All pages and files of a site, from a catalogue."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from catalog_builder.files import Files, Neighbour, RawFile
from catalog_builder.render.as_written import FILE, Excerpts
from catalog_builder.render.assets import constant, hashed
from catalog_builder.render.exports import EXPORTS, SCHEMA
from catalog_builder.render.feed import FEED_TITLE, FEED_TYPE, feed_file
from catalog_builder.render.kit import Diagrams, Kit
from catalog_builder.render.llms import llms_files
from catalog_builder.render.map import map_assets, map_data
from catalog_builder.render.names import named
from catalog_builder.render.pages import KINDS
from catalog_builder.render.search import search_assets, search_data, similar_scripts
from catalog_builder.render.tables import table_files
from catalog_builder.render.view import View
from catalog_builder.templates import Templates

_PUBLISHED = {f"catalog.{EXPORTS[name].suffix}": name for name in ("json", "csv")}
"""Exports that the site holds, by path."""
_STYLES = ("catalog.css", "event.css")
_SCRIPTS = ("catalog.js", "event.js")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the owner wants of pages."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words that mean the same to the search."""
    image_hosts: tuple[str, ...] = ()
    """Where images of descriptions may be loaded from."""


def diagrams(view: View, *, directory_urls: bool) -> Diagrams:
    """Every graph that a page shows, with the page's path."""
    for kind in KINDS:
        yield from kind.diagrams(view, directory_urls=directory_urls)


def render(
    view: View,
    templates: Templates,
    *,
    directory_urls: bool,
    pictures: Mapping[str, str],
    contents: Mapping[str, Mapping[str, bytes]],
    wishes: Wishes = Wishes(),
) -> Files:
    """Pages, data, exports, assets, search and specifications.

    `pictures` holds the SVG of each graph of `diagrams`, `contents` the files of each repository.
    """
    excerpts = Excerpts(contents, view.catalog.events)
    kit = Kit(view, templates, directory_urls, pictures, excerpts, wishes.image_hosts)
    styles = (_joined("catalog.css", templates, _STYLES),)
    mapping = map_assets(templates)
    searching = search_assets(templates, directory_urls=directory_urls)
    scripts = (_joined("catalog.js", templates, _SCRIPTS), searching[0])
    feed = feed_file(kit)
    tables = [table for kind in KINDS for table in kind.tables]
    return Files(
        pages=tuple(page for kind in KINDS for page in kind.pages(kit)),
        raw=(
            *_exports(view),
            *(file for table in tables for file in table_files(kit.once(table))),
            *(
                RawFile(path, partial(_file, contents, *place), (FILE, *place))
                for place, path in sorted(view.originals.items())
            ),
            RawFile("catalog.schema.json", partial(constant, SCHEMA)),
            *llms_files(view),
            *filter(None, (feed,)),
            *styles,
            *scripts,
            *searching[1:],
            *similar_scripts(templates),
            kit.table_script,
            *kit.snippets.files(view),
            mapping.style,
            mapping.script,
            *map_data(view),
        ),
        styles=tuple(each.path for each in styles),
        scripts=tuple(each.path for each in scripts),
        of_written=partial(search_data, view, wishes.synonyms),
        named=partial(named, view),
        neighbours=(Neighbour(feed, FEED_TYPE, FEED_TITLE),) if feed else (),
    )


def _joined(name: str, templates: Templates, assets: Sequence[str]) -> RawFile:
    """Assets as one file, since every page loads all of them."""
    return hashed(name, b"".join(map(templates.asset, assets)))


def _file(contents: Mapping[str, Mapping[str, bytes]], repository: str, path: str) -> bytes:
    """A specification; nothing of one that is not there."""
    return contents.get(repository, {}).get(path, b"")


def early_files(view: View, wishes: Wishes) -> tuple[RawFile, ...]:
    """Files that `render` has too, and that take long and need nothing but these.

    Those first that need the least of what a view settles. The search is that of a site whose owner
    wrote no pages.
    """
    return (*_exports(view), *search_data(view, wishes.synonyms, ()))


def _exports(view: View) -> Iterator[RawFile]:
    return (RawFile(path, partial(_export, name, view)) for path, name in _PUBLISHED.items())


def _export(name: str, view: View) -> bytes:
    return EXPORTS[name].write(view.catalog, view.flow)
