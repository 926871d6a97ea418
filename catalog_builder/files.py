"""Generated files as values.

A file is a path and a way to its content, so that ten thousand pages need never be held at once.
A page is a file that the site's theme frames: it says what the frame must know of it.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file written as it is; `path` is relative to the site, with `/`."""

    path: str
    content: Callable[[], bytes]
    """Pure: gives the same bytes whenever and in whatever process it is asked."""
    of: tuple[str, ...] = ()
    """The question whose answer it is made of; empty: it is made anew in each build."""
    is_late: bool = False
    """Whether its content is to be waited for, so that it is asked last."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The same as a page in a form for machines, or a feed: a file that heads of pages name."""

    file: RawFile
    media_type: str
    title: str


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's table of contents."""

    title: str
    anchor: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Body:
    """What a page shows."""

    html: str
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page that the theme frames."""

    path: str
    """Like a Markdown file in the documentation folder: `events/order-placed.md`."""
    title: str
    body: Callable[[], Body]
    """Pure: gives the same body whenever and in whatever process it is asked."""
    description: str = ""
    """One line of plain text for search engines and previews."""
    section: str = ""
    """Title of the menu's section it belongs to; empty: the top level."""
    is_index: bool = False
    """Whether it stands in the menu itself, as the first page of its section."""
    wide: bool = False
    """Whether it needs the room of the table of contents."""
    neighbours: tuple[Neighbour, ...] = ()
    """Written with the page; not for pages of the menu."""
    of: tuple[str, ...] = ()
    """The question whose answer it shows, beside those that are asked while it is made; empty: it
    is made anew in each build."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands under one heading of a page that the owner wrote."""

    title: str
    anchor: str
    """Empty: the page's own beginning."""
    text: str
    """Plain, in one line."""


@dataclass(frozen=True, slots=True)
class Written:
    """A page that the owner wrote by hand, as its readers find it."""

    address: str
    """From the site's root."""
    title: str
    passages: tuple[Passage, ...] = ()


def _no_parts() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Named:
    """A page that the owner's own pages may refer to by name."""

    kind: str
    title: str
    path: str
    """Of the page."""
    names: tuple[str, ...]
    parts: Callable[[], Mapping[str, str]] = _no_parts
    """Anchors of what can be referred to in it, by name."""


class Aside(Protocol):
    """What makes things beside the pages that show them, in whichever process."""

    def announce(self, keys: Iterable[str], /) -> None:
        """The pages at these paths are asked for next."""

    def harvest(self) -> Any:  # noqa: ANN401  what only the same kind of thing understands
        """What was made in this process since this was asked last; it can be pickled."""

    def gather(self, harvest: Any, /) -> None:  # noqa: ANN401  as above
        """What another process has harvested is known in this one."""


class Recall(Protocol):
    """What remembers how things were made before, in whichever process."""

    folder: int | None
    """Descriptor of the folder with the files from before; None: there are none."""

    def is_same(self, key: str, given: bytes, /) -> bool:
        """Whether it was made before, and would be the same now.

        `given` is a digest of what goes into it beside what is asked while it is made.
        """

    def kept(self, key: str, /) -> None:
        """What was made before was taken."""

    def making(self, key: str, of: tuple[str, ...] = (), /) -> AbstractContextManager[None]:
        """What is asked from here on, in this thread, concerns this; so does `of`."""

    def made(self, key: str, given: bytes, /) -> None:
        """It was made, and is not asked about any more."""

    def harvest(self) -> Any:  # noqa: ANN401  what only the same kind of thing understands
        """What was noted in this process since this was asked last; it can be pickled."""

    def gather(self, harvest: Any, /) -> None:  # noqa: ANN401  as above
        """What another process has noted is known in this one."""


@dataclass(frozen=True, slots=True)
class Files:
    """A site's generated content; no two paths are the same."""

    pages: tuple[Page, ...] = ()
    raw: tuple[RawFile, ...] = ()
    styles: tuple[str, ...] = ()
    """Paths of raw files that every page loads as style sheets."""
    scripts: tuple[str, ...] = ()
    """Paths of raw files that every page loads as scripts."""
    of_written: Callable[[tuple[Written, ...]], tuple[RawFile, ...]] | None = None
    """Further files, which hold what the owner's own pages say as well; None: there are none."""
    named: Callable[[], tuple[Named, ...]] = tuple
    """What the owner's own pages may refer to."""
    neighbours: tuple[Neighbour, ...] = ()
    """Those of `raw` that the head of every page names."""
    aside: Aside | None = None
    """What makes things beside the pages; None: nothing does."""
    recall: Recall | None = None
    """What was made before; None: everything is made."""
