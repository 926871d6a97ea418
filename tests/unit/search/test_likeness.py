"""Planned events against those of a catalogue."""

from random import Random

import pytest

from catalog_builder.search import (
    Draft,
    Entry,
    Index,
    Kind,
    Likeness,
    Occurrence,
    Verdict,
    alike,
    index_of,
)
from tests.search.disturbing import disturbed


def fields(*told: str) -> tuple[Occurrence, ...]:
    """`path` or `path: type`."""
    pairs = (each.partition(": ") for each in told)
    return tuple(Occurrence(path, type_ or "string", required=False) for path, _, type_ in pairs)


def event(name: str, *told: str, deprecated: bool = False) -> Entry:
    return Entry(Kind.EVENT, name.lower(), name, fields=fields(*told), deprecated=deprecated)


REFUND = event(
    "RefundRequested", "refundId", "order.id", "amount: integer", "reason", "requestedAt"
)
PARCEL = event("ParcelSent", "parcelId", "order.id", "weight: number", "sentAt")
CATALOGUE = Likeness(index_of([REFUND, PARCEL]))


def test_a_plan_that_is_there_already_in_another_style_and_order_is_to_be_reused() -> None:
    planned = Draft(
        "refund_requested",
        fields("requested_at", "order_id", "reason", "amount: long", "refund_id"),
    )
    result = CATALOGUE.compare(planned)
    assert result.verdict is Verdict.REUSE
    best = result.candidates[0]
    assert (best.entry.name, best.missing, best.additional) == ("RefundRequested", (), ())
    assert {(pair.mine.path, pair.theirs.path) for pair in best.shared} >= {
        ("order_id", "order.id")
    }


def test_a_plan_with_more_than_there_is_asks_for_an_extension() -> None:
    result = CATALOGUE.compare(Draft("", fields("refundId", "reason", "amount: integer", "iban")))
    assert result.verdict is Verdict.EXTEND
    assert [field.path for field in result.candidates[0].missing] == ["iban"]
    assert "requestedAt" in [field.path for field in result.candidates[0].additional]


def test_a_plan_like_nothing_is_new() -> None:
    assert CATALOGUE.compare(Draft("TyreChanged", fields("pressure"))).verdict is Verdict.NEW
    assert CATALOGUE.compare(Draft()).candidates == ()


def test_a_field_of_another_type_is_shared_and_told() -> None:
    result = CATALOGUE.compare(Draft("", fields("refundId", "reason", "amount: string")))
    pair = next(each for each in result.candidates[0].shared if each.mine.path == "amount")
    assert not pair.same_type


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("RefundRequested", Verdict.REUSE),
        ("requested.refunds", Verdict.REUSE),
        ("RefundRequestedEvent", Verdict.REUSE),
        ("BigRefundRequested", Verdict.EXTEND),
        ("RefundLost", Verdict.NEW),
        ("Zebra", Verdict.NEW),
    ],
)
def test_a_name_alone_is_compared_word_by_word(name: str, verdict: Verdict) -> None:
    assert CATALOGUE.compare(Draft(name)).verdict is verdict


def test_a_deprecated_event_is_looked_at_and_not_used_again() -> None:
    likeness = Likeness(index_of([event("OrderPlaced", deprecated=True)]))
    assert likeness.compare(Draft("OrderPlaced")).verdict is Verdict.EXTEND
    both = Likeness(index_of([event("OrderPlaced", deprecated=True), event("OrderPlacedV2")]))
    assert both.compare(Draft("OrderPlaced")).candidates[0].entry.name == "OrderPlacedV2"


def test_events_with_nearly_the_same_fields_are_alike_and_others_are_not() -> None:
    copy = event(
        "RefundAsked", "refund_id", "order.id", "amount: integer", "reason", "requested_at"
    )
    found = alike([REFUND, PARCEL, copy])
    (other,) = found["refundrequested"]
    assert (other.event, other.is_nearly_the_same, other.shared) == ("refundasked", True, 5)
    assert "parcelsent" not in found


def test_disturbed_events_of_the_demo_are_found_again(demo_index: Index) -> None:
    likeness, random = Likeness(demo_index), Random(11)  # noqa: S311  a test's repeatable choice
    events = [each for each in demo_index.entries if each.kind is Kind.EVENT and each.fields]
    first = [
        likeness.compare(disturbed(each, random)).candidates[0].entry.id == each.id
        for each in events
    ]
    assert sum(first) >= len(events) * 0.95
