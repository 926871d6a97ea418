"""Every link of the demo site leads somewhere, and nothing comes from another host."""

import io
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from catalog_builder.build import build_site
from catalog_builder.config import read_settings
from catalog_builder.progress import progress_for
from tests.conftest import ROOT

LOADS = {("link", "href"), ("script", "src"), ("img", "src"), ("source", "src"), ("iframe", "src")}


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.loaded: list[str] = []
        self.anchors: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if anchor := named.get("id"):
            self.anchors.append(anchor)
        for name in ("href", "src", "xlink:href", "action"):
            if name in named:
                self.found.append(named[name])
                if (tag, name) in LOADS and named.get("rel") != "canonical":
                    self.loaded.append(named[name])


def read(path: Path) -> Links:
    links = Links()
    links.feed(path.read_text())
    return links


@pytest.fixture(scope="module")
def elsewhere(estate: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo site as it is built for a place below a host, its addresses without `.html`."""
    folder = tmp_path_factory.mktemp("elsewhere")
    settings = {
        "INHERIT": str(ROOT / "mkdocs.yml"),
        "site_url": "https://docs.example/below/catalogue/",
        "use_directory_urls": True,
        "docs_dir": str(ROOT / "docs_templates" / "guide"),
        "plugins": [{"catalog": {"config": str(estate / "catalog.yml")}}],
    }
    (folder / "mkdocs.yml").write_text(json.dumps(settings))
    progress = progress_for(io.StringIO(), quiet=True, verbose=False)
    return build_site(
        read_settings(estate / "catalog.yml"),
        progress,
        mkdocs_yml=folder / "mkdocs.yml",
        site_dir=folder / "site",
    ).site


def dead_links(site: Path, below: str = "/") -> list[tuple[str, str]]:
    """Pages with what is wrong in them; `below` is where the site's own root lies."""
    pages = {path.relative_to(site).as_posix(): read(path) for path in site.rglob("*.html")}
    dead = []
    for page, links in pages.items():
        if doubled := {each for each in links.anchors if links.anchors.count(each) > 1}:
            dead.append((page, f"ids stand twice: {sorted(doubled)}"))
        dead.extend(
            (page, link)
            for link in links.found
            if not urlsplit(link).scheme and not leads(site, page, link, pages, below)
        )
    return dead


def leads(site: Path, page: str, link: str, pages: Mapping[str, Links], below: str) -> bool:
    """Whether a link on a page leads to a file, and to a place that is there in it."""
    parts = urlsplit(link)
    # A server shows the page for what is not there at any address: its links begin at the root.
    start = "/nowhere/nothing" if page == "404.html" else below + page
    path = posixpath.normpath(posixpath.join(posixpath.dirname(start), unquote(parts.path)))
    if not f"{path}/".startswith(below):
        return False
    target = f"{path}/".removeprefix(below).rstrip("/") if parts.path else page
    if (site / target).is_dir():
        target = posixpath.join(target, "index.html").removeprefix("/")
    anchor = unquote(parts.fragment)
    return (site / target).is_file() and (
        not anchor or target not in pages or anchor in pages[target].anchors
    )


def test_no_link_is_dead_and_no_anchor_stands_twice(site: Path) -> None:
    assert dead_links(site) == []


def test_no_link_is_dead_below_a_sub_path_with_folders_as_addresses(elsewhere: Path) -> None:
    assert dead_links(elsewhere, "/below/catalogue/") == []


def test_every_row_of_a_table_leads_somewhere(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): read(path) for path in site.rglob("*.html")}
    found, dead = 0, []
    for file in sorted((site / "data").glob("*.js")):
        called, _, text = file.read_text().partition("(")
        if called != "catalogTable":
            continue
        for row in json.loads(f"[{text.rstrip().removesuffix(');')}]")[1]["rows"]:
            for address in addresses(row):
                found += 1
                if not leads(site, "index.html", address, pages, "/"):
                    dead.append((file.name, address))
    assert dead == []
    assert found > 500


def addresses(cell: object) -> Iterator[str]:
    """What looks like an address of the site, however deep."""
    if isinstance(cell, list):
        for each in cell:
            yield from addresses(each)
    elif isinstance(cell, str) and re.fullmatch(r"[a-z]+/[a-z0-9.-]+\.html.*", cell):
        yield cell


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    foreign = {
        (path.name, link)
        for path in site.rglob("*.html")
        for link in read(path).loaded
        if urlsplit(link).netloc
    }
    assert foreign == set()
