"""Schemas that a schema registry holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog_builder.model.history import Difference, Side, Verdict, verdict_of
from catalog_builder.model.schema import Payload, SchemaFormat


@dataclass(frozen=True, slots=True)
class RegisteredVersion:
    """A version of a subject, with what is so since it."""

    number: int
    id: int
    """Of the schema, in the registry."""
    link: str = ""
    """Where a person looks at it; empty when unknown."""
    differences: tuple[Difference, ...] = ()
    """From the version before that was read; those that break consumers first."""
    is_oldest: bool = False
    """Whether none before it was read, so that nothing is known of its differences."""

    @property
    def verdict(self) -> Verdict:
        """How much it matters to those who read the event."""
        return verdict_of(self.differences, Side.CONSUMERS)


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A version of a subject."""

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
    versions: tuple[RegisteredVersion, ...] = field(default=(), compare=False)
    """Of the newest one: those that were read, newest first, itself the first of them."""

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
    older: tuple["Registered", ...] = ()
    """The versions before it that were read, newest first."""


@dataclass(frozen=True, slots=True)
class RegisteredSchema:
    """A subject with its schema, which stands by itself."""

    subject: Subject
    payload: Payload
    is_part: bool = False
    """Whether schemas of other subjects refer to it."""
    older: tuple["RegisteredSchema", ...] = ()
    """The versions before it that can be read, newest first."""
