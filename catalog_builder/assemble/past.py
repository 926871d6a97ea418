"""What became of each event from edition to edition of the document that describes it.

Alone knows when a change is worth telling, and which removal is one: an event that left a document
is gone only when no other document does with it what this one did.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from catalog_builder.assemble.contents import Contents
from catalog_builder.assemble.documents import Described, name_key, seen_from
from catalog_builder.assemble.events import OwnedEvent
from catalog_builder.assemble.tracing import Said, departures, matched
from catalog_builder.model import (
    Action,
    Change,
    ChangeKind,
    Difference,
    DifferenceKind,
    Edition,
    Location,
    Side,
    newest_first,
    without_package,
)

_BOTH = (Side.CONSUMERS, Side.PRODUCERS)
ADDED = DifferenceKind("event-added", "An event is new in the document.")
REMOVED = DifferenceKind("event-removed", "An event left the document.", _BOTH)


def changes_of(
    events: Iterable[OwnedEvent], described: Iterable[Described], contents: Contents
) -> tuple[Change, ...]:
    """What happened to events, newest first; also to those that the catalogue has no more.

    Of each event that is described at all the oldest version that was read is the last change.
    """
    known = _Known(events)
    found = [
        change
        for document in described
        if document.history.editions
        for change in _Story(document, known, contents).changes()
    ]
    return newest_first(found)


class _Known:
    """The events of the catalogue, by the document that describes them and by what they are."""

    def __init__(self, events: Iterable[OwnedEvent]) -> None:
        self._events = list(events)
        self.owned: dict[int, list[OwnedEvent]] = {}
        for event in self._events:
            self.owned.setdefault(id(event.owner.by), []).append(event)

    @cached_property
    def _here(self) -> dict[tuple[str, str], OwnedEvent]:
        found: dict[tuple[str, str], OwnedEvent] = {}
        for event in self._events:
            for use in event.joined.uses:
                found.setdefault((use.name, Said.place_of(use.on.channel)), event)
        return found

    def find(self, said: Said) -> OwnedEvent | None:
        """The event that the catalogue has of a name and place."""
        return self._here.get((name_key(said.name), said.place))


@dataclass(frozen=True)
class _Story:
    """The editions of one document."""

    document: Described
    known: _Known
    contents: Contents

    def changes(self) -> Iterator[Change]:
        """What happened to the events that the document describes or described."""
        for event in self.known.owned.get(id(self.document), ()):
            yield from self._of_event(event)
        yield from self._removed()

    @property
    def _editions(self) -> Sequence[Edition]:
        return self.document.history.editions

    @cached_property
    def _told(self) -> list[dict[tuple[str, str], Said]]:
        """What each edition says, by channel and message."""
        return [
            {each.key: each for each in self._said(edition)}
            for edition in self.document.history.editions
        ]

    def _said(self, edition: Edition) -> Iterator[Said]:
        operations = seen_from(edition.document, self.document.viewpoint)
        actions: dict[tuple[str, str], set[Action]] = {}
        for operation in operations:
            for message in operation.messages:
                actions.setdefault((operation.channel, message), set()).add(operation.action)
        for channel in edition.document.channels:
            for each in channel.messages:
                its = actions.get((channel.key, each.id), set())
                action = Action.SEND if Action.SEND in its else next(iter(its), None)
                yield Said(channel, each, action)

    @cached_property
    def _matches(self) -> list[dict[tuple[str, str], Said]]:
        """Of each edition but the oldest: what its messages were in the one before."""
        return [
            matched(list(newer.values()), list(older.values()), self.contents)
            for newer, older in pairwise(self._told)
        ]

    def _of_event(self, event: OwnedEvent) -> Iterator[Change]:
        now = self._told[0].get((event.owner.on.channel.key, event.owner.message.id))
        for number, matches in enumerate(self._matches):
            if now is None:
                return
            before = matches.get(now.key)
            if before is None:
                yield self._change(number, now, event, ChangeKind.ADDED, [_added()])
                return
            found = departures(before, now, self.contents)
            if found:
                is_same = name_key(before.name) == name_key(now.name)
                kind = ChangeKind.CHANGED if is_same else ChangeKind.RENAMED
                yield self._change(number, now, event, kind, found)
            now = before
        if now is not None:
            is_first = self._editions[-1].is_first
            kind = ChangeKind.ADDED if is_first else ChangeKind.KNOWN
            differences = [_added()] if is_first else []
            yield self._change(len(self._editions) - 1, now, event, kind, differences)

    def _removed(self) -> Iterator[Change]:
        for number, matches in enumerate(self._matches):
            kept = {id(each) for each in matches.values()}
            for said in self._told[number + 1].values():
                event = self.known.find(said)
                if id(said) not in kept and not _goes_on(event, said):
                    words = "is described no more"
                    if said.action:
                        words = (
                            "is sent no more" if said.action is Action.SEND else "is read no more"
                        )
                    gone = [REMOVED.difference(words, part="event")]
                    yield self._change(number, said, event, ChangeKind.REMOVED, gone)

    def _change(
        self,
        number: int,
        said: Said,
        event: OwnedEvent | None,
        kind: ChangeKind,
        differences: Sequence[Difference],
    ) -> Change:
        edition = self._editions[number]
        older = self._editions[number + 1] if number + 1 < len(self._editions) else None
        side = Side.PRODUCERS if said.action is Action.RECEIVE else Side.CONSUMERS
        ranked = sorted(differences, key=lambda each: (side not in each.breaks, each.is_wording))
        return Change(
            kind=kind,
            name=without_package(said.name),
            event=event.id if event else "",
            service=self.document.service,
            action=said.action,
            source=Location(edition.document.repository.name, edition.document.path),
            address=said.place,
            commit=edition.commit,
            before=older.commit if older else None,
            age=number,
            version=edition.document.version,
            differences=tuple(ranked),
            shape=self.contents.shape(said.message.payload),
        )


def _added() -> Difference:
    return ADDED.difference("is new", part="event")


def _goes_on(event: OwnedEvent | None, said: Said) -> bool:
    """Whether somebody still does with an event what the document did."""
    if event is None:
        return False
    if said.action is None:
        return True
    uses = event.joined.uses
    is_sent = said.action is Action.SEND
    return any(use.sends if is_sent else use.receives for use in uses)
