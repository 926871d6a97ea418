import re

from catalog_builder.draw import Pictures, can_draw
from catalog_builder.graph import Flow
from catalog_builder.model import Belonging, Catalog, Service
from catalog_builder.render import View, diagrams
from tests.catalogues import catalogue, hostile_catalogue


def graphs(catalog: Catalog) -> dict[str, str]:
    made = diagrams(View(catalog, Flow(catalog)), directory_urls=False)
    return {path: graph() for path, graph in made}


def labels(dot: str) -> list[str]:
    return re.findall(r'^"[^"]*" \[label="([^"]*)"', dot, re.MULTILINE)


def test_an_event_stands_between_those_who_send_it_and_those_who_read_it() -> None:
    dot = graphs(catalogue("orders sends placed", "billing receives placed"))["events/placed.md"]
    assert labels(dot) == ["orders", "placed", "billing"]
    assert '"service orders" -> "event"' in dot
    assert '"event" -> "reader service billing"' in dot
    assert 'URL="../services/orders.html"' in dot


def test_a_loose_end_is_drawn_as_one() -> None:
    made = graphs(catalogue("orders sends placed", "billing receives paid"))
    assert labels(made["events/placed.md"]) == ["orders", "placed", "nobody reads it"]
    assert labels(made["events/paid.md"]) == ["nobody sends it", "paid", "billing"]
    assert "nobody reads it" in labels(made["services/orders.md"])


def test_more_than_eight_readers_are_folded_by_domain_and_counted() -> None:
    readers = [f"reader-{number}" for number in range(9)]
    services = [
        Service(each, each, domain=Belonging("retail" if each < "reader-4" else "", ""))
        for each in readers
    ]
    sentences = ["orders sends placed", *(f"{each} receives placed" for each in readers)]
    dot = graphs(catalogue(*sentences, services=services))["events/placed.md"]
    assert labels(dot) == ["orders", "placed", "no domain · 5 services", "retail · 4 services"]


def test_a_column_of_very_many_domains_keeps_the_largest_and_counts_the_rest() -> None:
    readers = [f"reader-{number:02}" for number in range(30)]
    services = [
        Service(each, each, domain=Belonging(f"d{min(number, 19):02}", ""))
        for number, each in enumerate(readers)
    ]
    sentences = ["orders sends placed", *(f"{each} receives placed" for each in readers)]
    made = graphs(catalogue(*sentences, services=services))
    expected = [*(f"d{each:02} · 1 service" for each in range(10)), "d19 · 11 services"]
    for page in ("events/placed.md", "services/orders.md"):
        shown = labels(made[page])
        assert shown[-1] == "9 more domains · 9 services"
        assert len(shown) == {"events/placed.md": 14, "services/orders.md": 13}[page]
    assert labels(made["events/placed.md"])[2:-1] == expected


def test_names_that_differ_in_the_middle_alone_can_be_told_apart() -> None:
    names = [f"{'stock-level-of-the-' * 2}{each}{'-warehouse-service' * 2}" for each in "ab"]
    dot = graphs(catalogue("orders sends placed", *(f"{each} receives placed" for each in names)))
    first, second = labels(dot["events/placed.md"])[2:]
    assert first != second
    assert len(first) <= 34


def test_a_service_that_reads_its_own_event_stands_on_both_sides() -> None:
    dot = graphs(catalogue("orders sends placed", "orders receives placed"))["events/placed.md"]
    assert labels(dot) == ["orders", "placed", "orders"]


def test_flows_both_ways_between_domains_are_one_line() -> None:
    services = [
        Service(name, name, domain=Belonging(domain, ""))
        for name, domain in (("a", "Shop"), ("b", "Store"))
    ]
    made = catalogue(
        "a sends x", "a sends y", "b receives x", "b receives y", "b sends z", "a receives z",
        services=services,
    )  # fmt: skip
    dot = graphs(made)["domains/index.md"]
    assert dot.count(" -> ") == 1
    assert '"unit Shop" -> "unit Store"' in dot
    assert 'label="2 ⇄ 1"' in dot


def test_what_a_crowded_map_leaves_out_is_counted() -> None:
    names = [f"s{number:02}" for number in range(12)]
    services = [Service(each, each, domain=Belonging(each, "")) for each in names]
    sentences = [
        sentence
        for first in names
        for second in names
        if first < second
        for sentence in (f"{first} sends {first}{second}", f"{second} receives {first}{second}")
    ]
    dot = graphs(catalogue(*sentences, services=services))["domains/index.md"]
    assert dot.count(" -> ") == 16
    assert 'label="the 16 strongest of 66 lines"' in dot


def test_graphviz_draws_every_graph_of_hostile_names() -> None:
    catalog = hostile_catalogue()
    made = dict(diagrams(View(catalog, Flow(catalog)), directory_urls=False))
    pictures = Pictures(made)
    pictures.announce(made)
    assert not can_draw() or all(pictures[key].startswith("<svg") for key in made)
