"""The site's search: the same answers as the engine in Python, and how one uses it."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from catalog_builder.asking import drafts_in
from catalog_builder.build import read_catalog
from catalog_builder.config import read_settings
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog
from catalog_builder.progress import progress_for
from catalog_builder.render import View
from catalog_builder.search import Draft, Index, Likeness, Search, index_of, packed
from catalog_builder.templates import Templates
from tests.benchmarks.estate import generate
from tests.e2e.conftest import Watched
from tests.search.disturbing import disturbed
from tests.search.queries import QUERIES, SYNONYMS

pytestmark = pytest.mark.browser

FIND = "(queries) => queries.map((query) => catalogSearchEngine.search.find(query, 10))"
COMPARE_ALL = "(drafts) => drafts.map((each) => catalogSearchEngine.search.compare(each))"
COMPARE = "(draft) => catalogSearchEngine.search.compare(draft)"


@pytest.fixture(scope="module")
def index(catalog: Catalog) -> Index:
    return index_of(View(catalog, Flow(catalog)).entries, SYNONYMS)


@pytest.fixture(scope="module")
def engine(browser: Browser, index: Index) -> Iterator[Page]:
    """A page that holds nothing but the browser's engine and the index."""
    page = browser.new_page()
    load(page, index)
    yield page
    page.close()


def load(page: Page, index: Index) -> None:
    templates = Templates()
    scripts = [templates.asset(f"search-{name}.js") for name in ("engine", "likeness")]
    for script in (*scripts, *packed(index)):
        page.add_script_tag(content=script.decode())


def test_both_engines_give_the_same_hits_in_the_same_order(engine: Page, index: Index) -> None:
    search = Search(index)
    names = [each.name for each in index.entries[::3]]
    half = [name[: len(name) // 2 + 1] for name in names]
    swapped = [f"{name[:2]}{name[3:4]}{name[2:3]}{name[4:]}" for name in names]
    queries = [*(query for query, _ in QUERIES), *names, *half, *swapped]
    answers: list[dict[str, Any]] = engine.evaluate(FIND, queries)
    for query, theirs in zip(queries, answers, strict=True):
        result = search.find(query)
        assert theirs["count"] == result.count, query
        assert [
            (group["kind"], group["count"], [(hit["id"], hit["score"]) for hit in group["hits"]])
            for group in theirs["groups"]
        ] == [
            (group.kind, group.count, [(hit.entry.id, hit.score) for hit in group.hits])
            for group in result.groups
        ], query
        if result.groups:
            facets = {name: [tuple(each) for each in own] for name, own in theirs["facets"].items()}
            assert facets == {name: list(own) for name, own in result.facets.items()}, query


def test_both_engines_find_the_same_events_alike(engine: Page, index: Index) -> None:
    likeness = Likeness(index)
    drafts = [
        draft
        for entry in index.entries[:80]
        for draft in (
            Draft(entry.name, entry.fields[1:]),
            Draft("", entry.fields[:-2]),
            Draft(entry.name[2:]),
        )
    ]
    answers = engine.evaluate(COMPARE_ALL, list(map(as_data, drafts)))
    for draft, theirs in zip(drafts, answers, strict=True):
        ours = likeness.compare(draft)
        assert theirs["verdict"] == ours.verdict
        assert [(each["id"], each["percent"]) for each in theirs["candidates"]] == [
            (each.entry.id, each.percent) for each in ours.candidates
        ], draft


def test_disturbed_events_are_found_again_by_both_engines(browser: Browser, tmp_path: Path) -> None:
    generate(tmp_path, services=100, events=1_000, relations=4_500)
    settings = read_settings(tmp_path / "catalog.yml")
    catalog = read_catalog(settings, progress_for(io.StringIO(), quiet=True, verbose=False))
    index = index_of(View(catalog, Flow(catalog)).entries)
    page = browser.new_page()
    load(page, index)
    likeness, random = Likeness(index), Random(5)  # noqa: S311  a test's repeatable choice
    first, among_five = 0, 0
    entries = random.sample([each for each in index.entries if each.fields], 300)
    drafts = [disturbed(entry, random) for entry in entries]
    answers = page.evaluate(COMPARE_ALL, list(map(as_data, drafts)))
    for entry, draft, theirs in zip(entries, drafts, answers, strict=True):
        ours = [each.entry.id for each in likeness.compare(draft).candidates]
        assert [each["id"] for each in theirs["candidates"]] == ours
        first += ours[:1] == [entry.id]
        among_five += entry.id in ours[:5]
    page.close()
    assert first >= 300 * 0.95
    assert among_five >= 300 * 0.99


def as_data(draft: Draft) -> dict[str, object]:
    fields = [
        {"path": each.path, "type": each.type, "required": each.required} for each in draft.fields
    ]
    return {"name": draft.name, "fields": fields}


def test_the_search_opens_by_key_finds_while_one_types_and_opens_the_best_hit(
    watched: Watched, address: str
) -> None:
    page = watched.page
    page.goto(f"{address}/index.html")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Search the catalogue")
    expect(box).to_be_focused()
    box.press_sequentially("cancelled invoice")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("InvoiceCancelled")
    expect(options.first).to_contain_text("An invoice was declared void")
    expect(page.locator(".cs-status")).to_contain_text("results")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/events/invoice-cancelled\.html$"))


def test_what_is_typed_while_the_search_is_loaded_is_not_lost(
    watched: Watched, server: str
) -> None:
    page = watched.page
    held: list[Route] = []
    page.route("**/search-box.*.js", lambda route: held.append(route))  # noqa: PLW0108  it marks what it is given
    box = page.get_by_role("combobox", name="Search the catalogue")
    for way_in in ("a key", "the field on the page"):
        page.goto(f"{server}/index.html")
        with page.expect_request("**/search-box.*.js"):
            if way_in == "a key":
                page.keyboard.press("/")
            else:
                page.get_by_role("searchbox", name="Find an event").focus()
            page.keyboard.type("loyal")
        while not held:
            page.wait_for_timeout(20)
        page.keyboard.type("ty")
        held.pop().continue_()
        expect(box).to_be_focused()
        expect(box).to_have_value("loyalty")
        page.keyboard.type(" x")
        expect(box).to_have_value("loyalty x")


def test_arrows_move_through_the_hits_and_escape_gives_the_page_back(
    watched: Watched, server: str
) -> None:
    page = watched.page
    page.goto(f"{server}/services/loyalty.html")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search the catalogue")
    box.fill("order")
    options = page.get_by_role("option")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("cs-option-2"))
    box.press("ArrowUp")
    box.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_be_visible()


def test_the_chosen_hit_stays_chosen_when_descriptions_arrive(
    watched: Watched, server: str
) -> None:
    page, held = watched.page, list[Route]()
    page.route("**/search-texts*.js*", lambda route: held.append(route))  # noqa: PLW0108  Playwright writes on what it is given
    page.goto(f"{server}/index.html?q=refund")
    box = page.get_by_role("combobox", name="Search the catalogue")
    status = page.locator(".cs-status")
    expect(status).to_have_text(re.compile("results$"))
    few = status.inner_text()
    box.press("ArrowDown")
    box.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    name = chosen.locator(".cs-hit__name").text_content() or "?"
    expect(chosen).to_have_id("cs-option-3")
    (route,) = held
    route.continue_()
    expect(status).not_to_have_text(few)
    expect(chosen.locator(".cs-hit__name")).to_have_text(name)


def test_a_field_hit_leads_to_the_events_that_carry_it(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/index.html?q=voucher_code")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("string")
    first.click()
    box = page.get_by_role("combobox", name="Search the catalogue")
    expect(box).to_have_value(re.compile(r"^field:voucherCodes? kind:event$"))
    expect(page.get_by_role("option").first).to_contain_text(
        re.compile(r"voucherCodes? array|string")
    )


def test_conditions_complete_themselves_and_facets_narrow(watched: Watched, server: str) -> None:
    page = watched.page
    page.goto(f"{server}/index.html")
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Search the catalogue")
    box.fill("domain:pay")
    expect(page.get_by_role("button", name="domain:payments")).to_be_visible()
    box.press("Tab")
    expect(box).to_have_value("domain:payments ")
    box.fill("refund")
    expect(page.get_by_role("option").first).to_contain_text("RefundRequested")
    facet = page.get_by_role("group", name="Domain").get_by_role("button", name="payments")
    number = facet.locator(".cs-count").inner_text()
    facet.click()
    expect(box).to_have_value("refund domain:payments")
    expect(page.locator(".cs-status")).to_have_text(re.compile(rf"^{number} results?$"))
    facet.click()
    expect(box).to_have_value("refund")


def test_a_deprecated_event_is_badged_and_a_guide_page_is_found(
    watched: Watched, server: str
) -> None:
    page = watched.page
    page.goto(f"{server}/index.html?q=order+placed")
    old = page.get_by_role("option", name=re.compile("^OrderPlaced ?deprecated"))
    expect(old).to_be_visible()
    page.get_by_role("combobox", name="Search the catalogue").fill("kind:page synonyms")
    expect(page.get_by_role("option").first).to_have_attribute("href", re.compile("guide/"))


def test_what_was_searched_is_offered_again_and_can_be_forgotten(
    watched: Watched, server: str
) -> None:
    page = watched.page
    page.goto(f"{server}/index.html?q=tote+sealed")
    page.get_by_role("option").first.click()
    page.goto(f"{server}/index.html")
    page.keyboard.press("/")
    expect(page.get_by_role("button", name="tote sealed")).to_be_visible()
    page.get_by_role("button", name="forget them").click()
    expect(page.get_by_role("button", name="tote sealed")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^field:"))).to_be_visible()


def test_nothing_is_fetched_before_the_first_use(watched: Watched, server: str) -> None:
    page = watched.page
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(urlsplit(request.url).path))
    page.goto(f"{server}/services/loyalty.html")
    page.wait_for_load_state("networkidle")
    before = [path for path in fetched if re.search(r"search-|/data/", path)]
    page.keyboard.press("/")
    page.get_by_role("combobox", name="Search the catalogue").fill("tote")
    expect(page.get_by_role("option").first).to_contain_text("ToteSealed")
    page.wait_for_load_state("networkidle")
    after = [path for path in fetched if "/data/search-" in path]
    assert (before, len(after)) == ([], 2)


HELD = {
    "payload.json": (
        '{"order_id": "FW-1", "customer_id": "c", "lines": [{"sku": "1", "quantity": 2}],'
        ' "delivery_slot": {"slot_id": "a", "start": "b", "end": "c"}, "voucher_codes": ["x"]}'
    ),
    "order.schema.json": (
        '{"$schema": "http://json-schema.org/draft-07/schema#", "title": "RefundAsked",'
        ' "type": "object", "required": ["orderId"], "properties": {"orderId": {"type": "string"},'
        ' "refundId": {"$ref": "#/definitions/Id"}, "amount": {"type": ["integer", "null"]}},'
        ' "definitions": {"Id": {"type": "string", "format": "uuid"}}}'
    ),
    "tier.avsc": (
        '{"type": "record", "name": "TierChanged", "fields": [{"name": "customerId", "type":'
        ' "string"}, {"name": "newTier", "type": {"type": "enum", "name": "T", "symbols": ["A"]}},'
        ' {"name": "points", "type": ["null", "long"], "default": null}]}'
    ),
    "route.proto": (
        'syntax = "proto3";\npackage a.b;\nmessage RoutePlanned {\n  string route_id = 1;\n'
        "  repeated Stop stops = 2; // in order\n  map<string, int32> loads = 3;\n}\n"
        "message Stop { string order_id = 1; int32 sequence = 2; }\n"
    ),
    "asyncapi.yaml": (
        "asyncapi: 2.6.0\ninfo: {title: Plan, version: '1'}\nchannels:\n  stock.levels:\n"
        "    subscribe:\n      message:\n        oneOf:\n"
        "          - $ref: '#/components/messages/StockLevelChanged'\n"
        "components:\n  messages:\n    StockLevelChanged:\n      payload:\n"
        "        type: object\n        properties:\n          sku: &text {type: string}\n"
        "          warehouseCode: *text\n          available:\n            type: integer\n"
    ),
}


@pytest.mark.parametrize("name", sorted(HELD))
def test_what_somebody_holds_is_read_alike_in_the_browser_and_on_the_command_line(
    engine: Page, index: Index, name: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(HELD[name], encoding="utf-8")
    for asset in ("yaml.js", "similar-reading.js"):
        engine.add_script_tag(content=Templates().asset(asset).decode())
    likeness = Likeness(index)
    ours = [likeness.compare(draft) for draft in drafts_in(file)]
    plan = engine.evaluate("(text) => catalogReadPlan(text)", HELD[name])
    theirs = [engine.evaluate(COMPARE, draft) for draft in plan["drafts"]]
    assert [[each["id"] for each in result["candidates"][:3]] for result in theirs] == [
        [each.entry.id for each in result.candidates[:3]] for result in ours
    ]
    assert [result["verdict"] for result in theirs] == [result.verdict for result in ours]


def test_before_one_creates_an_event_the_page_tells_what_is_there(
    watched: Watched, address: str
) -> None:
    page = watched.page
    page.goto(f"{address}/similar/index.html")
    page.get_by_label("Example, schema or document").fill(HELD["payload.json"])
    verdict = page.locator(".sim-verdict")
    expect(verdict).to_contain_text("OrderPlacedV2")
    expect(page.locator(".sim-card").first).to_contain_text("order_id as orderId")
    page.get_by_label("Example, schema or document").fill("{ not: [closed")
    expect(page.locator(".sim-answer")).to_contain_text("cannot be read")
    page.get_by_label("Example, schema or document").fill("")
    page.get_by_label("Name").fill("tote.sealed")
    expect(verdict).to_contain_text("Reuse")
    expect(verdict).to_contain_text("ToteSealed")
