"""Avro schemas that stand by themselves: named types inlined at their first use.

Alone knows how Avro names types, and how files and references spread them over a repository.
"""

from catalog_builder.model import Json
from catalog_builder.parse.nodes import Node
from catalog_builder.parse.references import Library, reference_of

_NAMED = frozenset({"record", "error", "enum", "fixed"})
_PRIMITIVE = frozenset(
    {"null", "boolean", "int", "long", "float", "double", "bytes", "string", "array", "map"}
    | _NAMED
)
_DEEPEST = 40
_HOLDERS = ("type", "items", "values", "fields")


class AvroTypes:
    """The named types of a repository's `.avsc` files."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._types: dict[str, Node] | None = None

    def inline(self, node: Node) -> Json:
        """The schema at the node with every type that other files define at its first use."""
        return _Inliner(self._library, self).schema(node, "")

    def find(self, name: str) -> Node | None:
        """The type of that full name; None when no file defines it."""
        if self._types is None:
            self._types = {}
            for path in sorted(path for path in self._library.files if path.endswith(".avsc")):
                source = self._library.open(path)
                if source is not None:
                    self._take(source.root, "")
        return self._types.get(name)

    def _take(self, node: Node, namespace: str) -> None:
        for each in node.elements():
            self._take(each, namespace)
        name = full_name(node.value, namespace)
        if name and self._types is not None:
            self._types.setdefault(name, node)
        inner = _namespace(name) if name else namespace
        for key in _HOLDERS if isinstance(node.value, dict) else ():
            child = node.own(key)
            if child is not None:
                self._take(child, inner)


class _Inliner:
    """Inlines the types of one schema."""

    def __init__(self, library: Library, types: AvroTypes) -> None:
        self._library = library
        self._types = types
        self._defined: set[str] = set()
        self._depth = 0

    def schema(self, node: Node, namespace: str) -> Json:
        """The schema at the node, types already defined by their names."""
        value = node.value
        if isinstance(value, str):
            return self._named(node, value, namespace)
        if isinstance(value, list):
            return [self.schema(each, namespace) for each in node.elements()]
        if not isinstance(value, dict):
            return value
        if reference_of(value) is not None:
            found = self._library.follow(node)
            return self._referred(found, namespace) if found else "bytes"
        name = full_name(value, namespace)
        if name and name in self._defined:
            return name
        if name:
            self._defined.add(name)
        inner = _namespace(name) if name else namespace
        return {key: self._member(node, key, each, inner) for key, each in value.items()}

    def _member(self, node: Node, key: str, value: Json, namespace: str) -> Json:
        child = Node(node.source, (*node.path, key), value)
        if key == "fields" and isinstance(value, list):
            return [self._field(each, namespace) for each in child.elements()]
        if key in {"items", "values"} or (key == "type" and not _is_own_kind(value)):
            return self.schema(child, namespace)
        return value

    def _field(self, node: Node, namespace: str) -> Json:
        if not isinstance(node.value, dict):
            return node.value
        child = node.own("type")
        return {**node.value, "type": self.schema(child, namespace)} if child else node.value

    def _named(self, node: Node, name: str, namespace: str) -> Json:
        if name in _PRIMITIVE:
            return name
        for full in (name, f"{namespace}.{name}") if namespace else (name,):
            if full in self._defined:
                return full
        for full in (f"{namespace}.{name}", name) if namespace and "." not in name else (name,):
            found = self._types.find(full)
            if found is not None:
                self._library.note_use(node.source.path, found.source.path)
                return self._referred(found, namespace)
        return name

    def _referred(self, node: Node, namespace: str) -> Json:
        """A type of another place; chains of them end where they become too deep to read."""
        if self._depth >= _DEEPEST:
            return full_name(node.value, namespace) or "bytes"
        self._depth += 1
        schema = self.schema(node, "")
        self._depth -= 1
        return schema


def full_name(schema: Json, namespace: str) -> str:
    """The full name of a named type; empty for all others.

    >>> full_name({"type": "record", "name": "A", "namespace": "x.y"}, "")
    'x.y.A'
    """
    if not isinstance(schema, dict) or not _is_own_kind(schema.get("type")):
        return ""
    name, own = schema.get("name"), schema.get("namespace", namespace)
    if not isinstance(name, str) or not name:
        return ""
    return name if "." in name or not isinstance(own, str) or not own else f"{own}.{name}"


def _is_own_kind(kind: Json) -> bool:
    """Whether a `type` says that its holder defines a named type."""
    return isinstance(kind, str) and kind in _NAMED


def _namespace(name: str) -> str:
    return name.rpartition(".")[0]
