"""An estate of which nothing is known but its documents: no domains, no teams, names used twice."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Watched, site_of
from tests.e2e.test_accessible import violations

pytestmark = pytest.mark.browser

FLOWS = {
    "Shop": [("send", "kafka", "placed"), ("send", "amqp", "queue"), ("receive", "kafka", "sent")],
    "Stock": [("receive", "kafka", "placed"), ("send", "jms", "queue")],
    "Post": [("receive", "kafka", "placed"), ("send", "kafka", "sent")],
    "Archive": [("receive", "kafka", "placed")],
}
"""Of each service what it sends and reads: protocol and address."""


def document(name: str) -> dict[str, object]:
    flows = FLOWS[name]
    return {
        "asyncapi": "3.0.0",
        "info": {"title": name, "version": "1"},
        "servers": {each: {"host": f"{each}.example", "protocol": each} for _, each, _ in flows},
        "channels": {
            f"{protocol}-{address}": {
                "address": address,
                "servers": [{"$ref": f"#/servers/{protocol}"}],
                "messages": {"m": {"name": "Thing" if address == "queue" else address}},
            }
            for _, protocol, address in flows
        },
        "operations": {
            f"{action}-{protocol}-{address}": {
                "action": action,
                "channel": {"$ref": f"#/channels/{protocol}-{address}"},
            }
            for action, protocol, address in flows
        },
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site."""
    with site_of(
        tmp_path_factory.mktemp("plain"), {name: document(name) for name in FLOWS}
    ) as address:
        yield address


def test_the_landscape_shows_what_flows_between_services(watched: Watched, plain: str) -> None:
    page = watched.page
    page.goto(f"{plain}/map/index.html")
    expect(page.locator(".map-said")).to_have_text(
        "4 services. 4 flows are drawn between services."
    )
    expect(page.locator(".map-flow")).to_have_count(4)
    expect(page.locator(".map-picture a.map-spot, .map-picture a.map-bubble")).to_have_count(4)
    assert sorted(page.locator(".map-name").all_text_contents()) == sorted(FLOWS)
    assert violations(page) == {}
    page.get_by_role("link", name="Shop", exact=True).dispatch_event("click")
    expect(page.locator(".map-panel h2")).to_have_text("Shop")
    expect(page.locator(".map-main")).not_to_contain_text("no domain")


def test_without_scripts_a_picture_and_a_table_show_it_too(browser: Browser, plain: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("index.html", "map/index.html"):
        page.goto(f"{plain}/{path}")
        expect(page.locator("svg.diagram .node")).to_have_count(4)
        expect(page.locator("svg.diagram .edge")).to_have_count(3)  # there and back is one line
    expect(page.locator("[data-map-static] tbody tr")).to_have_count(4)
    page.locator("[data-map-static] tbody").get_by_role("link", name="Archive").click()
    expect(page.locator("h1")).to_have_text("Archive")
    context.close()


def test_the_matrix_and_the_table_go_by_service(watched: Watched, plain: str) -> None:
    page = watched.page
    page.goto(f"{plain}/map/index.html?view=matrix")
    expect(page.locator(".map-cell")).to_have_count(4)
    page.get_by_role("link", name="1 event: Shop to Stock").dispatch_event("click")
    expect(page.locator(".map-panel")).to_contain_text("placed")
    page.goto(f"{plain}/map/index.html?view=table")
    first = page.locator(".map-table tbody tr").first
    expect(first.locator("td:visible")).to_have_count(4)


def test_hits_of_one_name_are_told_apart(watched: Watched, plain: str) -> None:
    page = watched.page
    page.goto(f"{plain}/index.html?q=thing")
    hits = page.locator(".cs-group", has_text="Events").get_by_role("option")
    expect(hits).to_have_count(2)
    for place in ("queue · amqp", "queue · jms"):
        expect(hits.filter(has_text=place)).to_have_count(1)


def test_what_is_wrong_is_told_to_the_end(watched: Watched, plain: str) -> None:
    page = watched.page
    page.goto(f"{plain}/health/index.html")
    hints = page.locator("[data-table=findings] td .cat-line")
    expect(hints.first).to_be_visible()
    assert (
        hints.evaluate_all("all => all.filter(each => each.scrollHeight > each.clientHeight)") == []
    )


def test_labels_of_a_table_never_touch_what_they_are_for(watched: Watched, plain: str) -> None:
    page = watched.page
    page.goto(f"{plain}/services/index.html")
    cell = page.locator("td[data-label='Depended on by']").first
    expect(cell).to_be_visible()
    if page.viewport_size and page.viewport_size["width"] < 500:
        gap = cell.evaluate("each => getComputedStyle(each, '::before').paddingRight")
        assert float(gap.removesuffix("px")) > 4
