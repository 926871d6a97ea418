"""Which message of an older edition a message is, and how the two differ.

Alone knows what makes two messages of two editions one: the same id or name at the same address,
else the same name anywhere, else the same address and much the same fields under another name.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalog_builder.assemble.contents import Contents
from catalog_builder.assemble.documents import name_key
from catalog_builder.model import (
    Action,
    Channel,
    Difference,
    DifferenceKind,
    Message,
    Payload,
    Side,
    walk,
)
from catalog_builder.schema import differences

_ALIKE = 0.5
"""The part of their fields that two messages share of which one is the other renamed."""
_BOTH = (Side.CONSUMERS, Side.PRODUCERS)
_RENAMED = DifferenceKind("event-renamed", "The event is called otherwise.")
_MOVED = DifferenceKind("address-changed", "It passes through another address.", _BOTH)
_ENCODED = DifferenceKind("content-type-changed", "It is encoded otherwise.", _BOTH)
_WRITTEN = DifferenceKind("schema-format-changed", "Its schema is of another language.")
_DEPRECATED = DifferenceKind("event-deprecated", "It should be used no more, or may be used again.")
_DESCRIBED = DifferenceKind("event-described", "Words about the event.", is_wording=True)
KINDS = (_RENAMED, _MOVED, _ENCODED, _WRITTEN, _DEPRECATED, _DESCRIBED)


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A message on a channel, as one edition of a document has it."""

    channel: Channel
    message: Message
    action: Action | None

    @staticmethod
    def place_of(channel: Channel) -> str:
        """The address, or the key where there is none."""
        return channel.address or channel.key

    @property
    def key(self) -> tuple[str, str]:
        """Unique in its edition."""
        return (self.channel.key, self.message.id)

    @property
    def place(self) -> str:
        """Where it passes through."""
        return self.place_of(self.channel)

    @property
    def name(self) -> str:
        """What people call it; never empty."""
        return self.message.name or self.message.title or self.message.id or self.place


def matched(
    newer: Sequence[Said], older: Sequence[Said], contents: Contents
) -> dict[tuple[str, str], Said]:
    """What messages were before, by their keys; those that were not are in none."""
    found: dict[tuple[str, str], Said] = {}
    left = {id(each): each for each in older}
    for identity in _IDENTITIES:
        _match([each for each in newer if each.key not in found], left, identity, found)
    for each in newer:
        if each.key not in found and (before := _renamed(each, left.values(), contents)):
            found[each.key] = left.pop(id(before))
    return found


_IDENTITIES: tuple[Callable[[Said], Hashable], ...] = (
    lambda said: (said.place, said.message.id),
    lambda said: (said.place, name_key(said.name)),
    lambda said: name_key(said.name),
)


def _match(
    newer: Sequence[Said],
    left: dict[int, Said],
    identity: Callable[[Said], Hashable],
    found: dict[tuple[str, str], Said],
) -> None:
    """Takes from those left what has an identity in common with one alone."""
    wanted, offered = _grouped(newer, identity), _grouped(left.values(), identity)
    for key, group in wanted.items():
        candidates = offered.get(key, [])
        if len(group) == len(candidates) == 1:
            found[group[0].key] = left.pop(id(candidates[0]))


def _grouped(
    said: Iterable[Said], identity: Callable[[Said], Hashable]
) -> dict[Hashable, list[Said]]:
    groups: defaultdict[Hashable, list[Said]] = defaultdict(list)
    for each in said:
        groups[identity(each)].append(each)
    return groups


def _renamed(said: Said, left: Iterable[Said], contents: Contents) -> Said | None:
    """Of the messages left at the same address the one whose fields are most alike."""
    same_place = [each for each in left if each.place == said.place]
    ranked = [(_likeness(said, each, contents), each) for each in same_place]
    best = max(ranked, key=lambda each: (each[0], each[1].key), default=(0.0, None))
    return best[1] if best[0] >= _ALIKE else None


def _likeness(one: Said, other: Said, contents: Contents) -> float:
    first, second = (
        {placed.path for placed in walk(contents.shape(said.message.payload))}
        for said in (one, other)
    )
    return len(first & second) / len(first | second) if first | second else 0.0


def departures(older: Said, newer: Said, contents: Contents) -> list[Difference]:
    """How a message differs from what it was."""
    return [*_as_a_whole(older, newer), *_of_parts(older, newer, contents)]


def _as_a_whole(older: Said, newer: Said) -> Iterator[Difference]:
    before, after = older.message, newer.message
    if name_key(older.name) != name_key(newer.name):
        yield _RENAMED.difference(f"was called `{older.name}`", part="event")
    if older.place != newer.place:
        words = f"passes through `{newer.place}`, was `{older.place}`"
        yield _MOVED.difference(words, part="event")
    if before.content_type != after.content_type:
        was, now = (each.content_type or "not said" for each in (before, after))
        yield _ENCODED.difference(f"is encoded as {now}, was {was}", part="event")
    if (before.deprecation is None) != (after.deprecation is None):
        words = "is deprecated" if after.deprecation else "is deprecated no more"
        yield _DEPRECATED.difference(words, part="event")
    if _words(before) != _words(after):
        yield _DESCRIBED.difference("is described in other words", part="event")


def _words(message: Message) -> list[str]:
    return f"{message.title} {message.summary} {message.description}".split()


def _of_parts(older: Said, newer: Said, contents: Contents) -> Iterator[Difference]:
    for part in ("payload", "headers", "key"):
        was: Payload | None = getattr(older.message, part)
        now: Payload | None = getattr(newer.message, part)
        if _is_same(was, now):
            continue
        if part == "payload" and was and now:
            yield from _of_payload(was, now, contents)
        else:
            yield from differences(contents.shape(was), contents.shape(now), part)


def _of_payload(older: Payload, newer: Payload, contents: Contents) -> Iterator[Difference]:
    if older.format is not newer.format:
        words = f"is described in {newer.format}, was in {older.format}"
        yield _WRITTEN.difference(words, part="event")
    yield from differences(contents.shape(older), contents.shape(newer))


def changes(older: Payload, newer: Payload, contents: Contents) -> tuple[Difference, ...]:
    """How a payload differs from what it was; what breaks consumers first."""

    def rank(each: Difference) -> tuple[bool, bool]:
        return (Side.CONSUMERS not in each.breaks, each.is_wording)

    return tuple(sorted(_of_payload(older, newer, contents), key=rank))


def _is_same(one: Payload | None, other: Payload | None) -> bool:
    """Whether two schemas say the same, wherever they were written."""
    if one is None or other is None:
        return one is other
    return (one.format, one.schema, one.imports) == (other.format, other.schema, other.imports)
