from collections.abc import Iterator
from pathlib import Path

import jsonschema_rs
import pytest

from catalog_builder.model import Checkout, Document, Payload, Repository, SchemaFormat, walk
from catalog_builder.parse import read
from catalog_builder.reading import Shapes
from catalog_builder.schema import example_of, problems_of, shape_of

_CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
_JSON_SCHEMAS = (SchemaFormat.JSON_SCHEMA, SchemaFormat.OPENAPI)


def payloads() -> Iterator[Payload]:
    if not _CORPUS.is_dir():
        pytest.skip(f"no corpus at {_CORPUS}")
    roots = [*_CORPUS.glob("real/*"), *_CORPUS.glob("official/*"), *_CORPUS.glob("orgs/*/*")]
    for root in sorted(roots):
        for document in documents(root):
            for channel in document.channels:
                for message in channel.messages:
                    for payload in (message.payload, message.headers, message.key):
                        if payload:
                            yield payload


def documents(root: Path) -> tuple[Document, ...]:
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    specifications = tuple(
        path
        for path, content in files.items()
        if path.endswith((".yaml", ".yml", ".json")) and b"asyncapi" in content[:5_000]
    )
    return read(Checkout(Repository(root.name), files, specifications)).documents


def validator_of(payload: Payload) -> jsonschema_rs.Validator | None:
    schema = payload.schema
    if isinstance(schema, dict):
        schema = {key: value for key, value in schema.items() if key != "$schema"}
    try:
        return jsonschema_rs.Draft7Validator(schema, validate_formats=True)
    except (jsonschema_rs.ValidationError, ValueError):
        return None


@pytest.fixture(scope="module")
def distinct() -> list[Payload]:
    return list({(each.format, repr(each.schema)): each for each in payloads()}.values())


def test_every_shape_of_the_corpus_can_be_kept(distinct: list[Payload]) -> None:
    first = Shapes(None, "this")
    made = [first.of(each, b"%d" % number) for number, each in enumerate(distinct)]
    again = Shapes(first.packed(), "this")
    assert [again.of(each, b"%d" % number) for number, each in enumerate(distinct)] == made
    assert not again.is_new


def test_every_schema_of_the_corpus_that_can_be_satisfied_has_valid_examples(
    distinct: list[Payload],
) -> None:
    checked = 0
    for payload in (each for each in distinct if each.format in _JSON_SCHEMAS):
        validator = validator_of(payload)
        # `false` is the one schema of the corpus that nothing satisfies.
        if validator is None or payload.schema is False:
            continue
        for minimal in (False, True):
            sample = example_of(payload, minimal=minimal)
            assert sample, payload
            assert validator.is_valid(sample.value), (payload, sample)
            checked += 1
    assert checked > 500


def test_every_avro_and_protobuf_schema_of_the_corpus_has_an_example(
    distinct: list[Payload],
) -> None:
    found = [each for each in distinct if each.format in (SchemaFormat.AVRO, SchemaFormat.PROTOBUF)]

    assert found
    assert all(example_of(each) for each in found)


def test_every_schema_that_is_not_valid_has_a_problem(distinct: list[Payload]) -> None:
    broken = [
        each for each in distinct if each.format in _JSON_SCHEMAS and validator_of(each) is None
    ]

    assert broken
    assert all(problems_of(each) for each in broken)


def test_a_shape_has_at_most_five_thousand_fields(distinct: list[Payload]) -> None:
    assert all(sum(1 for _ in walk(shape_of(each))) <= 5_000 for each in distinct)
