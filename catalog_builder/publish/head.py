"""What the head of every page says besides the theme's: previews, and the same in other forms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from catalog_builder.files import Neighbour


@dataclass(frozen=True, slots=True)
class About:
    """What previews show of a page."""

    title: str
    description: str
    site: str
    address: str
    """Its full address; empty: unknown."""


_ALTERNATE = "alternate "
"""With a space, which means nothing to readers: for each link whose `rel` is the bare word, the
theme's script asks for a site map beside it, which is not there."""

_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
_AS_WELL = ' property="og:description" content='


def head(about: About) -> str:
    """The tags by which other programs preview a page ([Open Graph](https://ogp.me)).

    >>> head(About("A", "", "Shop", "")).splitlines()[0]
    '<meta property="og:type" content="website">'
    """
    told = {
        "type": "website",
        "site_name": about.site,
        "title": about.title,
        "description": about.description,
        "url": about.address,
    }
    return "".join(
        f'<meta property="og:{name}" content="{escape(value)}">\n'
        for name, value in told.items()
        if value
    )


def alternates(neighbours: Iterable[Neighbour], base: str) -> str:
    """Links to files; `base` leads from the page to the site's root.

    >>> from catalog_builder.files import RawFile
    >>> feed = Neighbour(RawFile("a b.xml", bytes), "application/atom+xml", "New")
    >>> alternates((feed,), "../").strip()
    '<link rel="alternate " type="application/atom+xml" title="New" href="../a%20b.xml">'
    """
    return "".join(
        f'<link rel="{_ALTERNATE}" type="{each.media_type}" title="{escape(each.title)}" '
        f'href="{base}{quote(each.file.path)}">\n'
        for each in neighbours
    )


def with_head(html: str, tags: str) -> str:
    r"""A page whose head ends with these tags; what it says of itself already it says once.

    >>> with_head('<meta name="description" content="A"></head>',
    ...     '<meta property="og:description" content="A">\n')
    '<meta name="description" property="og:description" content="A"></head>'
    """
    said = _DESCRIPTION.search(html)
    same = f'<meta property="og:description" content="{said[1] if said else ""}">\n'
    if said and same in tags:
        html = html.replace(said[0], said[0].replace(" content=", _AS_WELL, 1), 1)
        tags = tags.replace(same, "", 1)
    return html.replace("</head>", f"{tags}</head>", 1)
