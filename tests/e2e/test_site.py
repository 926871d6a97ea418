import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watched

pytestmark = pytest.mark.browser


def test_from_home_over_the_search_and_a_diagram_to_a_service(
    watched: Watched, address: str
) -> None:
    page = watched.page
    page.goto(f"{address}/index.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fernwood events")
    page.get_by_role("searchbox", name="Find an event").fill("slot reserved")
    page.get_by_role("option", name=re.compile("^DeliverySlotReserved")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("DeliverySlotReserved")
    page.locator("svg.diagram a", has_text="Order service").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Order service")
    expect(page).to_have_url(re.compile(r"/services/order-service\.html$"))


def test_a_field_is_found_by_a_link_to_it(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/events/order-placed-v2.html")
    page.locator(".cat-field details").first.evaluate("box => { box.open = false; }")
    page.goto(f"{address}/events/order-placed-v2.html#payload.total.amount")
    expect(page.locator("[id='payload.total.amount']")).to_be_in_viewport()


def test_example_and_schema_stand_in_tabs(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/events/order-placed-v2.html")
    page.locator(".cat-payload__side").get_by_text("JSON Schema", exact=True).click()
    expect(page.locator(".cat-payload__side pre:visible")).to_contain_text('"properties"')


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "events/index.html",
        "events/order-placed.html",
        "services/order-service.html",
        "channels/index.html",
        "domains/ordering.html",
        "teams/checkout.html",
        "health/index.html",
        "guide/index.html",
    ],
)
def test_no_page_is_wider_than_the_window_or_complains(
    watched: Watched, site: Path, path: str
) -> None:
    page = watched.page
    page.goto(f"{site.as_uri()}/{path}")
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]


def test_without_scripts_pages_are_readable(site: Path, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]  # a Browser
    page = context.new_page()
    page.goto(f"{site.as_uri()}/events/index.html")
    expect(page.locator(".cat-table tbody tr")).not_to_have_count(0)
    page.get_by_role("link", name="OrderPlacedV2").first.click()
    expect(page.locator("svg.diagram")).to_have_count(1)
    context.close()
