"""Schemas opened: each `$ref` followed, each `allOf` merged, null set aside.

It alone knows JSON pointers, what two schemas amount to that hold both, and the spellings of
nullable. Avro, Protobuf and RAML are told in JSON Schema first (see `dialect`), so it serves all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from catalog_builder.model import Json
from catalog_builder.schema.merging import merge

ALTERNATIVES = frozenset({"oneOf", "anyOf"})
_COMPOSING = frozenset({"$ref", "allOf"}) | ALTERNATIVES
_MOST_STEPS = 40_000
_DEEPEST_CHAIN = 64


@dataclass(frozen=True, slots=True)
class Node:
    """One schema, opened."""

    schema: Mapping[str, Json]
    """Its own keywords and those of all it is made of, without `$ref`, `allOf`, `oneOf`, `anyOf`.
    """
    name: str = ""
    """Key of the definition it is of; empty when written in place."""
    opened: frozenset[str] = frozenset()
    """Pointers that lead here from the root, its own included."""
    nullable: bool = False
    cut: bool = False
    """It contains itself here, or is past all bounds: what stands below is not told."""
    never: bool = False
    """Nothing is valid (`false`)."""
    groups: tuple[tuple[Json, ...], ...] = ()
    """The alternatives of each `oneOf` and `anyOf`, null apart."""


@dataclass(slots=True)
class _Gathering:
    opened: set[str]
    schema: dict[str, Json] = field(default_factory=dict)
    name: str = ""
    nullable: bool = False
    cut: bool = False
    never: bool = False
    groups: list[tuple[Json, ...]] = field(default_factory=list)


class Opener:
    """Opens the schemas of one root; gives up, with everything cut, past a bound on the work."""

    def __init__(self, root: Json) -> None:
        self._root = root
        self._targets: dict[str, Json] = {}
        self._steps_left = _MOST_STEPS

    def target(self, pointer: str) -> Json:
        """What a `$ref` leads to; None when it leads nowhere."""
        if pointer not in self._targets:
            self._targets[pointer] = at_pointer(self._root, pointer)
        return self._targets[pointer]

    def open(self, schema: Json, opened: frozenset[str] = frozenset()) -> Node:
        """The node of a schema met after following the pointers `opened`."""
        self._steps_left -= 1
        if not isinstance(schema, dict):
            return Node({}, opened=opened, never=schema is False)
        if _COMPOSING.isdisjoint(schema):
            return Node(schema, "", opened, is_nullable(schema), self._steps_left < 0)
        found = _Gathering(set(opened))
        self._gather(schema, found, part=False, depth=0)
        return Node(
            schema=found.schema,
            name=found.name,
            opened=frozenset(found.opened),
            nullable=found.nullable,
            cut=found.cut,
            never=found.never,
            groups=tuple(found.groups),
        )

    def _gather(self, schema: Json, found: _Gathering, *, part: bool, depth: int) -> None:
        """`part`: it is one of several that hold together, so gives the whole no name."""
        self._steps_left -= 1
        if self._steps_left < 0 or depth > _DEEPEST_CHAIN:
            found.cut = True
        elif not isinstance(schema, dict):
            found.never = found.never or schema is False
        else:
            self._follow(schema, found, part=part, depth=depth + 1)
            parts = schema.get("allOf")
            parts = parts if isinstance(parts, list) else []
            several = part or len(parts) > 1 or "properties" in schema
            for each in parts:
                self._gather(each, found, part=several, depth=depth + 1)
            for keyword in ("oneOf", "anyOf"):
                if isinstance(alternatives := schema.get(keyword), list):
                    self._alternatives(alternatives, found, part=part, depth=depth + 1)
            own = {key: value for key, value in schema.items() if key not in _COMPOSING}
            found.nullable = found.nullable or is_nullable(own)
            found.schema = merge(found.schema, own, own_words=not part)

    def _follow(self, schema: Json, found: _Gathering, *, part: bool, depth: int) -> None:
        pointer = schema.get("$ref")
        if not isinstance(pointer, str):
            return
        if not part and not found.name:
            found.name = name_of(pointer)
        if pointer in found.opened:
            # As one part among several it adds nothing that is not said already.
            found.cut = found.cut or not part
            return
        found.opened.add(pointer)
        target = self.target(pointer)
        if target is not None:
            self._gather(target, found, part=part, depth=depth)

    def _alternatives(
        self, alternatives: list[Json], found: _Gathering, *, part: bool, depth: int
    ) -> None:
        rest = tuple(each for each in alternatives if not _is_null(each))
        found.nullable = found.nullable or len(rest) < len(alternatives)
        if len(rest) == 1:
            self._gather(rest[0], found, part=part, depth=depth)
        elif rest:
            found.groups.append(rest)


def at_pointer(root: Json, pointer: str) -> Json:
    """What stands at a `$ref` inside a document; None when nothing does.

    >>> at_pointer({"definitions": {"a/b": 1}}, "#/definitions/a~1b")
    1
    """
    if not pointer.startswith("#"):
        return None
    found = root
    for step in pointer[1:].split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict):
            found = found.get(key, found.get(unquote(key)))
        elif isinstance(found, list) and key.isascii() and key.isdigit() and len(key) < 7:  # noqa: PLR2004  no list is longer
            found = found[int(key)] if int(key) < len(found) else None
        else:
            return None
    return found


def name_of(pointer: str) -> str:
    """The key that a pointer ends with; empty for the root.

    >>> name_of("#/definitions/Card~1Payment"), name_of("#")
    ('Card/Payment', '')
    """
    _, slash, key = pointer.rpartition("/")
    return unquote(key.replace("~1", "/").replace("~0", "~")) if slash else ""


def is_nullable(schema: Mapping[str, Json]) -> bool:
    """Whether null is allowed beside something else, however that is spelled."""
    kind = schema.get("type")
    if isinstance(kind, list) and "null" in kind and len(kind) > 1:
        return True
    if schema.get("nullable") is True or schema.get("x-nullable") is True:
        return True
    allowed = schema.get("enum")
    return isinstance(allowed, list) and len(allowed) > 1 and None in allowed


def _is_null(schema: Json) -> bool:
    return isinstance(schema, dict) and (
        schema.get("type") in ("null", ["null"])
        or schema.get("enum") == [None]
        or ("const" in schema and schema["const"] is None)
    )
