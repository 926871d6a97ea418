"""Whether there is somebody to talk to."""

from collections.abc import Iterator

from catalog_builder.checks.rule import Rule, event_breaches
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Code, Severity


def _unowned(catalog: Catalog, _flow: Flow) -> Iterator[str]:
    return (each.id for each in catalog.events if not each.team)


EVENT_WITHOUT_OWNER = Rule(
    Code(
        code="event-without-owner",
        severity=Severity.WARNING,
        message="No team is known to own `{name}`.",
        meaning="Nothing says which team owns the event.",
        mend="Name the team under `owners` in the configuration, in the repository's CODEOWNERS, "
        "or in its `catalog-info.yaml`.",
        example="A service without a team sends `CrateReturned`, whose message has no `x-owner`.",
    ),
    event_breaches(_unowned),
)
