"""Whether a stranger could understand what is there."""

from collections.abc import Iterator

from catalog_builder.checks.rule import Breach, Rule, event_breaches
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Code, Location, Severity


def _undescribed(catalog: Catalog, _flow: Flow) -> Iterator[str]:
    return (each.id for each in catalog.events if not (each.description or each.summary))


def _without_schema(catalog: Catalog, _flow: Flow) -> Iterator[str]:
    return (each.id for each in catalog.events if each.payload is None)


def _undescribed_services(catalog: Catalog, _flow: Flow) -> Iterator[Breach]:
    for service in catalog.services:
        if not service.description:
            yield Breach(
                {"name": service.name},
                next((each.location for each in service.documents), Location("")),
                service=service.id,
            )


EVENT_WITHOUT_DESCRIPTION = Rule(
    Code(
        code="event-without-description",
        severity=Severity.INFO,
        message="`{name}` has no description.",
        meaning="The event's message has neither a summary nor a description.",
        mend="Say in the message's `summary` or `description` when the event is sent and what it "
        "tells its receivers.",
        example="The message `OrderPlaced` has a payload, and neither `summary` nor `description`.",
    ),
    event_breaches(_undescribed),
)

EVENT_WITHOUT_SCHEMA = Rule(
    Code(
        code="event-without-schema",
        severity=Severity.INFO,
        message="`{name}` has no payload schema.",
        meaning="The event's message has no payload schema.",
        mend="Describe the message's `payload` with a schema.",
        example="The message `OrderPlaced` has a `name` and a `contentType`, and nothing else.",
    ),
    event_breaches(_without_schema),
)

SERVICE_WITHOUT_DESCRIPTION = Rule(
    Code(
        code="service-without-description",
        severity=Severity.INFO,
        message="`{name}` has no description.",
        meaning="None of the service's documents says what the service is for.",
        mend="Say in the document's `info.description` what the service is for.",
        example="The `info` of the document has `title` and `version`, and nothing else.",
    ),
    _undescribed_services,
)
