"""The alternatives of a schema, and what tells them apart.

It alone knows discriminators: AsyncAPI's (a property's name), OpenAPI's (an object with a
mapping), and the one nobody declared: a property that is constant in each alternative. `if`,
`then` and `else` are alternatives too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog_builder.model import Json
from catalog_builder.schema.containers import properties_of, required_of
from catalog_builder.schema.dialect import FIELD_NAME, WHEN
from catalog_builder.schema.nodes import Node, Opener, name_of
from catalog_builder.schema.words import in_words, short_name, text_of

_SAYS_ONLY_REQUIRED = frozenset({"required", "type", "title", "description"})
_MOST_LETTERS = 120


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of them."""

    schema: Json
    node: Node
    name: str = ""
    """Empty: it has none; its type has to do."""
    when: str = ""
    tag: tuple[str, Json] | None = None
    """The property that a discriminator names and its value here."""


def alternatives_of(opener: Opener, node: Node, group: Sequence[Json]) -> tuple[Alternative, ...]:
    """Each alternative of one `oneOf` or `anyOf` of a node, in the order written."""
    nodes = [opener.open(each, node.opened) for each in group]
    names = [_name(each) for each in nodes]
    tag, values = _declared_tags(node, nodes, names)
    if not tag:
        tag, values = _constant_tags(opener, nodes)
    return tuple(
        Alternative(
            schema=schema,
            node=each,
            name=name or _name_by_value(value),
            when=_when(each, tag, value),
            tag=(tag, value[0]) if tag and value else None,
        )
        for schema, each, name, value in zip(group, nodes, names, values, strict=True)
    )


def conditions_of(opener: Opener, node: Node) -> tuple[Alternative, ...]:
    """What `then` and `else` ask for, each with the words of `if`."""
    condition = node.schema.get("if")
    if condition is None:
        return ()
    words = _condition(opener.open(condition, node.opened))
    asked = (("then", words), ("else", f"otherwise ({words} does not hold)"))
    return tuple(
        Alternative(
            schema=node.schema[keyword],
            node=opener.open(node.schema[keyword], node.opened),
            name=f"if {words}" if keyword == "then" else "otherwise",
            when=when,
        )
        for keyword, when in asked
        if isinstance(node.schema.get(keyword), dict)
    )


def _name(node: Node) -> str:
    title = node.schema.get("title")
    if node.name:
        return short_name(node.name)
    if isinstance(title, str) and title:
        return title
    return "with " + in_words(required_of(node.schema), "and") if _says_only_required(node) else ""


def _says_only_required(node: Node) -> bool:
    return bool(required_of(node.schema)) and node.schema.keys() <= _SAYS_ONLY_REQUIRED


def _name_by_value(value: Sequence[Json]) -> str:
    return str(value[0]) if len(value) == 1 and isinstance(value[0], str) else ""


def _when(node: Node, tag: str, value: Sequence[Json]) -> str:
    told = node.schema.get(WHEN)
    if isinstance(told, str):
        return told
    if _says_only_required(node) and not value:
        return in_words(required_of(node.schema), "and") + " present"
    return f"{tag} = {in_words([text_of(each) for each in value], 'or')}" if value else ""


def _declared_tags(
    node: Node, nodes: Sequence[Node], names: Sequence[str]
) -> tuple[str, list[Sequence[Json]]]:
    """The property a discriminator names, and its values in each alternative."""
    for schema in (node.schema, *(each.schema for each in nodes)):
        said = schema.get("discriminator")
        tag = said.get("propertyName") if isinstance(said, dict) else said
        if isinstance(tag, str) and tag:
            mapping = said.get("mapping") if isinstance(said, dict) else None
            by_name = _values_by_name(mapping if isinstance(mapping, dict) else {})
            return tag, [
                by_name.get(each.name) or _constants(each, tag) or ([name] if each.name else [])
                for each, name in zip(nodes, names, strict=True)
            ]
    return "", [[] for _ in nodes]


def _values_by_name(mapping: Mapping[str, Json]) -> Mapping[str, list[Json]]:
    by_name: dict[str, list[Json]] = {}
    for value, target in mapping.items():
        if isinstance(target, str):
            by_name.setdefault(name_of(target) or target, []).append(value)
    return by_name


def _constant_tags(opener: Opener, nodes: Sequence[Node]) -> tuple[str, list[Sequence[Json]]]:
    """The first property that has values of its own in all alternatives but at most one."""
    candidates = dict.fromkeys(str(key) for each in nodes[:2] for key in properties_of(each.schema))
    for key in candidates:
        values = [_constants(each, key, opener) for each in nodes]
        telling = [text_of(each) for value in values for each in value]
        enough = sum(map(bool, values)) >= max(len(nodes) - 1, 1)
        if telling and enough and len(set(telling)) == len(telling):
            return key, list(values)
    return "", [[] for _ in nodes]


def _constants(node: Node, key: str, opener: Opener | None = None) -> list[Json]:
    schema = properties_of(node.schema).get(key)
    if opener and isinstance(schema, dict) and ("$ref" in schema or "allOf" in schema):
        schema = opener.open(schema, node.opened).schema
    if not isinstance(schema, Mapping):
        return []
    if "const" in schema:
        return [schema["const"]]
    allowed = schema.get("enum")
    return list(allowed) if isinstance(allowed, list) else []


def _condition(node: Node) -> str:
    """The words of an `if`."""
    parts = [
        f"{shown_name(key, schema)} = " + in_words([text_of(each) for each in values], "or")
        for key, schema in properties_of(node.schema).items()
        if (values := _constants(node, key))
    ]
    if not parts and required_of(node.schema):
        parts = [in_words(required_of(node.schema), "and") + " present"]
    return " and ".join(parts) or text_of(dict(node.schema))[:_MOST_LETTERS]


def shown_name(key: str, schema: Json) -> str:
    """The name of the field that a property stands for."""
    told = schema.get(FIELD_NAME) if isinstance(schema, dict) else None
    return told if isinstance(told, str) else str(key)
