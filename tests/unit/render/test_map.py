"""What the page of the map is made of."""

import gzip

from catalog_builder.graph import Flow
from catalog_builder.render import View
from catalog_builder.render.links import Links
from catalog_builder.render.map import map_assets, map_data
from catalog_builder.templates import Templates
from tests.catalogues import catalogue


def test_the_script_of_the_map_weighs_thirty_kilobytes_at_most() -> None:
    assets = map_assets(Templates())
    assert len(gzip.compress(assets.script.content())) <= 30_000


def test_the_script_keeps_nothing_that_only_people_need() -> None:
    lines = map_assets(Templates()).script.content().decode().splitlines()
    assert [each for each in lines if not each or each.startswith((" ", "/*"))] == []


def test_the_data_of_the_map_are_two_scripts() -> None:
    catalog = catalogue("orders sends placed", "billing receives placed")
    files = {each.path: each.content() for each in map_data(View(catalog, Flow(catalog)))}
    assert list(files) == ["data/map.js", "data/map-sources.js"]
    assert files["data/map.js"].startswith(b"window.catalogMap.load(")
    assert files["data/map-sources.js"].startswith(b"window.catalogMap.tellSources(")


def test_several_events_stand_together_in_the_middle() -> None:
    links = Links("../", directory_urls=True)
    assert links.focus_on_events(["placed"], "orders") == "../map/?focus=event:placed"
    assert (
        links.focus_on_events(["paid", "placed"], "orders & co")
        == "../map/?focus=events:paid,placed&as=orders%20%26%20co"
    )


def test_more_events_than_an_address_can_hold_have_no_link() -> None:
    links = Links("../", directory_urls=True)
    assert links.focus_on_events([f"a-rather-long-event-{n}" for n in range(400)], "all") == ""
    assert links.focus_on_events([], "none") == ""
