"""Where those who share an event describe its payload differently.

Alone knows which differences are worth a finding, and how many of them a message names.
"""

from collections.abc import Iterable, Iterator, Sequence

from catalog_builder.assemble.codes import finding
from catalog_builder.assemble.comparing import Departure, departures, differences, listed
from catalog_builder.assemble.contents import Contents
from catalog_builder.assemble.documents import MessageUse
from catalog_builder.assemble.events import OwnedEvent
from catalog_builder.assemble.parts import is_part
from catalog_builder.model import Event, Finding, Payload, slug


class Agreement:
    """Compares each pair of distinct payloads once."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._known: dict[tuple[bytes, bytes, bool], tuple[Departure, ...]] = {}

    def findings(self, event: OwnedEvent) -> Iterator[Finding]:
        """Findings for each document that describes the event otherwise than its sender does."""
        owner, digest = event.owner, self._contents.digest
        if not owner.sends or owner.message.payload is None:
            return
        told: set[tuple[str, bool]] = set()
        sent = digest(owner.message.payload)
        for use in event.joined.uses:
            theirs = use.message.payload
            if theirs is None or digest(theirs) == sent or not (use.sends or use.receives):
                continue
            found = self._compared(owner.message.payload, theirs, reads=not use.sends)
            if found and (use.by.place, use.sends) not in told:
                told.add((use.by.place, use.sends))
                for code in sorted({each.code for each in found}):
                    words = [each.words for each in found if each.code == code]
                    yield _finding(code, event, use, words)

    def _compared(self, sent: Payload, theirs: Payload, *, reads: bool) -> tuple[Departure, ...]:
        key = (self._contents.digest(sent), self._contents.digest(theirs), reads)
        if key not in self._known:
            self._known[key] = self._departures(sent, theirs, reads=reads)
        return self._known[key]

    def _departures(self, sent: Payload, theirs: Payload, *, reads: bool) -> tuple[Departure, ...]:
        if reads and is_part(theirs, sent):
            return ()
        one, other = self._contents.shape(sent), self._contents.shape(theirs)
        if reads:
            return departures(other, one)
        return tuple(Departure("producers-disagree", each) for each in differences(one, other))


def _finding(code: str, event: OwnedEvent, use: MessageUse, phrases: Sequence[str]) -> Finding:
    return finding(
        code,
        use.by.location(use.message.line),
        service=use.by.service,
        event=event.id,
        name=event.name,
        sender=event.owner.by.place,
        differences=listed(phrases),
    )


def unknown_successors(events: Iterable[Event]) -> Iterator[Finding]:
    """A finding for each deprecated event whose successor nobody describes."""
    listed = list(events)
    naming = [each for each in listed if each.deprecation and each.deprecation.successor]
    known = {
        name
        for each in (listed if naming else ())
        for name in (slug(each.name), each.id, slug(each.title or "-"))
    }
    for event in naming:
        successor = event.deprecation.successor if event.deprecation else ""
        if successor and slug(successor) not in known:
            yield finding(
                "deprecated-successor-unknown",
                event.source,
                service=event.owner,
                event=event.id,
                name=event.name,
                successor=successor,
            )
