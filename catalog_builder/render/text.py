"""Foreign Markdown made harmless HTML, and plain lines of it."""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

_LONGEST_LINE = 300
_LONGEST_TEXT = 100_000
_SCHEMES = frozenset({"http", "https", "mailto"})
_HEADINGS = re.compile(r"^h([1-6])$")
_DEEPEST = 6
_BELOW = 2
_LINKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[`*#>|]+|(?<!\w)_+|_+(?!\w)")


class _Renderer(RendererHTML):
    """Headings stand below the page's own; images become their text; links open no window."""

    def image(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,
        env: MutableMapping[str, object],
    ) -> str:
        """The image's text: a page loads nothing from elsewhere."""
        return self.renderInlineAsText(tokens[idx].children or [], options, env)


def _safe(url: str) -> bool:
    try:
        scheme = urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return False
    return scheme in _SCHEMES


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable(
        ["table", "strikethrough"]
    )
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  judged below
    return parser


_PARSER = _parser()


@lru_cache(maxsize=4096)
def markdown(text: str) -> Markup:
    """Safe HTML of a description: no raw HTML, no images, links to the web and mail alone."""
    if not text:
        return Markup()
    tokens = _PARSER.parse(text[:_LONGEST_TEXT])
    for token in tokens:
        if level := _HEADINGS.match(token.tag):
            token.tag = f"h{min(int(level.group(1)) + _BELOW, _DEEPEST)}"
        if token.children:
            token.children = list(_linked(token.children))
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return Markup(html)  # noqa: S704  rendered with raw HTML off and links checked


def _linked(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens without links that lead to anything but the web or a mailbox; their text stays."""
    dropped = []
    for token in tokens:
        if token.type == "link_open":
            dropped.append(not _safe(str(token.attrGet("href") or "")))
        is_link = token.type in {"link_open", "link_close"}
        if not (is_link and dropped[-1]):
            yield token
        if token.type == "link_close":
            dropped.pop()


@lru_cache(maxsize=16384)
def plain_line(text: str, longest: int = _LONGEST_LINE) -> str:
    r"""The first paragraph as one line without marks, cut at a word.

    >>> plain_line("**Paid** in full.\n\nMore.")
    'Paid in full.'
    """
    paragraph = text.strip().split("\n\n", 1)[0]
    line = " ".join(_MARKS.sub("", _LINKS.sub(r"\1", paragraph[: 4 * longest])).split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def middle_cut(text: str, longest: int) -> str:
    """Text no longer than `longest`, with `…` for what is left out of its middle.

    >>> middle_cut("stock.reservation.confirmed", 16)
    'stock.r…onfirmed'
    """
    if len(text) <= longest:
        return text
    tail = longest // 2
    return f"{text[: longest - tail - 1]}…{text[-tail:]}"
