import pytest

from catalog_builder.model import Field, Payload, SchemaFormat, Shape, Variant
from catalog_builder.schema import example_of, identity_of, problems_of, shape_of

_ORDER = """
syntax = "proto3";
package shop.v1;
import "google/protobuf/timestamp.proto";
import "shop/money.proto";
// An order
// was placed.
message OrderPlaced {
  string order_id = 1; // trailing words
  /* What is in it. */
  repeated Line lines = 2;
  map<string, int64> counts = 3;
  oneof payment {
    Card card = 4;
    string iban = 5;
  }
  google.protobuf.Timestamp placed_at = 6 [deprecated = true];
  State state = 7;
  Money total = 8;
  enum State { STATE_UNSPECIFIED = 0; STATE_OPEN = 1; }
  message Card { string number = 1 [debug_redact = true]; }
}
message Line { string sku = 1; Line part_of = 2; }
"""
_MONEY = 'syntax = "proto3"; package shop.v1; message Money { sint64 units = 1; }'


def proto(text: object, root: str = "", **imports: str) -> Payload:
    paths = {f"{name}.proto": each for name, each in imports.items()}
    return Payload(SchemaFormat.PROTOBUF, text, root=root, imports=paths)


def test_a_message_is_told_with_all_it_is_made_of() -> None:
    assert shape_of(proto(_ORDER, money=_MONEY)) == Shape(
        type="OrderPlaced",
        description="An order\nwas placed.",
        fields=(
            Field("order_id", "string"),
            Field(
                "lines",
                "array of Line",
                description="What is in it.",
                type_name="shop.v1.Line",
                step="[]",
                fields=(
                    Field("sku", "string"),
                    Field("part_of", "Line", type_name="shop.v1.Line", recursive=True),
                ),
            ),
            Field("counts", "map of integer", format="int64", step="{}"),
            Field("placed_at", "string", format="date-time", deprecated=True),
            Field(
                "state",
                "string",
                type_name="shop.v1.OrderPlaced.State",
                enum=('"STATE_UNSPECIFIED"', '"STATE_OPEN"'),
            ),
            Field(
                "total",
                "Money",
                type_name="shop.v1.Money",
                fields=(Field("units", "integer", format="sint64"),),
            ),
        ),
        variants=(
            Variant(
                "card",
                "payment = card",
                "object",
                (
                    Field(
                        "card",
                        "Card",
                        type_name="shop.v1.OrderPlaced.Card",
                        fields=(Field("number", "string", sensitive=True),),
                    ),
                ),
            ),
            Variant("iban", "payment = iban", "object", (Field("iban", "string"),)),
        ),
    )


def test_the_example_is_in_proto3_json() -> None:
    sample = example_of(proto(_ORDER, money=_MONEY))

    assert sample
    assert sample.value == {
        "orderId": "ORD-10042",
        "lines": [{"sku": "LAMP-0042"}],
        "counts": {"key": "1"},
        "placedAt": "2026-03-14T09:26:53Z",
        "state": "STATE_OPEN",
        "total": {"units": "1"},
        "card": {"number": "NUM-10042"},
    }


@pytest.mark.parametrize(
    ("text", "root", "identity"),
    [
        ("message A { B b = 1; } message B {}", "", "A"),
        ("message B {} message A { B b = 1; }", "", "A"),
        ("message A {} message B {}", "", "A"),
        ("message A { A a = 1; }", "", "A"),
        ("message A {} message B {}", "B", "B"),
        ("package x.y; message A {} message B {}", "x.y.B", "x.y.B"),
        ("package x.y; message A { message B {} }", "B", "x.y.A.B"),
        ("message A {}", "Missing", "A"),
        ("enum E { X = 0; }", "", ""),
        ("", "", ""),
        (5, "", ""),
    ],
)
def test_the_message_meant_is_found(text: object, root: str, identity: str) -> None:
    assert identity_of(proto(text, root)) == identity


def test_proto2_says_what_is_required() -> None:
    text = "message A { required int32 n = 1 [default = 3]; optional string s = 2; }"

    assert shape_of(proto(text)).fields == (
        Field("n", "integer", required=True, format="int32", default="3"),
        Field("s", "string"),
    )


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("message A { string s = 1; }", ()),
        ("message A { X x = 1; }", ("Protobuf: nothing defines the type `X`",)),
        ("", ("Protobuf: there is no message in it",)),
        (
            "message A {" * 5_000,
            (
                "Protobuf: the file is too large, or nested too deeply, to be read",
                "Protobuf: there is no message in it",
            ),
        ),
        (5, ("Protobuf: the schema is not text",)),
        (
            "message A { string s = 1",
            ("Protobuf: line 1:24: mismatched input '<EOF>'",),
        ),
    ],
)
def test_what_is_wrong_is_said_and_not_printed(
    text: object, problems: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert problems_of(proto(text)) == problems
    assert capfd.readouterr() == ("", "")


def test_the_missing_message_is_named() -> None:
    assert problems_of(proto("message A {}", "B")) == ("Protobuf: there is no message `B` in it",)
