"""The map: its four views, what stands in its address, what it answers and what it saves."""

import csv
import io
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, expect

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog
from tests.e2e.conftest import Watched
from tests.e2e.test_accessible import violations

pytestmark = pytest.mark.browser

VIEWS = {
    "landscape": "",
    "focus": "?focus=service:order-service&hops=2",
    "focus-events": "?focus=service:order-service&events=",
    "event": "?focus=event:order-placed-v2",
    "domain": "?focus=domain:ordering",
    "matrix": "?view=matrix",
    "inside": "?view=matrix&rows=domain:ordering&cols=domain:payments",
    "table": "?view=table",
    "edge": "?focus=service:order-service&edge=service:order-service%3Eservice:event-lake",
    "reach": "?focus=event:order-placed-v2&ask=reach",
    "path": "?ask=path&from=service:basket-service&to=service:event-lake",
    "loose": "?ask=loose",
    "cycles": "?ask=cycles",
    "deprecated": "?ask=deprecated",
    "strongest": "?ask=strongest",
    "bubble": "?at=domain:payments",
    "unknown": "?focus=service:nobody",
}
SHOWN = ".map-svg a, .map-list a, .map-table a, .map-panel"


def opened(page: Page, address: str, query: str) -> Page:
    page.goto(f"{address}/map/index.html{query}")
    expect(page.locator("[data-map]")).to_be_visible()
    expect(page.locator(".map-said")).not_to_be_empty()
    return page


def is_wide(page: Page) -> bool:
    size = page.viewport_size
    assert size
    return size["width"] > 600


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_is_accessible(watched: Watched, server: str, view: str) -> None:
    page = opened(watched.page, server, VIEWS[view])
    if view == "edge":
        expect(page.locator(".map-places code").first).to_be_visible()
    assert violations(page) == {}
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.evaluate("innerWidth"), "the page scrolls sideways"


@pytest.mark.parametrize("view", VIEWS)
def test_every_link_of_a_view_leads_to_a_page_of_the_site(
    watched: Watched, site: Path, view: str
) -> None:
    page = opened(watched.page, site.as_uri(), VIEWS[view])
    links = page.eval_on_selector_all(
        "[data-map] a", "all => all.map((each) => each.getAttribute('href'))"
    )
    gone = [
        each
        for each in links
        if not each.startswith(("?", "https://"))
        and not (site / "map" / each.partition("?")[0]).resolve().is_file()
    ]
    assert gone == []


def test_the_landscape_shows_every_domain_and_service_and_counts_what_it_hides(
    watched: Watched, address: str, catalog: Catalog
) -> None:
    page = opened(watched.page, address, "")
    expect(page.locator(".map-spot")).to_have_count(len(catalog.services))
    domains = {each.domain.name for each in catalog.services}
    expect(page.locator(".map-bubble")).to_have_count(len(domains))
    flows = [each for each in Flow(catalog).domain_flows() if each.source != each.target]
    drawn = page.locator(".map-flow").count()
    assert 0 < drawn < len(flows)
    said = page.locator(".map-said")
    expect(said).to_contain_text(f"{drawn} strongest of {len(flows)} flows")
    expect(said).to_contain_text(f"{len(flows) - drawn} weaker ones are not")


def test_what_talks_to_what_one_points_at_is_lit(
    watched: Watched, server: str, catalog: Catalog
) -> None:
    flow = Flow(catalog)
    after, before = flow.downstream_of("loyalty"), flow.upstream_of("loyalty")
    page = opened(watched.page, server, "")
    page.locator("a.map-spot[aria-label^='Loyalty,']").hover(force=True)
    expect(page.locator(".map-pointed")).to_have_text(
        f"Loyalty: sends to {len(after)} services, reads from {len(before)}."
    )
    expect(page.locator(".map-over .map-out")).to_have_count(len(after))
    expect(page.locator(".map-over .map-in")).to_have_count(len(before))
    lit = {each.service for each in (*after, *before)} | {"loyalty"}
    expect(page.locator(".map-spot.is-lit")).to_have_count(len(lit))
    page.locator("h1, .md-header__title").first.hover(force=True)
    expect(page.locator(".is-lit")).to_have_count(0)


def test_names_of_the_landscape_do_not_touch(watched: Watched, server: str) -> None:
    page = opened(watched.page, server, "")
    page.wait_for_timeout(300)
    touching = page.evaluate("""() => {
      const boxes = [...document.querySelectorAll(".map-name, .map-number, .map-spot-name")]
        .map((each) => [each.textContent, each.getBoundingClientRect()]);
      return boxes.flatMap(([name, a], place) => boxes.slice(place + 1)
        .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1)
        .filter(([, b]) => a.top < b.bottom - 3 && b.top < a.bottom - 3)
        .map(([other]) => [name, other]));
    }""")
    assert touching == []


def test_more_flows_are_drawn_when_one_asks_for_them(watched: Watched, server: str) -> None:
    page = opened(watched.page, server, "?flows=3")
    expect(page.locator(".map-flow")).to_have_count(3)
    if not is_wide(page):
        page.get_by_text("Filters and choices").click()
    page.get_by_label("Flows drawn").fill("5")
    expect(page.locator(".map-flow")).to_have_count(5)
    expect(page).to_have_url(re.compile(r"flows=5"))
    page.go_back()
    expect(page.locator(".map-flow")).to_have_count(3)


def test_the_focus_shows_the_neighbours_that_the_graph_knows(
    watched: Watched, server: str, catalog: Catalog
) -> None:
    flow = Flow(catalog)
    page = opened(watched.page, server, "?focus=service:order-service")
    before, after = flow.upstream_of("order-service"), flow.downstream_of("order-service")
    expect(page.locator(".map-said")).to_contain_text(
        f"{len(before)} services before, {len(after)} services after"
    )
    shown = page.locator(".map-node--service:not(.map-node--current)")
    expect(shown).to_have_count(len(before) + len(after))
    names = {catalog.service[each.service].name for each in (*before, *after)}
    texts = shown.evaluate_all("all => all.map((each) => each.textContent)")
    assert {name for name in names if not any(name in text for text in texts)} == set()


def test_on_a_narrow_screen_the_focus_is_a_list(watched: Watched, server: str) -> None:
    page = opened(watched.page, server, "?focus=service:order-service")
    wide = is_wide(page)
    expect(page.locator(".map-svg .map-node")).to_have_count(
        page.locator(".map-node").count() if wide else 0
    )
    expect(page.locator(".map-list")).to_have_count(0 if wide else 1)


def test_the_matrix_counts_what_flows_between_two_domains(
    watched: Watched, server: str, catalog: Catalog
) -> None:
    page = opened(watched.page, server, "?view=matrix")
    flows = Flow(catalog).domain_flows()
    cells = page.locator(".map-cell")
    found = cells.evaluate_all("all => all.map((each) => each.getAttribute('aria-label'))")
    expected = {
        f"{len(each.events)} {'event' if len(each.events) == 1 else 'events'}: "
        f"{each.source or 'no domain'} to {each.target or 'no domain'}"
        for each in flows
        if each.source != each.target
    }
    assert expected <= set(found)


def test_the_table_tells_every_flow_between_services(
    watched: Watched, server: str, catalog: Catalog
) -> None:
    flow = Flow(catalog)
    pairs = sum(len(flow.downstream_of(each.id)) for each in catalog.services)
    page = opened(watched.page, server, "?view=table")
    expect(page.locator(".map-said")).to_contain_text(f"{pairs} flows between services")
    page.get_by_role("button", name=re.compile("^Show")).click()
    expect(page.locator(".map-table tbody tr")).to_have_count(pairs)
    page.goto(f"{server}/map/index.html?view=table&focus=service:loyalty")
    own = len(flow.upstream_of("loyalty")) + len(flow.downstream_of("loyalty"))
    expect(page.locator(".map-table tbody tr")).to_have_count(own)


def test_a_line_tells_its_events_and_where_both_ends_say_so(
    watched: Watched, address: str, catalog: Catalog
) -> None:
    page = opened(watched.page, address, "?focus=service:order-service")
    (link,) = [
        each
        for each in Flow(catalog).downstream_of("order-service")
        if each.service == "event-lake"
    ]
    query = "?focus=service:order-service&edge=service:order-service%3Eservice:event-lake"
    if is_wide(page):
        edge = page.locator("[data-edge='service:order-service>service:event-lake']")
        edge.focus()
        page.keyboard.press("Enter")
    else:
        opened(page, address, query)
    panel = page.get_by_role("complementary", name="About what is shown")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Order service → Event lake")
    expect(panel.locator(".map-edge > li")).to_have_count(len(link.events))
    first = panel.locator(".map-edge > li", has_text="OrderCancelled")
    expect(first.locator(".map-places li")).to_have_count(2)
    sources = {
        str(each.source)
        for each in catalog.relations
        if each.event == "order-cancelled" and each.service in {"order-service", "event-lake"}
    }
    told = set(first.locator(".map-places code").all_text_contents())
    assert told <= sources
    assert len(told) == 2


def test_filters_narrow_all_views_and_stand_in_the_address(
    watched: Watched, server: str, catalog: Catalog
) -> None:
    page = opened(watched.page, server, "?view=table")
    if not is_wide(page):
        page.get_by_text("Filters and choices").click()
    page.locator("details.cat-facet", has_text="Protocol").locator("summary").click()
    page.get_by_label("mqtt", exact=True).check()
    expect(page).to_have_url(re.compile(r"protocol=mqtt"))
    spoken = {
        each.id
        for each in catalog.events
        if "mqtt" in {catalog.channel[id_].protocol for id_ in each.channels}
    }
    pairs = {
        (producer, consumer)
        for id_ in spoken
        for producer in catalog.event[id_].producers
        for consumer in catalog.event[id_].consumers
        if producer != consumer
    }
    expect(page.locator(".map-table tbody tr")).to_have_count(len(pairs))
    expect(page.get_by_label("mqtt", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Landscape", exact=True).click()
    expect(page.locator(".map-spot--out").first).to_be_attached()
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator(".map-spot--out")).to_have_count(0)
    page.go_back()
    page.go_back()
    expect(page.locator(".map-table tbody tr")).to_have_count(len(pairs))
    expect(page).to_have_url(re.compile(r"view=table.*protocol=mqtt"))


def test_words_narrow_as_one_types_and_the_field_keeps_the_cursor(
    watched: Watched, server: str
) -> None:
    page = opened(watched.page, server, "?view=table")
    if not is_wide(page):
        page.get_by_text("Filters and choices").click()
    every = page.locator(".map-said").text_content()
    field = page.get_by_label("Only with")
    field.press_sequentially("refund", delay=30)
    expect(page).to_have_url(re.compile(r"text=refund"))
    expect(field).to_be_focused()
    expect(field).to_have_value("refund")
    expect(page.locator(".map-said")).not_to_have_text(every or "")
    for row in page.locator(".map-table tbody tr").all():
        expect(row).to_contain_text(re.compile("refund|more", re.IGNORECASE))


def test_the_address_brings_back_the_very_same_picture(watched: Watched, address: str) -> None:
    page = opened(watched.page, address, "?focus=service:order-service")
    if not is_wide(page):
        page.get_by_text("Filters and choices").click()
    page.get_by_label("Hops").select_option("2")
    page.get_by_label("Direction").select_option("down")
    page.get_by_label("Events as boxes").check()
    shown = page.locator(".map-said").text_content()
    keys = "all => all.map((each) => each.textContent)"
    boxes = page.locator(".map-node").evaluate_all(keys)
    url = page.url
    assert re.search(r"\?focus=service:order-service&way=down&hops=2&events=", url)
    page.goto("about:blank")
    page.goto(url)
    expect(page.locator(".map-said")).to_have_text(shown or "")
    assert page.locator(".map-node").evaluate_all(keys) == boxes


def test_a_click_moves_the_focus_and_back_returns(watched: Watched, server: str) -> None:
    page = opened(watched.page, server, "?focus=service:order-service")
    page.locator(".map-node", has_text="Loyalty").locator("a").or_(
        page.locator("a.map-node", has_text="Loyalty")
    ).first.click()
    expect(page).to_have_url(re.compile(r"focus=service:loyalty"))
    expect(page.locator(".map-said")).to_contain_text("Loyalty:")
    page.go_back()
    expect(page.locator(".map-said")).to_contain_text("Order service:")


def test_one_finds_a_service_by_typing(watched: Watched, server: str) -> None:
    page = opened(watched.page, server, "")
    field = page.get_by_role("combobox", name="Find")
    field.press_sequentially("loyal")
    expect(page.get_by_role("option").first).to_contain_text("Loyalty")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"focus=service:loyalty$"))


def test_a_path_is_asked_for_with_two_fields(
    watched: Watched, server: str, catalog: Catalog
) -> None:
    page = opened(watched.page, server, "")
    page.get_by_label("Ask", exact=True).select_option("path")
    for label, name in (("From", "Basket service"), ("To", "Invoicing")):
        page.get_by_role("combobox", name=label, exact=True).fill(name)
        page.get_by_role("option", name=re.compile(f"^{name}")).first.click()
    chains = Flow(catalog).path("basket-service", "invoicing")
    assert chains
    rows = page.locator(".map-chains > li")
    expect(rows).to_have_count(len(chains))
    expect(rows.first).to_contain_text("Basket service → ")


def test_the_reach_of_a_change_is_told_with_those_to_talk_to(
    watched: Watched, server: str, catalog: Catalog
) -> None:
    page = opened(watched.page, server, "?focus=event:order-placed-v2&ask=reach")
    reach = Flow(catalog).reached_from("order-placed-v2", 3)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert sorted((int(row["Hop"]), row["Service"], row["Team"]) for row in rows) == sorted(
        (hop.distance, catalog.service[each].name, catalog.service[each].team.name)
        for hop in reach.hops
        for each in hop.services
    )


def test_arrow_keys_walk_along_relations(watched: Watched, server: str, catalog: Catalog) -> None:
    page = opened(watched.page, server, "?focus=service:order-service")
    if not is_wide(page):
        return
    page.locator(".map-node--current").focus()
    page.keyboard.press("ArrowRight")
    flow = Flow(catalog)
    readers = {catalog.service[each.service].name for each in flow.downstream_of("order-service")}
    focused = page.locator(".map-node:focus")
    expect(focused).to_have_count(1)
    name = (focused.get_attribute("aria-label") or "").partition(",")[0]
    assert name in readers
    page.keyboard.press("ArrowDown")
    expect(focused).not_to_have_attribute("aria-label", re.compile(f"^{name},"))
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".map-node--current")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    senders = {catalog.service[each.service].name for each in flow.upstream_of("order-service")}
    name = (focused.get_attribute("aria-label") or "").partition(",")[0]
    assert name in senders
    page.keyboard.press("Enter")
    expect(page.locator(".map-said")).to_contain_text(f"{name}:")
    expect(page.locator(".map-node--current")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".map-said")).to_contain_text("Order service:")


@pytest.mark.parametrize("query", ["", "?view=matrix"])
def test_one_stop_of_the_tab_key_and_arrows_for_the_rest(
    watched: Watched, server: str, query: str
) -> None:
    page = opened(watched.page, server, query)
    expect(page.locator(".map-svg a[tabindex='0']")).to_have_count(1)
    page.locator(".map-svg a[tabindex='0']").focus()
    seen = set()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp") * 3:
        page.keyboard.press(key)
        seen.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        expect(page.locator(".map-svg a[tabindex='0']")).to_have_count(1)
    assert len(seen) > 2


def test_one_zooms_with_wheel_keys_and_buttons(watched: Watched, server: str) -> None:
    page = opened(watched.page, server, "")

    def scale() -> float:
        found = re.search(
            r"scale\(([\d.]+)\)",
            page.locator(".map-svg > g").get_attribute("transform") or "",
        )
        assert found
        return float(found[1])

    whole = scale()
    page.locator(".map-picture").hover()
    page.keyboard.down("Control")  # a picture that is higher than the screen scrolls without
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(f"window.catalogMap.page.camera.view.k > {whole} * 1.2")
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function(f"Math.abs(window.catalogMap.page.camera.view.k - {whole}) < 0.01")
    page.locator(".map-svg a[tabindex='0']").focus()
    page.keyboard.press("+")
    page.wait_for_function(f"window.catalogMap.page.camera.view.k > {whole} * 1.2")
    before = page.evaluate("window.catalogMap.page.camera.view.x")
    box = page.locator(".map-picture").bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 100, box["y"] + 80, steps=4)
    page.mouse.up()
    assert page.evaluate("window.catalogMap.page.camera.view.x") == pytest.approx(
        before + 40, abs=12
    )


def test_two_fingers_zoom_and_a_double_tap_does(browser: Browser, site: Path) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 800, "height": 900})
    page = opened(context.new_page(), site.as_uri(), "")
    whole = page.evaluate("window.catalogMap.page.camera.view.k")
    box = page.locator(".map-picture").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 200
    session = context.new_cdp_session(page)

    def touch(kind: str, gap: float) -> None:
        points = [{"x": x - gap, "y": y, "id": 0}, {"x": x + gap, "y": y, "id": 1}]
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": points if kind != "touchEnd" else []},
        )

    touch("touchStart", 40)
    for gap in (60, 80, 100, 120):
        touch("touchMove", gap)
    touch("touchEnd", 120)
    page.wait_for_function(f"window.catalogMap.page.camera.view.k > {whole} * 1.5")
    before = page.evaluate("window.catalogMap.page.camera.view.k")
    page.mouse.dblclick(x, box["y"] + 8)
    page.wait_for_function(f"window.catalogMap.page.camera.view.k > {before} * 1.5")
    context.close()


def saved(page: Page, name: str) -> bytes:
    page.locator("summary", has_text="Save as").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    content = Path(download.value.path()).read_bytes()
    page.keyboard.press("Escape")
    return content


@pytest.mark.parametrize("query", ["", "?focus=service:order-service", "?view=matrix"])
def test_what_is_shown_can_be_saved_in_formats_that_others_read(
    watched: Watched, address: str, query: str
) -> None:
    page = opened(watched.page, address, query)
    edges = page.evaluate("window.catalogMap.page.drawn.graph.edges.length")
    rows = list(csv.reader(io.StringIO(saved(page, "CSV").decode("utf-8-sig"))))
    assert rows[0] == ["From", "To", "Events", "Which"]
    assert len(rows) == edges + 1
    mermaid = saved(page, "Mermaid").decode()
    assert mermaid.startswith("flowchart LR\n")
    assert mermaid.count(" -->|") == edges
    dot = saved(page, "DOT")
    if shutil.which("dot"):
        drawn = subprocess.run(  # noqa: S603  the system's own
            [shutil.which("dot") or "", "-Tplain"], input=dot, capture_output=True, check=True
        )
        assert drawn.stdout.count(b"\nedge ") == edges
    if not page.locator(".map-svg").count():
        return
    image = ET.fromstring(saved(page, "SVG"))  # noqa: S314  our own file
    paths = list(image.iter("{http://www.w3.org/2000/svg}path"))
    assert len(paths) >= edges or query == "?view=matrix"
    assert all("var(" not in value for each in image.iter() for value in each.attrib.values())
    assert not any(each.get("class") for each in image.iter())
    assert saved(page, "PNG").startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("events/order-placed-v2.html", "?focus=event:order-placed-v2"),
        ("services/order-service.html", "?focus=service:order-service"),
        ("domains/payments.html", "?focus=domain:payments"),
        ("channels/orders.region.placed.v2.html", "?focus=event"),
        ("teams/checkout.html", "?focus=team:checkout"),
    ],
)
def test_every_kind_of_page_leads_into_the_map(
    watched: Watched, server: str, start: str, expected: str
) -> None:
    page = watched.page
    page.goto(f"{server}/{start}")
    page.get_by_role("link", name="Look around it in the map").click()
    expect(page).to_have_url(re.compile(re.escape(expected)))
    expect(page.locator(".map-node--current")).to_have_count(1)


def test_without_javascript_there_are_a_picture_and_a_table(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.as_uri()}/map/index.html")
    expect(page.locator("svg.diagram")).to_be_visible()
    assert page.locator("[data-map-static] tbody tr").count() > 5
    expect(page.locator("[data-map]")).to_be_hidden()
    context.close()


def test_nothing_moves_slowly_for_those_who_want_no_motion(browser: Browser, site: Path) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = opened(context.new_page(), site.as_uri(), "")
    page.get_by_role("button", name="Zoom in").click()
    first = page.evaluate("window.catalogMap.page.camera.view.k")
    page.wait_for_timeout(400)
    assert page.evaluate("window.catalogMap.page.camera.view.k") == first
    context.close()


def test_in_print_the_controls_are_gone(browser: Browser, site: Path) -> None:
    page = opened(browser.new_page(), site.as_uri(), "?focus=service:order-service")
    page.emulate_media(media="print")
    expect(page.locator(".map-controls")).to_be_hidden()
    expect(page.locator(".map-svg")).to_be_visible()
    page.close()
