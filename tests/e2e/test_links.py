"""Every link of the demo site leads somewhere, and nothing comes from another host."""

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

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


def test_no_link_is_dead_and_no_anchor_stands_twice(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): read(path) for path in site.rglob("*.html")}
    dead = []
    for page, links in pages.items():
        if page == "404.html":
            continue
        if doubled := {each for each in links.anchors if links.anchors.count(each) > 1}:
            dead.append((page, f"ids stand twice: {sorted(doubled)}"))
        for link in links.found:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
            target = path if parts.path else page
            anchor = unquote(parts.fragment)
            if not (site / target).is_file() or (
                anchor and target in pages and anchor not in pages[target].anchors
            ):
                dead.append((page, link))
    assert dead == []


def test_nothing_is_loaded_from_another_host(site: Path) -> None:
    foreign = {
        (path.name, link)
        for path in site.rglob("*.html")
        for link in read(path).loaded
        if urlsplit(link).netloc
    }
    assert foreign == set()
