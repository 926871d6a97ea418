"""Which files of a commit are needed: those that may be specifications, and what these refer to.

Files are asked for in batches, because each batch is a journey: first all that `include` matches,
then what those that say `asyncapi:` refer to, and so on until nothing new is named.
"""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog_builder.crawl.found import Problem
from catalog_builder.crawl.recognise import says_asyncapi
from catalog_builder.crawl.remote.mirror import LARGEST_BYTES
from catalog_builder.crawl.remote.references import imports, names_types, references, upwards
from catalog_builder.crawl.remote.tree import Entry, Kind, LeadsOutError, Placed, Tree
from catalog_builder.crawl.walk import is_hidden, is_of_tools, is_text, name_of, readable
from catalog_builder.crawl.wanted import Wanted

_OWNERS = frozenset({".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"})
_COMPONENTS = frozenset({"catalog-info.yaml", "catalog-info.yml"})
_MOST_LINKS = 5000
_MOST_CANDIDATES = 30_000
_MOST_BYTES = 400_000_000
"""Of all files of a repository."""

Bring = Callable[[Sequence[str]], Mapping[str, bytes]]
"""Gives the contents of files by their ids; of one that is too large nothing, or the beginning."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is needed of a commit."""

    specifications: tuple[str, ...]
    """Sorted."""
    problems: tuple[Problem, ...]
    """Sorted."""
    oids: Mapping[str, str]
    """The id of each file by its path, sorted by path."""
    contents: Mapping[str, bytes]
    """Of each file by its id."""


def select(tree: Tree, wanted: Wanted, bring: Bring) -> Selection:
    """What is needed of the files of a commit; `bring` is never asked twice for a file."""
    selecting = _Selecting(tree, bring)
    listing = _Listing()
    for placed in tree.walk(lambda path: is_text(path) and not is_of_tools(path)):
        listing.take(placed, wanted)
    selecting.open_links(listing)
    specifications = selecting.look_for_specifications(listing)
    if specifications:
        selecting.close(specifications, listing)
    if tree.is_cut or len(listing.candidates) >= _MOST_CANDIDATES:
        selecting.problems.add(Problem("repository-too-large"))
    return selecting.selection(specifications, listing.problems)


@dataclass(slots=True)
class _Listing:
    """What lies in a commit, sorted by what it may be good for."""

    candidates: dict[str, Entry] = field(default_factory=dict)
    """What may be a specification, files and links."""
    neighbours: dict[str, Entry] = field(default_factory=dict)
    """What says whose the specifications are."""
    links: dict[str, Entry] = field(default_factory=dict)
    by_ending: dict[str, list[str]] = field(default_factory=lambda: {".avsc": [], ".proto": []})
    problems: list[Problem] = field(default_factory=list)
    _open: dict[str, bool] = field(default_factory=lambda: {"": True})
    """Whether specifications are looked for in a folder."""

    def take(self, placed: Placed, wanted: Wanted) -> None:
        path, entry = placed.path, placed.entry
        is_open = self._open.get(posixpath.dirname(path), False)
        if not is_text(path):
            if is_open and (entry.kind is Kind.FOLDER or wanted(path)):
                around, _, name = path.rpartition("/")
                self.problems.append(
                    Problem("file-name-unreadable", readable(around), readable(name))
                )
            return
        if entry.kind is Kind.FOLDER:
            self._open[path] = is_open and not (is_hidden(path) or wanted.is_closed(path))
            return
        if entry.kind is Kind.LINK and len(self.links) < _MOST_LINKS:
            self.links[path] = entry
        if is_open and wanted(path) and len(self.candidates) < _MOST_CANDIDATES:
            self.candidates[path] = entry
        if path in _OWNERS or name_of(path) in _COMPONENTS:
            self.neighbours[path] = entry
        ending = posixpath.splitext(path)[1]
        if ending in self.by_ending:
            self.by_ending[ending].append(path)


class _Selecting:
    """A selection that grows."""

    def __init__(self, tree: Tree, bring: Bring) -> None:
        self._tree = tree
        self._bring = bring
        self._oids: dict[str, str] = {}
        self._contents: dict[str, bytes] = {}
        self._asked: set[str] = set()
        self._bytes = 0
        self.problems: set[Problem] = set()

    def open_links(self, listing: _Listing) -> None:
        """It is known where links lead; what may be a specification is here as well."""
        entries = (*listing.links.values(), *listing.candidates.values())
        self._fetch(entry.oid for entry in (*entries, *listing.neighbours.values()))
        links = {entry.oid for entry in listing.links.values()}
        self._tree.learn_targets(
            {oid: self._contents[oid] for oid in sorted(links) if oid in self._contents}
        )
        for path in listing.links:
            # One that was meant to be a file of ours, or a folder with such files.
            if (path in listing.candidates or "." not in name_of(path)) and self._leads_out(path):
                self.problems.add(Problem("link-leaves-repository", path))

    def look_for_specifications(self, listing: _Listing) -> tuple[str, ...]:
        """The candidates that say they are, as far as they can be read."""
        found = {path: self._find(path) for path in listing.candidates}
        self._fetch(each.entry.oid for each in found.values() if each)
        for path, placed in found.items():
            if placed is None and path in listing.links and not self._leads_out(path):
                self.problems.add(Problem("file-unreadable", path, "the link leads nowhere"))
        specifications = [
            path
            for path, placed in found.items()
            if placed and self._is_specification(path, placed.entry.oid)
        ]
        self._take(found)
        return tuple(sorted(specifications))

    def close(self, specifications: Iterable[str], listing: _Listing) -> None:
        """All that specifications refer to is here, and what says whose they are."""
        self._take(listing.neighbours)
        waiting = set(specifications)
        seen: set[str] = set()
        while waiting:
            seen |= waiting
            named = {each for path in sorted(waiting) for each in self._named_in(path, listing)}
            self._take(named)
            waiting = {path for path in named if path in self._oids} - seen

    def selection(self, specifications: tuple[str, ...], problems: Iterable[Problem]) -> Selection:
        """What was selected."""
        oids = {path: self._oids[path] for path in sorted(self._oids)}
        return Selection(
            specifications,
            tuple(sorted({*problems, *self.problems}, key=lambda each: each.order)),
            oids,
            {oid: self._contents[oid] for oid in sorted(set(oids.values()))},
        )

    def _named_in(self, path: str, listing: _Listing) -> Iterator[str]:
        content = self._contents[self._oids[path]]
        yield from references(content, path)
        if names_types(content):
            yield from listing.by_ending[".avsc"]
        for imported in imports(content):
            yield from upwards(imported, posixpath.dirname(path))
            yield from (
                each for each in listing.by_ending[".proto"] if each.endswith(f"/{imported}")
            )

    def _take(self, paths: Iterable[str]) -> None:
        """The files at these paths are here, as far as they are files of the repository."""
        placed = {path: self._find(path) for path in sorted(paths) if path not in self._oids}
        files = {path: each.entry.oid for path, each in placed.items() if each}
        self._fetch(files.values())
        for path, oid in files.items():
            if len(self._contents.get(oid, b"")) <= LARGEST_BYTES and oid in self._contents:
                self._oids[path] = oid

    def _fetch(self, oids: Iterable[str]) -> None:
        missing = sorted({oid for oid in oids if oid not in self._asked})
        self._asked.update(missing)
        if not missing:
            return
        for oid, content in self._bring(missing).items():
            self._bytes += len(content)
            if self._bytes > _MOST_BYTES:
                self.problems.add(Problem("repository-too-large"))
                return
            self._contents[oid] = content

    def _is_specification(self, path: str, oid: str) -> bool:
        content = self._contents.get(oid)
        if content is None:
            # It did not come because it is large, if not because there are too many.
            is_large = self._bytes <= _MOST_BYTES
        elif says_asyncapi(content):
            is_large = len(content) > LARGEST_BYTES
        else:
            return False
        if is_large:
            self.problems.add(Problem("file-too-large", path))
        return content is not None and not is_large

    def _find(self, path: str) -> Placed | None:
        try:
            placed = self._tree.find(path)
        except LeadsOutError:
            return None
        return placed if placed and placed.entry.kind is Kind.FILE else None

    def _leads_out(self, path: str) -> bool:
        try:
            self._tree.find(path)
        except LeadsOutError:
            return True
        return False
