"""Laws of reading: nothing raises, and no order of keys or files changes what is read."""

import random
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_builder.model import Checkout, Location, Reading, Repository
from catalog_builder.parse import read

SPECS = Path(__file__).resolve().parents[3] / "specs"
PIECES = [
    *(b"\t", b"\0", b"&a ", b"*a", b"<<: ", b"!!str ", b"- ", b": ", b"[", b"]", b"{", b"}", b'"'),
    *(b"'", b"|\n", b">\n", b"#", b"\xff", b"\r", b"? ", b"---\n", b"...\n", b"null", b"0123"),
    *(b"$ref: '#/channels'", b"\\u", b"%", b"\xe2\x80\xa8", b"1e999", b"{$ref: '#/'}", b"[1]"),
]
SIGNS = [
    *(b"&a", b"& ", b"&\n", b"*a", b"!t ", b"!\n", b"? ", b"- ", b": ", b":", b"\n", b"\n  ", b" "),
    *(b"{", b"}", b"[", b"]", b",", b'"', b"'", b"|\n", b"|2", b">-\n", b"#", b"a", b"<<: ", b"\t"),
    *(b"---\n", b"...\n", b"%YAML 1.2\n", b"\\", b"\r\n", b"~"),
]
SHARED = {
    "common/order.yaml": "Order: {type: object, properties: {id: {$ref: '#/Id'}}}\nId: {}\n",
    "common/returns.yaml": "Order: {type: object, properties: {at: {$ref: '#/Id'}}}\nId: {}\n",
}
MIXED = """
asyncapi: 2.6.0
info: {title: Orders, version: 1.2.0, x-team: orders}
servers: {one: {url: a, protocol: kafka}, two: {url: b, protocol: amqp}}
channels:
  orders: {publish: {operationId: o, message: {$ref: '#/components/messages/Placed'}}}
  returns: {publish: {operationId: o, message: {$ref: '#/components/messages/Returned'}}}
  'a.{id}': {subscribe: {message: {oneOf: [{name: A, payload: {}}, {name: B}]}}}
components:
  messages:
    Placed: {payload: {$ref: '#/components/schemas/Placed'}}
    Returned: {payload: {properties: {o: {$ref: '../common/returns.yaml#/Order'}}}}
  schemas:
    Placed: {properties: {o: {$ref: '../common/order.yaml#/Order'}, p: {$ref: '#/nowhere'}}}
"""


@cache
def estate() -> Mapping[str, Mapping[str, bytes]]:
    """The files of each repository of the demo."""
    return {
        folder.name: {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        for folder in sorted(SPECS.iterdir())
        if folder.is_dir()
    }


def reading(files: Mapping[str, bytes]) -> Reading:
    chosen = sorted(path for path, content in files.items() if b"asyncapi" in content)
    return read(Checkout(Repository("shop"), files, tuple(chosen)))


@settings(max_examples=60, deadline=None)
@given(
    data=st.binary(max_size=200),
    before=st.sampled_from([b"", b"asyncapi: 2.6.0\n", b'{"asyncapi":']),
)
def test_no_bytes_raise(data: bytes, before: bytes) -> None:
    read(Checkout(Repository("shop"), {"a.yaml": before + data}, ("a.yaml",)))


@settings(max_examples=300, deadline=None)
@given(signs=st.lists(st.sampled_from(SIGNS), max_size=40))
def test_no_signs_of_yaml_raise_wherever_they_stand(signs: list[bytes]) -> None:
    read(Checkout(Repository("shop"), {"a.yaml": b"".join(signs)}, ("a.yaml",)))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_mutation_of_a_document_raises(data: st.DataObject) -> None:
    files = dict(estate()[data.draw(st.sampled_from(sorted(estate())))])
    path = data.draw(st.sampled_from(sorted(files)))
    for _ in range(data.draw(st.integers(1, 4))):
        files[path] = mutated(files[path], data)
    reading(files)


def mutated(content: bytes, data: st.DataObject) -> bytes:
    start = data.draw(st.integers(0, len(content)))
    removed = data.draw(st.sampled_from([0, 0, 1, 10, 100]))
    piece = data.draw(st.sampled_from(PIECES))
    return content[:start] + piece + content[start + removed :]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), name=st.sampled_from(["", *sorted(estate())]))
def test_the_order_of_keys_changes_nothing(seed: int, name: str) -> None:
    shared = {path: content.encode() for path, content in SHARED.items()}
    files = estate()[name] if name else {"docs/a.yaml": MIXED.encode(), **shared}
    documents = {path for path in files if path.endswith((".yaml", ".json", ".yml"))}
    plain = {path: as_json(files[path], None) for path in documents}
    shuffled = {path: as_json(files[path], seed) for path in documents}
    assert said(reading({**files, **shuffled})) == said(reading({**files, **plain}))


def as_json(content: bytes, seed: int | None) -> bytes:
    """The one document of a text, its keys in another order; other texts as they are."""
    try:
        (document,) = yaml.load_all(content, yaml.BaseLoader)
    except (yaml.YAMLError, ValueError):
        return content
    return orjson.dumps(document if seed is None else shuffled_keys(document, random.Random(seed)))  # noqa: S311  no secret


def shuffled_keys(value: Any, order: random.Random) -> Any:  # noqa: ANN401  a document is any YAML
    if isinstance(value, list):
        return [shuffled_keys(each, order) for each in value]
    if not isinstance(value, dict):
        return value
    keys = list(value)
    order.shuffle(keys)
    return {key: shuffled_keys(value[key], order) for key in keys}


def said(value: Any) -> Any:  # noqa: ANN401  any value of the model
    """A value of the model without places and orders that only the text has."""
    if is_dataclass(value):
        names = (
            each.name for each in fields(value) if each.name not in {"digest", "line", "column"}
        )
        return {name: said(getattr(value, name)) for name in names}
    if isinstance(value, Location):
        return (value.repository, value.path)
    if isinstance(value, tuple):
        return sorted((said(each) for each in value), key=repr)
    if isinstance(value, dict):
        return {key: said(each) for key, each in sorted(value.items())}
    return [said(each) for each in value] if isinstance(value, list) else value


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_files_changes_nothing(seed: int) -> None:
    for files in estate().values():
        paths = list(files)
        random.Random(seed).shuffle(paths)  # noqa: S311  no secret
        assert reading({path: files[path] for path in paths}) == reading(files)
