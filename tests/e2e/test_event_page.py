import html
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from catalog_builder.graph import Flow
from catalog_builder.model import Event, Json, Payload, SchemaFormat, Server, SharedChannel
from catalog_builder.render import View
from catalog_builder.render.json_text import json_html, json_text
from catalog_builder.render.links import Links
from catalog_builder.render.snippets import Snippets
from catalog_builder.render.tabs import code_tabs
from catalog_builder.templates import Templates
from tests.catalogues import catalogue
from tests.e2e.conftest import Watched
from tests.e2e.test_accessible import violations

pytestmark = pytest.mark.browser

EVENT = "events/order-placed-v2.html"
KEY = Payload(SchemaFormat.JSON_SCHEMA, {"type": "string", "enum": ["k1"]})


def tree(page: Page) -> str:
    """Names of the fields that can be seen, in one line."""
    names = page.locator(
        ".cat-payload__tree .cat-fields :is(li, summary) > code:visible"
    ).all_inner_texts()
    return " ".join(names)


def test_the_tree_narrows_to_the_fields_that_fit(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/{EVENT}")
    every = tree(page)
    box = page.get_by_role("searchbox", name="Filter fields").first
    box.fill("unitprice iso")
    expect(page.locator(".cat-tree-count").first).to_have_text(re.compile(r"^1 of \d+ fields$"))
    assert tree(page) == "lines unitPrice currency"
    box.fill("smallest unit")
    assert tree(page) == "total lines unitPrice"
    box.fill("zzz")
    expect(page.locator(".cat-tree-count").first).to_have_text("No field fits.")
    box.press("Escape")
    assert tree(page) == every


def test_all_objects_close_and_open_at_once(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/{EVENT}")
    every = tree(page)
    assert "unitPrice" in every
    page.get_by_role("button", name="Collapse all").press("Enter")
    assert "total" in tree(page)
    assert "unitPrice" not in tree(page)
    page.get_by_role("button", name="Expand all").press("Enter")
    assert tree(page) == every


def test_a_link_opens_closed_parents_and_the_filter_gives_way(
    watched: Watched, address: str
) -> None:
    page = watched.page
    page.goto(f"{address}/{EVENT}")
    page.get_by_role("button", name="Collapse all").click()
    page.get_by_role("searchbox", name="Filter fields").first.fill("region")
    field = page.locator("[id='payload.lines[].unitPrice.amount']")
    expect(field).to_be_hidden()
    page.evaluate("location.hash = '#payload.lines[].unitPrice.amount'")
    expect(field).to_be_in_viewport()
    page.evaluate("location.hash = '#payload.region'")
    expect(page.locator("[id='payload.region']")).to_be_in_viewport()
    page.go_back()
    expect(field).to_be_in_viewport()


def test_the_path_of_a_field_can_be_copied(watched: Watched, server: str) -> None:
    page = watched.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{server}/{EVENT}")
    page.get_by_role("button", name="Copy the path lines[].unitPrice.amount").press("Enter")
    expect(page.locator(".cat-field__copy", has_text="Copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == "lines[].unitPrice.amount"
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == f"{server}/{EVENT}"


def test_the_events_that_carry_a_field_are_a_click_away(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/{EVENT}")
    page.locator("[id='payload.region']").get_by_role("link", name="other events").click()
    expect(page.get_by_role("combobox", name="Search the catalogue")).to_have_value("field:region")
    expect(page.get_by_role("option").first).to_be_visible()


def test_tabs_are_worked_by_keyboard(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/{EVENT}")
    code = page.locator(".cat-payload__side pre:visible")
    page.get_by_role("radio", name="weeklyShop").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(code).to_contain_text('"properties"')
    page.keyboard.press("ArrowRight")
    expect(code).to_contain_text("OrderPlacedV2:")
    page.keyboard.press("ArrowRight")
    expect(code).to_contain_text("confluent_kafka import Producer")


def test_a_language_once_chosen_stays_chosen(watched: Watched, server: str) -> None:
    page = watched.page
    code = page.locator(".cat-payload__side pre:visible")
    page.goto(f"{server}/{EVENT}")
    page.locator(".tabbed-labels label", has_text="Send").click()
    page.locator(".tabbed-labels label:visible", has_text="TypeScript").click()
    expect(code).to_contain_text("kafka.producer()")
    page.locator(".tabbed-labels label", has_text="Read").click()
    expect(code).to_contain_text("kafka.consumer(")
    page.goto(f"{server}/events/van-door-state-changed.html")
    page.locator(".tabbed-labels label", has_text="Read").click()
    expect(code).to_contain_text("mqtt.connectAsync(")


def test_colours_leave_code_as_it_is(watched: Watched, site: Path) -> None:
    page = watched.page
    codes = re.findall(
        r'<code data-code="([a-z]+)">(.*?)</code>', (site / EVENT).read_text(), re.DOTALL
    )
    page.goto(f"{site.as_uri()}/{EVENT}")
    coloured = page.locator("code[data-code]")
    shown = coloured.evaluate_all("all => all.map((each) => each.textContent)")
    written = {
        json_text(json.loads(text)) if language == "json" and "\n" not in text else text
        for language, text in ((language, html.unescape(each)) for language, each in codes)
    }
    assert written < set(shown)
    assert len(shown) == len(codes) + 10
    expect(coloured.locator(".hk")).not_to_have_count(0)
    expect(coloured.first.locator(".nt").first).to_have_text(re.compile('^".*"$'))


@pytest.mark.parametrize(
    ("protocol", "key"),
    [("kafka", None), ("amqps", KEY), ("mqtt", KEY), ("nats", None), ("wss", KEY)],
)
def test_snippets_are_put_together_as_their_templates_say(
    watched: Watched, tmp_path: Path, protocol: str, key: Payload | None
) -> None:
    example: Json = {"a\u202e</code>": "`x`\\", "b": [None, True, 1.5, '"'], "c": "\x80\u2028$&"}
    avro = Payload(SchemaFormat.AVRO, {"type": "record", "name": "A", "fields": []})
    server = Server("s", "broker.example:1234", protocol)
    channel = SharedChannel("placed", "a.$1</script>", protocol, servers=(server,))
    event = Event("placed", "Placed", payload=avro, key=key)
    made = catalogue("orders sends placed", "x receives placed", events=[event], channels=[channel])
    view, snippets = View(made, Flow(made)), Snippets(Templates())
    found = snippets.of(view, event, example)
    links = Links("", directory_urls=False)
    body = code_tabs(links, "Code", [("Example", json_html(example), "json")], found, 1)
    for each in snippets.files(view):
        (tmp_path / each.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / each.path).write_bytes(each.content())
    (tmp_path / "event.js").write_bytes(Templates().asset("event.js"))
    script = '<script src="event.js"></script>'
    text = f"<!doctype html><meta charset=utf-8><div class=cat-payload__side>{body}</div>{script}"
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    watched.page.goto((tmp_path / "index.html").as_uri())
    codes = watched.page.locator(".tabbed-set .tabbed-set code")
    assert codes.evaluate_all(
        "all => all.map((each) => [each.dataset.code, each.textContent])"
    ) == [
        [language, html.unescape(str(code))]
        for snippet in found
        for language, _, code in snippet.codes()
    ]


def test_what_an_event_is_can_be_read_without_scripts(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/{EVENT}")
    assert "orderId" in tree(page)
    expect(page.locator(".tabbed-block pre").first).to_contain_text('"orderId":"FW-')
    expect(page.get_by_role("link", name="Order service").first).to_be_visible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Home").click()
    expect(page.get_by_role("link", name="Services").first).to_be_visible()
    context.close()


def test_versions_are_switched_and_the_address_remembers(
    watched: Watched, remembering: str
) -> None:
    page = watched.page
    page.goto(f"{remembering}/events/order-placed.html")
    choice = page.get_by_role("combobox", name="Version")
    then = page.locator(".cat-then-shown")
    expect(then).to_have_count(0)
    choice.select_option(index=2)
    expect(then).to_contain_text("Is deprecated")
    expect(then.locator("li", has_text="lines[].quantity integer")).to_contain_text("changed since")
    assert "deliveryAddress" in then.inner_text()
    assert tree(page) == ""
    expect(page).to_have_url(re.compile(r"\?version=[0-9a-f]{7}$"))
    page.reload()
    expect(then).to_be_visible()
    page.go_back()
    expect(then).to_have_count(0)
    assert tree(page).startswith("orderId")


def test_a_former_version_says_what_breaks_since(watched: Watched, remembering: str) -> None:
    page = watched.page
    page.goto(f"{remembering}/events/order-cancelled.html")
    page.get_by_role("combobox", name="Version").select_option(index=1)
    then = page.locator(".cat-then-shown")
    expect(then.locator(".cat-then-list li", has_text="reasonCode")).to_contain_text(
        "breaking since"
    )
    expect(then.locator(".cat-differences")).to_contain_text("breaks consumers")


def test_nothing_is_to_object_to_whatever_is_open(watched: Watched, remembering: str) -> None:
    page = watched.page
    page.goto(f"{remembering}/events/order-cancelled.html")
    for box in page.locator("details").all():
        box.evaluate("box => { box.open = true; }")
    assert violations(page) == {}
    page.locator(".tabbed-labels label", has_text="Send").click()
    page.get_by_role("combobox", name="Version").select_option(index=1)
    assert violations(page) == {}
    page.goto(f"{remembering}/{EVENT}")
    page.locator(".tabbed-labels label", has_text="As written").click()
    assert violations(page) == {}
