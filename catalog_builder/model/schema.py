"""Payloads: the schema as it was written, and the one shape of fields made of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from catalog_builder.model.place import Target

Json: TypeAlias = Any
"""A value as JSON has them: None, bool, int, float, str, list of them, dict from str to them."""


_PLAIN = frozenset({"string", "integer", "number", "boolean", "null", "object", "bytes"})
_CONTAINERS = re.compile(r"(?:(?:array|map) of )*")


class SchemaFormat(StrEnum):
    """The languages payloads are described in."""

    JSON_SCHEMA = "json-schema"
    OPENAPI = "openapi"
    AVRO = "avro"
    PROTOBUF = "protobuf"
    RAML = "raml"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Payload:
    """A schema that stands by itself.

    For JSON Schema and its relatives `schema` is the JSON of it, in which every `$ref` is a
    pointer into its own `definitions`. For Avro it is the JSON of the schema with named types
    inlined at their first use. For Protobuf and unknown formats it is the text.
    """

    format: SchemaFormat
    schema: Json
    media_type: str = ""
    """`schemaFormat` as written; empty when the document leaves the default."""
    origin: Target | None = None
    """Where the `$ref` of the whole payload led; None when it is written in place."""
    root: str = ""
    """Protobuf: the name of the message meant, where the document tells."""
    imports: Mapping[str, str] = field(default_factory=dict)
    """Protobuf: text of the imported files, by the path they are imported by."""
    digest: bytes = field(default=b"", compare=False, repr=False)
    """The same for payloads of the same text; empty where nobody has worked it out yet."""


class Field(NamedTuple):  # there are so many, and nothing is made more quickly
    """One property of a payload, and what stands below it."""

    name: str
    type: str
    """`string`, `integer`, `object`, `array of string`, `map of number`, `CardPayment`, ..."""
    required: bool = False
    nullable: bool = False
    description: str = ""
    format: str = ""
    """`uuid`, `date-time`, `decimal(10,2)`, ..."""
    constraints: tuple[str, ...] = ()
    """In words or signs, such as `>= 0`, `at most 64 characters`, `matches ^[A-Z]+$`."""
    enum: tuple[str, ...] = ()
    """Allowed values as JSON text; one of them: a constant."""
    default: str = ""
    """As JSON text; empty: none."""
    examples: tuple[str, ...] = ()
    """As JSON text."""
    deprecated: bool = False
    sensitive: bool = False
    type_name: str = ""
    """Name of the shared type this field is of; empty when written in place."""
    step: str = ""
    """What stands between this field and those below it: `[]` in arrays, `{}` in maps."""
    recursive: bool = False
    """The type contains itself here; `fields` is cut."""
    fields: tuple["Field", ...] = ()
    variants: tuple["Variant", ...] = ()

    @property
    def plain_type(self) -> str:
        """The type without names of our own: `array of CardPayment` is `array of object`."""
        return _plain_type(self.type, bool(self.fields or self.variants or self.recursive))


@lru_cache(maxsize=4096)
def _plain_type(type_: str, has_name: bool) -> str:  # noqa: FBT001  a key of a cache
    containers = _CONTAINERS.match(type_)
    prefix = containers[0] if containers else ""
    last = type_[len(prefix) :]
    return prefix + ("object" if has_name and last not in _PLAIN else last)


@dataclass(frozen=True, slots=True)
class Variant:
    """One alternative of a `oneOf`, `anyOf` or union; common fields stand beside, not in it."""

    name: str
    when: str = ""
    """What tells it apart, such as `type = "card"`; empty when nothing does."""
    type: str = "object"
    """Its type as `Field.type` has it; says all there is to say when it has no fields."""
    fields: tuple[Field, ...] = ()
    step: str = ""
    """`[]` or `{}` when it is an array or a map."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A payload as fields: the root's own `type`, and what stands in it."""

    type: str = "object"
    fields: tuple[Field, ...] = ()
    variants: tuple[Variant, ...] = ()
    description: str = ""
    step: str = ""
    """`[]` or `{}` when the root is an array or a map."""
    digest: bytes = field(default=b"", compare=False, repr=False)
    """Of the payload it is made of; empty where nobody has said."""


class PlacedField(NamedTuple):
    """A field with its path from the payload's root."""

    path: str
    """Dots between names, `[]` after arrays, `{}` after maps: `lines[].product.sku`."""
    field: Field
    variant: str = ""
    """Names of the variants it stands in, outermost first, joined with `/`."""


def walk(shape: Shape) -> Iterator[PlacedField]:
    """Every field of a shape with its path, parents before children, in the order written.

    >>> shape = Shape(fields=(Field("a", "array of object", step="[]", fields=(Field("b", "string"),
    ...     )),))
    >>> [placed.path for placed in walk(shape)]
    ['a', 'a[].b']
    """
    return iter(_placed(_Same(shape)))


@dataclass(frozen=True, eq=False, slots=True)
class _Same:
    """A shape that is equal to none but itself, so that it can be found without a look at it."""

    shape: Shape

    def __hash__(self) -> int:
        return id(self.shape)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.shape is other.shape


@lru_cache(maxsize=8)
def _placed(same: _Same) -> tuple[PlacedField, ...]:
    """Of the last few: what is made of an event asks for its fields time and again."""
    prefix = f"{same.shape.step}." if same.shape.step else ""
    return tuple(_walk(same.shape, prefix, ""))


def _walk(inside: Shape | Field | Variant, prefix: str, variant: str) -> Iterator[PlacedField]:
    for child in inside.fields:
        path = prefix + child.name
        yield PlacedField(path, child, variant)
        yield from _walk(child, f"{path}{child.step}.", variant)
    for alternative in () if isinstance(inside, Variant) else inside.variants:
        name = f"{variant}/{alternative.name}" if variant else alternative.name
        step = alternative.step and f"{prefix.removesuffix('.')}{alternative.step}."
        yield from _walk(alternative, step or prefix, name)
