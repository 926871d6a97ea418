"""An estate of more domains than a picture can hold."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Watched, site_of
from tests.e2e.test_map import is_wide

pytestmark = pytest.mark.browser

COUNT = 70


def document(number: int) -> dict[str, object]:
    """Of a service that sends its event to the next two, each in a domain of its own."""
    events = {number: "send", (number - 1) % COUNT: "receive", (number - 2) % COUNT: "receive"}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": f"Service {number}",
            "version": "1",
            "tags": [{"name": f"domain:area {number}"}],
        },
        "servers": {"main": {"host": "kafka.example", "protocol": "kafka"}},
        "channels": {
            f"c{each}": {"address": f"events.{each}", "messages": {"m": {"name": f"Event{each}"}}}
            for each in events
        },
        "operations": {
            f"{action}{each}": {"action": action, "channel": {"$ref": f"#/channels/c{each}"}}
            for each, action in events.items()
        },
    }


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site."""
    documents = {f"service-{number}": document(number) for number in range(COUNT)}
    with site_of(tmp_path_factory.mktemp("crowded"), documents) as address:
        yield address


def test_the_home_page_draws_the_strongest_and_leads_to_all(watched: Watched, crowded: str) -> None:
    page = watched.page
    page.goto(f"{crowded}/index.html")
    expect(page.locator("svg.diagram .edge")).to_have_count(24)
    expect(page.locator("svg.diagram .node.domain").first).to_be_visible()
    rest = page.locator("svg.diagram .node.more")
    shown = page.locator("svg.diagram .node.domain").count()
    expect(rest).to_contain_text(f"{COUNT - shown} more domains")
    rest.click()
    expect(page.locator("h1")).to_have_text("Domains")
    expect(page.locator("tbody tr")).to_have_count(COUNT)


def test_the_landscape_has_every_domain_and_draws_more_flows_when_asked(
    watched: Watched, crowded: str
) -> None:
    page = watched.page
    page.goto(f"{crowded}/map/index.html")
    expect(page.locator(".map-bubble")).to_have_count(COUNT)
    expect(page.locator(".map-flow")).to_have_count(78)
    expect(page.locator(".map-said")).to_contain_text(f"78 strongest of {2 * COUNT} flows")
    if not is_wide(page):
        page.get_by_text("Filters and choices").click()
    page.get_by_label("Flows drawn").fill(str(2 * COUNT))
    expect(page.locator(".map-flow")).to_have_count(2 * COUNT)
