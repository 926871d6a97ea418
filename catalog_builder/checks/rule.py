"""What a rule is: a code with one meaning, and a function that finds where it is broken."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Code, Finding, Location


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rule is broken; the rule knows the rest of the finding."""

    values: Mapping[str, str]
    """What stands in the message for the names in braces."""
    location: Location
    service: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thing to be right in every catalogue."""

    about: Code
    breaches: Callable[[Catalog, Flow], Iterable[Breach]]

    def findings(self, catalog: Catalog, flow: Flow) -> Iterator[Finding]:
        """One finding a breach, in no particular order."""
        for breach in self.breaches(catalog, flow):
            yield self.about.finding(
                breach.location, service=breach.service, event=breach.event, **breach.values
            )


def event_breaches(
    broken: Callable[[Catalog, Flow], Iterable[str]],
) -> Callable[[Catalog, Flow], Iterator[Breach]]:
    """A rule's function for events that are broken by themselves: `{name}` is the event's name."""

    def breaches(catalog: Catalog, flow: Flow) -> Iterator[Breach]:
        for event in map(catalog.event.__getitem__, broken(catalog, flow)):
            yield Breach({"name": event.name}, event.source, service=event.owner, event=event.id)

    return breaches
