import re
from collections.abc import Mapping

from catalog_builder.graph import Flow
from catalog_builder.model import (
    Catalog,
    Event,
    Field,
    Location,
    Payload,
    SchemaFormat,
    Shape,
    SharedChannel,
)
from catalog_builder.render import View, render
from catalog_builder.templates import Templates
from tests.catalogues import catalogue

PAYLOAD = Payload(SchemaFormat.JSON_SCHEMA, {"type": "object"})
MONEY = Field(
    "total",
    "Money",
    type_name="Money",
    fields=(Field("amount", "integer", constraints=("matches ^<$",)),),
)


def event(id_: str, *fields: Field, **about: object) -> Event:
    return Event(id_, id_.title(), payload=PAYLOAD, shape=Shape(fields=fields), **about)  # type: ignore[arg-type]  # the fields of Event


def page(made: Catalog, id_: str, contents: Mapping[str, Mapping[str, bytes]] | None = None) -> str:
    files = render(
        View(made, Flow(made)),
        Templates(),
        directory_urls=False,
        pictures={},
        contents=contents or {},
    )
    return next(each for each in files.pages if each.path == f"events/{id_}.md").body().html


def test_a_field_tells_in_how_many_other_events_it_is() -> None:
    made = catalogue(
        events=[
            event("a", Field("sku", "string"), Field("unit price", "string"), Field("x", "string")),
            event("b", Field("sku", "string"), Field("unit price", "string")),
            event("c", Field("lines", "object", fields=(Field("sku", "string"),))),
        ]
    )
    html = page(made, "a")
    assert 'data-tree="../fields/index.html"' in html
    assert re.findall(r"<code>([^<]*)</code> <i>string</i>( <small>[^<]*</small>)?<", html) == [
        ("sku", " <small>in 2 other events</small>"),
        ("unit price", " <small>in 1 other event</small>"),
        ("x", ""),
    ]


def test_types_that_several_events_share_are_listed_and_namesakes_are_not() -> None:
    namesake = Field("total", "Money", type_name="Money", fields=(Field("pence", "integer"),))
    made = catalogue(events=[event("a", MONEY), event("b", MONEY), event("c", namesake)])
    html = page(made, "a")
    assert '<li id="type.Money"><code>Money</code>' in html
    assert '<a href="b.html">B</a>' in html
    assert '<a href="c.html">C</a>' not in html.partition('id="type.Money"')[2]
    assert "Shared types" not in page(made, "c")


def test_a_pattern_is_code() -> None:
    assert '<p class="cat-note">Matches <code>^&lt;$</code></p>' in page(
        catalogue(events=[event("a", MONEY)]), "a"
    )


def test_the_document_itself_is_quoted() -> None:
    text = b"messages:\n  A:\n    name: <A>\n    payload: {}\n  B: {}\n"
    made = catalogue(events=[event("a", source=Location("orders", "x/asyncapi.yaml", 2))])
    html = page(made, "a", {"orders": {"x/asyncapi.yaml": text}})
    assert '<code data-code="yaml">A:\n  name: &lt;A&gt;\n  payload: {}</code>' in html


def test_the_page_offers_the_same_in_other_forms() -> None:
    html = page(catalogue(events=[event("a")]), "a")
    actions = html.partition('<ul class="cat-actions">')[2].partition("</ul>")[0]
    assert re.findall(r'href="([^"]*)"', actions) == [
        "a.json",
        "a.schema.json",
        "a.md",
    ]


def test_tabs_hold_examples_schema_and_code() -> None:
    channel = SharedChannel("a", "orders", "kafka")
    made = catalogue("orders sends a", events=[event("a")], channels=[channel])
    labels = re.findall(r"<label[^>]*>([^<]*)</label>", page(made, "a"))
    assert labels == ["Example", "JSON Schema"]
    assert re.findall(r'"(Send|Read)","(\w+)"', page(made, "a")) == [
        ("Send", "kafka"),
        ("Read", "kafka"),
    ]
