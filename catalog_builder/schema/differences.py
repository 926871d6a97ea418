"""How a newer description of a payload differs from an older one, field by field, and for whom.

The sense is that of one who keeps to the older description. Who reads what is sent by the newer
one breaks where it gives less or other things than before; who sends to one that reads by the
newer one breaks where it asks for more. Nothing here knows JSON Schema, Avro or Protobuf: shapes
are compared, so what a shape does not show is no difference.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from catalog_builder.model import Difference, DifferenceKind, Field, Shape, Side, Variant
from catalog_builder.schema.ranges import Change as Sense
from catalog_builder.schema.ranges import compared_limits, compared_types

_BOTH = (Side.CONSUMERS, Side.PRODUCERS)
_READERS = (Side.CONSUMERS,)
_SENDERS = (Side.PRODUCERS,)
_SHOWN = 6
_LONGEST = 120

KINDS: tuple[DifferenceKind, ...] = (
    DifferenceKind("field-added", "A field that may be left out was added."),
    DifferenceKind("field-added-required", "A field that must be there was added.", _SENDERS),
    DifferenceKind("field-removed", "A field is gone.", _READERS),
    DifferenceKind("field-optional", "A field that was always there may be left out.", _READERS),
    DifferenceKind("field-required", "A field that could be left out must be there.", _SENDERS),
    DifferenceKind("field-nullable", "A field may be null.", _READERS),
    DifferenceKind("field-not-nullable", "A field may be null no more.", _SENDERS),
    DifferenceKind("type-changed", "A value is of another type.", _BOTH),
    DifferenceKind("type-widened", "A value may be of more types than before.", _READERS),
    DifferenceKind("type-narrowed", "A value may be of fewer types than before.", _SENDERS),
    DifferenceKind("values-added", "Values joined the allowed ones, or any is allowed.", _READERS),
    DifferenceKind("values-removed", "Values left the allowed ones, or not any is.", _SENDERS),
    DifferenceKind("limit-loosened", "A limit or a format is wider, or gone.", _READERS),
    DifferenceKind("limit-tightened", "A limit or a format is narrower, or new.", _SENDERS),
    DifferenceKind("limit-changed", "A limit or a format is another one.", _BOTH),
    DifferenceKind("variant-added", "There is an alternative more.", _READERS),
    DifferenceKind("variant-removed", "There is an alternative less.", _SENDERS),
    DifferenceKind("default-changed", "What holds for a field that is left out is another value."),
    DifferenceKind("field-deprecated", "A field should be used no more, or may be used again."),
    DifferenceKind("description-changed", "Words about a field or the whole.", is_wording=True),
)
_BY_KIND: Mapping[str, DifferenceKind] = {each.kind: each for each in KINDS}
_TYPES = {
    Sense.WIDER: "type-widened",
    Sense.NARROWER: "type-narrowed",
    Sense.OTHER: "type-changed",
}
_LIMITS = {
    Sense.WIDER: "limit-loosened",
    Sense.NARROWER: "limit-tightened",
    Sense.OTHER: "limit-changed",
}


def differences(older: Shape, newer: Shape, part: str = "payload") -> tuple[Difference, ...]:
    """What departs in the newer description, in its order; what is gone stands last.

    >>> older = Shape(fields=(Field("id", "string", required=True), Field("note", "string")))
    >>> newer = Shape(fields=(Field("id", "integer", required=True),))
    >>> for each in differences(older, newer):
    ...     print(each.kind, each.path, "-", each.words)
    type-changed id - is integer, was string
    field-removed note - is gone
    """
    return tuple(_merged(_Comparison(part).shapes(older, newer)))


def _merged(found: Iterator[Difference]) -> Iterator[Difference]:
    """What several variants have alike, once, with all their names."""
    variants: dict[Difference, list[str]] = {}
    for each in found:
        variants.setdefault(replace(each, variant=""), []).append(each.variant)
    for each, names in variants.items():
        yield replace(each, variant=", ".join(dict.fromkeys(filter(None, names))))


class _Comparison:
    """Compares two descriptions of one part of an event."""

    def __init__(self, part: str) -> None:
        self._part = part
        self._within: list[str] = []

    def shapes(self, older: Shape, newer: Shape) -> Iterator[Difference]:
        if older == newer:
            return
        sense = compared_types(_root_type(older), _root_type(newer))
        if sense is not None:
            words = f"is {newer.type or 'anything'}, was {older.type or 'anything'}"
            yield self._told(_TYPES[sense], words, "")
        if sense is not Sense.OTHER:
            yield from self._inside(older, newer, f"{newer.step}." if newer.step else "")
        if older.description.split() != newer.description.split():
            yield self._told("description-changed", "has another description", "")

    def _told(self, kind: str, words: str, path: str) -> Difference:
        found = _BY_KIND[kind].difference(words, path, self._part)
        return replace(found, variant="/".join(self._within)) if self._within else found

    def _inside(
        self, older: Shape | Field | Variant, newer: Shape | Field | Variant, prefix: str
    ) -> Iterator[Difference]:
        before = {each.name: each for each in older.fields}
        after = {each.name for each in newer.fields}
        for field in newer.fields:
            if field.name in before:
                yield from self._field(before[field.name], field, prefix + field.name)
            elif field.required:
                words = f"was added, {field.type}, and is required"
                yield self._told("field-added-required", words, prefix + field.name)
            else:
                yield self._told("field-added", f"was added, {field.type}", prefix + field.name)
        for name in before:
            if name not in after:
                yield self._told("field-removed", "is gone", prefix + name)
        if not isinstance(older, Variant) and not isinstance(newer, Variant):
            yield from self._variants(older.variants, newer.variants, prefix)

    def _variants(
        self, older: Sequence[Variant], newer: Sequence[Variant], prefix: str
    ) -> Iterator[Difference]:
        path = prefix.removesuffix(".")
        before = {each.name: each for each in older}
        after = {each.name: each for each in newer}
        for name, variant in after.items():
            if name in before:
                self._within.append(name)
                yield from self._inside(before[name], variant, prefix)
                self._within.pop()
            elif older:
                yield self._told("variant-added", f"may be {name} too", path)
        for name in before:
            if name not in after and newer:
                yield self._told("variant-removed", f"may be {name} no more", path)

    def _field(self, older: Field, newer: Field, path: str) -> Iterator[Difference]:
        if older == newer:
            return
        yield from self._presence(older, newer, path)
        sense = compared_types(older.plain_type, newer.plain_type)
        if sense is not None:
            words = f"is {newer.type or 'anything'}, was {older.type or 'anything'}"
            yield self._told(_TYPES[sense], words, path)
        if sense is not Sense.OTHER:
            yield from self._values(older, newer, path)
            yield from self._inside(older, newer, f"{path}{newer.step}.")
        yield from self._notes(older, newer, path)

    def _presence(self, older: Field, newer: Field, path: str) -> Iterator[Difference]:
        if older.required and not newer.required:
            yield self._told("field-optional", "is optional, was required", path)
        if newer.required and not older.required:
            yield self._told("field-required", "is required, was optional", path)
        if newer.nullable and not older.nullable:
            yield self._told("field-nullable", "may be null", path)
        if older.nullable and not newer.nullable:
            yield self._told("field-not-nullable", "may be null no more", path)

    def _values(self, older: Field, newer: Field, path: str) -> Iterator[Difference]:
        added = [each for each in newer.enum if each not in older.enum]
        removed = [each for each in older.enum if each not in newer.enum]
        if older.enum and not newer.enum:
            yield self._told("values-added", f"may be any value, was {_one_of(older.enum)}", path)
        elif newer.enum and not older.enum:
            yield self._told("values-removed", f"must be {_one_of(newer.enum)}, was any", path)
        else:
            if added:
                yield self._told("values-added", f"may be {_one_of(added)} too", path)
            if removed:
                yield self._told("values-removed", f"may be {_one_of(removed)} no more", path)
        for sense, words in compared_limits(older, newer):
            yield self._told(_LIMITS[sense], words, path)

    def _notes(self, older: Field, newer: Field, path: str) -> Iterator[Difference]:
        if older.default != newer.default:
            was, now = (_short(each) or "none" for each in (older.default, newer.default))
            yield self._told("default-changed", f"has the default {now}, was {was}", path)
        if older.deprecated != newer.deprecated:
            words = "is deprecated" if newer.deprecated else "is deprecated no more"
            yield self._told("field-deprecated", words, path)
        if older.description.split() != newer.description.split():
            yield self._told("description-changed", "has another description", path)


def _root_type(shape: Shape) -> str:
    return Field("", shape.type, fields=shape.fields, variants=shape.variants).plain_type


def _one_of(values: Sequence[str]) -> str:
    shown = ", ".join(map(_short, values[:_SHOWN]))
    more = len(values) - _SHOWN
    return f"{shown} or {more} more" if more > 0 else shown


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
