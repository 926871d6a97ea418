"""Tables narrow, sort, remember and save, also those whose rows lie in several files."""

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from catalog_builder.build import build_site
from catalog_builder.config import settings_for
from catalog_builder.progress import progress_for
from tests.e2e.conftest import Watched

pytestmark = pytest.mark.browser

MANY = 1200
KEPT = 7
"""Every which event of the large catalogue is in the repository of its own."""


def rows(page: Page) -> Locator:
    return page.locator(".cat-table tbody tr")


def facet(page: Page, title: str) -> Locator:
    return page.locator("details.cat-facet").filter(
        has=page.locator("summary", has_text=re.compile(f"^{title}"))
    )


def count(page: Page) -> Locator:
    return page.locator(".cat-table__count").first


def saved(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.get_by_role("button", name="as CSV").first.click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a site with more events than one file of rows holds."""
    folder = tmp_path_factory.mktemp("large")
    for name, numbers in (
        ("seventh", range(0, MANY, KEPT)),
        ("other", [each for each in range(MANY) if each % KEPT]),
    ):
        document = {
            "asyncapi": "3.0.0",
            "info": {"title": name, "version": "1"},
            "channels": {
                f"c{each}": {
                    "address": f"things.{each:04}",
                    "messages": {"m": {"name": f"Thing{each:04}Happened"}},
                }
                for each in numbers
            },
            "operations": {
                f"o{each}": {"action": "send", "channel": {"$ref": f"#/channels/c{each}"}}
                for each in numbers
            },
        }
        (folder / name).mkdir()
        (folder / name / "asyncapi.json").write_text(json.dumps(document))
    settings = settings_for([folder / "other", folder / "seventh"])
    progress = progress_for(io.StringIO(), quiet=True, verbose=False)
    return build_site(settings, progress, site_dir=folder / "site").site.as_uri()


def test_the_table_narrows_and_the_address_remembers(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/events/index.html")
    every = rows(page).count()
    facet(page, "Protocol").locator("summary").click()
    page.get_by_label(re.compile("^mqtt")).check()
    expect(page).to_have_url(re.compile(r"protocols=mqtt"))
    narrowed = rows(page).count()
    assert 0 < narrowed < every
    expect(count(page)).to_have_text(f"{narrowed} of {every} events")
    page.reload()
    expect(rows(page)).to_have_count(narrowed)
    page.get_by_role("button", name="Remove Protocol mqtt").click()
    expect(rows(page)).to_have_count(every)
    page.go_back()
    expect(rows(page)).to_have_count(narrowed)
    expect(page.get_by_role("button", name="Remove Protocol mqtt")).to_be_visible()


def test_each_number_beside_a_value_is_how_many_rows_it_leaves(
    watched: Watched, server: str
) -> None:
    page = watched.page
    page.goto(f"{server}/events/index.html?protocols=kafka&state=sent+and+read")
    by_domain = Counter(row["Domain"] for row in saved(page))
    facet(page, "Domain").locator("summary").click()
    labels = facet(page, "Domain").locator("label")
    expect(labels).to_have_count(len(by_domain))
    told = {
        label.locator("bdi").inner_text(): int(label.locator(".cat-quiet").inner_text())
        for label in labels.all()
    }
    assert told == dict(by_domain)
    labels.first.click()
    expect(count(page)).to_contain_text(f"{max(by_domain.values())} of ")


def test_what_needs_attention_leads_to_as_many_rows_as_it_says(
    watched: Watched, server: str
) -> None:
    page = watched.page
    page.goto(f"{server}/index.html")
    links = page.locator("#attention + ul .cat-card__title").evaluate_all(
        "all => all.map((each) => [each.href, each.querySelector('.cat-count').textContent])"
    )
    tables = [(href, number) for href, number in links if "?" in href]
    assert len(tables) > 3
    for href, number in tables:
        page.goto(href)
        expect(count(page)).to_have_text(re.compile(rf"^{number} of "))


def test_rows_are_sorted_up_down_and_as_they_came(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/services/index.html")
    came = rows(page).locator("td:first-child a").all_text_contents()
    numbers = rows(page).locator('td[data-label="Sends"]')
    if page.locator(".cat-table__order").is_visible():
        page.get_by_role("combobox", name="Sort services").select_option("-sends")
    else:
        button = page.get_by_role("button", name="Sends")
        button.focus()
        button.press("Enter")
        expect(page.locator("th", has=button)).to_have_attribute("aria-sort", "ascending")
        button.press("Enter")
    expect(page).to_have_url(re.compile("sort=-sends"))
    found = [int(each) for each in numbers.all_text_contents()]
    assert found == sorted(found, reverse=True)
    page.goto(f"{server}/services/index.html")
    assert rows(page).locator("td:first-child a").all_text_contents() == came


def test_two_values_of_a_column_widen_and_two_columns_narrow(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/events/index.html?protocols=mqtt&protocols=nats")
    both = {row["Protocol"] for row in saved(page)}
    assert both == {"mqtt", "nats"}
    page.goto(f"{server}/events/index.html?protocols=mqtt&protocols=nats&domain=cold-chain")
    assert {row["Domain"] for row in saved(page)} == {"cold-chain"}
    page.get_by_role("button", name="Clear all").click()
    expect(page).to_have_url(re.compile(r"index\.html$"))


def test_what_is_shown_can_be_saved_as_csv(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/services/index.html?q=pricing")
    found = saved(page)
    assert [row["Service"] for row in found][:1] == ["Pricing"]
    assert len(found) == rows(page).count()


def test_a_list_closes_with_escape_and_gives_the_focus_back(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/events/index.html")
    box = facet(page, "Team")
    box.locator("summary").press("Enter")
    expect(box.get_by_role("searchbox")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name=re.compile("^Remove Team"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).not_to_have_attribute("open", "")
    expect(box.locator("summary")).to_be_focused()


def test_rows_of_all_files_are_found_counted_and_saved(watched: Watched, large: str) -> None:
    page = watched.page
    page.goto(f"{large}/events/index.html")
    expect(rows(page)).to_have_count(100)
    expect(count(page)).to_have_text("1,200 events")
    assert page.locator("script[src*='events-2.js']").count() == 0
    page.get_by_role("searchbox", name="Narrow events").fill("1199")
    expect(count(page)).to_have_text("1 of 1,200 events")
    expect(rows(page)).to_contain_text("Thing1199Happened")
    page.goto(f"{large}/events/index.html?producers=seventh")
    sevenths = len(range(0, MANY, KEPT))
    expect(count(page)).to_have_text(f"{sevenths} of 1,200 events")
    assert len(saved(page)) == sevenths
    page.goto(f"{large}/events/index.html")
    assert len(saved(page)) == MANY


def test_more_rows_come_by_the_hundred_and_take_the_focus(watched: Watched, large: str) -> None:
    page = watched.page
    page.goto(f"{large}/events/index.html")
    for shown in range(200, 800, 100):
        page.get_by_role("button", name="Show 100 more").press("Enter")
        expect(rows(page)).to_have_count(shown)
    expect(rows(page).last).to_contain_text("Thing0699Happened")
    page.get_by_role("button", name="Show 100 more").press("Enter")
    expect(page.get_by_role("link", name="Thing0700Happened")).to_be_focused()


def test_files_that_are_missing_are_told(watched: Watched, large: str) -> None:
    page = watched.page
    page.route("**/events-2.js", lambda route: route.abort())
    page.goto(f"{large}/events/index.html?q=thing")
    expect(count(page)).to_contain_text("500 of the first 500 of 1,200 events")
    watched.faults.clear()
