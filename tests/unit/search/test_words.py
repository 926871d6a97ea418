import pytest

from catalog_builder.search.matching import Vocabulary
from catalog_builder.search.words import key_of, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OrderPlacedV2", "order placed v2"),
        ("orders.{region}.placed.v2", "orders region placed v2"),
        ("HTTPServerIDs", "http server ids"),
        ("line1 address2b", "line 1 address 2 b"),
        ("Café Straße Ærø", "cafe strasse aero"),
        ("注文 完了", "注 文 完 了"),
        ("заказ создан", "заказ создан"),
        ("a\u202eb \U0001f600 \ud800", "a b"),
        ("", ""),
    ],
)
def test_words_end_at_signs_case_and_digits(text: str, expected: str) -> None:
    assert words(text) == tuple(expected.split())


@pytest.mark.parametrize("name", ["customerIds", "CUSTOMER_ID", "customer-id", "Customer ID"])
def test_all_ways_of_writing_a_name_share_one_key(name: str) -> None:
    assert key_of(name) == "customerid"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("payment", {"payment", "payments"}),
        ("paymnet", {"payment", "payments"}),
        ("paymen", {"payment", "payments"}),
        ("paid", {"paid"}),
        ("cancelling", {"cancelled"}),
        ("client", {"customer"}),
        ("xq", set()),
    ],
)
def test_a_typed_word_means_what_is_near_it(typed: str, meant: set[str]) -> None:
    known = ("cancelled", "customer", "paid", "payment", "payments", "refund")
    vocabulary = Vocabulary(known, (("client", "customer"),))
    assert {known[number] for number in vocabulary.meant(typed)} == meant


def test_words_written_together_are_taken_apart() -> None:
    known = ("approved", "id", "refund")
    vocabulary = Vocabulary(known)
    assert [known[number] for number in vocabulary.pieces("refundapproved")] == [
        "refund",
        "approved",
    ]
    assert vocabulary.pieces("refundapprove") == ()
