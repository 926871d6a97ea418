"""Whether a stranger could understand what is there."""

from collections.abc import Iterator

from catalog_builder.checks.rule import Breach, Rule, event_breaches
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Location, Severity


def _undescribed(catalog: Catalog, _flow: Flow) -> Iterator[str]:
    return (each.id for each in catalog.events if not (each.description or each.summary))


def _without_schema(catalog: Catalog, _flow: Flow) -> Iterator[str]:
    return (each.id for each in catalog.events if each.payload is None)


def _undescribed_services(catalog: Catalog, _flow: Flow) -> Iterator[Breach]:
    for service in catalog.services:
        if not service.description:
            yield Breach(
                message=f"`{service.name}` has no description.",
                location=next((each.location for each in service.documents), Location("")),
                service=service.id,
            )


EVENT_WITHOUT_DESCRIPTION = Rule(
    code="event-without-description",
    severity=Severity.INFO,
    meaning="The event's message has neither a summary nor a description.",
    mend="Say in the message's `summary` or `description` when the event is sent and what it tells"
    " its receivers.",
    breaches=event_breaches(_undescribed, "`{event}` has no description."),
)

EVENT_WITHOUT_SCHEMA = Rule(
    code="event-without-schema",
    severity=Severity.INFO,
    meaning="The event's message has no payload schema.",
    mend="Describe the message's `payload` with a schema.",
    breaches=event_breaches(_without_schema, "`{event}` has no payload schema."),
)

SERVICE_WITHOUT_DESCRIPTION = Rule(
    code="service-without-description",
    severity=Severity.INFO,
    meaning="None of the service's documents says what the service is for.",
    mend="Say in the document's `info.description` what the service is for.",
    breaches=_undescribed_services,
)
