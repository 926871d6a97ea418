"""Examples made from a schema: deterministic, readable, and valid against it.

A value is built from the top down, trying what the schema's author gives first (example, default,
constant, allowed values), and each choice that may have gone wrong is checked. What comes out has
passed the check as a whole, or nothing comes out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from catalog_builder.model import Json
from catalog_builder.schema.alternatives import alternatives_of, conditions_of
from catalog_builder.schema.containers import properties_of, tuple_of
from catalog_builder.schema.kinds import kinds_of, real_kind
from catalog_builder.schema.materials import (
    GIVING,
    all_required,
    new_keys,
    says_required,
    schema_of_key,
    singular,
    values_given,
    variations,
    whole_of,
)
from catalog_builder.schema.nodes import Node, Opener
from catalog_builder.schema.scalars import number_of, text_of_schema
from catalog_builder.schema.validity import Checker

_DEEPEST = 24
_FULL = 1_500
"""Values after which only what is required is still made."""
_MOST = 3_000
_MOST_TRIES = 12
_MOST_ITEMS = 200
_MOST_REPAIRS = 60
_RISKY = frozenset(
    {"not", "if", "dependencies", "dependentSchemas", "propertyNames", "patternProperties",
     "maxProperties", "contains", "uniqueItems"}
)  # fmt: skip

_SCALARS = frozenset({"string", "integer", "number", "boolean"})
_TELLING = _RISKY | GIVING | {"$ref", "allOf", "anyOf", "oneOf", "nullable", "x-nullable"}
"""What a schema without is opened for nothing, where it is of one of these types."""

_CONDITIONAL = frozenset({"if", "then", "else", "discriminator"})


@dataclass(frozen=True, slots=True)
class Sample:
    """An example; a class of its own because null is one too."""

    value: Json


def sample_of(schema: Json, *, minimal: bool) -> Sample | None:
    """An example valid against a schema; None when there is none, or none was found."""
    for lean in (minimal, not minimal):
        maker = _Maker(schema, minimal=lean)
        made = maker.make(schema, "", frozenset(), 0)
        if made and maker.checker.is_valid(schema, made.value):
            return made
    return None


def _plain_kind(schema: Mapping[str, Json]) -> str:
    """The one type of a schema that says nothing else but limits of a text or number; or empty."""
    kind = schema.get("type")
    is_plain = isinstance(kind, str) and kind in _SCALARS and _TELLING.isdisjoint(schema)
    return str(kind) if is_plain else ""


def _scalar(kind: str, schema: Mapping[str, Json], name: str) -> Sample | None:
    """A value that holds no others."""
    if kind in ("integer", "number"):
        number = number_of(schema, name, whole=kind == "integer")
        return None if number is None else Sample(number)
    if kind in ("boolean", "null"):
        return Sample(True if kind == "boolean" else None)
    text = text_of_schema(schema, name)
    return None if text is None else Sample(text)


class _Maker:
    """Makes one example, counting what it costs."""

    def __init__(self, root: Json, *, minimal: bool) -> None:
        self.opener = Opener(root)
        self.checker = Checker(self.opener)
        self._minimal = minimal
        self._made = 0

    def make(self, schema: Json, name: str, opened: frozenset[str], depth: int) -> Sample | None:
        """A value for what is called `name`."""
        self._made += 1
        if self._made > _MOST or depth > _DEEPEST:
            return None
        if isinstance(schema, dict) and (kind := _plain_kind(schema)):
            return _scalar(kind, schema, name)
        return self._opened(schema, name, opened, depth)

    def _opened(self, schema: Json, name: str, opened: frozenset[str], depth: int) -> Sample | None:
        node = self.opener.open(schema, opened)
        if node.cut or node.never:
            return Sample(None) if node.nullable and not node.never else None
        given = self._given(schema, node)
        if given or "const" in node.schema or "enum" in node.schema:
            return given
        if node.groups or "if" in node.schema:
            return self._chosen(schema, node, name, depth)
        made = self._built(node, name, depth)
        if made and not _RISKY.isdisjoint(node.schema):
            return self._repaired(schema, node, made)
        return made or (Sample(None) if node.nullable else None)

    @property
    def _lean(self) -> bool:
        return self._minimal or self._made > _FULL

    def _given(self, schema: Json, node: Node) -> Sample | None:
        for value in values_given(node.schema):
            if self._lean and isinstance(value, dict | list) and "const" not in node.schema:
                continue
            if self.checker.is_valid(schema, value):
                return Sample(value)
        return None

    def _built(self, node: Node, name: str, depth: int) -> Sample | None:
        for kind in kinds_of(node.schema) or ("any",):
            made = self._of_kind(real_kind(kind), node, name, depth)
            if made:
                return made
        return None

    def _of_kind(self, kind: str, node: Node, name: str, depth: int) -> Sample | None:
        if kind == "object":
            return self._object(node, depth)
        if kind == "array":
            return self._array(node, name, depth)
        return _scalar(kind, node.schema, name)

    def _object(self, node: Node, depth: int) -> Sample | None:
        schema = node.schema
        required = all_required(schema)
        value: dict[str, Json] = {}
        for key, inner in properties_of(schema).items():
            needed = key in required or says_required(inner)
            if needed or not self._lean:
                made = self.make(inner, key, node.opened, depth + 1)
                if made:
                    value[key] = made.value
                elif needed:
                    return None
        for key in required:
            if key not in value:
                made = self.make(schema_of_key(schema, key), key, node.opened, depth + 1)
                if not made:
                    return None
                value[key] = made.value
        return self._with_enough_keys(node, value, depth)

    def _with_enough_keys(self, node: Node, value: dict[str, Json], depth: int) -> Sample | None:
        """Adds entries to maps, and to objects that must have more keys than they have."""
        schema = node.schema
        least = whole_of(schema.get("minProperties"))
        others = schema.get("additionalProperties")
        is_map = not properties_of(schema) and (
            isinstance(others, dict) or isinstance(schema.get("patternProperties"), dict)
        )
        wanted = max(least, 1 if is_map and not self._lean and not value else 0)
        if wanted > _MOST_ITEMS:
            return None
        keys = (*properties_of(schema), *new_keys(schema, wanted))
        for key in keys:
            if len(value) >= wanted:
                break
            if key not in value:
                inner = schema_of_key(schema, key)
                made = self.make(inner, "" if is_map else key, node.opened, depth + 1)
                if made:
                    value[key] = made.value
        return Sample(value) if len(value) >= least else None

    def _array(self, node: Node, name: str, depth: int) -> Sample | None:
        schema = node.schema
        first, rest = tuple_of(schema)
        least, most = whole_of(schema.get("minItems")), schema.get("maxItems")
        contained = schema.get("contains")
        wanted = max(least, len(first) if first and not self._lean else 0)
        wanted = wanted or (0 if self._lean or rest in (True, False) or most == 0 else 1)
        if isinstance(contained, dict):
            wanted = max(wanted, whole_of(schema.get("minContains", 1)))
        if wanted > _MOST_ITEMS:
            return None
        items: list[Json] = []
        for place in range(wanted):
            inner = first[place] if place < len(first) else rest
            if isinstance(contained, dict) and place >= len(first):
                inner = contained if rest is True else {"allOf": [rest, contained]}
            made = self.make(inner, singular(name), node.opened, depth + 1)
            if not made:
                break
            items.append(made.value)
        if schema.get("uniqueItems") is True:
            items = self._told_apart(rest, items)
        return Sample(items) if len(items) >= least else None

    def _told_apart(self, inner: Json, items: list[Json]) -> list[Json]:
        """The items, each changed until no two are the same."""
        node = self.opener.open(inner)
        allowed = node.schema.get("enum")
        found: list[Json] = []
        for item in items:
            others = allowed if isinstance(allowed, list) else variations(item, len(items))
            for candidate in (item, *others):
                if candidate not in found and self.checker.is_valid(inner, candidate):
                    found.append(candidate)
                    break
        return found

    def _chosen(self, schema: Json, node: Node, name: str, depth: int) -> Sample | None:
        """The first alternative, or branch of a condition, that makes the whole valid."""
        tries = 0
        for candidate in self._choices(node):
            tries += 1
            if tries > _MOST_TRIES:
                break
            made = self.make(candidate, name, node.opened, depth + 1)
            if not made:
                continue
            if self.checker.is_valid(schema, made.value):
                return made
            repaired = self._told_from_others(schema, node, made) or self._repaired(
                schema, self.opener.open(candidate, node.opened), made
            )
            if repaired:
                return repaired
        return Sample(None) if node.nullable else None

    def _choices(self, node: Node) -> Iterator[Json]:
        base = {key: value for key, value in node.schema.items() if key not in _CONDITIONAL}
        if not node.groups:
            condition = node.schema.get("if")
            branches = {each.name: each.schema for each in conditions_of(self.opener, node)}
            yield {"allOf": [base, condition, node.schema.get("then", True)]}
            yield from ({"allOf": [base, branch]} for branch in branches.values())
            yield base
            return
        first, *others = node.groups
        rest: list[Json] = [{"anyOf": list(group)} for group in others]
        rest += [node.schema] if "if" in node.schema else [base] if base else []
        alternatives = alternatives_of(self.opener, node, first[:_MOST_TRIES])
        for each in alternatives:
            if each.tag:
                tag, value = each.tag
                constant = {"properties": {tag: {"const": value}}}
                yield {"allOf": [*rest, each.schema, constant]}
        for each in alternatives:
            yield {"allOf": [*rest, each.schema]} if rest else each.schema

    def _told_from_others(self, schema: Json, node: Node, made: Sample) -> Sample | None:
        """The value with null for properties of the other alternatives.

        Where alternatives require nothing, a value of one is a value of all, which `oneOf`
        forbids; null for what only another one has tells them apart, and reads well.
        """
        alternatives = [each for group in node.groups for each in group[:_MOST_TRIES]]
        matching = [each for each in alternatives if self.checker.is_valid(each, made.value)]
        # Alternatives that refer back to the whole all fail together: then any may be the culprit.
        for culprits in (matching, alternatives):
            value = dict(made.value) if isinstance(made.value, dict) else {}
            for each in culprits:
                own = properties_of(self.opener.open(each, node.opened).schema)
                foreign = next((key for key in own if key not in value), None)
                if foreign is not None:
                    value[foreign] = None
            if self.checker.is_valid(schema, value):
                return Sample(value)
        return None

    def _repaired(self, schema: Json, node: Node, made: Sample) -> Sample | None:
        """The value without the optional properties that keep it from being valid."""
        if self.checker.is_valid(schema, made.value):
            return made
        if not isinstance(made.value, dict):
            return None
        required = all_required(node.schema)
        kept = {key: inner for key, inner in made.value.items() if key in required}
        for key in [key for key in made.value if key not in kept][:_MOST_REPAIRS]:
            wider = {each: made.value[each] for each in made.value if each in kept or each == key}
            if not self.checker.is_valid(schema, kept) or self.checker.is_valid(schema, wider):
                kept = wider
        return Sample(kept) if self.checker.is_valid(schema, kept) else None
