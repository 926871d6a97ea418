"""axe-core finds nothing to object to."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watched

pytestmark = pytest.mark.browser

THEMES_OWN = {"landmark-unique"}
"""What the theme's own markup gives on any site: its two tables of contents."""


def violations(page: Page) -> dict[str, list[str]]:
    page.wait_for_timeout(200)  # what fades in has its full contrast afterwards
    found = Axe().run(page).response["violations"]
    return {
        each["id"]: [str(node["html"])[:200] for node in each["nodes"]]
        for each in found
        if each["id"] not in THEMES_OWN
    }


@pytest.mark.parametrize("query", ["", "order", "field:cust", "zzzzqqq", "kind:page search"])
def test_the_open_search(watched: Watched, server: str, query: str) -> None:
    page = watched.page
    page.goto(f"{server}/index.html")
    page.keyboard.press("/")
    page.get_by_role("combobox", name="Search the catalogue").fill(query)
    if query:
        expect(page.locator(".cs-status")).to_contain_text(
            ["result"] if query != "zzzzqqq" else ["Nothing"]
        )
    else:
        expect(page.locator(".cs-offer").first).to_be_visible()
    assert violations(page) == {}


def test_the_page_before_one_creates(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/similar/index.html")
    assert violations(page) == {}
    page.get_by_label("Example, schema or document").fill('{"orderId": "1", "sku": "2"}')
    expect(page.locator(".sim-card").first).to_be_visible()
    assert violations(page) == {}


@pytest.mark.parametrize(
    "path",
    ["index.html", "events/index.html", "events/order-placed.html", "health/index.html"],
)
def test_pages_with_the_way_into_the_search(watched: Watched, server: str, path: str) -> None:
    watched.page.goto(f"{server}/{path}")
    assert violations(watched.page) == {}
