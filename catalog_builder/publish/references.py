"""What the owner's own pages say of the catalogue by name: links where it is there, else mistakes.

`[[OrderPlaced]]` is a link to the event's page, `[[OrderPlaced#lines[].sku]]` to a field of it,
`[[service:Order service]]` to what is called so of one kind; `[[OrderPlaced|the order]]` has words
of its own. Ordinary links into the catalogue's folders are held to it as well.
"""

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import quote, unquote, urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from catalog_builder.files import Named

_REFERENCE = r"\[\[(?! )((?:\[\]|[^\[\]\n#|])+)(?:#((?:\[\]|[^\[\]\n|])+))?(?:\|([^\[\]\n]+))?\]\]"
_BEFORE_LINKS = 175
_BEFORE_MKDOCS = 1
_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class Mistake:
    """A reference that leads nowhere."""

    page: str
    line: int
    """Of the page's Markdown, from 1; 0: unknown."""
    words: str

    def __str__(self) -> str:
        """Where, what, and how to mend it."""
        return f"{self.page}{f':{self.line}' if self.line else ''}: {self.words}"


class References(Extension):  # type: ignore[misc]  # the library has no types
    """Resolves references while Markdown is rendered, and keeps those that are wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.mistakes: list[Mistake] = []
        self._page, self._text = "", ""
        self._named: Callable[[], Iterable[Named]] = tuple
        self._known: Mapping[str, Sequence[Named]] | None = None
        self._folders: Collection[str] = ()
        self._paths: Collection[str] = ()

    def knows(
        self,
        named: Callable[[], Iterable[Named]],
        folders: Iterable[str],
        paths: Iterable[str],
    ) -> None:
        """What may be referred to, asked for when the first page does; the catalogue's folders.

        `paths` are of all pages there are, the owner's among them.
        """
        self._named, self._known, self.mistakes = named, None, []
        self._paths = frozenset(paths)
        self._folders = frozenset(filter(None, folders))

    def reads(self, page: str, text: str) -> None:
        """What is rendered next: a page's path, and its Markdown."""
        self._page, self._text = page, text

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  the library's name
        """References stand before links, and after code and what is escaped."""
        md.inlinePatterns.register(_Inline(_REFERENCE, md, self), "catalog", _BEFORE_LINKS)
        md.treeprocessors.register(_Links(md, self), "catalog", _BEFORE_MKDOCS)

    def link(self, match: re.Match[str]) -> Element | str:
        """The link that a reference stands for; its text, where that leads nowhere."""
        name, part, text = (each and each.strip() for each in match.groups())
        found = self._found(name, match[0])
        if found is None:
            return match[0]
        anchor = ""
        if part:
            parts = found.parts()
            if part not in parts:
                near = _near(part, parts)
                self._wrong(match[0], f"the {found.kind} `{found.title}` has no `{part}`.{near}")
                return match[0]
            anchor = f"#{quote(parts[part])}"
        element = Element("a", href=self._from_here(found.path) + anchor)
        element.text = text or (f"{found.title}.{part}" if part else found.title)
        return element

    def check(self, href: str) -> None:
        """Nothing, or a mistake: a link into the catalogue to a page that is not there."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or not parts.path.endswith(".md"):
            return
        here = posixpath.dirname(self._page)
        path = posixpath.normpath(posixpath.join(here, unquote(parts.path)))
        if posixpath.dirname(path) in self._folders and path not in self._paths:
            near = _near(path, self._paths)
            self._wrong(href, f"the link `{href}` leads to no page of the catalogue.{near}")

    def _found(self, name: str, written: str) -> Named | None:
        if self._known is None:
            self._known = _by_name(self._named())
        found = self._known.get(name, ())
        if len(found) == 1:
            return found[0]
        if found:
            ids = " or ".join(f"`[[{posixpath.basename(each.path)[:-3]}]]`" for each in found)
            self._wrong(written, f"`{name}` is the name of several: write {ids}.")
        else:
            known = (each for each in self._known if ":" not in each)
            near = _near(name, list(known), "`[[{}]]`")
            self._wrong(written, f"nothing in the catalogue is called `{name}`.{near}")
        return None

    def _from_here(self, path: str) -> str:
        return posixpath.relpath(path, posixpath.dirname(self._page) or ".")

    def _wrong(self, written: str, words: str) -> None:
        before, found, _ = self._text.partition(written)
        self.mistakes.append(Mistake(self._page, before.count("\n") + 1 if found else 0, words))


class _Inline(InlineProcessor):  # type: ignore[misc]  # as above
    def __init__(self, pattern: str, md: Markdown, references: References) -> None:
        super().__init__(pattern, md)
        self._references = references

    def handleMatch(  # noqa: N802  the library's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str, int, int]:
        """A link in the place of the reference."""
        del data
        return self._references.link(m), m.start(0), m.end(0)


class _Links(Treeprocessor):  # type: ignore[misc]  # as above
    def __init__(self, md: Markdown, references: References) -> None:
        super().__init__(md)
        self._references = references

    def run(self, root: Element) -> None:
        """Every link is looked at; none is changed."""
        for element in root.iter("a"):
            self._references.check(element.get("href", ""))


def _by_name(named: Iterable[Named]) -> Mapping[str, Sequence[Named]]:
    """What each name may mean: of several kinds the first that is called so."""
    known: dict[str, list[Named]] = {}
    for each in named:
        for name in dict.fromkeys(each.names):
            for key in (name, f"{each.kind}:{name}"):
                others = known.setdefault(key, [])
                if not others or others[0].kind == each.kind:
                    others.append(each)
    return {name: _the_one_of_that_id(name, found) for name, found in known.items()}


def _the_one_of_that_id(name: str, found: list[Named]) -> Sequence[Named]:
    """An id means one thing, also where it is another's name."""
    bare = name.rpartition(":")[2]
    return [each for each in found if posixpath.basename(each.path) == f"{bare}.md"] or found


def _near(name: str, known: Collection[str], form: str = "`{}`") -> str:
    """The likeliest of what is known, as a question; empty: nothing is near."""
    folded = {each.casefold(): each for each in sorted(known, reverse=True)}
    found: Iterator[str] = iter(get_close_matches(name.casefold(), folded, 1, _NEAR))
    nearest = next(found, "")
    return f" Did you mean {form.format(folded[nearest])}?" if nearest else ""
