"""Hand-written pages as their readers find them: passages under headings, without mark-up."""

from html.parser import HTMLParser

from catalog_builder.files import Passage, Written

_HEADINGS = frozenset({"h1", "h2", "h3"})
_SILENT = frozenset({"script", "style", "svg"})
_PERMALINK = "headerlink"


def written(address: str, title: str, html: str) -> Written:
    """A page that stands at an address, by its HTML.

    >>> page = written("guide/", "Guide", "<h1>Guide</h1><p>One</p><h2 id='more'>More</h2>two")
    >>> [(each.title, each.anchor, each.text) for each in page.passages]
    [('Guide', '', 'One'), ('More', 'more', 'two')]
    """
    reader = _Reader(title)
    reader.feed(html)
    reader.close()
    return Written(address, title, tuple(reader.passages()))


class _Reader(HTMLParser):
    """Collects text under the heading that it follows."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._parts: list[tuple[list[str], str, list[str]]] = [([title], "", [])]
        self._in_heading = False
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A heading begins a passage; the first one is the page's own title."""
        given = dict(attrs)
        if self._silent:
            return
        if tag in _SILENT or (tag == "a" and given.get("class") == _PERMALINK):
            self._silent = tag
        elif tag in _HEADINGS:
            self._in_heading = True
            is_title = tag == "h1" and len(self._parts) == 1
            if not is_title and given.get("id"):
                self._parts.append(([], given["id"] or "", []))
            else:
                self._in_heading = False
                self._silent = tag

    def handle_endtag(self, tag: str) -> None:
        """What follows a heading is its text."""
        if tag == self._silent:
            self._silent = ""
        elif tag in _HEADINGS:
            self._in_heading = False

    def handle_data(self, data: str) -> None:
        """Text belongs to the heading or to what follows it."""
        if not self._silent:
            heading, _, text = self._parts[-1]
            (heading if self._in_heading else text).append(data)

    def passages(self) -> list[Passage]:
        """What was read."""
        return [
            Passage(_line(heading), anchor, _line(text)) for heading, anchor, text in self._parts
        ]


def _line(parts: list[str]) -> str:
    return " ".join(" ".join(parts).split())
