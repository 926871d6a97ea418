"""The order in which the keys of recognition are tried, over all documents."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog_builder.assemble.candidates import (
    by_address,
    by_alias,
    by_bridge,
    by_environment,
    by_similar_name,
    by_single_message,
    by_template,
    by_variant,
)
from catalog_builder.assemble.channels import Joined
from catalog_builder.assemble.contents import Contents
from catalog_builder.assemble.definitions import Definitions
from catalog_builder.assemble.documents import MessageUse
from catalog_builder.assemble.endpoints import Endpoints, crossings
from catalog_builder.assemble.joining import JoinedEvent, Joining
from catalog_builder.assemble.replies import by_reply
from catalog_builder.assemble.rules import Rule
from catalog_builder.assemble.subscriptions import by_subscription
from catalog_builder.config import Joins


@dataclass(frozen=True, slots=True)
class Crossed:
    """A bridge with the uses before it, and those behind it that do not send."""

    words: str
    before: Sequence[MessageUse]
    behind: Sequence[MessageUse]


@dataclass(frozen=True, slots=True)
class Scene:
    """All uses of messages, and the channels they are on."""

    uses: Sequence[MessageUse]
    channels: Sequence[tuple[Joined, Sequence[MessageUse]]]
    channel_ids: Sequence[str]
    """Of the uses, by their places."""
    alias_of: Mapping[MessageUse, int]
    """Numbers of the configured groups of addresses."""
    bridges: Sequence[Crossed]
    joins: Joins


def scene_of(uses: Sequence[MessageUse], channels: Sequence[Joined], joins: Joins) -> Scene:
    """The uses with what is known of where they are."""
    id_of = {use.place: joined.id for joined in channels for use in joined.uses}
    channel_ids = [id_of[use.on.place] for use in uses]
    on: defaultdict[str, list[MessageUse]] = defaultdict(list)
    for id_, use in zip(channel_ids, uses, strict=True):
        on[id_].append(use)
    aliases = Endpoints((name, n) for n, group in enumerate(joins.alias) for name in group)
    found = ((use, aliases.rules_for(use.on)) for use in uses if joins.alias)
    return Scene(
        uses,
        [(joined, on[joined.id]) for joined in channels],
        channel_ids,
        {use: numbers[0] for use, numbers in found if numbers},
        list(_crossed(uses, joins)) if joins.bridge else [],
        joins,
    )


def _crossed(uses: Sequence[MessageUse], joins: Joins) -> Iterator[Crossed]:
    sources = Endpoints((each.source, n) for n, each in enumerate(joins.bridge))
    targets = Endpoints((each.target, n) for n, each in enumerate(joins.bridge))
    before: defaultdict[int, list[MessageUse]] = defaultdict(list)
    behind: defaultdict[int, list[MessageUse]] = defaultdict(list)
    for use in uses:
        for number in sources.rules_for(use.on):
            before[number].append(use)
        for number in () if use.sends else targets.rules_for(use.on):
            behind[number].append(use)
    for each in crossings(joins.bridge):
        arriving = dict.fromkeys(use for end in sorted(each.ends) for use in behind[end])
        yield Crossed(each.words, before[each.start], list(arriving))


def recognised(scene: Scene, contents: Contents) -> list[JoinedEvent]:
    """The events, by their first use."""
    definitions = Definitions(contents, scene.uses)
    joining = Joining(scene.uses, definitions.marks())
    joining.join(by_alias(scene.uses, scene.alias_of))
    for each in scene.bridges:
        joining.join(by_bridge(each.words, each.before, each.behind))
    joining.join(definitions.candidates(scene.uses))
    joining.join(by_address(scene.channels))
    joining.join(definitions.weak_candidates())
    joining.join(by_similar_name(scene.channels))
    if scene.joins.templates:
        joining.join(by_template(scene.uses))
        joining.join(by_subscription(scene.uses, joining))
    joining.join(by_environment(scene.uses))
    joining.join(by_variant(scene.uses, contents))
    joining.join(by_reply(scene.uses, joining))
    joining.join(by_single_message([*scene.channels, *_aliased(scene)], joining))
    joining.join(by_single_message(_over_bridges(scene), joining, Rule.BRIDGE))
    return joining.events()


def _aliased(scene: Scene) -> Iterator[tuple[Joined, Sequence[MessageUse]]]:
    groups: defaultdict[int, list[MessageUse]] = defaultdict(list)
    for use, number in scene.alias_of.items():
        groups[number].append(use)
    for number, uses in sorted(groups.items()):
        yield Joined(f"alias {number}", (), uses[0].on.address or "alias"), uses


def _over_bridges(scene: Scene) -> Iterator[tuple[Joined, Sequence[MessageUse]]]:
    for each in scene.bridges:
        yield Joined(each.words, (), each.words), [*each.before, *each.behind]


def meetings(scene: Scene) -> Iterator[Sequence[MessageUse]]:
    """The uses that meet on one channel in one message, whatever they do with it.

    Where names differ, documents with a single message on the channel meet in that.
    """
    for joined, uses in scene.channels:
        if len(uses) == 1:
            continue
        by_name: defaultdict[str, list[MessageUse]] = defaultdict(list)
        per_document: defaultdict[int, int] = defaultdict(int)
        for use in uses:
            by_name[use.name].append(use)
            per_document[id(use.by)] += 1
        rest: list[MessageUse] = []
        for named in by_name.values():
            if len({id(use.by) for use in named}) > 1:
                yield named
            else:
                rest.extend(use for use in named if per_document[id(use.by)] == 1)
        if joined.address:
            yield rest
