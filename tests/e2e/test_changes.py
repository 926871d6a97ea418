import re

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Watched

pytestmark = pytest.mark.browser


def test_from_home_over_a_recent_change_to_what_it_breaks(
    watched: Watched, remembering: str
) -> None:
    page = watched.page
    page.goto(f"{remembering}/index.html")
    page.locator(".cat-card", has_text="OrderCancelled").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"order-cancelled\.html#versions$"))
    version = page.locator("details.cat-version").first
    expect(version).to_have_attribute("open", "")
    expect(version).to_contain_text("Tom Okafor")
    expect(version).to_contain_text("reasonCode may be null")
    expect(version).to_contain_text("breaks consumers")
    older = page.locator("details.cat-version").nth(1)
    expect(older.locator(".cat-then")).to_be_hidden()
    older.locator("summary").first.press("Enter")
    older.get_by_text("All fields of this version").click()
    expect(older.locator(".cat-then li", has_text="reasonCode")).to_be_visible()


def test_the_table_of_changes_narrows_to_those_that_break(
    watched: Watched, remembering: str
) -> None:
    page = watched.page
    page.goto(f"{remembering}/changes/index.html")
    expect(page.locator("#breaking + ul > li")).to_have_count(3)
    expect(page.locator("#breaking + ul .cat-keeps")).to_have_count(0)
    page.locator("details.cat-facet", has_text="Verdict").locator("summary").click()
    page.get_by_label(re.compile("^breaking")).check()
    rows = page.locator(".cat-table tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("StockReserved")
    expect(rows.last).to_contain_text("OrderSplit")


def test_without_javascript_the_versions_open_and_close(browser: Browser, remembering: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{remembering}/events/order-confirmed.html")
    version = page.locator("details.cat-version").first
    difference = version.locator(".cat-difference")
    expect(difference).to_contain_text("cutOffAt was added, string, and is required")
    version.locator("summary").first.click()
    expect(difference).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [360, 1400])
def test_no_page_with_changes_scrolls_sideways(
    browser: Browser, remembering: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in ("changes/index.html", "events/order-cancelled.html", "index.html"):
        page.goto(f"{remembering}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
