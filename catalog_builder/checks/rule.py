"""What a rule is: a code with one meaning, and a function that finds where it is broken."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Finding, Location, Severity


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where a rule is broken; the rule knows the rest of the finding."""

    message: str
    location: Location
    service: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thing to be right in every catalogue."""

    code: str
    severity: Severity
    meaning: str
    """One sentence: what it says of a catalogue when it is broken."""
    mend: str
    """What its owner does about it."""
    breaches: Callable[[Catalog, Flow], Iterable[Breach]]

    def findings(self, catalog: Catalog, flow: Flow) -> Iterator[Finding]:
        """One finding a breach, in no particular order."""
        for breach in self.breaches(catalog, flow):
            yield Finding(
                code=self.code,
                severity=self.severity,
                message=breach.message,
                hint=self.mend,
                location=breach.location,
                service=breach.service,
                event=breach.event,
            )


def event_breaches(
    broken: Callable[[Catalog, Flow], Iterable[str]], message: str
) -> Callable[[Catalog, Flow], Iterator[Breach]]:
    """A rule's function for events that are broken by themselves: `{event}` is the event's name."""

    def breaches(catalog: Catalog, flow: Flow) -> Iterator[Breach]:
        for event in map(catalog.event.__getitem__, broken(catalog, flow)):
            text = message.replace("{event}", event.name)
            yield Breach(text, event.source, service=event.owner, event=event.id)

    return breaches
