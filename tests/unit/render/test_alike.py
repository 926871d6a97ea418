"""What is nearly the same is told where one meets it, and joins nothing."""

from catalog_builder.graph import Flow
from catalog_builder.model import Belonging, Event, Field, Shape
from catalog_builder.render import View, render
from catalog_builder.templates import Templates
from tests.catalogues import catalogue

FIELDS = tuple(Field(name, "string") for name in ("refundId", "orderId", "amount", "reason"))


def pages(*events: Event) -> dict[str, str]:
    made = catalogue(events=events)
    files = render(
        View(made, Flow(made)), Templates(), directory_urls=False, pictures={}, contents={}
    )
    return {page.path: page.body().html for page in files.pages}


def test_two_events_that_are_nearly_the_same_stand_on_health_and_on_each_others_page() -> None:
    asked = Event("refund-asked", "RefundAsked", shape=Shape(fields=FIELDS))
    wanted = Event(
        "refund-requested", "RefundRequested", team=Belonging("care"), shape=Shape(fields=FIELDS)
    )
    lost = Event("parcel-lost", "ParcelLost", shape=Shape(fields=(Field("parcelId", "string"),)))
    made = pages(asked, wanted, lost)
    assert made["health/index.md"].count("RefundAsked</a> and <a") == 1
    assert "nearly the same" in made["events/refund-asked.md"]
    assert 'href="refund-asked.html"' in made["events/refund-requested.md"]
    assert "Similar events" not in made["events/parcel-lost.md"]


def test_health_is_silent_where_nothing_is_nearly_the_same() -> None:
    alone = Event("refund-asked", "RefundAsked", shape=Shape(fields=FIELDS))
    assert "Nearly the same" not in pages(alone)["health/index.md"]
