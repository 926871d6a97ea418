"""Which channels of different documents are one, and that channel as the whole estate sees it.

Alone knows that a channel is an address on a broker: the same address on brokers that cannot be one
is several channels, and an address that says nothing joins none.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog_builder.assemble.broker_names import plain_name
from catalog_builder.assemble.brokers import Standing, are_one, clusters
from catalog_builder.assemble.documents import ChannelUse
from catalog_builder.assemble.endpoints import Endpoints
from catalog_builder.assemble.ids import unique_ids
from catalog_builder.assemble.sets import MarkedSets
from catalog_builder.config import Bridge
from catalog_builder.model import Action, Json, Parameter, Server, SharedChannel


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """Uses that are one channel."""

    id: str
    uses: tuple[ChannelUse, ...]
    """Whose description goes first, first: a sender's, one that writes the address itself."""
    address: str
    """Key of the address; empty when it says nothing."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A channel without a server whose address is on several brokers."""

    use: ChannelUse
    families: tuple[str, ...]


def joined_channels(
    uses: Sequence[ChannelUse],
) -> tuple[list[Joined], list[Ambiguous]]:
    """The channels, sorted by id, and the uses that might be of several."""
    no_sides: dict[Hashable, Hashable] = {}
    sets = MarkedSets([dict(use.sides) if use.sides else no_sides for use in uses])
    by_address: defaultdict[str, list[int]] = defaultdict(list)
    for place, use in enumerate(uses):
        for key in use.addresses:
            by_address[key].append(place)
    ambiguous: dict[int, Ambiguous] = {}
    for places in by_address.values():
        ambiguous |= _join_by_broker(uses, places, sets)
    for places in _of_one_description(uses).values():
        if len(places) > 1:
            sets.unite_all(places)
    groups = [[uses[place] for place in group] for group in sets.groups()]
    return _with_ids(groups), [ambiguous[place] for place in sorted(ambiguous)]


def _join_by_broker(
    uses: Sequence[ChannelUse], places: Sequence[int], sets: MarkedSets
) -> dict[int, Ambiguous]:
    standings = [uses[place].standing for place in places]
    if are_one(standings):
        sets.unite_all(places)
        return {}
    near: defaultdict[int, list[int]] = defaultdict(list)
    for number, place in zip(clusters(standings, by_exchange=True), places, strict=True):
        near[number].append(place)
    for its in near.values():
        sets.unite_all(its)
    if len(near) == 1:
        return {}
    families = tuple(sorted({each for s in standings for each in s.families}))
    return {p: Ambiguous(uses[p], families) for p in places if not uses[p].standing.families}


def _of_one_description(uses: Sequence[ChannelUse]) -> Mapping[Hashable, list[int]]:
    """Uses that refer to one channel, or that one service has under one key without an address."""
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, use in enumerate(uses):
        channel = use.channel
        if origin := channel.origin:
            groups[origin.repository, origin.path, origin.pointer].append(place)
        if not use.addresses:
            groups[use.by.service, channel.address or "", channel.key].append(place)
    return groups


def _with_ids(groups: Sequence[Sequence[ChannelUse]]) -> list[Joined]:
    ordered = [
        tuple(sorted(group, key=_precedence)) if len(group) > 1 else tuple(group)
        for group in groups
    ]
    joined = [
        Joined(id_, group, group[0].address)
        for id_, group in zip(unique_ids(map(_wishes, ordered)), ordered, strict=True)
    ]
    return sorted(joined, key=lambda each: each.id)


def _wishes(group: Sequence[ChannelUse]) -> Iterator[str]:
    first = group[0]
    name = first.channel.broker_name or plain_name(_address(group)) or first.channel.key
    yield name
    standings = _standings(group)
    families = sorted({each for standing in standings for each in standing.families})
    hosts = sorted({host for standing in standings for _, _, host in standing.hosts})
    yield f"{name}-{'-'.join(families)}" if families else name
    yield f"{name}-{'-'.join((*families, *hosts[:1]))}" if hosts else name
    yield f"{name}-{first.by.service}"
    yield f"{name}-{first.by.service}-{first.channel.key}"


def _standings(uses: Iterable[ChannelUse]) -> Iterable[Standing]:
    """Each once; equal ones are one in all uses."""
    return {id(use.standing): use.standing for use in uses}.values()


def _precedence(use: ChannelUse) -> tuple[bool, bool, str, int]:
    sends = Action.SEND in [each.action for each in use.operations]
    return (not sends, not use.channel.inline, use.by.service, use.place)


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a channel's messages are delivered into, and where those come from."""

    to: Mapping[str, Sequence[str]]
    """Ids of channels by the id of the one that is delivered."""
    from_: Mapping[str, Sequence[str]]


def delivery(channels: Iterable[Joined], bridges: Sequence[Bridge]) -> Delivery:
    """What the configured bridges make of the channels there are."""
    ends = [Endpoints((each.source, n) for n, each in enumerate(bridges))]
    ends.append(Endpoints((each.target, n) for n, each in enumerate(bridges)))
    found: list[list[set[str]]] = [[set(), set()] for _ in bridges]
    for joined in channels if bridges else ():
        for use in joined.uses:
            for side, endpoints in enumerate(ends):
                for number in endpoints.rules_for(use):
                    found[number][side].add(joined.id)
    pairs = [(one, other) for a, b in found for one in a for other in b if one != other]
    return Delivery(_by_first(pairs), _by_first([pair[::-1] for pair in pairs]))


def _by_first(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in sorted(set(pairs)):
        grouped[one].append(other)
    return grouped


def shared_channel(joined: Joined, delivered: Delivery) -> SharedChannel:
    """A channel as the whole estate sees it: what its owner says goes before what others say."""
    uses = joined.uses
    channels = [use.channel for use in uses]
    described = (use for use in uses if use.channel.description or use.channel.summary)
    describing = next(described, uses[0])
    doing = {(use.by.service, each.action) for use in uses for each in use.operations}
    families = {each for standing in _standings(uses) for each in standing.families}
    tags = [each.tags for each in channels if each.tags]
    return SharedChannel(
        id=joined.id,
        address=_address(uses),
        protocol=min(families, default=""),
        title=next((each.title for each in channels if each.title), ""),
        description=describing.channel.description or describing.channel.summary,
        servers=_servers(uses),
        parameters=_parameters(uses),
        bindings=_firsts([each.bindings for each in channels if each.bindings]),
        tags=tuple(dict.fromkeys(tag for each in tags for tag in each)),
        external_docs=next((each.external_docs for each in channels if each.external_docs), ""),
        extensions=_firsts([each.extensions for each in channels if each.extensions]),
        sends=_services(doing, Action.SEND),
        receives=_services(doing, Action.RECEIVE),
        delivers_to=tuple(delivered.to.get(joined.id, ())),
        delivered_from=tuple(delivered.from_.get(joined.id, ())),
        source=describing.by.location(describing.channel.line),
    )


def _address(uses: Sequence[ChannelUse]) -> str:
    """As the broker calls it, where a binding says so."""
    # What documents made from code call an address is often the name of a method.
    said = ((use.channel.broker_name, use.channel.address) for use in uses)
    return next((each for names in said for each in names if each), "")


def _services(doing: Iterable[tuple[str, Action]], action: Action) -> tuple[str, ...]:
    return tuple(sorted(service for service, does in doing if does is action))


def _servers(uses: Iterable[ChannelUse]) -> tuple[Server, ...]:
    found: dict[tuple[str, str], Server] = {}
    for use in uses:
        for server in use.servers:
            found.setdefault((server.host, server.protocol), server)
    return tuple(found.values())


def _parameters(uses: Iterable[ChannelUse]) -> tuple[Parameter, ...]:
    """Of the first that names any: others may call the same parts differently."""
    return next((use.channel.parameters for use in uses if use.channel.parameters), ())


def _firsts(mappings: Iterable[Mapping[str, Json]]) -> Mapping[str, Json]:
    """The first value of each key, in the order of the keys."""
    found: dict[str, Json] = {}
    for mapping in mappings:
        for key, value in mapping.items():
            found.setdefault(key, value)
    return {key: found[key] for key in sorted(found)}
