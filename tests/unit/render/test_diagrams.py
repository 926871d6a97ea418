from catalog_builder.draw import Pictures, can_draw
from catalog_builder.graph import Flow
from catalog_builder.model import Belonging, Catalog, Service
from catalog_builder.render import View, diagrams
from catalog_builder.render.dot import Diagram
from tests.catalogues import catalogue, hostile_catalogue


def graphs(catalog: Catalog) -> dict[str, Diagram]:
    made = diagrams(View(catalog, Flow(catalog)), directory_urls=False)
    return {path: graph() for path, graph in made}


def labels(diagram: Diagram) -> list[str]:
    return list(diagram.labels)


def lines(diagram: Diagram) -> list[tuple[str, str]]:
    return [(each.source, each.target) for each in diagram.edges]


def test_an_event_stands_between_those_who_send_it_and_those_who_read_it() -> None:
    made = graphs(catalogue("orders sends placed", "billing receives placed"))["events/placed.md"]
    assert labels(made) == ["orders", "placed", "billing"]
    assert lines(made) == [("service orders", "event"), ("event", "reader service billing")]
    assert made.nodes[0].href == "../services/orders.html"


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
    made = graphs(catalogue(*sentences, services=services))["events/placed.md"]
    assert labels(made) == ["orders", "placed", "no domain · 5 services", "retail · 4 services"]


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
    made = graphs(catalogue("orders sends placed", *(f"{each} receives placed" for each in names)))
    first, second = labels(made["events/placed.md"])[2:]
    assert first != second
    assert len(first) <= 34


def test_a_service_that_reads_its_own_event_stands_on_both_sides() -> None:
    made = graphs(catalogue("orders sends placed", "orders receives placed"))["events/placed.md"]
    assert labels(made) == ["orders", "placed", "orders"]


def test_flows_both_ways_between_domains_are_one_line() -> None:
    services = [
        Service(name, name, domain=Belonging(domain, ""))
        for name, domain in (("a", "Shop"), ("b", "Store"))
    ]
    known = catalogue(
        "a sends x", "a sends y", "b receives x", "b receives y", "b sends z", "a receives z",
        services=services,
    )  # fmt: skip
    made = graphs(known)["domains/index.md"]
    assert lines(made) == [("unit Shop", "unit Store")]
    assert made.edges[0].label == "2 ⇄ 1"


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
    made = graphs(catalogue(*sentences, services=services))["domains/index.md"]
    assert len(lines(made)) == 16
    assert made.note == "the 16 strongest of 66 lines"


def test_of_very_many_domains_those_of_the_strongest_flows_are_drawn() -> None:
    names = [f"s{number:03}" for number in range(70)]
    services = [Service(each, each, domain=Belonging(each, "")) for each in names]
    sentences = [
        sentence
        for first, second in zip(names[::2], names[1::2], strict=True)
        for sentence in (f"{first} sends {first}", f"{second} receives {first}")
    ]
    sentences += ["s068 sends most", "s069 receives most"]
    made = graphs(catalogue(*sentences, services=services))["index.md"]
    assert ("unit s068", "unit s069") in lines(made)
    assert len(lines(made)) == 24
    assert labels(made)[-1] == "22 more domains"
    assert made.note == "the 24 strongest of 35 lines"
    apart = graphs(catalogue(services=services))["index.md"]
    assert labels(apart) == ["70 domains"]


def test_graphviz_draws_every_graph_of_hostile_names() -> None:
    catalog = hostile_catalogue()
    made = dict(diagrams(View(catalog, Flow(catalog)), directory_urls=False))
    pictures = Pictures(made)
    pictures.announce(made)
    assert not can_draw() or all(pictures[key].startswith("<svg") for key in made)
