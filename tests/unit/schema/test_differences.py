from typing import Any

import pytest

from catalog_builder.model import Difference, Json, Payload, SchemaFormat, Shape, Side
from catalog_builder.schema import DIFFERENCES, differences, shape_of


def shape(**schema: Json) -> Shape:
    return shape_of(Payload(SchemaFormat.JSON_SCHEMA, {"type": "object", **schema}))


def of(*required: str, **properties: Json) -> Shape:
    return shape(properties=properties, required=list(required))


def value(**schema: Json) -> Shape:
    return of(x=schema)


def told(found: tuple[Difference, ...]) -> list[str]:
    return [f"{each.kind} {each.path} {each.words}" for each in found]


TEXT = {"type": "string"}
COMPARED: list[tuple[str, Shape, Shape, list[str]]] = [
    ("an optional field is added", of(a=TEXT), of(a=TEXT, b=TEXT),
     ["field-added b was added, string"]),
    ("a required field is added", of(a=TEXT), of("b", a=TEXT, b=TEXT),
     ["field-added-required b was added, string, and is required"]),
    ("a field is removed", of(a=TEXT, b=TEXT), of(a=TEXT), ["field-removed b is gone"]),
    ("a field becomes optional", of("x", x=TEXT), of(x=TEXT),
     ["field-optional x is optional, was required"]),
    ("a field becomes required", of(x=TEXT), of("x", x=TEXT),
     ["field-required x is required, was optional"]),
    ("a field becomes nullable", value(type="string"), value(type=["string", "null"]),
     ["field-nullable x may be null"]),
    ("a field is nullable no more", value(type=["string", "null"]), value(type="string"),
     ["field-not-nullable x may be null no more"]),
    ("a type changes", value(type="string"), value(type="integer"),
     ["type-changed x is integer, was string"]),
    ("an integer becomes any number", value(type="integer"), value(type="number"),
     ["type-widened x is number, was integer"]),
    ("a number becomes an integer", value(type="number"), value(type="integer"),
     ["type-narrowed x is integer, was number"]),
    ("a type joins", value(type="string"), value(type=["string", "integer"]),
     ["type-widened x is string or integer, was string"]),
    ("anything is allowed", value(type="string"), value(), ["type-widened x is any, was string"]),
    ("items change", value(type="array", items=TEXT), value(type="array", items={"type": "number"}),
     ["type-changed x is array of number, was array of string"]),
    ("an array becomes one value", value(type="array", items=TEXT), value(type="string"),
     ["type-changed x is string, was array of string"]),
    ("values are added and removed", value(enum=["a", "b"]), value(enum=["b", "c"]),
     ['values-added x may be "c" too', 'values-removed x may be "a" no more']),
    ("any value is allowed", value(type="string", enum=["a", "b"]), value(type="string"),
     ['values-added x may be any value, was "a", "b"']),
    ("only some values are allowed", value(type="string"), value(type="string", enum=["a"]),
     ['values-removed x must be "a", was any']),
    ("a limit is loosened", value(type="string", maxLength=8), value(type="string", maxLength=9),
     ["limit-loosened x has the limit at most 9 characters, was at most 8 characters"]),
    ("a limit is tightened", value(type="number", minimum=0),
     value(type="number", exclusiveMinimum=0),
     ["limit-tightened x has the limit > 0, was >= 0"]),
    ("a range moves", value(type="integer", minimum=1, maximum=5),
     value(type="integer", minimum=3, maximum=9),
     ["limit-changed x has the limit >= 3 and <= 9, was >= 1 and <= 5"]),
    ("a range of sizes becomes exact", value(type="array", minItems=1, maxItems=3),
     value(type="array", minItems=2, maxItems=2),
     ["limit-tightened x has the limit exactly 2 items, was 1 to 3 items"]),
    ("a limit is new", value(type="string"), value(type="string", minLength=1),
     ["limit-tightened x has the new limit at least 1 character"]),
    ("a limit is gone", value(type="string", pattern="^a$"), value(type="string"),
     ["limit-loosened x has the limit matches ^a$ no more"]),
    ("a pattern changes", value(type="string", pattern="^a$"), value(type="string", pattern="^b$"),
     ["limit-changed x has the limit matches ^b$, was matches ^a$"]),
    ("a format changes", value(type="string", format="date"),
     value(type="string", format="date-time"),
     ["limit-changed x has the format date-time, was date"]),
    ("a format is new", value(type="string"), value(type="string", format="uuid"),
     ["limit-tightened x has the format uuid, was none"]),
    ("a format is wider", value(type="integer", format="int32"),
     value(type="integer", format="int64"),
     ["limit-loosened x has the format int64, was int32"]),
    ("a default changes", value(type="integer", default=1), value(type="integer", default=2),
     ["default-changed x has the default 2, was 1"]),
    ("a field is deprecated", value(type="string"), value(type="string", deprecated=True),
     ["field-deprecated x is deprecated"]),
    ("a description changes", value(type="string"), value(type="string", description="Why"),
     ["description-changed x has another description"]),
    ("the whole is described", shape(), shape(description="Why"),
     ["description-changed  has another description"]),
    ("white space alone changes", value(type="string", description="a b"),
     value(type="string", description="a\n b"), []),
    ("the whole is another thing", shape(), shape_of(Payload(SchemaFormat.JSON_SCHEMA, TEXT)),
     ["type-changed  is string, was object"]),
    ("what is inside changes", of(a={"type": "array", "items": {"properties": {"b": TEXT}}}),
     of(a={"type": "array", "items": {"properties": {"b": {"type": "number"}}}}),
     ["type-changed a[].b is number, was string"]),
    ("what is inside goes with what holds it", of(a={"properties": {"b": TEXT}}, c=TEXT),
     of(c=TEXT), ["field-removed a is gone"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("older", "newer", "expected"),
    [each[1:] for each in COMPARED],
    ids=[each[0].replace(" ", "-") for each in COMPARED],
)
def test_a_difference_is_told_with_its_kind_and_place(
    older: Shape, newer: Shape, expected: list[str]
) -> None:
    assert told(differences(older, newer)) == expected
    assert differences(newer, newer) == ()


def test_every_kind_of_difference_is_met_but_those_of_variants() -> None:
    met = {each.kind for _, older, newer, _ in COMPARED for each in differences(older, newer)}
    assert {each.kind for each in DIFFERENCES} - met == {"variant-added", "variant-removed"}


def one_of(*alternatives: dict[str, Any]) -> Shape:
    return shape(
        oneOf=[
            {"title": each["title"], "type": "object", "properties": each["has"]}
            for each in alternatives
        ]
    )


def test_variants_join_and_leave() -> None:
    card, bank = {"title": "Card", "has": {"pan": TEXT}}, {"title": "Bank", "has": {"iban": TEXT}}
    cash = {"title": "Cash", "has": {"till": TEXT}}
    assert told(differences(one_of(card, bank), one_of(card, bank, cash))) == [
        "variant-added  may be Cash too"
    ]
    assert told(differences(one_of(card, bank, cash), one_of(card, bank))) == [
        "variant-removed  may be Cash no more"
    ]


def test_what_changes_in_several_variants_alike_is_told_once_with_their_names() -> None:
    def both(*more: str) -> Shape:
        has = dict.fromkeys(("id", *more), TEXT)
        return one_of(
            {"title": "Card", "has": has}, {"title": "Bank", "has": {"iban": TEXT, **has}}
        )

    [found] = differences(both(), both("note"))
    assert (found.path, found.variant) == ("note", "Card, Bank")


def breaks(older: Shape, newer: Shape) -> set[Side]:
    return {side for each in differences(older, newer) for side in each.breaks}


def test_what_breaks_one_side_one_way_breaks_the_other_side_the_other_way() -> None:
    opposite = {Side.CONSUMERS: Side.PRODUCERS, Side.PRODUCERS: Side.CONSUMERS}
    for name, older, newer, _ in COMPARED:
        if "optional field is added" in name or "field is removed" in name or "goes with" in name:
            continue  # an optional field that is gone is missed, one that is new is not
        there, back = breaks(older, newer), breaks(newer, older)
        if "required field is added" in name:
            assert there == {Side.PRODUCERS}
        else:
            assert {opposite[side] for side in there} == back, name
