"""axe-core finds nothing to object to."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Watched
from tests.kinds import KINDS, kinds_listed, kinds_of

pytestmark = pytest.mark.browser


SCHEME = "document.body.dataset.mdColorScheme"
COLOURS: dict[str, object] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
}
"""The rules that a page may break in one scheme alone."""


def violations(page: Page, options: dict[str, object] | None = None) -> dict[str, list[str]]:
    page.wait_for_timeout(200)  # what fades in has its full contrast afterwards
    found = Axe().run(page, options=options).response["violations"]
    return {each["id"]: [str(node["html"])[:200] for node in each["nodes"]] for each in found}


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


@pytest.mark.parametrize("path", KINDS)
def test_every_kind_of_page_in_both_schemes(watched: Watched, server: str, path: str) -> None:
    page = watched.page
    page.goto(f"{server}/{path}")
    before = page.evaluate(SCHEME)
    assert violations(page) == {}
    page.emulate_media(color_scheme="light" if before == "slate" else "dark")
    # A row of a table that is not in sight keeps the colours that it was painted in.
    page.reload()
    assert page.evaluate(SCHEME) != before
    assert violations(page, COLOURS) == {}


def test_a_table_with_an_open_list_and_chosen_values(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/events/index.html?protocols=kafka&domain=ordering&q=order")
    page.locator("details.cat-facet summary").first.click()
    expect(page.locator(".cat-facet__list label").first).to_be_visible()
    assert violations(page) == {}


def test_a_page_that_is_not_there(watched: Watched, rooted: str) -> None:
    watched.page.goto(f"{rooted}/404.html")
    assert violations(watched.page) == {}


def test_every_kind_of_page_is_judged(site: Path) -> None:
    assert kinds_of(site) == kinds_listed()
