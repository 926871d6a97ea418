"""Whole organisations that others wrote, with the relations that must come out."""

from pathlib import Path

import pytest

from catalog_builder.assemble import assemble
from catalog_builder.config import Settings, ViewpointRule, Where, read_settings
from catalog_builder.model import Action, Catalog, Checkout, Repository, Viewpoint
from catalog_builder.parse import read

ORGANISATIONS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "orgs"
RELATIONS = Path(__file__).parent / "relations"
DOES = {Action.SEND: "sends", Action.RECEIVE: "reads"}
INVERTED = (
    "ffc-pay-batch-processor",
    "ffc-pay-enrichment",
    "ffc-pay-event-hub",
    "ffc-pay-processing",
)
CLIENTS = tuple(
    ViewpointRule(Where(path=f"{each}/docs/asyncapi.yaml"), Viewpoint.CLIENT) for each in INVERTED
)
SUFFIXES = {".yaml", ".yml", ".json"}


def catalogue(name: str, settings: Settings | None = None, *, is_one: bool = False) -> Catalog:
    folder = ORGANISATIONS / name
    if not folder.is_dir():
        pytest.skip(f"no corpus beside the project: {folder}")
    folders = [folder] if is_one else sorted(each for each in folder.iterdir() if each.is_dir())
    return assemble([read(_checkout(each)) for each in folders], settings or Settings())


def _checkout(folder: Path) -> Checkout:
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    specifications = tuple(
        path
        for path, content in files.items()
        if Path(path).suffix in SUFFIXES and b"asyncapi" in content
    )
    return Checkout(Repository(folder.name), files, specifications)


def flows(catalog: Catalog) -> dict[str, tuple[set[str], set[str]]]:
    """Who sends and who receives on the addresses where both are known."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for event in catalog.events:
        if event.producers and event.consumers:
            for each in event.channels:
                address = catalog.channel[each].address
                senders, receivers = found.setdefault(address, (set(), set()))
                senders.update(event.producers)
                receivers.update(event.consumers)
    return found


IN_ONE_REPOSITORY = ("eventcatalog-", "spec-")


@pytest.mark.parametrize("file", sorted(RELATIONS.glob("*.txt")), ids=lambda file: file.stem)
def test_every_relation_of_an_organisation_is_as_written_down(file: Path) -> None:
    """`SERVICE sends|reads EVENT on CHANNEL, RULE`: all of them, and no others."""
    name, _, proposed = file.stem.partition("+")
    is_one = name.startswith(IN_ONE_REPOSITORY)
    settings = Settings(viewpoints=CLIENTS) if proposed else None
    catalog = catalogue(name, settings, is_one=is_one)
    assert sorted(told(catalog)) == file.read_text(encoding="utf-8").splitlines()


def told(catalog: Catalog) -> set[str]:
    return {
        f"{each.service} {DOES[each.action]} {each.event} on {each.channel}, {each.join.rule}"
        for each in catalog.relations
    }


def test_senergy_platform() -> None:
    assert flows(catalogue("senergy-platform")) == {
        "device-types": ({"device-repository"}, {"mqtt-platform-connector"}),
        "device_log": ({"mqtt-platform-connector"}, {"connection-log-worker"}),
        "devices": ({"device-repository"}, {"connection-log-worker"}),
        "hubs": ({"device-repository"}, {"connection-log-worker"}),
    }


@pytest.mark.parametrize("version", ["v2", "v3"])
def test_social_media(version: str) -> None:
    catalog = catalogue(f"spec-social-media-{version}", is_one=True)
    assert flows(catalog) == {
        "comment/liked": (
            {"website-backend"},
            {"comments-service", "notifications-service", "public-api"},
        ),
        "comment/{commentId}/changed": ({"comments-service"}, {"website-backend"}),
        "like/comment": ({"website-web-socket-client"}, {"website-backend"}),
        "update/comment/likes": ({"website-backend"}, {"website-web-socket-client"}),
    }
    assert {each.join.rule for each in catalog.relations} == {"same-reference"}
    assert len(catalog.events) == 4


ORDERS = {
    "inventory/reserved": ({"inventory-service"}, {"orders-service"}),
    "order/cancelled": ({"orders-service"}, {"inventory-service"}),
    "order/created": ({"orders-service"}, {"inventory-service", "order-fulfillment-service"}),
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("eventcatalog-basic", ORDERS),
        ("eventcatalog-mapping-commands-events-queries", ORDERS),
        (
            "eventcatalog-message-ownership",
            {"inventory/reserved": ({"inventory-service"}, {"fraud-detection-service"})},
        ),
    ],
)
def test_eventcatalogs_examples(name: str, expected: dict[str, tuple[set[str], set[str]]]) -> None:
    assert flows(catalogue(name, is_one=True)) == expected


def test_the_owner_of_a_message_describes_it() -> None:
    catalog = catalogue("eventcatalog-message-ownership", is_one=True)
    assert catalog.event["inventory-reserved"].owner == "inventory-service"


def test_springwolfs_examples_do_not_join_across_brokers() -> None:
    catalog = catalogue("springwolf-examples")
    for event in catalog.events:
        protocols = {catalog.channel[each].protocol for each in event.channels}
        assert len(protocols) == 1, event
    kafka = {"springwolf-example-project-kafka", "springwolf-example-project-cloud-stream"}
    shared = [each for each in catalog.events if len({*each.producers, *each.consumers}) > 1]
    assert all({*each.producers, *each.consumers} == kafka for each in shared)


def test_rimfrost_answers_what_it_receives() -> None:
    catalog = catalogue("forsakringskassan-rimfrost")
    assert [
        (each.service, str(each.action), each.event, each.reply) for each in catalog.relations
    ] == [
        ("handlaggning-async-api", "receive", "handlaggning-done-message", False),
        (
            "operativt-uppgiftslager-async-api",
            "send",
            "operativt-uppgiftslager-status-message",
            False,
        ),
        ("rimfrost-process-async-api", "receive", "handlaggning-request-message", False),
        ("rimfrost-process-async-api", "send", "handlaggning-response-message", True),
    ]


def test_a_contract_repository_has_events_and_no_relations() -> None:
    catalog = catalogue("sokol111-ecommerce")
    assert catalog.relations == ()
    assert {each.id: each.channels for each in catalog.events} == {
        "category-created": ("catalog.category.events",),
        "category-updated": ("catalog.category.events",),
        "product-created": ("catalog.product.events",),
        "product-updated": ("catalog.product.events",),
    }


def test_defras_inverted_documents_are_suspected() -> None:
    catalog = catalogue("defra-ffc-pay")
    suspects = [each for each in catalog.findings if each.code == "viewpoint-suspect"]
    assert tuple(each.location.repository for each in suspects) == INVERTED


def test_defra_comes_right_with_what_the_findings_propose(tmp_path: Path) -> None:
    suspected = catalogue("defra-ffc-pay").findings
    hints = [each.hint for each in suspected if each.code == "viewpoint-suspect"]
    lines = [each.partition("configuration: `")[2].removesuffix("`") for each in hints]
    configuration = tmp_path / "catalog.yml"
    configuration.write_text("\n".join(["sources: [{path: x}]", "viewpoints:", *lines]))
    catalog = catalogue("defra-ffc-pay", read_settings(configuration))
    assert flows(catalog) == {
        "ffc-pay-request": ({"payment-hub-batch-processor"}, {"payment-hub-enrichment"}),
        "ffc-pay-processing": ({"payment-hub-enrichment"}, {"payment-hub-processing"}),
        "ffc-pay-events": (
            {"payment-hub-enrichment", "payment-hub-processing"},
            {"ffc-payment-event-hub"},
        ),
    }
    assert [each for each in catalog.findings if each.code == "viewpoint-suspect"] == []
