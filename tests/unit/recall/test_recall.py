"""What was asked while a thing was made, and whether it would be the same again."""

import threading
from dataclasses import dataclass

import msgspec
import pytest

from catalog_builder.recall import Asked, Former, Made, Memory, Question, digest, note, noting
from catalog_builder.recall.former import without_waste


@dataclass
class Shop:
    """Answers the question what something costs."""

    prices: dict[str, int]

    def answer(self, question: Question) -> bytes:
        return digest(self.prices.get(question[-1]))

    def ask(self, thing: str) -> None:
        note(("shop", thing), self.prices.get(thing))


def asked_in(*lookups: object) -> list[Question]:
    asked: dict[Question, None] = {}
    known = Asked[object, int](("shop",), {"tea": 3, ("green", "tea"): 4})
    with noting({}, asked):
        for each in lookups:
            known.get(each)
    return list(asked)


def test_a_lookup_is_a_question_of_text() -> None:
    assert asked_in("tea", ("green", "tea"), "milk") == [
        ("shop", "tea"),
        ("shop", "green", "tea"),
        ("shop", "milk"),
    ]


@pytest.mark.parametrize("key", [3, ("tea", 3), ("tea",), None])
def test_what_cannot_be_asked_again_asks_for_everything(key: object) -> None:
    assert asked_in(key) == [("shop",)]


def test_who_goes_through_a_mapping_asks_for_everything() -> None:
    asked: dict[Question, None] = {}
    known = Asked(("shop",), {"tea": 3})
    with noting({}, asked):
        assert list(known) == ["tea"]
    assert list(asked) == [("shop",)]


def test_a_key_that_is_not_there_is_missing() -> None:
    known = Asked(("shop",), {"tea": 3})
    assert "milk" not in known
    with pytest.raises(KeyError):
        known["milk"]


def test_another_thread_makes_something_else() -> None:
    asked: dict[Question, None] = {}
    with noting({}, asked):
        other = threading.Thread(target=note, args=(("shop", "tea"), 3))
        other.start()
        other.join()
    assert asked == {}


def made_by(shop: Shop, *things: str, former: Former | None = None) -> tuple[Former, list[str]]:
    """What a build leaves that asks about these, and which of them it made."""
    memory = Memory(shop.answer, former, folder=0)
    made = []
    for thing in things:
        if memory.is_same(thing, b""):
            memory.kept(thing)
            continue
        with memory.making(thing):
            shop.ask(thing)
            shop.ask("currency")
        memory.made(thing, b"")
        made.append(thing)
    memory.gather(memory.harvest())
    packed = memory.left("program", "site").packed()
    left = Former.of(packed)
    assert left is not None
    return left, made


def test_what_nobody_would_answer_otherwise_is_kept() -> None:
    shop = Shop({"tea": 3, "milk": 1})
    former, _ = made_by(shop, "tea", "milk")
    for price, made in ((4, ["tea"]), (4, []), (3, ["tea"])):
        shop.prices["tea"] = price
        former, again = made_by(shop, "tea", "milk", former=former)
        assert again == made


def test_what_comes_or_goes_is_another_answer() -> None:
    shop = Shop({"tea": 3, "milk": 1})
    former, _ = made_by(shop, "tea", "milk")
    shop.prices["currency"] = 2
    former, made = made_by(shop, "tea", "milk", former=former)
    assert made == ["tea", "milk"]
    del shop.prices["currency"]
    assert made_by(shop, "tea", "milk", "salt", former=former)[1] == ["tea", "milk", "salt"]


def test_what_was_given_counts_as_well() -> None:
    former, _ = made_by(Shop({"tea": 3}), "tea")
    memory = Memory(Shop({"tea": 3}).answer, former, folder=0)
    assert memory.is_same("tea", b"")
    assert not memory.is_same("tea", b"other")
    assert not Memory(Shop({"tea": 3}).answer, former, folder=None).is_same("tea", b"")


def test_an_answer_that_has_no_form_is_never_the_same() -> None:
    shop = Shop({"tea": 1 << 70})
    former, _ = made_by(shop, "tea")
    assert made_by(shop, "tea", former=former)[1] == ["tea"]


def test_questions_that_nothing_depends_on_are_forgotten() -> None:
    made = {"a": Made(b"", b"\x03\0\0\0")}
    questions = tuple(((str(number),), b"") for number in range(5))
    slim = without_waste(Former("", "", questions, made))
    assert slim.questions == ((("3",), b""),)
    assert list(slim.made["a"].numbers) == [0]


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"\x80\x04.",
        msgspec.msgpack.encode({"making": "", "site": ""}) + b"x",
        Former("", "", (), {"a": Made(b"", b"\x01\0\0\0")}).packed(),
        Former("", "", (), {"a": Made(b"", b"odd")}).packed(),
    ],
)
def test_what_no_build_left_is_nothing(content: bytes | None) -> None:
    assert Former.of(content) is None
