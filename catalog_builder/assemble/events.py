"""An event as its owner describes it, made of all that documents say of it.

Alone knows whose description is the event's: a producer's, else that of a document without
operations, else a consumer's; of several producers the one whose team the configuration calls the
owner, and among equals the one that writes the address itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalog_builder.assemble.addresses import words_of
from catalog_builder.assemble.belongings import Belongings
from catalog_builder.assemble.broker_names import plain_name
from catalog_builder.assemble.contents import Contents
from catalog_builder.assemble.documents import MessageUse
from catalog_builder.assemble.ids import unique_ids
from catalog_builder.assemble.joining import JoinedEvent
from catalog_builder.assemble.versions import version_of
from catalog_builder.model import (
    Belonging,
    Event,
    Expectation,
    Payload,
    Service,
    without_package,
)


@dataclass(frozen=True, slots=True)
class OwnedEvent:
    """An event with the use that describes it."""

    id: str
    name: str
    joined: JoinedEvent
    owner: MessageUse


def owned_events(
    joined: Sequence[JoinedEvent], is_owner: Callable[[MessageUse], bool]
) -> list[OwnedEvent]:
    """The events with their ids, sorted by id; of several senders those are asked for first.

    `is_owner` is whether the configuration says that an event is its sender's.
    """
    owners = [_owner_of(each.uses, is_owner) for each in joined]
    names = [_name(each) for each in owners]
    wishes = [_wishes(name, owner) for name, owner in zip(names, owners, strict=True)]
    events = map(OwnedEvent, unique_ids(wishes), names, joined, owners)
    return sorted(events, key=lambda each: each.id)


def _owner_of(uses: Sequence[MessageUse], is_owner: Callable[[MessageUse], bool]) -> MessageUse:
    """The use whose description is the event's."""
    if len(uses) == 1:
        return uses[0]
    readers = {use.by.service for use in uses if use.receives}
    pure = [use for use in uses if use.sends and use.by.service not in readers]
    # Who sends and receives may only pass it on, to a retry channel or a region.
    candidates = pure or uses
    senders = [use for use in candidates if use.sends]
    if len({use.by.service for use in senders}) > 1:
        candidates = [use for use in senders if is_owner(use)] or candidates
    return min(candidates, key=precedence)


def precedence(use: MessageUse) -> tuple[int, bool, bool, str, int]:
    """Sorts uses: those whose description goes before others' first."""
    rank = 0 if use.sends else 2 if use.receives else 1
    is_client = use.message.extensions.get("x-eventcatalog-role") == "client"
    return (rank, is_client, not use.on.channel.inline, use.by.service, use.place)


def _name(use: MessageUse) -> str:
    message, channel = use.message, use.on.channel
    address = words_of(channel.address or "") or words_of(channel.key)
    return message.name or message.title or address or channel.key or "event"


def _wishes(name: str, owner: MessageUse) -> tuple[str, ...]:
    address = plain_name(owner.on.channel.address or owner.on.channel.key)
    short = without_package(name)
    return (
        short,
        f"{address}-{short}",
        f"{owner.by.service}-{address}-{short}",
        f"{owner.by.service}-{owner.on.channel.key}-{address}-{name}",
    )


@dataclass(frozen=True, slots=True)
class Describing:
    """What is needed to describe events."""

    contents: Contents
    belongings: Belongings
    services: Mapping[str, Service]
    channel_ids: Sequence[str]
    """Of the uses, by their places."""


def described_event(event: OwnedEvent, by: Describing) -> Event:
    """The event in full."""
    owner, uses = event.owner, event.joined.uses
    message = owner.message
    service = by.services[owner.by.service]
    deprecating = _deprecating(owner, uses)
    payload = message.payload or _payload_of_nobody(uses)
    return Event(
        id=event.id,
        name=event.name,
        title=message.title,
        summary=message.summary,
        description=message.description,
        version=version_of(owner, by.contents),
        lifecycle=by.belongings.lifecycle_of_event(deprecating),
        deprecation=deprecating.message.deprecation,
        domain=by.belongings.domain_of_event(owner) or _inherited(service.domain, owner),
        team=by.belongings.team_of_event(owner) or _inherited(service.team, owner),
        owner=owner.by.service,
        content_type=message.content_type,
        payload=payload,
        headers=message.headers,
        key=message.key,
        shape=by.contents.shape(payload),
        header_shape=by.contents.shape(message.headers),
        correlation_id=message.correlation_id,
        bindings=message.bindings,
        tags=message.tags,
        external_docs=message.external_docs,
        examples=message.examples,
        extensions=message.extensions,
        channels=tuple(sorted({by.channel_ids[use.place] for use in uses})),
        producers=tuple(sorted({use.by.service for use in uses if use.sends})),
        consumers=tuple(sorted({use.by.service for use in uses if use.receives})),
        source=owner.by.location(message.line),
        identity=by.contents.identity(payload),
        expectations=_expectations(uses, by.contents),
    )


def _expectations(uses: Iterable[MessageUse], contents: Contents) -> tuple[Expectation, ...]:
    """What each consumer's document says; consumers of one text stand together."""
    services: defaultdict[bytes, set[str]] = defaultdict(set)
    payloads: dict[bytes, Payload] = {}
    for use in uses:
        payload = use.message.payload
        if use.receives and payload:
            digest = contents.digest(payload)
            services[digest].add(use.by.service)
            payloads[digest] = payload
    ordered = sorted((tuple(sorted(its)), digest) for digest, its in services.items())
    return tuple(Expectation(its, contents.shape(payloads[digest])) for its, digest in ordered)


def _payload_of_nobody(uses: Iterable[MessageUse]) -> Payload | None:
    """Of a document that neither sends nor receives: a contract, where its sender says nothing."""
    neither = (use for use in uses if not use.sends and not use.receives)
    return next((use.message.payload for use in neither if use.message.payload), None)


def _deprecating(owner: MessageUse, uses: Iterable[MessageUse]) -> MessageUse:
    """The use that deprecates the event, which no reader can; its owner's where none does."""
    others = (use for use in uses if use.message.deprecation and not use.receives)
    return owner if owner.message.deprecation else next(others, owner)


def _inherited(belonging: Belonging, owner: MessageUse) -> Belonging:
    """What holds for the service that describes an event, told as such."""
    if not belonging:
        return belonging
    does = "sends" if owner.sends else "reads" if owner.receives else "describes"
    source = f"{belonging.source}, for the service that {does} it"
    return Belonging(belonging.name, source)
