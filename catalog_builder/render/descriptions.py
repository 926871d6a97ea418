"""Foreign Markdown made harmless HTML.

Links lead to the web, to a mailbox, or to files of the repository that the text is from, at the
commit that was read. A page loads images only from hosts that the configuration allows.
"""

import posixpath
import re
from collections.abc import Collection, Iterator, MutableMapping, Sequence
from functools import lru_cache
from urllib.parse import SplitResult, unquote, urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

from catalog_builder.model import Catalog, Location, Repository

_LONGEST_TEXT = 100_000
_SCHEMES = frozenset({"http", "https", "mailto"})
_HEADINGS = re.compile(r"^h([1-6])$")
_DEEPEST = 6
_BELOW = 2
_MAY_LINK = re.compile(r"\]\(|\]:")
_SENTENCE = re.compile(
    r"[A-Za-z](?:[A-Za-z0-9 ,.;:?!%/()'$\"-]*[A-Za-z0-9,.;:?!%/()'$\"-])?", re.ASCII
)
"""One line that is words alone: nothing in it means anything in Markdown."""


class _Renderer(RendererHTML):
    """An image without an address is its text."""

    def image(
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,
        env: MutableMapping[str, object],
    ) -> str:
        """The image, or what it says."""
        if tokens[idx].attrGet("src"):
            return super().image(tokens, idx, options, env)
        return self.renderInlineAsText(tokens[idx].children or [], options, env)


def _parser() -> MarkdownIt:
    options = {"html": False, "xhtmlOut": False}
    parser = MarkdownIt("commonmark", options, renderer_cls=_Renderer)
    parser.enable(["table", "strikethrough"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  judged below
    return parser


_PARSER = _parser()


class Descriptions:
    """Renders descriptions of a catalogue's documents, each distinct text once."""

    def __init__(self, catalog: Catalog, image_hosts: Collection[str] = ()) -> None:
        self._catalog = catalog
        self._image_hosts = frozenset(image_hosts)
        self._kept = lru_cache(maxsize=4096)(self._rendered)

    def html(self, text: str, where: Location | None = None) -> Markup:
        """Safe HTML: no raw HTML, headings below the page's own, links as far as they are safe.

        `where` is the document that says it: its relative links are to files of its repository.
        Without it, and where nothing tells the address of these files, their text stays.
        """
        if not text:
            return Markup()
        if where is None or not _MAY_LINK.search(text):
            return self._kept(text, None, "")
        repository = self._catalog.repository.get(where.repository)
        return self._kept(text, repository, posixpath.dirname(where.path))

    def _rendered(self, text: str, base: Repository | None, folder: str) -> Markup:
        text = text[:_LONGEST_TEXT]
        if _SENTENCE.fullmatch(text):
            told = text.replace('"', "&quot;")
            return Markup(f"<p>{told}</p>\n")  # noqa: S704  it holds nothing else to escape
        tokens = _PARSER.parse(text)
        for token in tokens:
            if level := _HEADINGS.match(token.tag):
                token.tag = f"h{min(int(level.group(1)) + _BELOW, _DEEPEST)}"
            if token.children:
                token.children = list(self._linked(token.children, base, folder))
        html = _PARSER.renderer.render(tokens, _PARSER.options, {})
        return Markup(html)  # noqa: S704  rendered with raw HTML off and links checked

    def _linked(
        self, tokens: Sequence[Token], base: Repository | None, folder: str
    ) -> Iterator[Token]:
        """The tokens without links that lead nowhere good; their text stays."""
        dropped = []
        for token in tokens:
            if token.type == "image":
                self._judge_image(token)
            if token.type == "link_open":
                address = _address(str(token.attrGet("href") or ""), base, folder)
                token.attrSet("href", address)
                dropped.append(not address)
            is_link = token.type in {"link_open", "link_close"}
            if not (is_link and dropped[-1]):
                yield token
            if token.type == "link_close":
                dropped.pop()

    def _judge_image(self, token: Token) -> None:
        parts = _parts(str(token.attrGet("src") or ""))
        allowed = parts and parts.scheme == "https" and parts.netloc in self._image_hosts
        if allowed:
            token.attrs |= {"loading": "lazy", "referrerpolicy": "no-referrer"}
        else:
            token.attrSet("src", "")


def _address(url: str, base: Repository | None, folder: str) -> str:
    """Where a link may lead; empty: nowhere."""
    parts = _parts(url)
    if parts is None or parts.scheme.lower() in _SCHEMES:
        return url.strip() if parts else ""
    if parts.scheme or parts.netloc or not parts.path or base is None:
        return ""
    path = _inside(folder, unquote(parts.path))
    address = base.link_to(path) if path else ""
    return f"{address}#{parts.fragment}" if address and parts.fragment else address


def _inside(folder: str, path: str) -> str:
    """The path from the repository's root; empty: it leads out of it.

    >>> _inside("docs", "../a.md"), _inside("docs", "/a.md"), _inside("docs", "../../a.md")
    ('a.md', 'a.md', '')
    """
    whole = posixpath.normpath(posixpath.join(folder, path).lstrip("/"))
    is_out = whole.startswith("..") or whole == "." or "\\" in whole or "\0" in whole
    return "" if is_out else whole


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url.strip())
    except ValueError:
        return None
