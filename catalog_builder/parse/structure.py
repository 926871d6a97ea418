"""Whether the objects of a document are what its version says they are, used or not.

Alone knows how a document is gone through: each object once, in whichever file of the repository
it stands, and that whatever is not described is not looked into.
"""

from collections.abc import Mapping
from typing import TypeAlias

from catalog_builder.model import Json, SchemaFormat
from catalog_builder.parse.formats import format_of
from catalog_builder.parse.neighbours import is_elsewhere
from catalog_builder.parse.nodes import Node, Source, kind_of
from catalog_builder.parse.objects import DATA, PAYLOAD, Inside, Items, Kind, Referable, Spec
from catalog_builder.parse.references import Library
from catalog_builder.parse.text import Path
from catalog_builder.parse.words import EVERY_VERB

_WRAPPED = {"schemaFormat", "schema"}
_OF_SCHEMA = ("#/definitions/", "#/$defs/")
"""References that may be meant of the schema they stand in."""
_OF_OTHER_VERSIONS = {("channel", each) for each in EVERY_VERB} | {("document", "operations")}
"""Keys that are read nevertheless; `operations` says so."""
_Waiting: TypeAlias = tuple[Json, Kind, Source, Path]


class Structure:
    """Goes through documents of one version."""

    def __init__(self, library: Library, kinds: Mapping[str, Kind]) -> None:
        self._library = library
        self._checked = library.checked
        self._schemas = {
            SchemaFormat.JSON_SCHEMA: kinds["schema"],
            SchemaFormat.OPENAPI: kinds["openapi"],
        }
        self._message = kinds["message"]
        self._alternatives = kinds.get("alternatives")
        self._multi_format = kinds.get("multi-format")
        self._document = kinds["document"]
        self._waiting: list[_Waiting] = []

    def check(self, root: Node) -> None:
        """Every departure of the document, and of what it refers to, is reported."""
        if isinstance(root.value, dict):
            self._object(root.value, self._document, root.source, root.path)
        while self._waiting:
            self._in_place(*self._waiting.pop())

    def _in_place(self, value: Json, kind: Kind, source: Source, path: Path) -> None:
        """An object that stands where it is used; nesting has a bound, so this may recur."""
        if id(value) not in self._checked:
            self._checked.add(id(value))
            self._object(value, kind, source, path)

    def _object(self, value: dict[str, Json], kind: Kind, source: Source, path: Path) -> None:
        if kind is self._message and self._alternatives is not None and "oneOf" in value:
            kind = self._alternatives
        keys = kind.keys
        for key, each in value.items():
            spec = keys.get(key)
            if spec is None:
                if not kind.is_open and key[:2] != "x-":
                    self._unknown(key, kind, source, path)
                continue
            inside = spec.inside.get(each.__class__, spec)
            if inside is None:
                continue
            if inside.__class__ is Referable and "$ref" not in each:
                self._in_place(each, inside.kind, source, (*path, key))
            elif inside is PAYLOAD:
                self._payload(each, value, source, (*path, key))
            else:
                self._value(each, inside, spec, source, (*path, key))
        for key in kind.required:
            if key not in value:
                node = Node(source, path, value)
                self._library.report.add("key-missing", node, name=key, kind=kind.name)

    def _unknown(self, key: str, kind: Kind, source: Source, path: Path) -> None:
        if (kind.name, key) in _OF_OTHER_VERSIONS:
            return
        where = Node(source, (*path, key), None)
        self._library.report.add("key-unknown", where, name=key, kind=kind.name)

    def _value(
        self, value: Json, inside: Inside | Spec, spec: Spec, source: Source, path: Path
    ) -> None:
        """A value of which there is more to tell than that its class is right."""
        if isinstance(inside, Items):
            self._items(value, inside.spec, source, path)
        elif isinstance(inside, Referable):
            self._referable(value, inside.kind, source, path)
        elif inside is DATA:
            self._data(value, source, path)
        elif isinstance(inside, Kind):
            self._in_place(value, inside, source, path)
        elif isinstance(inside, Spec) or not inside(value):
            self._wrong(value, spec, source, path)

    def _items(self, value: Json, spec: Spec, source: Source, path: Path) -> None:
        if isinstance(value, dict) and isinstance(value.get("$ref"), str):
            return
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            inside = spec.inside.get(each.__class__, spec)
            if inside is None:
                continue
            if inside.__class__ is Referable and "$ref" not in each:
                self._in_place(each, inside.kind, source, (*path, key))
            elif inside is PAYLOAD:
                self._payload(each, {}, source, (*path, key))
            elif not (isinstance(key, str) and key[:2] == "x-"):
                self._value(each, inside, spec, source, (*path, key))

    def _data(self, value: Json, source: Source, path: Path) -> None:
        """A reference in a value that is given for what it is; the value's depth has a bound."""
        if isinstance(value, dict) and isinstance(reference := value.get("$ref"), str):
            here = Node(source, (*path, "$ref"), reference)
            self._library.report.add("reference-in-data", here, reference=reference)
        children = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in children:
            if isinstance(each, (dict, list)):
                self._data(each, source, (*path, key))

    def _wrong(self, value: Json, spec: Spec, source: Source, path: Path) -> None:
        report, node = self._library.report, Node(source, path, value)
        name = str(path[-1]) if path else ""
        if value is None:
            report.add("value-missing", node, name=name, expected=spec.words)
        elif value.__class__ in spec.inside:
            values = {"expected": spec.words, "actual": value}
            report.add("value-not-allowed", node, name=name, **values)
        else:
            values = {"expected": spec.words, "actual": kind_of(value)}
            report.add("value-of-wrong-kind", node, name=name, **values)

    def _referable(self, value: dict[str, Json], kind: Kind, source: Source, path: Path) -> None:
        """An object in place, or at the end of its references."""
        if isinstance(value.get("$ref"), str):
            is_schema = kind in self._schemas.values()
            is_local = is_schema and value["$ref"].startswith(_OF_SCHEMA)
            if len(value) > 1 and not is_schema:
                self._beside(value, kind, source, path)
            found = self._library.follow(Node(source, path, value), quiet=is_local)
            if found is None or not isinstance(found.value, dict):
                return
            value, source, path = found.value, found.source, found.path
            if id(value) in self._checked or is_elsewhere(source.path):
                return
            if is_schema and format_of("", value, source.path) not in self._schemas:
                return
            self._waiting.append((value, kind, source, path))
            return
        self._in_place(value, kind, source, path)

    def _beside(self, value: dict[str, Json], kind: Kind, source: Source, path: Path) -> None:
        """Keys beside a reference, which count in channels of 2.x alone."""
        if "$ref" in kind.keys:
            self._in_place(value, kind, source, path)
            return
        for key in value:
            if key != "$ref":
                where = Node(source, (*path, key), None)
                self._library.report.add("key-beside-reference", where, name=key)

    def _payload(self, value: Json, around: dict[str, Json], source: Source, path: Path) -> None:
        """A schema of a format that is said in it, beside it, or nowhere."""
        here = Node(source, path, value)
        media_type = around.get("schemaFormat")
        if isinstance(value.get("$ref"), str):
            found = self._library.follow(here, quiet=value["$ref"].startswith(_OF_SCHEMA))
            if found is None or not isinstance(found.value, (dict, list, str)):
                return
            value, source, path = found.value, found.source, found.path
            if is_elsewhere(source.path):
                return
        if self._multi_format and isinstance(value, dict) and value.keys() >= _WRAPPED:
            self._in_place(value, self._multi_format, source, path)
            media_type, value = value["schemaFormat"], value["schema"]
            path = (*path, "schema")
            if not isinstance(value, dict):
                return
        media_type = media_type if isinstance(media_type, str) else ""
        kind = self._schemas.get(format_of(media_type, value, source.path))
        if kind is not None:
            if isinstance(value, dict):
                self._referable(value, kind, source, path)
        elif isinstance(value, dict) and "$ref" in value:
            self._library.follow(Node(source, path, value))
        elif not media_type:
            self._library.report.add("schema-format-missing", here)
