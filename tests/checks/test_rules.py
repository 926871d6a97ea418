"""One table a rule: name, tiny catalogue, findings as (message, place, service, event)."""

from dataclasses import dataclass, replace

import pytest

from catalog_builder.checks import RULES, check
from catalog_builder.checks.delivery import BRIDGE_SUSPECT as BRIDGE
from catalog_builder.graph import Flow
from catalog_builder.model import (
    Belonging,
    Catalog,
    Deprecation,
    DocumentLink,
    Event,
    Finding,
    Location,
    Payload,
    SchemaFormat,
    Service,
    Severity,
    SharedChannel,
)
from tests.catalogues import catalogue, hostile_catalogue, relation

PLACE = Location("orders", "asyncapi.yaml", 7)
PLACED = Event("placed", "OrderPlaced", owner="orders", source=PLACE)
READING = Location("billing", "asyncapi.yaml", 3)
FATE = (
    "`OrderPlaced`, which is deprecated since 2026-01-01, will be removed on 2027-01-01, and is"
    " succeeded by `OrderPlacedV2`."
)


@dataclass(frozen=True)
class Case:
    rule: str
    name: str
    catalog: Catalog
    expected: tuple[tuple[str, Location, str, str], ...] = ()


def _deprecated(deprecation: Deprecation | None = None) -> Event:
    return replace(PLACED, lifecycle=Belonging("deprecated"), deprecation=deprecation)


EVENT_WITHOUT_PRODUCER = (
    Case("event-without-producer", "sent", catalogue("orders sends placed", events=[PLACED])),
    Case(
        "event-without-producer",
        "only received",
        catalogue("billing receives placed", events=[PLACED]),
        (("No service is known to send `OrderPlaced`.", PLACE, "orders", "placed"),),
    ),
)

TOPIC = Event("topic", "OrderPlaced", owner="orders", source=PLACE)
QUEUE = Event("queue", "OrderPlaced", owner="billing", source=READING)
SNS = SharedChannel("topic", "orders", "sns")
SQS = SharedChannel("queue", 'billing "in"', "sqs")


def _delivered(*sentences: str, topic: SharedChannel = SNS, queue: SharedChannel = SQS) -> Catalog:
    return catalogue(*sentences, events=[TOPIC, QUEUE], channels=[topic, queue])


BRIDGE_SUSPECT = (
    Case(
        "bridge-suspect",
        "read on another broker than it is sent to",
        _delivered("orders sends topic", "billing receives queue"),
        (
            (
                "`OrderPlaced` is read from sqs, where nobody sends it, and sent to sns.",
                READING,
                "billing",
                "queue",
            ),
        ),
    ),
    Case(
        "bridge-suspect",
        "sent on both",
        _delivered("orders sends topic", "billing receives queue", "shop sends queue"),
    ),
    Case(
        "bridge-suspect",
        "sent on neither",
        _delivered("orders receives topic", "billing receives queue"),
    ),
    Case(
        "bridge-suspect",
        "one protocol",
        _delivered(
            "orders sends topic", "billing receives queue", queue=replace(SQS, protocol="sns")
        ),
    ),
    Case(
        "bridge-suspect",
        "no address that could be named",
        _delivered("orders sends topic", "billing receives queue", topic=replace(SNS, address="")),
    ),
    Case(
        "bridge-suspect",
        "sent to two topics",
        catalogue(
            "orders sends topic",
            "orders sends other",
            "billing receives queue",
            events=[TOPIC, replace(TOPIC, id="other"), QUEUE],
            channels=[SNS, replace(SNS, id="other"), SQS],
        ),
    ),
    Case(
        "bridge-suspect",
        "another name",
        catalogue(
            "orders sends topic",
            "billing receives queue",
            events=[TOPIC, replace(QUEUE, name="OrderCancelled")],
            channels=[SNS, SQS],
        ),
    ),
)

EVENT_WITHOUT_CONSUMER = (
    Case(
        "event-without-consumer", "received", catalogue("billing receives placed", events=[PLACED])
    ),
    Case(
        "event-without-consumer",
        "only sent",
        catalogue("orders sends placed", events=[PLACED]),
        (("No service is known to receive `OrderPlaced`.", PLACE, "orders", "placed"),),
    ),
    Case(
        "event-without-consumer",
        "received by its own sender",
        catalogue("orders sends placed", "orders receives placed", events=[PLACED]),
    ),
)

EVENT_WITHOUT_OWNER = (
    Case(
        "event-without-owner",
        "a team is named",
        catalogue(events=[replace(PLACED, team=Belonging("shop", "CODEOWNERS"))]),
    ),
    Case(
        "event-without-owner",
        "no team is named",
        catalogue(events=[PLACED]),
        (("No team is known to own `OrderPlaced`.", PLACE, "orders", "placed"),),
    ),
)

DEPRECATED_EVENT_STILL_READ = (
    Case(
        "deprecated-event-still-read",
        "not deprecated",
        catalogue("billing receives placed", events=[PLACED]),
    ),
    Case(
        "deprecated-event-still-read",
        "deprecated and read by nobody",
        catalogue("orders sends placed", events=[_deprecated()]),
    ),
    Case(
        "deprecated-event-still-read",
        "each reader is told, at its own place",
        catalogue(
            "orders sends placed",
            "billing receives placed",
            "mail receives placed",
            services=[Service("mail", "Mailer", team=Belonging("shop"))],
            events=[_deprecated(Deprecation("2026-01-01", "2027-01-01", "OrderPlacedV2"))],
        ),
        (
            (
                f"`billing` still receives {FATE}",
                READING,
                "billing",
                "placed",
            ),
            (
                f"`Mailer` (team shop) still receives {FATE}",
                Location("mail", "asyncapi.yaml", 3),
                "mail",
                "placed",
            ),
        ),
    ),
    Case(
        "deprecated-event-still-read",
        "nothing more is said than is known",
        catalogue("billing receives placed", events=[_deprecated()]),
        (
            (
                "`billing` still receives `OrderPlaced`, which is deprecated.",
                READING,
                "billing",
                "placed",
            ),
        ),
    ),
)

EVENT_WITHOUT_DESCRIPTION = (
    Case(
        "event-without-description",
        "a description",
        catalogue(events=[replace(PLACED, description="An order was placed.")]),
    ),
    Case(
        "event-without-description",
        "a summary is enough",
        catalogue(events=[replace(PLACED, summary="An order was placed.")]),
    ),
    Case(
        "event-without-description",
        "neither",
        catalogue(events=[PLACED]),
        (("`OrderPlaced` has no description.", PLACE, "orders", "placed"),),
    ),
)

EVENT_WITHOUT_SCHEMA = (
    Case(
        "event-without-schema",
        "a payload of any format",
        catalogue(events=[replace(PLACED, payload=Payload(SchemaFormat.UNKNOWN, "text"))]),
    ),
    Case(
        "event-without-schema",
        "no payload",
        catalogue(events=[PLACED]),
        (("`OrderPlaced` has no payload schema.", PLACE, "orders", "placed"),),
    ),
)

SERVICE_WITHOUT_DESCRIPTION = (
    Case(
        "service-without-description",
        "described",
        catalogue(services=[Service("orders", "Orders", description="Takes orders.")]),
    ),
    Case(
        "service-without-description",
        "the finding stands at its first document",
        catalogue(
            services=[Service("orders", "Orders", documents=(DocumentLink(PLACE, "3.0.0"),))]
        ),
        (("`Orders` has no description.", PLACE, "orders", ""),),
    ),
    Case(
        "service-without-description",
        "no document",
        catalogue(services=[Service("orders", "Orders")]),
        (("`Orders` has no description.", Location(""), "orders", ""),),
    ),
)

CASES = (
    *EVENT_WITHOUT_PRODUCER,
    *EVENT_WITHOUT_CONSUMER,
    *BRIDGE_SUSPECT,
    *EVENT_WITHOUT_OWNER,
    *DEPRECATED_EVENT_STILL_READ,
    *EVENT_WITHOUT_DESCRIPTION,
    *EVENT_WITHOUT_SCHEMA,
    *SERVICE_WITHOUT_DESCRIPTION,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.name}")
def test_a_rule_finds_what_its_table_says(case: Case) -> None:
    rule = {each.about.code: each.about for each in RULES}[case.rule]
    found = [each for each in check(case.catalog, Flow(case.catalog)) if each.code == case.rule]

    assert [replace(each, hint="") for each in found] == [
        Finding(rule.code, rule.severity, message, "", location, service, event)
        for message, location, service, event in case.expected
    ]
    assert "{" in rule.mend or {each.hint for each in found} <= {rule.mend}


def test_a_bridge_is_proposed_as_the_configuration_has_it() -> None:
    catalog = _delivered("orders sends topic", "billing receives queue")
    hints = [each.hint for each in BRIDGE.findings(catalog, Flow(catalog))]
    assert len(hints) == 1
    assert r'`joins: {bridge: [{from: "sns:orders", to: "sqs:billing \"in\""}]}`' in hints[0]


def test_every_rule_has_a_table() -> None:
    assert {each.about.code for each in RULES} == {each.rule for each in CASES}


def test_every_rule_has_a_code_of_its_own_and_says_what_it_means_and_how_to_mend_it() -> None:
    codes = [each.about for each in RULES]
    assert len({each.code for each in codes}) == len(codes)
    assert all(each.meaning.endswith(".") and each.mend.endswith(".") for each in codes)


def test_the_severities_are_these() -> None:
    assert {each.about.code for each in RULES if each.about.severity is Severity.WARNING} == {
        "event-without-producer",
        "event-without-owner",
        "deprecated-event-still-read",
    }
    assert all(each.about.severity is not Severity.ERROR for each in RULES)


def test_what_matters_most_is_told_first() -> None:
    catalog = catalogue("billing receives placed")
    found = check(catalog, Flow(catalog))

    assert list(found) == sorted(found, key=lambda each: each.order)
    assert {each.severity for each in found} == {Severity.WARNING, Severity.INFO}


def test_a_reader_is_told_once_however_often_it_reads() -> None:
    catalog = catalogue("billing receives placed", events=[_deprecated()])
    twice = relation("billing receives placed")._replace(operation="again", source=PLACE)
    catalog = replace(catalog, relations=(*catalog.relations, twice))
    found = check(catalog, Flow(catalog))

    assert [each.location for each in found if each.code == "deprecated-event-still-read"] == [
        READING
    ]


def test_an_empty_catalogue_is_in_order() -> None:
    assert check(Catalog("Empty"), Flow(Catalog("Empty"))) == ()


def test_hostile_names_are_judged_like_any_other() -> None:
    catalog = hostile_catalogue()

    assert check(catalog, Flow(catalog))
