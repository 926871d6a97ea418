"""The map answers what the graph answers: the same ids, in the same order."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from catalog_builder.graph import Flow, Kind, Node
from catalog_builder.map import packed_map
from catalog_builder.model import Belonging, Catalog, Event, Service
from tests.catalogues import catalogue

pytestmark = pytest.mark.browser

CASES = 200
ESTATES = 25

ASKED = """([told, questions]) => {
  const map = window.catalogMap;
  const estate = new map.Estate(told);
  const ids = (nodes) => nodes.map((each) => estate.id[each]);
  const node = (key) => estate.nodes(key)[0];
  return questions.map(({ ask, from, to, hops }) => {
    if (ask === "reach") {
      return map.questions.reach(estate, node(from), hops).map((each) => [each.distance,
        ids(each.services), each.teams, each.domains, ids(each.events)]);
    }
    if (ask === "path") {
      return map.questions.paths(estate, node(from), node(to))
        .map((chain) => chain.map((each) => estate.key(each)));
    }
    if (ask === "cycles") return map.questions.cycles(estate).map(ids);
    if (ask === "deprecated") return ids(map.questions.deprecatedButRead(estate)).sort();
    if (ask === "strongest") {
      const all = { domain: [], team: [], protocol: [], lifecycle: [], text: "" };
      return map.questions.strongest(estate, all, 1000)
        .map((each) => [estate.id[each.from], estate.id[each.to], ids(each.events).sort()]);
    }
    const { unread, unsent, unconnected } = map.questions.looseEnds(estate);
    return [ids(unread), ids(unsent), ids(unconnected)];
  });
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, site: Path) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(f"{site.as_uri()}/map/index.html")
    yield page
    page.close()


def estate(random: Random) -> Catalog:
    """A small estate with circles, knots, loose ends and services of their own."""
    services, events = random.randint(1, 14), random.randint(1, 30)
    names = [f"s{number}" for number in range(services)]
    sentences = [
        f"{random.choice(names)} {random.choice(('sends', 'receives'))} e{number}"
        for number in range(events)
        for _ in range(random.randint(1, 4))
    ]
    homes = ("", "alpha", "beta", "gamma")
    return catalogue(
        *dict.fromkeys(sentences),
        services=[
            Service(
                each,
                each.upper(),
                domain=Belonging(random.choice(homes)),
                team=Belonging(random.choice(homes)),
            )
            for each in names
        ],
        events=[
            Event(
                f"e{number}", f"E{number}", lifecycle=Belonging(random.choice(("", "deprecated")))
            )
            for number in range(events)
        ],
    )


def questions(catalog: Catalog, random: Random, count: int) -> list[dict[str, Any]]:
    nodes = [str(each) for each in Flow(catalog).nodes]
    asked: list[dict[str, Any]] = [
        {"ask": each} for each in ("cycles", "deprecated", "loose", "strongest")
    ]
    while len(asked) < count:
        asked.append({"ask": "reach", "from": random.choice(nodes), "hops": random.randint(1, 3)})
        asked.append({"ask": "path", "from": random.choice(nodes), "to": random.choice(nodes)})
    return asked[:count]


def node(text: str) -> Node:
    kind, _, id_ = text.partition(":")
    return Node(Kind(kind), id_)


def answer(catalog: Catalog, asked: dict[str, Any]) -> object:
    flow = Flow(catalog)
    match asked["ask"]:
        case "reach":
            hops = flow.reached_from(node(asked["from"]), asked["hops"]).hops
            return [
                [each.distance, each.services, each.teams, each.domains, each.events]
                for each in hops
            ]
        case "path":
            chains = flow.path(node(asked["from"]), node(asked["to"]))
            return [[str(each) for each in chain] for chain in chains]
        case "cycles":
            return flow.cycles()
        case "deprecated":
            return [each.id for each in catalog.events if each.is_deprecated and each.consumers]
        case "strongest":
            links = [
                (-len(link.events), service.id, link.service, link.events)
                for service in catalog.services
                for link in flow.downstream_of(service.id)
            ]
            return [[source, target, events] for _, source, target, events in sorted(links)]
        case _:
            loose = flow.loose_ends()
            return [loose.unread, loose.unsent, loose.unconnected]


def plain(value: object) -> object:
    return json.loads(json.dumps(value))


def asked_in_the_browser(page: Page, catalog: Catalog, asked: list[dict[str, Any]]) -> Any:  # noqa: ANN401  what a browser gives
    script, _ = packed_map(catalog, {}, {})
    told = json.loads(script.partition(b"(")[2].rpartition(b")")[0])
    return page.evaluate(ASKED, [told, asked])


def test_two_hundred_random_questions_have_the_answers_of_the_graph(page: Page) -> None:
    random = Random(9)  # noqa: S311  nothing secret
    for _ in range(ESTATES):
        catalog = estate(random)
        asked = questions(catalog, random, CASES // ESTATES)
        found = asked_in_the_browser(page, catalog, asked)
        for question, given in zip(asked, found, strict=True):
            assert given == plain(answer(catalog, question)), question


def test_every_event_and_service_of_the_demo_reaches_what_the_graph_says(
    page: Page, catalog: Catalog
) -> None:
    asked: list[dict[str, Any]] = [
        {"ask": "reach", "from": str(each), "hops": 3} for each in Flow(catalog).nodes
    ]
    found = asked_in_the_browser(page, catalog, asked)
    for question, given in zip(asked, found, strict=True):
        assert given == plain(answer(catalog, question)), question


def test_of_many_shortest_chains_the_same_hundred_are_told(page: Page) -> None:
    middle = [f"m{number}" for number in range(12)]
    catalog = catalogue(
        *(f"start sends a{each}" for each in middle),
        *(f"{each} receives a{each}" for each in middle),
        *(f"{each} sends b{other}" for each in middle for other in middle),
        *(f"end receives b{each}" for each in middle),
    )
    asked = [{"ask": "path", "from": "service:start", "to": "service:end"}]
    (found,) = asked_in_the_browser(page, catalog, asked)
    assert len(found) == 100
    assert found == plain(answer(catalog, asked[0]))
