"""The files of a repository, and where `$ref`s lead in them.

Alone knows the spellings of references, and that nothing outside of the catalogue is ever read.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import unquote

from catalog_builder.model import Checkout, Json, Location, Repository
from catalog_builder.parse.loading import LARGEST, load
from catalog_builder.parse.neighbours import Neighbours, is_elsewhere, is_within
from catalog_builder.parse.nodes import Node, Report, Source, kind_of
from catalog_builder.parse.text import Path, Text
from catalog_builder.parse.web import WebFiles, address_of, host_of, is_on_web, seen_from

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_TEXT_FILES = (".proto", ".md", ".txt", ".xsd", ".graphql")
_NOTHING: Mapping[str, bytes] = MappingProxyType({})
_LONGEST_CHAIN = 25
_MOST_PARTS = 64
_INDEX = re.compile(r"[0-9]{1,9}\Z")


class Library:
    """Everything one repository holds, read at most once."""

    def __init__(
        self,
        checkout: Checkout,
        others: Mapping[str, Checkout],
        web: Mapping[str, bytes] = _NOTHING,
        *,
        judges: bool = True,
    ) -> None:
        self.web = WebFiles(web)
        self._neighbours = Neighbours(others, checkout.repository.name)
        self.files = checkout.files
        self.repository = checkout.repository
        self.report = Report()
        self.judges = judges
        """Whether somebody wants to know what departs from the standard."""
        self.checked: set[int] = set()
        """Ids of the values whose structure has been looked at; they live as long as this."""
        self._sources: dict[str, Source | None] = {}
        self._ends: dict[tuple[str, str], Node | tuple[str, Node]] = {}
        self._guessed: set[tuple[str, str]] = set()
        """References that lead somewhere only by what their authors mean."""
        self._found: dict[tuple[str, str], Node | str] = {}
        self._uses: dict[str, set[str]] = {}
        self._types: dict[str, dict[str, Node]] = {}
        """Of files of Avro, their types by name."""
        self.leads: dict[str, dict[str, set[str]]] = {}
        """By which references each file leads into which others of the repository."""

    def open(self, path: str, *, wanted: str = "") -> Source | None:
        """The first document of a file, of those that have the key `wanted`; None: no such file.

        Departures of its text are reported.
        """
        if path not in self._sources:
            self._sources[path] = self._read(path)
        source = self._sources[path]
        if source is None or not wanted:
            return source
        documents = enumerate(source.text.documents)
        number = next((index for index, each in documents if _has(each, wanted)), source.document)
        if number != source.document:
            source = Source(source.repository, path, source.text, number, source.file)
            self._sources[path] = source
        return source

    def _read(self, path: str) -> Source | None:
        repository, file, files = self.surroundings(path)
        data = files.get(file)
        if data is None:
            return None
        text = _plain(data) if path.endswith(_TEXT_FILES) else load(data)
        # What is wrong with the text of another repository's file is that repository's matter.
        for each in text.departures if repository == self.repository else ():
            place = Location(repository.name, path, each.line, each.column)
            self.report.add(each.code, place, **each.values)
        return Source(repository.name, path, text, 0, file if file != path else "")

    def surroundings(self, path: str) -> tuple[Repository, str, Mapping[str, bytes]]:
        """The repository of a file, the file's path there, and what else lies there."""
        if is_on_web(path):
            return host_of(path), address_of(path), self.web.files
        found = self._neighbours.find(path) if is_elsewhere(path) else None
        if found is None:
            return self.repository, path, self.files
        checkout, file = found
        return checkout.repository, file, checkout.files

    def path_of(self, base: str, file: str) -> str:
        """Path of the file that a file at `base` means; empty when it must not be looked at."""
        path = self._path_of(base, file)
        return "" if path.startswith("reference-") else path

    def note_use(self, path: str, used: str) -> None:
        """What the file at `path` means depends on the file `used`."""
        self._uses.setdefault(path, set()).add(used)

    def used_by(self, path: str) -> tuple[str, ...]:
        """The other files of this repository that a file depends on, through others too; sorted."""
        found = {path}
        waiting = [path]
        while waiting:
            new = self._uses.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return tuple(sorted(each for each in found - {path} if not is_elsewhere(each)))

    def follow(self, node: Node, *, quiet: bool = False) -> Node | None:
        """What stands at the end of the node's references; None, with a finding: nothing does."""
        reference = reference_of(node.value)
        if reference is None:
            return node
        found = self._find(node.source, reference)
        if self._guessed and not quiet and (node.source.path, reference) in self._guessed:
            self.report.add("reference-misspelt", node, reference=reference)
        if isinstance(found, Node) and reference_of(found.value) is None:
            return found
        return self._follow_chain(node, quiet=quiet)

    def _follow_chain(self, node: Node, *, quiet: bool) -> Node | None:
        first = (node.source.path, reference_of(node.value) or "")
        if first not in self._ends:
            self._ends[first] = self._end_of(node)
        end = self._ends[first]
        if isinstance(end, Node):
            return end
        if not quiet:
            code, at = end
            self.report.add(code, at, reference=reference_of(at.value))
        return None

    def _end_of(self, node: Node) -> Node | tuple[str, Node]:
        """What a chain of references leads to, or the code of what is wrong and where it is."""
        seen: set[tuple[str, str]] = set()
        at = node
        while (reference := reference_of(at.value)) is not None:
            key = (at.source.path, reference)
            if key in seen or len(seen) >= _LONGEST_CHAIN:
                return "reference-cyclic", at
            seen.add(key)
            found = self._find(at.source, reference)
            if isinstance(found, str):
                return found, at
            at = found
        return at

    def report_target(self, node: Node, found: Node, name: str) -> None:
        """What a reference leads to, if it is one, is reported as no mapping.

        Of what stands in place itself `structure` says so.
        """
        if reference_of(node.value) is not None:
            values = {"expected": "a mapping", "actual": kind_of(found.value)}
            self.report.add("value-of-wrong-kind", node, name=name, **values)

    def step(self, node: Node) -> Node:
        """Where the first of the node's references leads; the node itself if it has none."""
        reference = reference_of(node.value)
        found = self._find(node.source, reference) if reference is not None else node
        return node if isinstance(found, str) else found

    def get(self, node: Node, key: str) -> Node | None:
        """What stands under the key, references followed."""
        if node.under:
            child = node.get(key)
            return None if child is None else self.settled(child)
        value = node.value.get(key) if isinstance(node.value, dict) else None
        if value is None:
            return None
        own = Node(node.source, (*node.path, key), value)
        return self.follow(own) if isinstance(value, dict) and "$ref" in value else own

    def settled(self, node: Node) -> Node | None:
        """The node with its references followed, in each of the objects that it is laid over."""
        if not node.under:
            return node if reference_of(node.value) is None else self.follow(node)
        layers = [self.follow(Node(node.source, node.path, node.value))]
        layers += [self.follow(each) for each in node.under]
        known = [each for each in layers if each is not None]
        return known[0].over(*known[1:]) if known else None

    def _find(self, source: Source, reference: str) -> Node | str:
        key = (source.path, reference)
        if key not in self._found:
            self._found[key] = "reference-cyclic"
            self._found[key] = self._look_up(source, reference)
        return self._found[key]

    def _look_up(self, source: Source, reference: str) -> Node | str:
        base = source.path
        file, _, fragment = reference.partition("#")
        if file:
            path = self._path_of(base, file)
            if path.startswith("reference-"):
                return path
            opened = self.open(path)
            if opened is None:
                return "reference-unresolved"
            self.note_use(base, path)
            source = opened
            self.leads.setdefault(base, {}).setdefault(path, set()).add(reference)
        if not source.text.documents:
            return "reference-unresolved"
        found = self._within(source.root, fragment)
        is_guess = found is None or _is_guess(found, fragment)
        found = found or self._named(source, fragment)
        if found is None:
            return "reference-unresolved"
        if is_guess or file[-1:] == "/" or (file[:1] == "/" and not _SCHEME.match(file)):
            self._guessed.add((base, reference))
        return found

    def _within(self, root: Node, fragment: str) -> Node | None:
        if fragment in {"", "/"}:
            return root
        if isinstance(root.value, str):
            return Node(root.source, (fragment.strip("/"),), root.value)
        return find(root, fragment) or self._through(root, fragment)

    def _named(self, source: Source, fragment: str) -> Node | None:
        """The Avro type of that name, which tools take a fragment for in files of Avro."""
        if not source.path.endswith(".avsc"):
            return None
        if source.path not in self._types:
            types = [source.root, *source.root.elements()]
            self._types[source.path] = {each.string("name"): each for each in reversed(types)}
        return self._types[source.path].get(fragment.rpartition("/")[2])

    def _through(self, root: Node, fragment: str) -> Node | None:
        """What a fragment points to if references on its way are followed."""
        at: Node | None = root
        for part in unquote(fragment).removeprefix("/").split("/")[:_MOST_PARTS]:
            passed = self.follow(at, quiet=True) if at else None
            at = find(passed, part) if passed else None
        return at

    def _path_of(self, base: str, file: str) -> str:
        """Path of the referenced file, or the code of the finding that refuses it."""
        if is_on_web(base):
            file = seen_from(base, file)
        if _SCHEME.match(file):
            return self._path_at(file)
        plain = unquote(file).replace("\\", "/")
        if is_elsewhere(base):
            path = posixpath.normpath(posixpath.join(posixpath.dirname(base), plain))
            return path if is_within(path, base) else "reference-leaves-repository"
        if plain.startswith("/") and (known := self._below_a_root(base, plain.lstrip("/"))):
            return known
        path = posixpath.normpath(posixpath.join(posixpath.dirname(base), plain))
        if path.startswith(("/", "../")) or path == ".." or "\0" in path:
            return "reference-leaves-repository"
        return path

    def _path_at(self, address: str) -> str:
        """Path of the file at an address, or the code of the finding that refuses it."""
        if not address.lower().startswith(("http://", "https://", "//")):
            return "reference-forbidden"
        absolute = f"https:{address}" if address[0] == "/" else address
        return self._neighbours.path_of(address) or self.web.path_of(absolute) or "reference-remote"

    def _below_a_root(self, base: str, path: str) -> str:
        """An absolute path seen from the nearest folder around the document where it is there.

        Resources of a build lie in a folder that is the root once they are packed.
        """
        folder = base
        while folder:
            folder = posixpath.dirname(folder)
            candidate = posixpath.normpath(posixpath.join(folder, path))
            if not candidate.startswith("../") and candidate in self.files:
                return candidate
        return ""


def reference_of(value: Json) -> str | None:
    """The text of a `$ref`; None when the value is no reference."""
    if not isinstance(value, dict) or "$ref" not in value:
        return None
    reference = value["$ref"]
    return reference.strip() if isinstance(reference, str) else None


def _is_guess(found: Node, fragment: str) -> bool:
    """Whether the fragment is the pointer of what was found only to somebody who means well."""
    if not fragment or isinstance(found.value, str):
        return False
    if fragment[0] == "/" and fragment.count("/") == len(found.path):
        return False
    plain = unquote(fragment)
    is_joined = len(plain.removeprefix("/").split("/")) > len(found.path)
    is_same = plain.replace("~1", "/").strip("/") == "/".join(map(str, found.path))
    return not plain.startswith("/") or (is_joined and is_same)


def find(root: Node, fragment: str) -> Node | None:
    """What a fragment points to, however its author escaped it."""
    if fragment[:1] == "/" and "~" not in fragment and "%" not in fragment:
        plain = tuple(fragment[1:].split("/"))
        value = root.value
        for part in plain:
            if value.__class__ is not dict or part not in value:
                break
            value = value[part]
        else:
            return Node(root.source, (*root.path, *plain), value)
    texts = (fragment, unquote(fragment)) if "%" in fragment else (fragment,)
    for text in texts:
        parts = text.removeprefix("/").split("/")
        path = _descend(root.value, parts, set()) if len(parts) <= _MOST_PARTS else None
        if path is not None:
            return Node(root.source, (*root.path, *path), value_at(root.value, path))
    return None


def value_at(value: Json, path: Path) -> Json:
    """The value that stands at a path which is there."""
    for part in path:
        value = value[part]
    return value


def _descend(value: Json, parts: list[str], dead: set[tuple[int, int]]) -> Path | None:
    """The path that the parts mean, first as the standard has them, then with `/` left unescaped.

    Of the readings the one that takes fewer parts for a key wins, at each step.
    """
    if not parts:
        return ()
    if isinstance(value, dict) and parts[0] in value and "~" not in parts[0]:
        below = _descend(value[parts[0]], parts[1:], dead)
        if below is not None:
            return (parts[0], *below)
    if (id(value), len(parts)) in dead:
        return None
    for key, taken in _steps(value, parts):
        below = _descend(value[key], parts[taken:], dead)
        if below is not None:
            return (key, *below)
    dead.add((id(value), len(parts)))
    return None


def _steps(value: Json, parts: list[str]) -> Iterator[tuple[str | int, int]]:
    """Keys that the first parts may mean, with the number of parts each takes."""
    if isinstance(value, list):
        index = int(parts[0]) if _INDEX.match(parts[0]) else len(value)
        if index < len(value):
            yield index, 1
    if not isinstance(value, dict):
        return
    for taken in range(1, len(parts) + 1):
        key = "/".join(parts[:taken])
        for name in dict.fromkeys((key.replace("~1", "/").replace("~0", "~"), key)):
            if name in value:
                yield name, taken


def _has(value: Json, key: str) -> bool:
    return isinstance(value, dict) and key in value


def _plain(data: bytes) -> Text:
    return Text((data[:LARGEST].decode("utf-8", "replace"),))
