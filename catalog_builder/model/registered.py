"""Schemas that a schema registry holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog_builder.model.schema import Payload, SchemaFormat


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """The newest version of a subject."""

    registry: str
    """Its address."""
    name: str
    """As the registry writes it, with its context."""
    version: int
    id: int
    """Of the schema, in the registry."""
    format: SchemaFormat
    link: str = ""
    """Where a person looks at it; empty when unknown."""

    @property
    def plain_name(self) -> str:
        """The name without the context before it.

        >>> Subject("", ":.staging:orders-value", 1, 1, SchemaFormat.AVRO).plain_name
        'orders-value'
        """
        return self.name.split(":", 2)[2] if self.name.startswith(":.") else self.name


@dataclass(frozen=True, slots=True)
class RegisteredText:
    """A schema as it was written."""

    text: str
    references: Mapping[str, int] = field(default_factory=dict)
    """Which of the texts beside it each name in it means."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A subject with the texts of its schema: its own first, then those that it refers to."""

    subject: Subject
    texts: tuple[RegisteredText, ...]
    uses: tuple[str, ...] = ()
    """Names of the subjects that it refers to, sorted."""


@dataclass(frozen=True, slots=True)
class RegisteredSchema:
    """A subject with its schema, which stands by itself."""

    subject: Subject
    payload: Payload
    is_part: bool = False
    """Whether schemas of other subjects refer to it."""
