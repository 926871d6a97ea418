from dataclasses import dataclass, field

import msgspec
import pytest

from catalog_builder.model import Field, Payload, SchemaFormat, Shape
from catalog_builder.reading import Shapes, shapes
from catalog_builder.schema import shape_of

ORDER = Payload(
    SchemaFormat.JSON_SCHEMA,
    {
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "examples": ["1"], "maxLength": 8},
            "lines": {"type": "array", "items": {"type": "object", "properties": {"n": {}}}},
            "pay": {"oneOf": [{"title": "Card", "properties": {"no": {"type": "string"}}}, {}]},
        },
    },
)
DIGEST = b"of the order"


@dataclass
class Maker:
    """Counts how often a shape is worked out."""

    asked: list[Payload] = field(default_factory=list)

    def __call__(self, payload: Payload) -> Shape:
        self.asked.append(payload)
        return shape_of(payload)


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> list[Payload]:
    maker = Maker()
    monkeypatch.setattr(shapes, "shape_of", maker)
    return maker.asked


def after(kept: bytes | None, program: str = "this") -> Shapes:
    """What is known once the order was looked at."""
    known = Shapes(kept, program)
    assert known.of(ORDER, DIGEST) == shape_of(ORDER)
    return known


def test_a_shape_from_before_is_not_worked_out_again(worked_out: list[Payload]) -> None:
    first = after(None)
    assert first.is_new
    second = after(first.packed())
    assert len(worked_out) == 1
    assert not second.is_new
    assert second.packed() == first.packed()


@pytest.mark.parametrize("of", ["another program", "nobody", "somebody who wrote something else"])
def test_of_others_nothing_is_taken(worked_out: list[Payload], of: str) -> None:
    packed = after(None).packed()
    kept = {"another program": packed.replace(b"this", b"that"), "nobody": b"\xc1"}.get(of)
    other = msgspec.msgpack.encode(("this", {DIGEST: b"\x93\x01\x02\x03"}))
    assert after(kept or other).is_new
    assert len(worked_out) == 2


def test_what_nobody_looked_at_is_not_kept_on() -> None:
    known = Shapes(after(None).packed(), "this")
    assert known.is_new
    assert DIGEST not in known.packed()


@pytest.mark.parametrize(
    ("payload", "digest"),
    [
        (ORDER, b""),
        (Payload(SchemaFormat.JSON_SCHEMA, {"properties": {"a": {"title": "\ud800"}}}), DIGEST),
    ],
    ids=["no text that tells it from others", "no form"],
)
def test_what_cannot_be_kept_is_worked_out_each_time(payload: Payload, digest: bytes) -> None:
    known = Shapes(None, "this")
    assert known.of(payload, digest) == shape_of(payload)
    assert not known.is_new


def test_fields_come_back_as_fields() -> None:
    (first, *_) = Shapes(after(None).packed(), "this").of(ORDER, DIGEST).fields
    assert isinstance(first, Field)
    assert (first.name, first.required, first.constraints) == (
        "id",
        True,
        ("at most 8 characters",),
    )
