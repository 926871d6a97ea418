"""JSON Schema, and what is told in it, as a shape of fields.

It alone knows which keywords become which part of a field. A schema that contains itself is cut
where it does; one that would become too large or too deep is cut as if it did.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog_builder.model import Field, Json, Shape, Variant
from catalog_builder.schema.alternatives import (
    Alternative,
    alternatives_of,
    conditions_of,
    shown_name,
)
from catalog_builder.schema.containers import container_of, properties_of, required_of
from catalog_builder.schema.dialect import FORMAT_WORD
from catalog_builder.schema.kinds import KINDS
from catalog_builder.schema.leaves import Leaf, leaf_of
from catalog_builder.schema.nodes import ALTERNATIVES, Node, Opener
from catalog_builder.schema.words import constraints_of, either, short_name, text_of, word_of

_MOST_FIELDS = 5_000
_MOST_VARIANTS = 200
_DEEPEST = 30
_MOST_EXAMPLES = 10
_SENSITIVE = frozenset({"x-sensitive", "x-pii", "x-personal-data", "sensitive", "pii"})


def shape_of_json_schema(schema: Json) -> Shape:
    """The fields of a schema; at most some 5,000, at most 30 levels deep."""
    builder = _Builder(schema)
    node = builder.opener.open(schema, _pointers_to(schema))
    body = builder.body(node, 0)
    return Shape(
        type=body.word,
        fields=body.fields,
        variants=body.variants,
        description=_description(node.schema),
        step=body.step,
    )


@dataclass(frozen=True, slots=True)
class _Body:
    """What a node is, whatever the name of the field it is in."""

    word: str
    leaf: Node
    """The node inside all arrays and maps."""
    step: str
    constraints: tuple[str, ...]
    fields: tuple[Field, ...]
    variants: tuple[Variant, ...]
    format: str
    enum: tuple[str, ...]
    cut: bool


class _Builder:
    """Builds one shape, counting what it costs."""

    def __init__(self, root: Json) -> None:
        self.opener = Opener(root)
        self._fields_left = _MOST_FIELDS
        self._variants_left = _MOST_VARIANTS

    def body(self, node: Node, depth: int) -> _Body:
        leaf, prefix, step, constraints = self._descend(node)
        cut = leaf.cut or depth > _DEEPEST
        fields = () if cut else self._fields(leaf, depth)
        alternatives = () if cut else self._alternatives(leaf)
        bodies = tuple(self.body(each.node, depth + 1) for each in alternatives)
        plain = bool(bodies) and not any(
            each.when or body.fields or body.variants
            for each, body in zip(alternatives, bodies, strict=True)
        )
        return _Body(
            word=prefix + _word(leaf, bodies),
            leaf=leaf,
            step=step,
            constraints=constraints,
            fields=fields,
            variants=() if plain or not bodies else tuple(_variants(alternatives, bodies)),
            format=_format(leaf.schema) or (_joined_format(bodies) if plain else ""),
            enum=_enum(leaf) or (_joined_enum(bodies) if plain else ()),
            cut=cut or (self._fields_left <= 0 and bool(properties_of(leaf.schema))),
        )

    def _field(
        self, key: str, schema: Json, opened: frozenset[str], depth: int, *, required: bool
    ) -> Field:
        self._fields_left -= 1
        node = self.opener.open(schema, opened)
        own = node.schema
        body = self.body(node, depth)
        return Field(
            name=shown_name(key, schema),
            type=body.word,
            # Up to draft 3 a property said itself that it is required.
            required=required or own.get("required") is True,
            nullable=node.nullable,
            description=_description(own),
            format=body.format,
            constraints=body.constraints,
            enum=body.enum,
            default=text_of(own["default"]) if "default" in own else "",
            examples=_examples(own),
            deprecated=own.get("deprecated") is True or own.get("x-deprecated") is True,
            sensitive=_is_sensitive(own),
            type_name=body.leaf.name,
            step=body.step,
            recursive=body.cut,
            fields=body.fields,
            variants=body.variants,
        )

    def _descend(self, node: Node) -> tuple[Node, str, str, tuple[str, ...]]:
        """The node inside arrays and maps; the words, steps and constraints on the way."""
        prefix, step = "", ""
        constraints = constraints_of(node.schema)
        while len(step) < _DEEPEST and (found := container_of(node)):
            node = self.opener.open(found.inner, node.opened)
            prefix, step = prefix + found.word, step + found.step
            constraints += tuple(f"each {phrase}" for phrase in constraints_of(node.schema))
        return node, prefix, step, constraints

    def _fields(self, node: Node, depth: int) -> tuple[Field, ...]:
        required = frozenset(required_of(node.schema))
        found = []
        for key, schema in properties_of(node.schema).items():
            if self._fields_left <= 0:
                break
            if key == "$ref" and isinstance(schema, str):
                # Meant for the mapping as a whole, which cannot be referred to.
                continue
            if depth < _DEEPEST and (leaf := leaf_of(schema)):
                self._fields_left -= 1
                found.append(_plain_field(key, leaf, key in required))
                continue
            field = self._field(key, schema, node.opened, depth + 1, required=key in required)
            found.append(field)
        return tuple(found)

    def _alternatives(self, node: Node) -> tuple[Alternative, ...]:
        if (not node.groups and "if" not in node.schema) or self._variants_left <= 0:
            return ()
        found = [
            each
            for group in node.groups
            for each in alternatives_of(self.opener, node, group[: self._variants_left])
        ]
        if "if" in node.schema:
            found += conditions_of(self.opener, node)
        self._variants_left = max(self._variants_left - len(found), 0)
        return tuple(found)


@lru_cache(maxsize=65536)
def _plain_field(key: str, leaf: Leaf, required: bool) -> Field:  # noqa: FBT001  a key of a cache
    """Made once for all schemas: an estate has few kinds of plain field, and each of them often."""
    return _Builder(leaf.schema)._field(  # noqa: SLF001  its own module's
        key, leaf.schema, frozenset(), 1, required=required
    )


def _word(leaf: Node, bodies: Sequence[_Body]) -> str:
    own = word_of(leaf)
    if not bodies or own != "any":
        return own
    word = either([each.word for each in bodies])
    return short_name(leaf.name) if leaf.name and not _is_plain_word(word) else word


def _is_plain_word(word: str) -> bool:
    return all(each in KINDS for each in word.split(" or "))


def _variants(alternatives: Sequence[Alternative], bodies: Sequence[_Body]) -> Iterator[Variant]:
    taken: set[str] = set()
    for number, (alternative, body) in enumerate(zip(alternatives, bodies, strict=True), 1):
        name = alternative.name or (f"alternative {number}" if body.fields else body.word)
        name = f"{name} {number}" if name in taken else name
        taken.add(name)
        if body.fields or not body.variants:
            yield Variant(name, alternative.when, body.word, body.fields, body.step)
        for inner in body.variants:
            when = " and ".join(each for each in (alternative.when, inner.when) if each)
            step = body.step + inner.step
            yield Variant(f"{name}/{inner.name}", when, inner.type, inner.fields, step)


def _pointers_to(schema: Json) -> frozenset[str]:
    """The definitions that say what a schema with alternatives says itself.

    Alternatives that build on such a one, as subtypes do, build on what is told already.
    """
    if not isinstance(schema, dict) or ALTERNATIVES.isdisjoint(schema):
        return frozenset()
    definitions = schema.get("definitions")
    own = {key: value for key, value in schema.items() if key != "definitions"}
    return frozenset(
        f"#/definitions/{name}"
        for name, each in (definitions if isinstance(definitions, dict) else {}).items()
        if each == own
    )


def _description(schema: Mapping[str, Json]) -> str:
    for keyword in ("description", "title"):
        text = schema.get(keyword)
        if isinstance(text, str) and text:
            return text
    return ""


def _format(schema: Mapping[str, Json]) -> str:
    said = schema.get(FORMAT_WORD) or schema.get("format")
    return said if isinstance(said, str) else ""


def _joined_format(bodies: Sequence[_Body]) -> str:
    return " or ".join(dict.fromkeys(each.format for each in bodies if each.format))


def _enum(node: Node) -> tuple[str, ...]:
    if "const" in node.schema:
        return (text_of(node.schema["const"]),)
    allowed = node.schema.get("enum")
    if not isinstance(allowed, list):
        return ()
    return tuple(text_of(each) for each in allowed if each is not None or not node.nullable)


def _joined_enum(bodies: Sequence[_Body]) -> tuple[str, ...]:
    if not all(each.enum for each in bodies):
        return ()
    return tuple(dict.fromkeys(value for each in bodies for value in each.enum))


def _examples(schema: Mapping[str, Json]) -> tuple[str, ...]:
    if "examples" not in schema and "example" not in schema:
        return ()
    given = schema.get("examples")
    values = given[:_MOST_EXAMPLES] if isinstance(given, list) else []
    if "example" in schema:
        values = [schema["example"], *values]
    return tuple(dict.fromkeys(text_of(each) for each in values))


def _is_sensitive(schema: Mapping[str, Json]) -> bool:
    return schema.get("format") == "password" or any(
        schema[keyword] not in (None, False, "", "false", "none", "no")
        for keyword in _SENSITIVE & schema.keys()
    )
