"""What every kind of page is made with: the catalogue, the pictures, the templates, the links."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import Any, TypeAlias, TypeVar

from markupsafe import Markup, escape

from catalog_builder.files import Body, Heading, Page, RawFile
from catalog_builder.model import Catalog, Location
from catalog_builder.render.as_written import Excerpts
from catalog_builder.render.assets import hashed
from catalog_builder.render.descriptions import Descriptions
from catalog_builder.render.dot import Diagram
from catalog_builder.render.json_text import json_html, json_text
from catalog_builder.render.links import Links, links_from
from catalog_builder.render.snippets import Snippets
from catalog_builder.render.tabs import code_tabs
from catalog_builder.render.text import plain_line
from catalog_builder.render.view import View
from catalog_builder.templates import Templates, html

_MATCHES = "matches "

T = TypeVar("T")

Graph: TypeAlias = Callable[[], Diagram]
"""Gives a diagram."""

Diagrams: TypeAlias = Iterator[tuple[str, Graph]]
"""Path of a page, and the graph that it shows."""


def graph(diagram: Callable[..., Diagram], *about: object) -> Graph:
    """What `diagram` makes of these, when it is asked for."""
    return lambda: diagram(*about)


@dataclass(frozen=True)
class Kit:
    """Everything that pages are made of."""

    view: View
    templates: Templates
    directory_urls: bool
    pictures: Mapping[str, str]
    """SVG by the path of the page that shows it."""
    excerpts: Excerpts
    """Events in their documents' own text."""
    image_hosts: tuple[str, ...] = ()
    """Where images of descriptions may be from."""
    _made: dict[Callable[["Kit"], Any], Any] = field(default_factory=dict)

    def once(self, make: Callable[["Kit"], T]) -> T:
        """What `make` makes of this kit, however often it is wanted."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    @property
    def catalog(self) -> Catalog:
        """The catalogue."""
        return self.view.catalog

    def page(
        self,
        path: str,
        template: str,
        values: Callable[["Kit", Links], Mapping[str, Any]],
        **about: Any,  # noqa: ANN401  the fields of Page, checked there
    ) -> Page:
        """A page whose body is a template filled with what `values` makes of this kit."""
        return Page(path=path, body=partial(_body, self, path, template, values), **about)

    def picture(self, path: str, label: str) -> Markup:
        """The picture of a page; empty when there is none."""
        svg = self.pictures.get(path, "")
        return html(svg.replace("<svg", f'<svg aria-label="{escape(label)}"', 1))

    @staticmethod
    def ticked(text: str) -> Markup:
        """A message's HTML: what stands between backticks is code."""
        return ticked(text)

    @property
    def table_script(self) -> RawFile:
        """What makes tables sort and narrow."""
        return hashed("tables.js", self.templates.asset("tables.js"))

    @cached_property
    def descriptions(self) -> Descriptions:
        """Foreign Markdown as HTML."""
        return Descriptions(self.catalog, self.image_hosts)

    @cached_property
    def snippets(self) -> Snippets:
        """Code that sends and reads events."""
        return Snippets(self.templates)

    def original(self, location: Location) -> str:
        """Where the specification at a place lies in the site, from its root; empty: nowhere."""
        return self.view.originals.get((location.repository, location.path), "")


class Outline:
    """Collects the headings that a template writes."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []

    def __call__(self, anchor: str, title: str) -> Markup:
        """A heading, which also stands in the table of contents."""
        self.headings.append(Heading(title, anchor))
        return html(f'<h2 id="{escape(anchor)}">{escape(title)}</h2>')


def _body(
    kit: Kit,
    path: str,
    template: str,
    values: Callable[[Kit, Links], Mapping[str, Any]],
) -> Body:
    links = links_from(path, directory_urls=kit.directory_urls)
    outline = Outline()
    text = kit.templates.fill(
        template,
        links=links,
        section=outline,
        view=kit.view,
        catalog=kit.catalog,
        kit=kit,
        markdown=kit.descriptions.html,
        plain_line=plain_line,
        json_html=json_html,
        json_text=json_text,
        anchor=anchor,
        counted=counted,
        sentence=sentence,
        ticked=ticked,
        code_tabs=partial(code_tabs, links),
        worded=worded,
        **values(kit, links),
    )
    return Body(text, tuple(outline.headings))


def anchor(*parts: str) -> str:
    """An address within a page: parts joined with `.`, white space made `-`.

    >>> anchor("payload", "lines[].unit price")
    'payload.lines[].unit-price'
    """
    return ".".join("-".join(part.split()) for part in parts if part)


def counted(count: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "service"), counted(2, "service"), counted(1200, "reply")
    ('1 service', '2 services', '1,200 replies')
    """
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def sentence(text: str) -> str:
    """A text that begins with a capital; the rest stays.

    >>> sentence("at most 64 characters, ASCII")
    'At most 64 characters, ASCII'
    """
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def worded(constraints: tuple[str, ...]) -> Markup:
    """The constraints of a field in a line of HTML; a pattern is code.

    >>> worded(("at most 9 characters", "matches ^<$"))
    Markup('At most 9 characters, matches <code>^&lt;$</code>')
    """
    return Markup(sentence(", ".join(map(_worded, constraints))))  # noqa: S704  escaped below


def _worded(constraint: str) -> str:
    if constraint.startswith(_MATCHES):
        return f"{_MATCHES}<code>{escape(constraint.removeprefix(_MATCHES))}</code>"
    return str(escape(constraint))


def ticked(text: str) -> Markup:
    """A message's HTML: what stands between backticks is code.

    >>> ticked("Nobody owns `a<b`.")
    Markup('Nobody owns <code>a&lt;b</code>.')
    """
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup().join(
        Markup("<code>{}</code>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )
