import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import Watched
from tests.kinds import KINDS

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const each = document.activeElement;
  if (!each || each === document.body) return null;
  const beside = each.matches(".md-option, [type=radio]") ? [...each.parentElement.children] : [];
  const seen = [each, ...beside, ...each.children].some((shown) => {
    const style = getComputedStyle(shown);
    return style.outlineStyle !== "none" || style.boxShadow !== "none"
      || (style.strokeWidth && shown.closest("svg"));
  });
  return { seen, which: `${each.tagName}.${each.getAttribute("class") || ""}` };
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((each) => {
  const style = getComputedStyle(each);
  const lasts = (text) => text.split(",").some((part) => parseFloat(part) > 0.01);
  return (style.transitionProperty !== "none" && lasts(style.transitionDuration))
    || (style.animationName !== "none" && lasts(style.animationDuration));
}).map((each) => each.outerHTML.slice(0, 80))"""


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


@pytest.mark.parametrize("page", ["events/order-cancelled", "services/order-service"])
def test_a_diagram_shows_what_the_page_is_about(watched: Watched, site: Path, page: str) -> None:
    watched.page.goto(f"{site.as_uri()}/{page}.html", wait_until="load")
    watched.page.wait_for_function(
        """() => {
          const [place, node] = [".cat-diagram", ".cat-diagram .node.current"].map((each) =>
            document.querySelector(each).getBoundingClientRect())
          return node.left >= place.left && node.right <= place.right
        }"""
    )


def test_a_field_is_found_by_a_link_to_it(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/events/order-placed-v2.html")
    page.locator(".cat-fields details").first.evaluate("box => { box.open = false; }")
    page.goto(f"{address}/events/order-placed-v2.html#payload.total.amount")
    expect(page.locator("[id='payload.total.amount']")).to_be_in_viewport()


def test_example_and_schema_stand_in_tabs(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/events/order-placed-v2.html")
    page.locator(".cat-payload__side").get_by_text("JSON Schema", exact=True).click()
    expect(page.locator(".cat-payload__side pre:visible")).to_contain_text('"properties"')


@pytest.mark.parametrize("path", KINDS)
def test_no_page_is_wider_than_the_window_or_complains(
    watched: Watched, site: Path, path: str
) -> None:
    page = watched.page
    page.goto(f"{site.as_uri()}/{path}")
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1]


@pytest.mark.parametrize("path", KINDS)
def test_whatever_the_keyboard_reaches_shows_that_it_is_there(
    watched: Watched, site: Path, path: str
) -> None:
    page = watched.page
    page.goto(f"{site.as_uri()}/{path}")
    unseen, reached = set(), set()
    for _ in range(80):
        page.keyboard.press("Tab")
        told = page.evaluate(FOCUSED)
        if told is None:
            break
        reached.add(told["which"])
        if not told["seen"]:
            unseen.add(told["which"])
    assert unseen == set()
    assert len(reached) > 5


@pytest.mark.parametrize("path", KINDS)
def test_nothing_moves_for_those_who_want_it_still(watched: Watched, site: Path, path: str) -> None:
    watched.page.emulate_media(reduced_motion="reduce")
    watched.page.goto(f"{site.as_uri()}/{path}")
    assert watched.page.evaluate(MOVING) == []


@pytest.mark.parametrize("percent", [200, 400])
def test_pages_fit_when_they_are_magnified(browser: Browser, site: Path, percent: int) -> None:
    """A window of 1,280 pixels, in which everything is larger."""
    context = browser.new_context(
        viewport={"width": 1280 * 100 // percent, "height": 800 * 100 // percent},
        device_scale_factor=percent / 100,
    )
    page = context.new_page()
    wide = []
    for path in KINDS:
        page.goto(f"{site.as_uri()}/{path}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(path)
    context.close()
    assert wide == []


def test_without_scripts_pages_are_readable(site: Path, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]  # a Browser
    page = context.new_page()
    page.goto(f"{site.as_uri()}/events/index.html")
    expect(page.locator(".cat-table tbody tr")).not_to_have_count(0)
    page.get_by_role("link", name="OrderPlacedV2").first.click()
    expect(page.locator("svg.diagram")).to_have_count(1)
    context.close()
