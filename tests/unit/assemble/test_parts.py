"""What is told by text must be what a comparison of fields tells."""

from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_builder.assemble.comparing import departures
from catalog_builder.assemble.parts import is_part
from catalog_builder.model import Json, Payload, SchemaFormat
from catalog_builder.schema import shape_of

names = st.sampled_from(["a", "b"])
leaves = st.fixed_dictionaries(
    {"type": st.sampled_from(["string", "integer", "number"])},
    optional={"description": st.just("words"), "nullable": st.booleans(), "enum": st.just(["x"])},
)
references = st.just({"$ref": "#/definitions/D"})


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"type": st.just("object")},
        optional={
            "properties": st.dictionaries(names, inner),
            "required": st.lists(names, max_size=2),
            "title": st.just("title"),
            "oneOf": st.lists(inner, min_size=2, max_size=2),
        },
    )


def arrays(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"type": st.just("array"), "items": inner})


schemas = st.recursive(
    leaves | references, lambda inner: objects(inner) | arrays(inner), max_leaves=6
)
roots = st.builds(
    lambda root, d: {**root, "definitions": {"D": d}}, objects(schemas), leaves | objects(leaves)
)
AVRO_TYPES = st.sampled_from(
    ["string", "long", ["null", "string"], {"type": "array", "items": "string"}]
)
avro_fields = st.lists(
    st.fixed_dictionaries(
        {"name": names, "type": AVRO_TYPES}, optional={"doc": st.just("d"), "default": st.none()}
    ),
    max_size=2,
    unique_by=lambda each: str(each["name"]),
)
records = st.builds(lambda its: {"type": "record", "name": "R", "fields": its}, avro_fields)


@settings(max_examples=300, deadline=None)
@given(roots, roots)
def test_a_reader_of_a_part_departs_in_nothing(reader: Json, sender: Json) -> None:
    check(SchemaFormat.JSON_SCHEMA, reader, sender)


@settings(max_examples=200, deadline=None)
@given(records, records)
def test_a_reader_of_a_part_of_a_record_departs_in_nothing(reader: Json, sender: Json) -> None:
    check(SchemaFormat.AVRO, reader, sender)


@settings(max_examples=200, deadline=None)
@given(roots, st.sets(names))
def test_a_copy_with_less_in_it_is_a_part(sender: Json, kept: set[str]) -> None:
    reader = pruned(sender, kept)
    read, sent = (Payload(SchemaFormat.JSON_SCHEMA, each) for each in (reader, sender))
    assert is_part(read, sent) or "oneOf" in str(sender)
    check(SchemaFormat.JSON_SCHEMA, reader, sender)


def pruned(schema: Json, kept: set[str]) -> Json:
    """Without notes, and without all properties but those kept; alternatives as they are."""
    if not isinstance(schema, dict):
        return schema
    return {
        key: pruned_by[key](each, kept) if key in pruned_by else pruned(each, kept)
        for key, each in schema.items()
        if key not in {"description", "title"}
    }


pruned_by: dict[str, Callable[[Json, set[str]], Json]] = {
    "oneOf": lambda each, _: each,
    "properties": lambda each, kept: {k: pruned(v, kept) for k, v in each.items() if k in kept},
    "required": lambda each, kept: [name for name in each if name in kept],
}


def check(format_: SchemaFormat, reader: Json, sender: Json) -> None:
    read, sent = Payload(format_, reader), Payload(format_, sender)
    assert is_part(read, read)
    if is_part(read, sent):
        assert departures(shape_of(read), shape_of(sent)) == ()
