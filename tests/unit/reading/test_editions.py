from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec
import pytest

from catalog_builder.model import Checkout, Document, Repository
from catalog_builder.parse import read_edition
from catalog_builder.reading import Editions, editions

SPEC = """\
asyncapi: 3.0.0
info: {title: Shop, version: '1'}
channels:
  c:
    address: orders
    messages:
      Placed: {payload: {$ref: 'placed.yaml'}}
      Paid: {payload: {$ref: 'https://git.example/acme/billing/raw/main/paid.yaml'}}
"""
FILES = {"a.yaml": SPEC, "placed.yaml": "{type: object, title: One}"}


def then(commit: str = "c0ffee", **files: str) -> Checkout:
    content = {path.replace("_", "."): text for path, text in files.items()}
    return Checkout(
        Repository("shop", commit=commit),
        {path: text.encode() for path, text in (FILES | content).items()},
        ("a.yaml",),
    )


def billing(text: str = "{}") -> dict[str, Checkout]:
    repository = Repository("billing", url="https://git.example/acme/billing")
    return {"git.example/acme/billing": Checkout(repository, {"paid.yaml": text.encode()})}


@dataclass
class Reader:
    """Counts how often a document is read."""

    asked: list[str] = field(default_factory=list)

    def __call__(self, checkout: Checkout, others: Mapping[str, Checkout]) -> Document | None:
        self.asked.append(checkout.repository.commit)
        return read_edition(checkout, others)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    reader = Reader()
    monkeypatch.setattr(editions, "read_edition", reader)
    return reader.asked


def after(
    kept: bytes | None, checkout: Checkout, others: Mapping[str, Checkout], program: str = "this"
) -> Editions:
    """What is known once the edition was wanted; it is as if it was read now."""
    known = Editions(kept, program)
    assert known.read(checkout, others) == read_edition(checkout, others)
    return known


def test_an_edition_from_before_is_not_read_again(asked: list[str]) -> None:
    first = after(None, then("1"), billing())
    second = after(first.packed(), then("2"), billing())
    assert asked == ["1"]
    assert (first.is_new, second.is_new) == (True, False)
    assert second.packed() == first.packed()


@pytest.mark.parametrize(
    ("checkout", "others"),
    [
        (then("2", a_yaml=SPEC.replace("'1'", "'2'")), billing()),
        (then("2", placed_yaml="{type: object, title: Two}"), billing()),
        (then("2"), billing("{title: Changed}")),
        (then("2"), {}),
    ],
    ids=["its file", "a file it refers to", "a file of another repository", "no other repository"],
)
def test_it_is_read_again_when_anything_it_depends_on_is_another(
    asked: list[str], checkout: Checkout, others: Mapping[str, Checkout]
) -> None:
    known = after(after(None, then("1"), billing()).packed(), checkout, others)
    assert asked == ["1", "2"]
    assert known.is_new


@pytest.mark.parametrize("of", ["another program", "nobody", "somebody who wrote something else"])
def test_of_others_nothing_is_taken(asked: list[str], of: str) -> None:
    packed = after(None, then("1"), billing()).packed()
    (key,) = msgspec.msgpack.decode(packed)[1]
    kept = {
        "another program": packed.replace(b"this", b"that"),
        "nobody": b"\xc1",
        "somebody who wrote something else": msgspec.msgpack.encode(
            ("this", {key: [{"answers": {}, "document": b"x"}]})
        ),
    }
    assert after(kept[of], then("2"), billing()).is_new
    assert asked == ["1", "2"]


def test_what_could_not_be_read_then_is_not_read_again(asked: list[str]) -> None:
    torn = then("1", a_yaml="{")
    assert read_edition(torn, {}) is None
    after(after(None, torn, {}).packed(), torn, {})
    assert asked == ["1"]


@pytest.mark.parametrize("text", [SPEC, "{"], ids=["read", "not to be read"])
def test_a_file_whose_name_is_no_text_is_read_each_time(asked: list[str], text: str) -> None:
    checkout = Checkout(
        Repository("shop", commit="1"), {"\udcff.yaml": text.encode()}, ("\udcff.yaml",)
    )
    after(after(None, checkout, {}).packed(), checkout, {})
    assert asked == ["1", "1"]


def test_what_nobody_wanted_is_not_kept_on() -> None:
    known = Editions(after(None, then(), billing()).packed(), "this")
    assert known.is_new
    assert b"a.yaml" not in known.packed()
