"""Whether anybody still depends on what is on its way out."""

from collections.abc import Iterator

from catalog_builder.checks.rule import Breach, Rule
from catalog_builder.graph import Flow
from catalog_builder.model import Action, Catalog, Code, Event, Location, Service, Severity


def _still_read(catalog: Catalog, flow: Flow) -> Iterator[Breach]:
    deprecated = [each for each in catalog.events if each.is_deprecated]
    places = _places_of_reading(catalog, {each.id for each in deprecated})
    for event in deprecated:
        for reader in flow.consumers_of(event.id):
            yield Breach(
                {"reader": _named(catalog.service[reader]), "fate": _fate(event)},
                places[event.id, reader],
                service=reader,
                event=event.id,
            )


def _places_of_reading(catalog: Catalog, events: set[str]) -> dict[tuple[str, str], Location]:
    places: dict[tuple[str, str], Location] = {}
    for each in catalog.relations:
        if each.action is Action.RECEIVE and each.event in events:
            key = each.event, each.service
            places[key] = min(each.source, places.get(key, each.source))
    return places


def _named(service: Service) -> str:
    team = f" (team {service.team.name})" if service.team else ""
    return f"`{service.name}`{team}"


def _fate(event: Event) -> str:
    text = f"`{event.name}`, which is deprecated"
    if event.deprecation is None:
        return text
    if event.deprecation.since:
        text += f" since {event.deprecation.since}"
    if event.deprecation.removal:
        text += f", will be removed on {event.deprecation.removal}"
    if event.deprecation.successor:
        text += f", and is succeeded by `{event.deprecation.successor}`"
    return text


DEPRECATED_EVENT_STILL_READ = Rule(
    Code(
        code="deprecated-event-still-read",
        severity=Severity.WARNING,
        message="{reader} still receives {fate}.",
        meaning="A service receives an event that its owner has deprecated.",
        mend="Receive the successor instead, or agree on another date with the event's owner.",
        example="`OrderPlaced` has `x-deprecated: true`, and Invoicing still receives it.",
    ),
    _still_read,
)
