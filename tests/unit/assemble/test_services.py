from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from catalog_builder.assemble import assemble
from catalog_builder.config import NameRule, Settings, ViewpointRule, Where
from catalog_builder.model import (
    Belonging,
    CodeOwner,
    Component,
    Contact,
    Document,
    Json,
    Location,
    Reading,
    Repository,
    Viewpoint,
)
from tests.unit.assemble.made import RECEIVE, SEND, catalogue, channel, document, flows, found


def names(*documents: Document, settings: Settings | None = None) -> dict[str, str]:
    return {each.id: each.name for each in catalogue(*documents, settings=settings).services}


def test_documents_of_one_repository_with_one_title_are_one_service() -> None:
    first, second = (document("Orders", repository="shop", path=path) for path in ("a", "b"))
    (service,) = catalogue(first, second).services
    assert (service.id, [str(each.location) for each in service.documents]) == (
        "orders",
        ["shop/a", "shop/b"],
    )


def test_one_title_in_two_repositories_is_two_services() -> None:
    assert names(document("Orders", repository="a"), document("Orders", repository="b")) == {
        "orders-a": "Orders",
        "orders-b": "Orders",
    }


def test_a_copied_file_is_documented_once() -> None:
    one, two = (
        document("Orders", (SEND, channel("orders", "Placed")), repository=name, digest="c0ffee")
        for name in "ab"
    )
    catalog = catalogue(one, two)
    (service,) = catalog.services
    assert service.documents[0].copies == (Location("b", "asyncapi.yaml"),)
    assert len(catalog.relations) == 1


def test_the_root_id_names_a_service_together_with_its_title() -> None:
    assert names(
        document("Orders", repository="a", id="urn:orders"),
        document("Orders", repository="b", id="urn:orders"),
        document("Billing", repository="c", id="urn:orders"),
    ) == {"orders": "Orders", "billing": "Billing"}


def test_documents_without_a_title_are_named_after_their_repository() -> None:
    assert names(
        document("", repository="shop"),
        document("AsyncAPI", repository="hub", path="orders/asyncapi.yaml"),
        document("API", repository="hub", path="services/stock/docs/asyncapi.yaml"),
    ) == {"shop": "shop", "hub-orders": "hub orders", "hub-stock": "hub stock"}


def test_a_backstage_component_names_a_document_without_a_title() -> None:
    repository = Repository("shop")
    reading = Reading(
        repository,
        (document("API", repository=repository, path="docs/asyncapi.yaml"),),
        (Component("order-service", "catalog-info.yaml"),),
    )
    assert [each.name for each in assemble([reading], Settings()).services] == ["order-service"]


API = Component("orders-events", "apis/catalog-info.yaml", kind="API", title="Order events")
SERVICE = Component("order-service", "order/catalog-info.yaml", owner="shop")
OTHER = Component("billing-service", "billing/catalog-info.yaml", owner="finance")
APIS: Mapping[str, tuple[str, str, Sequence[Component], tuple[str, str]]] = {
    "its provider owns it": (
        "Order events",
        "docs/a.yaml",
        (API, replace(SERVICE, provides=("orders-events",)), OTHER),
        ("Order events", "shop"),
    ),
    "a provider goes before a consumer": (
        "orders-events",
        "docs/a.yaml",
        (
            replace(SERVICE, provides=("orders-events",)),
            replace(OTHER, consumes=("orders-events",)),
        ),
        ("orders-events", "shop"),
    ),
    "its only consumer owns what nobody provides": (
        "orders-events",
        "docs/a.yaml",
        (SERVICE, replace(OTHER, consumes=("orders-events",))),
        ("orders-events", "finance"),
    ),
    "of two providers neither": (
        "orders-events",
        "docs/a.yaml",
        tuple(replace(each, provides=("orders-events",)) for each in (SERVICE, OTHER)),
        ("orders-events", ""),
    ),
    "the provider of the API beside it names it": (
        "API",
        "apis/a.yaml",
        (API, replace(SERVICE, provides=("orders-events",)), OTHER),
        ("order-service", "shop"),
    ),
    "the API that names it as its definition tells its provider": (
        "Order events",
        "docs/a.yaml",
        (
            replace(API, title="", definition="docs/a.yaml", owner="nobody"),
            replace(SERVICE, provides=("orders-events",)),
            OTHER,
        ),
        ("Order events", "shop"),
    ),
    "an API that nobody provides has an owner of its own": (
        "Order events",
        "docs/a.yaml",
        (replace(API, title="", definition="docs/a.yaml", owner="shop"), SERVICE, OTHER),
        ("Order events", "shop"),
    ),
}


@pytest.mark.parametrize("case", APIS)
def test_backstage_tells_whose_api_a_document_describes(case: str) -> None:
    title, path, components, expected = APIS[case]
    repository = Repository("shop")
    made = document(title, (SEND, channel("x", "X")), repository=repository, path=path)
    (service,) = assemble([Reading(repository, (made,), tuple(components))], Settings()).services
    assert (service.name, service.team.name) == expected


def test_of_several_documents_the_one_that_sends_most_describes_the_service() -> None:
    x, y = channel("x", "X"), channel("y", "Y")
    (service,) = catalogue(
        document(
            "S", (RECEIVE, x), (RECEIVE, y), repository="s", path="a.yaml", description="Reads."
        ),
        document("S", (SEND, x), repository="s", path="long/b.yaml", description="Sends."),
        document("S", (SEND, x), repository="s", path="c.yaml", version="2", contact=Contact("C")),
        document("S", repository="s", path="0.yaml", version="1", contact=Contact("0")),
    ).services
    assert (service.description, service.version, service.contact) == ("Sends.", "2", Contact("C"))
    assert [each.location.path for each in service.documents] == [
        "0.yaml",
        "a.yaml",
        "c.yaml",
        "long/b.yaml",
    ]


def test_several_services_of_one_repository_stay_several() -> None:
    assert names(
        document("Orders", repository="shop", path="orders/asyncapi.yaml"),
        document("Billing", repository="shop", path="billing/asyncapi.yaml"),
        document("", repository="shop", path="mail/asyncapi.yaml"),
    ) == {"orders": "Orders", "billing": "Billing", "shop-mail": "shop mail"}


def test_one_document_at_two_paths_of_a_repository_is_documented_once() -> None:
    one, two = (
        document("Orders", (SEND, channel("x", "X")), repository="a", path=path, digest="c0ffee")
        for path in ("docs/asyncapi.yaml", "asyncapi.yaml")
    )
    catalog = catalogue(one, two)
    assert [each.documents[0].copies for each in catalog.services] == [
        (Location("a", "docs/asyncapi.yaml"),)
    ]
    assert len(catalog.relations) == 1


def test_the_configuration_names_services_by_the_first_rule() -> None:
    rules = (
        NameRule(Where(path="**/client.yml"), "{repository}"),
        NameRule(Where(repository="shop"), "Shop"),
    )
    assert names(
        document("A", repository="orders", path="docs/client.yml"),
        document("B", repository="shop"),
        document("C", repository="other"),
        settings=Settings(services=rules),
    ) == {"orders": "orders", "shop": "Shop", "c": "C"}


def test_the_other_sides_viewpoint_turns_the_verbs_around() -> None:
    rule = ViewpointRule(Where(path="b/**"), Viewpoint.APPLICATION)
    settings = Settings(viewpoint=Viewpoint.CLIENT, viewpoints=(rule,))
    documents = [
        document("a", (SEND, channel("x", "X"))),
        document("b", (SEND, channel("y", "Y"))),
        document("c", (SEND, channel("z", "Z")), repository=Repository("c", viewpoint=None)),
    ]
    catalog = catalogue(*documents, settings=settings)
    assert flows(catalog) == {"x": ((), ("a",)), "y": (("b",), ()), "z": ((), ("c",))}
    assert [each.documents[0].viewpoint for each in catalog.services] == [
        Viewpoint.CLIENT,
        Viewpoint.APPLICATION,
        Viewpoint.CLIENT,
    ]


def owned(
    *, settings: Settings | None = None, with_component: bool = True, **more: Json
) -> tuple[Belonging, Belonging]:
    """Team and domain of a service about which more and more is said."""
    repository = Repository("shop")
    reading = Reading(
        repository,
        (
            document(
                "Orders",
                repository=repository,
                path="docs/asyncapi.yaml",
                contact=Contact("Ann"),
                tags=("team:tagged", "domain:tagged"),
                **more,
            ),
        ),
        (Component("orders", "catalog-info.yaml", owner="backstage", domain="sales"),)
        if with_component
        else (),
        (CodeOwner("*", ("@acme/all",), 1), CodeOwner("docs/", ("@acme/writers",), 3)),
    )
    (service,) = assemble([reading], settings or Settings()).services
    return service.team, service.domain


def test_the_strongest_says_who_owns_a_service() -> None:
    rules = (NameRule(Where(repository="shop"), "configured"),)
    extensions = {"x-owner": "written", "x-domain": ["written"]}
    assert [
        owned(settings=Settings(owners=rules, domains=rules), extensions=extensions),
        owned(extensions=extensions),
        owned(),
        owned(with_component=False),
    ] == [
        (Belonging("configured", "configuration"), Belonging("configured", "configuration")),
        (
            Belonging("written", "x-owner of the document"),
            Belonging("written", "x-domain of the document"),
        ),
        (
            Belonging("backstage", "orders in catalog-info.yaml"),
            Belonging("sales", "orders in catalog-info.yaml"),
        ),
        (
            Belonging("writers", "CODEOWNERS, line 3"),
            Belonging("tagged", "tag domain:tagged of the document"),
        ),
    ]


def test_a_service_that_nobody_owns_is_reported_once() -> None:
    catalog = catalogue(document("Orders", (RECEIVE, channel("x", "X"))))
    assert [
        (each.service, str(each.location)) for each in found(catalog, "service-without-owner")
    ] == [("orders", "Orders/asyncapi.yaml")]
