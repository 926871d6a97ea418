import pytest

from catalog_builder.graph import AskedError, asked_in
from catalog_builder.model import Event, Field, Shape
from tests.catalogues import catalogue

LINES = Field("lines", "array of object", step="[]", fields=(Field("sku", "string"),))
PRICES = Field("prices", "map of object", step="{}", fields=(Field("net", "number"),))
CATALOG = catalogue(
    events=[
        Event("order-placed", "org.acme.OrderPlaced", shape=Shape(fields=(LINES, PRICES))),
        Event("stock.moved", "stock.moved", shape=Shape(fields=(Field("moved", "string"),))),
        Event("a-changed", "Changed"),
        Event("b-changed", "Changed"),
    ]
)

FOUND = {
    "order-placed": ("order-placed", ""),
    "OrderPlaced": ("order-placed", ""),
    "order placed": ("order-placed", ""),
    "org.acme.OrderPlaced": ("order-placed", ""),
    "org.acme.OrderPlaced.lines": ("order-placed", "lines"),
    "OrderPlaced.lines[].sku": ("order-placed", "lines[].sku"),
    "OrderPlaced.lines.sku": ("order-placed", "lines[].sku"),
    "OrderPlaced.prices.net": ("order-placed", "prices{}.net"),
    "stock.moved": ("stock.moved", ""),
    "stock.moved.moved": ("stock.moved", "moved"),
    "a-changed": ("a-changed", ""),
}


@pytest.mark.parametrize("text", FOUND)
def test_an_event_and_its_field_are_found_however_they_are_written(text: str) -> None:
    asked = asked_in(CATALOG, text)
    assert (asked.event.id, asked.path) == FOUND[text]


REFUSED = {
    "OrderPlacd": "There is no event `OrderPlacd`. Did you mean `OrderPlaced`?",
    "zzz": "There is no event `zzz`.",
    "Changed": "Several events are called `Changed`. Did you mean `a-changed` or `b-changed`?",
    "OrderPlaced.lnes": "`OrderPlaced` has no field `lnes`. Did you mean `lines` or `lines[].sku`?",
    "stock.mved": "There is no event `stock.mved`. Did you mean `stock.moved`?",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_there_is_refused_with_what_is_near(text: str) -> None:
    with pytest.raises(AskedError) as refused:
        asked_in(CATALOG, text)
    assert str(refused.value) == REFUSED[text]
