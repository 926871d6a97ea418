from random import Random

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog_builder.graph import DomainFlow, Flow, Hop, Kind, Link, LooseEnds, Node, Reach
from catalog_builder.model import Belonging, Catalog, Event, Expectation, Field, Service, Shape
from tests.catalogues import HOSTILE_NAMES, catalogue, hostile_catalogue

SHOP = catalogue(
    "orders sends order-placed",
    "billing receives order-placed",
    "dispatch receives order-placed",
    "billing sends invoice-issued",
    "ledger receives invoice-issued",
    "dispatch sends parcel-sent",
    "ledger receives parcel-sent",
    services=(
        Service("orders", "Orders", domain=Belonging("sales"), team=Belonging("shop")),
        Service("billing", "Billing", domain=Belonging("money"), team=Belonging("finance")),
        Service("dispatch", "Dispatch", domain=Belonging("goods")),
        Service("ledger", "Ledger", domain=Belonging("money"), team=Belonging("finance")),
    ),
)


def _events(*ids: str) -> tuple[Node, ...]:
    return tuple(Node(Kind.EVENT, each) for each in ids)


def _services(*ids: str) -> tuple[Node, ...]:
    return tuple(Node(Kind.SERVICE, each) for each in ids)


def test_producers_and_consumers_of_an_event_are_those_of_its_relations() -> None:
    flow = Flow(SHOP)

    assert flow.producers_of("order-placed") == ("orders",)
    assert flow.consumers_of("order-placed") == ("billing", "dispatch")


def test_nothing_is_known_of_an_id_that_the_catalogue_does_not_have() -> None:
    flow = Flow(SHOP)

    assert flow.producers_of("nobody") == ()
    assert flow.consumers_of("orders") == ()
    assert flow.upstream_of("nobody") == flow.downstream_of("nobody") == ()
    assert flow.reached_from("nobody") == Reach()
    assert flow.path("orders", "nobody") == flow.path("nobody", "orders") == ()


def test_from_an_event_the_first_hop_is_who_receives_it() -> None:
    assert Flow(SHOP).reached_from("order-placed") == Reach(
        (
            Hop(1, ("billing", "dispatch"), ("finance",), ("goods", "money")),
            Hop(2, ("ledger",), events=("invoice-issued", "parcel-sent")),
        )
    )


def test_from_a_service_the_first_hop_is_who_receives_what_it_sends() -> None:
    reach = Flow(SHOP).reached_from("orders", 1)

    assert reach.hops == (
        Hop(1, ("billing", "dispatch"), ("finance",), ("goods", "money"), ("order-placed",)),
    )


def test_a_reach_sums_up_its_hops() -> None:
    reach = Flow(SHOP).reached_from("orders")

    assert reach.services == ("billing", "dispatch", "ledger")
    assert reach.teams == ("finance",)
    assert reach.domains == ("goods", "money")
    assert reach.events == ("invoice-issued", "order-placed", "parcel-sent")


@pytest.mark.parametrize("hops", [0, -1])
def test_within_no_hop_nothing_is_reached(hops: int) -> None:
    assert Flow(SHOP).reached_from("orders", hops) == Reach()


def test_an_event_that_nobody_receives_is_reached_all_the_same() -> None:
    flow = Flow(catalogue("orders sends order-placed"))

    assert flow.reached_from("orders") == Reach((Hop(1, events=("order-placed",)),))
    assert flow.reached_from("order-placed") == Reach()


def test_a_start_is_not_reached_by_its_own_circle() -> None:
    flow = Flow(catalogue("a sends x", "b receives x", "b sends y", "a receives y"))

    assert flow.reached_from("a").services == ("b",)
    assert flow.reached_from("x").services == ("a", "b")


def test_all_shortest_chains_between_two_services_are_found() -> None:
    chains = Flow(SHOP).path("orders", "ledger")

    assert [[node.id for node in chain] for chain in chains] == [
        ["orders", "order-placed", "billing", "invoice-issued", "ledger"],
        ["orders", "order-placed", "dispatch", "parcel-sent", "ledger"],
    ]


def test_at_most_so_many_chains_are_found_as_are_asked_for() -> None:
    flow = Flow(SHOP)

    assert len(flow.path("orders", "ledger", limit=1)) == 1
    assert flow.path("orders", "ledger", limit=0) == ()


def test_no_chain_leads_upstream_and_an_empty_one_to_the_start() -> None:
    flow = Flow(SHOP)

    assert flow.path("ledger", "orders") == ()
    assert flow.path("orders", "orders") == (_services("orders"),)


def test_a_path_among_astronomically_many_is_found_at_once() -> None:
    rows = range(40)
    sentences = [
        f"s{row}{side} {verb}"
        for row in rows
        for side in "ab"
        for verb in (f"sends e{row}{side}", *(f"receives e{row - 1}{each}" for each in "ab"))
    ]

    assert len(Flow(catalogue(*sentences)).path("s0a", "s39a", limit=5)) == 5


def test_an_event_and_a_service_of_one_id_stay_apart() -> None:
    flow = Flow(catalogue("orders sends orders", "billing receives orders"))

    assert flow.nodes == (*_events("orders"), *_services("billing", "orders"))
    assert flow.edges == (
        (*_events("orders"), *_services("billing")),
        (*_services("orders"), *_events("orders")),
    )
    assert flow.reached_from("orders") == flow.reached_from(Node(Kind.EVENT, "orders"))
    assert flow.path(Node(Kind.SERVICE, "orders"), "billing") == (
        (*_services("orders"), *_events("orders"), *_services("billing")),
    )


def test_services_that_reach_each_other_are_a_cycle_largest_first() -> None:
    flow = Flow(
        catalogue(
            *("z sends zy", "y receives zy", "y sends yz", "z receives yz"),
            *("a sends ab", "b receives ab", "b sends bc", "c receives bc"),
            *("c sends ca", "a receives ca", "loner sends own", "loner receives own"),
        )
    )

    assert flow.cycles() == (("a", "b", "c"), ("y", "z"))


def test_loose_ends_are_what_has_no_other_side() -> None:
    flow = Flow(
        catalogue(
            *("a sends heard", "b receives heard", "a sends unheard", "b receives unsaid"),
            services=(Service("idle", "Idle"),),
            events=(Event("forgotten", "Forgotten"),),
        )
    )

    assert flow.loose_ends() == LooseEnds(
        unread=("forgotten", "unheard"), unsent=("forgotten", "unsaid"), unconnected=("idle",)
    )


def test_the_longest_chain_from_each_beginning_comes_longest_first() -> None:
    flow = Flow(
        catalogue(
            *("a sends ab", "b receives ab", "b sends bc", "c receives bc", "c sends unread"),
            *("x sends xc", "c receives xc", "y sends unread"),
        )
    )

    assert flow.longest_chains() == (
        tuple((node,) for node in _interleaved("a", "ab", "b", "bc", "c")),
        tuple((node,) for node in _interleaved("x", "xc", "c")),
    )
    assert len(flow.longest_chains(1)) == 1
    assert flow.longest_chains(-1) == ()


def _interleaved(*ids: str) -> tuple[Node, ...]:
    kinds = (Kind.SERVICE, Kind.EVENT)
    return tuple(Node(kinds[place % 2], each) for place, each in enumerate(ids))


def test_a_knot_is_one_link_of_a_chain() -> None:
    flow = Flow(
        catalogue(
            *("a sends ab", "b receives ab", "b sends bc", "c receives bc"),
            *("c sends cb", "b receives cb"),
        )
    )

    assert flow.longest_chains() == (
        (_services("a"), _events("ab"), (*_events("bc", "cb"), *_services("b", "c"))),
    )


def test_neighbours_come_with_the_events_between() -> None:
    flow = Flow(catalogue("a sends x", "a sends y", "b receives x", "b receives y", "a receives x"))

    assert flow.downstream_of("a") == (Link("b", ("x", "y")),)
    assert flow.upstream_of("b") == (Link("a", ("x", "y")),)
    assert flow.upstream_of("a") == flow.downstream_of("b") == ()


def test_flows_between_and_inside_domains_name_events_and_both_sides() -> None:
    assert Flow(SHOP).domain_flows() == (
        DomainFlow("goods", "money", ("parcel-sent",), ("dispatch",), ("ledger",)),
        DomainFlow("money", "money", ("invoice-issued",), ("billing",), ("ledger",)),
        DomainFlow("sales", "goods", ("order-placed",), ("orders",), ("dispatch",)),
        DomainFlow("sales", "money", ("order-placed",), ("orders",), ("billing",)),
    )


def test_a_relation_to_what_the_catalogue_does_not_have_is_left_out() -> None:
    dangling = Catalog("Test", relations=SHOP.relations)

    assert Flow(dangling).nodes == ()
    assert Flow(dangling).edges == ()


def test_hostile_names_are_names_like_any_other() -> None:
    flow = Flow(hostile_catalogue())

    assert flow.consumers_of(HOSTILE_NAMES[0]) == tuple(sorted(HOSTILE_NAMES))


_SENTENCES = st.lists(
    st.builds(
        "{} {} {}".format,
        st.sampled_from("abcdef"),
        st.sampled_from(("sends", "receives")),
        st.sampled_from("uvwxyz"),
    ),
    max_size=25,
)


@settings(max_examples=50, deadline=None)
@given(_SENTENCES, st.randoms())
def test_the_order_of_relations_changes_no_answer(sentences: list[str], random: Random) -> None:
    shuffled = random.sample(sentences, len(sentences))
    one, other = Flow(catalogue(*sentences)), Flow(catalogue(*shuffled))

    assert _answers(one) == _answers(other)


@settings(max_examples=50, deadline=None)
@given(_SENTENCES)
def test_shortest_chains_are_those_that_networkx_finds(sentences: list[str]) -> None:
    flow = Flow(catalogue(*sentences))
    graph = nx.DiGraph(flow.edges)
    for start in graph:
        for end in graph:
            downstream = nx.has_path(graph, start, end)
            expected = nx.all_shortest_paths(graph, start, end) if downstream else ()
            assert list(flow.path(start, end)) == sorted(map(tuple, expected))


def _answers(flow: Flow) -> tuple[object, ...]:
    reaches = tuple(flow.reached_from(each) for each in flow.nodes)
    chains = [flow.path(start, end) for start in flow.nodes for end in flow.nodes]
    return (
        *(flow.nodes, flow.edges, flow.cycles(), flow.loose_ends(), flow.longest_chains()),
        *(flow.domain_flows(), reaches, chains),
    )


def _shape(*names: str) -> Shape:
    inner = Field("address", "object", fields=(Field("city", "string"),))
    return Shape(fields=(*(Field(each, "string") for each in names), inner))


FIELDS = catalogue(
    "orders sends placed",
    *(f"{each} receives placed" for each in ("all", "some", "silent", "orders")),
    "some sends billed",
    "ledger receives billed",
    events=[
        Event(
            "placed",
            "placed",
            shape=_shape("id", "total", "note"),
            expectations=(
                Expectation(("all",), _shape("id", "total", "note")),
                Expectation(("orders", "some"), Shape(fields=(Field("total", "number"),))),
                Expectation(("silent",), Shape()),
            ),
        )
    ],
)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("note", [("all", "silent")]),
        ("total", [("all", "orders", "silent", "some"), ("ledger",)]),
        ("address", [("all", "silent")]),
        ("address.city", [("all", "silent")]),
        ("address.street", [("silent",)]),
        ("unknown", [("silent",)]),
    ],
)
def test_a_field_reaches_those_who_read_it_and_those_who_do_not_say(
    path: str, expected: list[tuple[str, ...]]
) -> None:
    reach = Flow(FIELDS).reach_of_field("placed", path)
    assert [each.services for each in reach.hops] == expected


def test_a_field_of_nothing_reaches_nothing() -> None:
    assert Flow(FIELDS).reach_of_field("nothing", "id") == Reach()
    assert Flow(FIELDS).reach_of_field("placed", "total", hops=1).services == (
        "all",
        "orders",
        "silent",
        "some",
    )
