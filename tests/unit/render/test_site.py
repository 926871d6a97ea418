import re
from dataclasses import replace

from catalog_builder.graph import Flow
from catalog_builder.model import (
    Deprecation,
    DocumentLink,
    Event,
    Location,
    Parameter,
    Repository,
    Server,
    Service,
    SharedChannel,
    SourceState,
)
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
    assert 'Use <a href="placed-2.html">Placed2</a> instead.' in html


def test_links_of_parameters_and_servers_lead_to_where_the_file_that_says_them_is() -> None:
    repositories = tuple(
        Repository(name, commit=commit, link=f"https://git.example/{name}/{{commit}}/{{path}}")
        for name, commit in (("orders", "c0ffee"), ("stock", "decade"))
    )
    there, here = Location("stock", "api/x.yaml"), Location("orders", "d/y.yaml")
    channel = SharedChannel(
        "placed",
        "{region}.placed",
        parameters=(Parameter("region", "[a](a.md)", described_in=there),),
        servers=(Server("s", "h", "mqtt", "[b](../b.md)", described_in=here),),
    )
    made = replace(catalogue("orders sends placed", channels=[channel]), repositories=repositories)
    files = render(
        View(made, Flow(made)), Templates(), directory_urls=False, pictures={}, contents={}
    )
    html = next(each for each in files.pages if each.path == "channels/placed.md").body().html
    assert '<a href="https://git.example/stock/decade/api/a.md">a</a>' in html
    assert '<a href="https://git.example/orders/c0ffee/b.md">b</a>' in html


def test_the_health_page_shows_each_source_those_in_trouble_first() -> None:
    part = SourceState("https://g.example/acme/<x>.git", ("x",), 2, "stale: gone", 12, 3.0)
    sources = (
        SourceState("../orders", ("orders",), 1, "read", seconds=1.0),
        SourceState("../stock", (), 0, "gone"),
        SourceState("github: acme", ("a", "b"), 4, "read", parts=(part,)),
    )
    repositories = (Repository("x", commit="c0ffee00", branch="main", archived=True),)
    made = replace(catalogue(), sources=sources, repositories=repositories)
    files = render(
        View(made, Flow(made)), Templates(), directory_urls=False, pictures={}, contents={}
    )
    html = next(each for each in files.pages if each.path == "health/index.md").body().html
    rows = [
        " ".join(re.sub(r"<[^>]*>", " ", row).split())
        for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)
    ]
    start = rows.index("Source Repositories Documents State Age")
    assert rows[start + 1 : start + 5] == [
        "../stock 0 0 gone",
        "github: acme 2 4 read",
        "https://g.example/acme/&lt;x&gt;.git 1 2 stale: gone 12",
        "../orders 1 1 read",
    ]
    assert rows[-1].startswith("x c0ffee0 main archived none")
