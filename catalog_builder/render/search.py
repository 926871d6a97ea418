"""What the site's search is made of: its scripts, its index, and where both lie."""

from collections.abc import Iterator, Sequence
from functools import cache

import orjson

from catalog_builder.files import RawFile, Written
from catalog_builder.render.assets import hashed
from catalog_builder.render.links import SIMILAR, Links
from catalog_builder.render.view import View
from catalog_builder.search import Entry, Kind, index_of, packed
from catalog_builder.templates import Templates

_NAMES = "data/search-names.js"
_TEXTS = "data/search-texts.js"


def search_assets(templates: Templates, *, directory_urls: bool) -> tuple[RawFile, ...]:
    """The script that every page loads, and after it those that are loaded at their first use."""
    engine = templates.asset("search-engine.js") + templates.asset("search-likeness.js")
    used = {
        "box": hashed("search-box.js", templates.asset("search-box.js")),
        "engine": hashed("search-engine.js", engine),
        "style": hashed("search.css", templates.asset("search.css")),
    }
    files = {name: each.path for name, each in used.items()} | {
        "names": _NAMES,
        "texts": _TEXTS,
        "home": "" if directory_urls else "index.html",
        "suffix": "/" if directory_urls else ".html",
        "similar": Links("", directory_urls).page(SIMILAR),
    }
    told = b"window.catalogSearchFiles = " + orjson.dumps(files) + b";\n"
    return hashed("search.js", told + templates.asset("search.js")), *used.values()


def similar_scripts(templates: Templates) -> tuple[RawFile, ...]:
    """The scripts of the page that compares a planned event, in the order they are loaded in."""
    return tuple(
        hashed(name, templates.asset(name))
        for name in ("yaml.js", "similar-reading.js", "similar.js")
    )


def search_data(
    view: View, synonyms: Sequence[Sequence[str]], written: tuple[Written, ...]
) -> tuple[RawFile, ...]:
    """The index of the catalogue and of the pages that its owner wrote."""

    @cache
    def both() -> tuple[bytes, bytes]:
        return packed(index_of((*view.entries, *_pages(written)), synonyms))

    return RawFile(_NAMES, lambda: both()[0]), RawFile(_TEXTS, lambda: both()[1])


def _pages(written: tuple[Written, ...]) -> Iterator[Entry]:
    for page in written:
        for passage in page.passages:
            yield Entry(
                Kind.PAGE,
                f"{page.address}#{passage.anchor}" if passage.anchor else page.address,
                passage.title,
                line=page.title if passage.anchor else "",
                text=passage.text,
            )
