"""JSON Schema that stands by itself: every `$ref` a pointer into the schema's own `definitions`.

Alone knows where in a schema references are schemas and where they are data. Each component is
written once per document, whoever refers to it, and what refers to itself stays a reference: the
result is never larger than what was written.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from catalog_builder.model import Json
from catalog_builder.parse.nodes import Node
from catalog_builder.parse.references import Library, find, reference_of
from catalog_builder.parse.text import Path

_DATA = frozenset({"example", "examples", "default", "const", "enum", "required"})
_NAMED = frozenset({"properties", "patternProperties", "dependentSchemas"})
_DEFINITIONS = frozenset({"definitions", "$defs"})
_NOT_NAMES = frozenset({"payload", "schema", "headers", "items", "key"})
_UNFIT = re.compile(r"[~/%#\s]+")
_MOST_SHARED = 60_000


@dataclass(slots=True)
class _Part:
    """A component as it stands among definitions, and the names that it refers to."""

    name: str
    wanted: str
    node: Node
    schema: Json = None
    uses: set[str] = field(default_factory=set)
    references: list[dict[str, Json]] = field(default_factory=list)
    """What refers to it, as written."""


class Bundler:
    """Schemas of one document; a component has one name in all of them."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._names: dict[tuple[str, Path], str] = {}
        self._parts: dict[str, _Part] = {}
        self._waiting: list[_Part] = []
        self._bundles: dict[tuple[str, Path], Json] = {}
        self._everything: dict[str, Json] = {}
        self._shared = 0
        self._written: list[dict[str, Json]] = []

    def bundle(self, node: Node) -> Json:
        """The schema at the node, which is no reference, with all that it refers to."""
        key = (node.source.path, node.path)
        if node.under:
            return self._bundled(node)
        if key not in self._bundles:
            self._bundles[key] = self._bundled(node)
        return self._bundles[key]

    def name_of(self, node: Node, reference: str) -> str:
        """The component's name in `definitions`, where it will stand."""
        key = (node.source.path, node.path)
        if key not in self._names:
            wanted = _name_in(reference) or "schema"
            name = _free(wanted, self._parts)
            self._names[key] = name
            self._parts[name] = _Part(name, wanted, node)
            self._waiting.append(self._parts[name])
        return self._names[key]

    def refer(self, name: str, reference: dict[str, Json]) -> None:
        """The reference is one to the component of that name, whatever it is called in the end."""
        reference["$ref"] = f"#/definitions/{name}"
        self._parts[name].references.append(reference)

    def settle(self) -> None:
        """Components of one name are told apart by where they stand, not by who came first."""
        parts = self._parts.values()
        if all(each.name == each.wanted for each in parts):
            return
        named: dict[str, _Part] = {}
        for part in sorted(parts, key=lambda each: each.node.target):
            named[_free(part.wanted, named)] = part
        renamed = {part.name: name for name, part in named.items() if part.name != name}
        for name in renamed.values():
            for reference in named[name].references:
                reference["$ref"] = f"#/definitions/{name}"
        for definitions in (self._everything, *self._written) if renamed else ():
            entries = [(renamed.get(name, name), each) for name, each in definitions.items()]
            definitions.clear()
            definitions.update(sorted(entries, key=lambda entry: entry[0]))

    def _bundled(self, node: Node) -> Json:
        uses: set[str] = set()
        schema = _Writer(self, node, uses).write(node.merged(), node.path)
        while self._waiting:
            part = self._waiting.pop()
            writer = _Writer(self, part.node, part.uses)
            part.schema = writer.write(part.node.value, part.node.path)
            self._everything[part.name] = part.schema
        if not uses or not isinstance(schema, dict):
            return schema
        schema["definitions"] = self._reached_from(uses)
        return schema

    def _reached_from(self, uses: set[str]) -> dict[str, Json]:
        """The components that these use, directly or not.

        In a document where each schema reaches thousands of others that would be too much to write
        down for each one: they share all of the document's components instead.
        """
        if self._shared > _MOST_SHARED:
            return self._everything
        reached: set[str] = set()
        waiting = list(uses)
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(self._parts[name].uses)
        self._shared += len(reached)
        definitions = {name: self._parts[name].schema for name in sorted(reached)}
        self._written.append(definitions)
        return definitions


@dataclass(slots=True)  # not frozen: there is one for each schema
class _Writer:
    """Copies one schema, its references rewritten to names in `definitions`."""

    bundler: Bundler
    root: Node
    uses: set[str]

    def write(self, value: Json, path: Path) -> Json:
        """The schema at a path of the root's file, rewritten."""
        if isinstance(value, list):
            return [self.write(each, (*path, index)) for index, each in enumerate(value)]
        if not isinstance(value, dict):
            return value
        reference = reference_of(value)
        copy: dict[str, Json] = {}
        if reference is not None:
            self._refer(copy, reference, path)
        for key, each in value.items():
            if key in _DEFINITIONS or (key == "$ref" and reference is not None):
                continue
            if not isinstance(each, (dict, list)) or key in _DATA or key[:2] == "x-":
                copy[key] = each
            elif key in _NAMED and isinstance(each, dict):
                copy[key] = self._named(each, (*path, key), copy)
            else:
                copy[key] = self.write(each, (*path, key))
        return copy

    def _named(
        self, value: dict[str, Json], path: Path, around: dict[str, Json]
    ) -> dict[str, Json]:
        """Schemas by name; a `$ref` in place of them is meant of the schema around them."""
        reference = reference_of(value)
        if reference is None:
            return {name: self.write(each, (*path, name)) for name, each in value.items()}
        here = Node(self.root.source, path, value)
        self.bundler.library.report.add("reference-misplaced", here, reference=reference)
        self._refer(around, reference, path)
        return {}

    def _refer(self, copy: dict[str, Json], reference: str, path: Path) -> None:
        """The copy refers to what the reference leads to."""
        name = self._name_of(reference, path)
        if name is None:
            copy["x-unresolved"] = reference
        else:
            self.bundler.refer(name, copy)

    def _name_of(self, reference: str, path: Path) -> str | None:
        found = self._found(reference, Node(self.root.source, path, {"$ref": reference}))
        if found is None:
            return None
        name = self.bundler.name_of(found, reference)
        self.uses.add(name)
        return name

    def _found(self, reference: str, here: Node) -> Node | None:
        """The target: by the document as AsyncAPI has it, else by the schema as its authors mean.

        `#` and `#/definitions/...` in a schema written in place are meant of that schema.
        """
        library = self.bundler.library
        if reference in {"#", "#/"}:
            return self.root
        found = library.follow(here, quiet=True)
        if found is None and reference.startswith("#/"):
            within = find(self.root, reference[1:])
            found = library.follow(within, quiet=True) if within else None
        return found or library.follow(here)


def _free(wanted: str, taken: Collection[str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _name_in(reference: str) -> str:
    """What people call the target.

    >>> _name_in("#/components/schemas/Order"), _name_in("../a/order.schema.json")
    ('Order', 'order')
    >>> _name_in("#/components/messages/OrderPlaced/payload")
    'OrderPlaced'
    """
    file, _, fragment = reference.partition("#")
    parts = [part for part in fragment.split("/") if part]
    named = [part for part in parts if part not in _NOT_NAMES and not part.isdecimal()]
    if named:
        name = named[-1].replace("~1", "/").replace("~0", "~")
    else:
        name = PurePosixPath(file).name.partition(".")[0]
    return _UNFIT.sub("-", name).strip("-")
