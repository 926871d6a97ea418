"""Searching, over small catalogues."""

import pytest

from catalog_builder.graph import Flow
from catalog_builder.model import Belonging, Deprecation, Event, Field, Service, Shape
from catalog_builder.render import View
from catalog_builder.search import Entry, Kind, Occurrence, Search, index_of
from tests.catalogues import catalogue


def search(*entries: Entry) -> Search:
    return Search(index_of(entries))


def event(name: str, *fields: str, **about: object) -> Entry:
    occurrences = tuple(Occurrence(path, "string", required=True) for path in fields)
    return Entry(Kind.EVENT, name.lower(), name, fields=occurrences, **about)  # type: ignore[arg-type]  # test data


def names(found: Search, query: str, kind: Kind = Kind.EVENT) -> list[str]:
    return [
        hit.entry.name
        for group in found.find(query).groups
        if group.kind is kind
        for hit in group.hits
    ]


def test_an_exact_name_comes_before_a_longer_one_a_field_and_a_description() -> None:
    found = search(
        event("Told", text="about a refund"),
        event("Carried", "refund"),
        event("RefundRequestedByMail"),
        event("Refund"),
    )
    assert names(found, "refund") == ["Refund", "RefundRequestedByMail", "Carried", "Told"]


def test_of_equally_named_events_the_one_with_more_readers_comes_first() -> None:
    found = search(
        event("PaidLate", consumers=("a",)), event("PaidOften", consumers=("a", "b", "c"))
    )
    assert names(found, "paid") == ["PaidOften", "PaidLate"]


def test_a_deprecated_event_comes_after_the_others() -> None:
    found = search(event("Paid", deprecated=True), event("PaidAgain"))
    assert names(found, "paid") == ["PaidAgain", "Paid"]


def test_a_field_that_has_all_words_counts_more_than_words_in_several_places() -> None:
    found = search(
        event("CustomerMerged", "recordId"), event("Shipped", "customerId"), event("Other")
    )
    assert names(found, "customer_id") == ["Shipped", "CustomerMerged"]


def test_a_hit_by_field_tells_its_place_its_type_and_whether_it_is_required() -> None:
    (hit,) = search(event("Placed", "lines[].sku")).find("field:sku kind:event").groups[0].hits
    (reason,) = hit.reasons
    assert reason.occurrence == Occurrence("lines[].sku", "string", required=True)


def test_all_words_must_fit_unless_nothing_has_them_all() -> None:
    found = search(event("OrderPlaced"), event("OrderShipped"))
    assert names(found, "order shipped") == ["OrderShipped"]
    (hit,) = found.find("shipped zebra").groups[0].hits
    assert (hit.entry.name, hit.missing) == ("OrderShipped", ("zebra",))


def test_what_an_alternative_or_a_quote_asks_for_is_found() -> None:
    found = search(event("OrderPlaced"), event("OrderShipped"), event("PlacedOrderAgain"))
    assert sorted(names(found, "shipped OR again")) == ["OrderShipped", "PlacedOrderAgain"]
    assert names(found, '"placed order"') == ["OrderPlaced", "PlacedOrderAgain"]
    assert names(found, '"place order"') == []


def test_what_is_not_wanted_is_not_found() -> None:
    shop, depot = (Entry(Kind.DOMAIN, name, name) for name in ("shop", "depot"))
    placed, shipped = event("OrderPlaced", domain="shop"), event("OrderShipped", domain="depot")
    found = search(placed, shipped, shop, depot)
    assert names(found, "order -shipped") == ["OrderPlaced"]
    assert names(found, "order -domain:shop") == ["OrderShipped"]


@pytest.fixture
def small() -> Search:
    made = catalogue(
        "shop sends order-placed",
        "loyalty receives order-placed",
        "mail receives order-placed",
        "shop sends order-lost",
        services=[
            Service("shop", "Shop", domain=Belonging("selling", "")),
            Service("loyalty", "Loyalty points", team=Belonging("crm", "")),
        ],
        events=[
            Event(
                "order-placed",
                "OrderPlaced",
                domain=Belonging("selling", ""),
                team=Belonging("web", ""),
                shape=Shape(fields=(Field("id", "string", required=True),)),
            ),
            Event("order-lost", "OrderLost", deprecation=Deprecation()),
        ],
    )
    view = View(made, Flow(made))
    return Search(index_of(view.entries))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("producer:shop", ["OrderPlaced", "OrderLost"]),
        ("consumer:loyalty", ["OrderPlaced"]),
        ("-consumer:* kind:event", ["OrderLost"]),
        ("team:web", ["OrderPlaced"]),
        ("domain:selling kind:event", ["OrderPlaced"]),
        ("domain:nowhere", []),
        ("lifecycle:deprecated", ["OrderLost"]),
        ("field:id kind:event", ["OrderPlaced"]),
        ("field:ids kind:event", ["OrderPlaced"]),
        ("web", ["OrderPlaced"]),
        ("unknown:thing", []),
    ],
)
def test_conditions_hold_of_what_is_found(small: Search, query: str, expected: list[str]) -> None:
    assert names(small, query) == expected


def test_facets_count_what_choosing_one_would_leave(small: Search) -> None:
    facets = small.find("order").facets
    for facet, values in facets.items():
        for value, count in values:
            assert small.find(f'order {facet}:"{value}"').count == count, (facet, value)


def test_a_facet_that_is_chosen_still_tells_the_other_values(small: Search) -> None:
    kinds = dict(small.find("shop kind:service").facets["kind"])
    assert kinds["event"] == 2
    assert small.find("shop kind:service").count == 1


def test_nothing_is_asked_for_by_nothing(small: Search) -> None:
    for query in ("", "  ", "OR", '""', "-"):
        assert small.find(query).groups == ()
