from catalog_builder.graph import Flow
from catalog_builder.model import Deprecation, DocumentLink, Event, Location, Service
from catalog_builder.render import View, render
from catalog_builder.templates import Templates
from tests.catalogues import catalogue


def test_a_specification_that_went_away_meanwhile_costs_only_itself() -> None:
    documents = (DocumentLink(Location("orders", "asyncapi.yaml"), "3.0.0"),)
    made = catalogue(services=[Service("orders", "Orders", documents=documents)])
    view = View(made, Flow(made))
    files = render(view, Templates(), directory_urls=False, pictures={}, contents={"orders": {}})
    raw = {each.path: each for each in files.raw}
    assert raw["specifications/orders/asyncapi.yaml"].content() == b""


def test_a_deprecated_event_leads_to_its_successor() -> None:
    deprecation = Deprecation(successor="Placed2")
    made = catalogue(
        "orders sends placed",
        "orders sends placed-2",
        events=[
            Event("placed", "Placed", deprecation=deprecation),
            Event("placed-2", "Placed2"),
        ],
    )
    view = View(made, Flow(made))
    files = render(view, Templates(), directory_urls=False, pictures={}, contents={})
    html = next(each for each in files.pages if each.path == "events/placed.md").body().html
    assert 'Use <a href="../events/placed-2.html">Placed2</a> instead.' in html
