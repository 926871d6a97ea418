"""A framed page with holes in it, and the filling of them.

The theme frames one page of each kind; where that page's own words belong it holds marks made of
private-use characters, which no theme escapes and no text contains.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from catalog_builder.files import Body, Heading

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([a-z-]+){_CLOSE}")
BLANK_LINES = re.compile(r"\s*\n\s*")
ENTRY = re.compile(
    rf"<li\b[^>]*>(?:(?!</?li\b).)*?{_OPEN}anchor{_CLOSE}(?:(?!</?li\b).)*?</li>", re.DOTALL
)
MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")


def hole(name: str) -> str:
    """The mark of a hole; names are lower-case words joined with `-`.

    >>> cut(f"<b>{hole('title')}</b>").names
    ('title',)
    """
    return f"{_OPEN}{name}{_CLOSE}"


@dataclass(frozen=True, slots=True)
class Shell:
    """The theme's frame: `pieces` of HTML with the hole `names[i]` after `pieces[i]`."""

    pieces: tuple[str, ...]
    names: tuple[str, ...]
    entry: str
    """The frame of one entry of the table of contents, with holes of its own."""

    def stamp(self, *, title: str, description: str, path: str, body: Body, head: str = "") -> str:
        """The whole page; title and description are plain text, `path` its name, `head` HTML."""
        values = {
            "title": _plain(title),
            "description": _plain(description),
            "path": quote(path),
            "content": body.html,
            "head": head,
            "entries": _entries(self.entry, body.headings),
            "anchor": _plain(body.headings[0].anchor if body.headings else ""),
        }
        filled = [values[name] for name in self.names]
        return (
            "".join(part for pair in zip(self.pieces, filled, strict=False) for part in pair)
            + (self.pieces[-1])
        )


def cut(html: str) -> Shell:
    """The shell that a page framed with holes makes; its blank lines are left out."""
    html = html.replace(quote(hole("path")), hole("path"))
    entry = ENTRY.search(html)
    html = ENTRY.sub(hole("entries"), html)
    parts = _MARK.split(BLANK_LINES.sub("\n", html))
    template = BLANK_LINES.sub("\n", entry.group()) if entry else ""
    return Shell(tuple(parts[::2]), tuple(parts[1::2]), template)


def _entries(entry: str, headings: Sequence[Heading]) -> str:
    return "\n".join(
        entry.replace(hole("anchor"), _plain(heading.anchor)).replace(
            hole("heading"), _plain(heading.title)
        )
        for heading in headings
    )


def _plain(text: str) -> str:
    return escape(MARKS.sub("", text))
