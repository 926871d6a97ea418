"""A value with the place it stands at: what every reader of the standard's objects works on.

Alone knows how places become locations and pointers, and how traits lie over and under objects.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from catalog_builder.model import Finding, Json, Location, Severity, Target
from catalog_builder.parse.codes import finding
from catalog_builder.parse.text import Path, Text

_MOST_OF_A_KIND = 100
_NAMES = {
    dict: "a mapping",
    list: "a list",
    str: "a text",
    bool: "true or false",
    int: "a number",
    float: "a number",
}


def kind_of(value: Json) -> str:
    """What a value is, in words.

    >>> kind_of({}), kind_of("x"), kind_of(None)
    ('a mapping', 'a text', 'nothing')
    """
    return _NAMES.get(type(value), "nothing")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """One document of one file of a repository."""

    repository: str
    path: str
    text: Text
    document: int = 0
    file: str = ""
    """Path in its repository, where `path` is not that."""

    @property
    def root(self) -> "Node":
        """The whole document."""
        documents = self.text.documents
        return Node(self, (), documents[self.document] if documents else None)


@dataclass(slots=True, eq=False)  # not frozen: that tripled the cost of making one
class Node:
    """A value at its place; `under` are the objects that fill in what it does not say."""

    source: Source
    path: Path
    value: Json
    under: tuple["Node", ...] = ()

    @property
    def target(self) -> Target:
        """The place as references name it."""
        return Target(
            self.source.repository, self.source.file or self.source.path, pointer(self.path)
        )

    @property
    def location(self) -> Location:
        """The place as people look at it."""
        source = self.source
        line, column = source.text.places.place(source.document, self.path)
        return Location(source.repository, source.file or source.path, line, column)

    @property
    def file(self) -> Location:
        """The file that it stands in, whichever documents refer to it."""
        return Location(self.source.repository, self.source.file or self.source.path)

    @property
    def line(self) -> int:
        """Line of the key or item."""
        return self.source.text.places.line(self.source.document, self.path)

    @property
    def written(self) -> str:
        """The scalar as it is written, so that version 1.10 is not 1.1; empty for others."""
        if self.value is None or isinstance(self.value, (dict, list)):
            return ""
        places = self.source.text.places
        known = None
        if not isinstance(self.value, str):
            known = places.written(self.source.document, self.path)
        return as_text(self.value) if known is None else known.strip()

    def get(self, key: str) -> "Node | None":
        """What stands under the key, in whichever object says it first; None: nothing does."""
        if not self.under:
            return self.own(key)
        found = [own for layer in (self, *self.under) if (own := layer.own(key)) is not None]
        if not found:
            return None
        first = found[0]
        if not isinstance(first.value, dict):
            return first
        below = tuple(each for each in found[1:] if isinstance(each.value, dict))
        return Node(first.source, first.path, first.value, (*first.under, *below))

    def lacks(self, key: str) -> bool:
        """Whether nothing can stand under the key: cheaper than to look what does."""
        return not self.under and (self.value.__class__ is not dict or key not in self.value)

    def own(self, key: str) -> "Node | None":
        """What stands under the key in the value itself."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return None if value is None else Node(self.source, (*self.path, key), value)

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """The entries of a mapping in the order written, those of the objects under it last."""
        if not self.under:
            source, path = self.source, self.path
            for key, each in self.value.items() if isinstance(self.value, dict) else ():
                if each is not None:
                    yield key, Node(source, (*path, key), each)
            return
        seen: set[str] = set()
        for layer in (self, *self.under):
            for key in layer.value if isinstance(layer.value, dict) else ():
                if key not in seen and (child := self.get(key)) is not None:
                    seen.add(key)
                    yield key, child

    def elements(self) -> Iterator["Node"]:
        """The items of a list."""
        for index, each in enumerate(self.value if isinstance(self.value, list) else ()):
            yield Node(self.source, (*self.path, index), each)

    def string(self, key: str) -> str:
        """The text under the key; empty when there is none."""
        if not self.under:
            value = self.value.get(key) if isinstance(self.value, dict) else None
            return "" if value is None else as_text(value)
        child = self.get(key)
        return as_text(child.value) if child else ""

    def over(self, *under: "Node") -> "Node":
        """The same value, others filling in what it does not say."""
        return Node(self.source, self.path, self.value, (*self.under, *under))

    def merged(self) -> Json:
        """The value as JSON, with what the objects under it fill in."""
        if not self.under:
            return self.value
        return {key: child.merged() for key, child in self.items()}

    def extensions(self) -> dict[str, Json]:
        """The `x-` keys."""
        if not self.under:
            value = self.value if isinstance(self.value, dict) else {}
            found = [key for key in value if key[:2] == "x-"]
            return {key: value[key] for key in found} if found else {}
        return {key: each.merged() for key, each in self.items() if key.startswith("x-")}


class Report:
    """The findings of one repository, as they are met; of each kind a file shows so many."""

    def __init__(self) -> None:
        self._findings: dict[tuple[str, str], dict[Finding, None]] = {}
        self._more: dict[tuple[str, str], int] = {}

    def add(self, code: str, where: Node | Location, **values: object) -> None:
        """The finding is known."""
        path = where.path if isinstance(where, Location) else where.source.path
        key = (path, code)
        known = self._findings.setdefault(key, {})
        if len(known) >= _MOST_OF_A_KIND:
            self._more[key] = self._more.get(key, 0) + 1
            return
        location = where if isinstance(where, Location) else where.location
        known.setdefault(finding(code, location, **values))

    @property
    def faulty(self) -> set[str]:
        """Paths of the files in which something is wrong."""
        return {
            path
            for (path, _), known in self._findings.items()
            if any(each.severity is not Severity.INFO for each in known)
        }

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, sorted."""
        found = [each for known in self._findings.values() for each in known]
        for (path, code), number in self._more.items():
            last = max(each.location for each in self._findings[path, code])
            found.append(finding("findings-cut", last, name=code, number=number))
        return tuple(sorted(found, key=lambda each: each.order))


def as_text(value: Json) -> str:
    """A scalar as text; empty for null, lists and mappings.

    >>> as_text(True), as_text(1.5), as_text(None), as_text([])
    ('true', '1.5', '', '')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, (int, float)) else ""


def pointer(path: Path) -> str:
    """The JSON pointer of a path.

    >>> pointer(("channels", "a/b", 0))
    '/channels/a~1b/0'
    """
    plain = "".join([f"/{part}" for part in path])
    if "~" not in plain and plain.count("/") == len(path):
        return plain
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
