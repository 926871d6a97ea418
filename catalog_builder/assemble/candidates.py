"""The keys by which one event is recognised in different documents by where it is sent.

Alone knows the keys and what must never join by them. Every key is looked up in a table, so that
the cost grows with the number of uses and no two documents are ever compared for their own sake.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from catalog_builder.assemble.addresses import (
    Templates,
    first_try,
    is_template,
    stem,
    without_environment,
)
from catalog_builder.assemble.brokers import cluster_of, clusters
from catalog_builder.assemble.channels import Joined
from catalog_builder.assemble.contents import Contents
from catalog_builder.assemble.documents import MessageUse, loose_name, name_words
from catalog_builder.assemble.joining import Candidate, Joining
from catalog_builder.assemble.rules import Rule
from catalog_builder.model import Confidence

_VERSION = re.compile(r"[vV](\d+)(?:\.\d+)*$")
Key: TypeAlias = tuple[Hashable, ...]


def grouped(
    uses: Iterable[MessageUse], key: Callable[[MessageUse], Key | None]
) -> Mapping[Key, list[MessageUse]]:
    """The uses by their keys, in the order of the uses; those without a key in none."""
    found: defaultdict[Key, list[MessageUse]] = defaultdict(list)
    for use in uses:
        its_key = key(use)
        if its_key is not None:
            found[its_key].append(use)
    return found


def in_documents(uses: Sequence[MessageUse]) -> bool:
    """Whether they are of more than one document."""
    return len({id(use.by) for use in uses}) > 1


def on_one_broker(
    uses: Sequence[MessageUse], *, by_exchange: bool = False
) -> Iterator[list[MessageUse]]:
    """The uses in groups that contradict each other neither in protocol nor in host."""
    found: defaultdict[int, list[MessageUse]] = defaultdict(list)
    numbers = clusters([use.on.standing for use in uses], by_exchange=by_exchange)
    for number, use in zip(numbers, uses, strict=True):
        found[number].append(use)
    yield from found.values()


def by_address(channels: Iterable[tuple[Joined, Sequence[MessageUse]]]) -> Iterator[Candidate]:
    """Uses of one name on one channel: first those on the same host, then all of them."""
    named = [
        (joined, group)
        for joined, uses in channels
        for group in _by_name(uses)
        if in_documents(group)
    ]
    everywhere: list[tuple[Joined, Sequence[MessageUse]]] = []
    for joined, group in named:
        by_host = sorted(_by_written_host(group).items())
        for host, there in by_host:
            if in_documents(there):
                words = f"{_shown(joined, there)} on {_as_written(host, there)}"
                yield Candidate(Rule.ADDRESS_AND_SERVER, words, there)
        if all(len(there) < len(group) for _, there in by_host):
            everywhere.append((joined, group))
    for joined, group in everywhere:
        yield Candidate(Rule.ADDRESS, _shown(joined, group), group)


def _by_name(uses: Sequence[MessageUse]) -> Iterable[Sequence[MessageUse]]:
    """The uses in groups of one name, without those that have none."""
    if len({use.name for use in uses}) == 1:
        return (uses,) if uses[0].name else ()
    return grouped(uses, lambda use: (use.name,) if use.name else None).values()


def by_similar_name(
    channels: Iterable[tuple[Joined, Sequence[MessageUse]]],
) -> Iterator[Candidate]:
    """Uses on one channel by names that say the same: `OrderCreated` and `OrdersCreatedEvent`."""
    for joined, uses in channels:
        if len(uses) == 1 or not joined.address or len({use.name for use in uses}) == 1:
            continue
        similar = grouped(
            uses, lambda use: (name,) if (name := loose_name(use.message.name)) else None
        )
        for group in similar.values():
            if len({use.name for use in group}) > 1 and in_documents(group):
                yield Candidate(Rule.SIMILAR_NAME, _shown(joined, group), group)


def _by_written_host(uses: Iterable[MessageUse]) -> Mapping[str, list[MessageUse]]:
    found: defaultdict[str, list[MessageUse]] = defaultdict(list)
    for use in uses:
        for host in use.on.standing.told:
            found[host].append(use)
    return found


def _as_written(cluster: str, uses: Iterable[MessageUse]) -> str:
    """A host of a cluster as the documents write it, one that all of them have if possible."""
    written = [
        {host for _, host in standing.written if cluster in {host, cluster_of(host)}}
        for standing in {id(use.on.standing): use.on.standing for use in uses}.values()
    ]
    common = set.intersection(*written)
    return min(common or set.union(*written), default=cluster)


def _shown(joined: Joined, uses: Sequence[MessageUse]) -> str:
    return uses[0].on.channel.address or joined.address or uses[0].on.channel.key


def by_alias(uses: Sequence[MessageUse], alias_of: Mapping[MessageUse, int]) -> Iterator[Candidate]:
    """Uses of one name on addresses that the configuration calls one, whatever the broker."""
    for group in grouped(
        uses, lambda use: (alias_of[use], use.name) if use in alias_of else None
    ).values():
        if len(group) > 1:
            shown = sorted({use.on.channel.address or "" for use in group})
            yield Candidate(Rule.CONFIGURED, " and ".join(shown), group)


def by_bridge(
    words: str, before: Sequence[MessageUse], behind: Sequence[MessageUse]
) -> Iterator[Candidate]:
    """Uses of one name on both sides of a bridge; those behind it only read what arrives."""
    arriving = grouped(behind, lambda use: (use.name,) if use.name else None)
    for name, group in grouped(before, lambda use: (use.name,)).items():
        if name in arriving:
            yield Candidate(Rule.BRIDGE, words, [*group, *arriving[name]])


def by_template(uses: Sequence[MessageUse]) -> Iterator[Candidate]:
    """Uses of one name whose addresses fit one address with parameters."""
    keys = {use.on.address for use in uses}
    templates = Templates(key for key in keys if is_template(key))
    fitting = {key: templates.fitting(key) for key in keys if key and not is_template(key)}

    def key_of(use: MessageUse) -> Key | None:
        address = use.on.address
        template = address if is_template(address) else fitting.get(address, "")
        return (template, use.name) if template and use.name else None

    for (template, _), group in grouped(uses, key_of).items():
        yield from _across(Rule.TEMPLATE, group, str(template).replace("{}", "{…}"))


def by_environment(uses: Sequence[MessageUse]) -> Iterator[Candidate]:
    """Uses of one name whose addresses differ only in the part that names an environment."""
    common: dict[tuple[str, str], str] = {}
    several: defaultdict[str, set[str]] = defaultdict(set)
    for use in uses:
        on = use.on
        pair = on.address, on.channel.address or on.channel.broker_name
        if on.address and pair not in common:
            common[pair] = without_environment(pair[1])
            several[common[pair]].add(on.address)
    common = {pair: what for pair, what in common.items() if what and len(several[what]) > 1}
    if not common:
        return

    def key_of(use: MessageUse) -> Key | None:
        written = use.on.channel.address or use.on.channel.broker_name
        found = common.get((use.on.address, written))
        return (found, use.name) if found and use.name else None

    for (what, _), group in grouped(uses, key_of).items():
        yield from _across(Rule.ENVIRONMENT, group, str(what))


def _across(rule: Rule, group: Sequence[MessageUse], what: str) -> Iterator[Candidate]:
    """Those of a group on one broker, if they are on more than one address."""
    if len({use.on.address for use in group}) > 1:
        for near in on_one_broker(group, by_exchange=True):
            if len({use.on.address for use in near}) > 1:
                yield Candidate(rule, what, near)


def by_variant(uses: Sequence[MessageUse], contents: Contents) -> Iterator[Candidate]:
    """The same message of one document on addresses that differ by region, retry or environment."""

    def key_of(use: MessageUse) -> Key | None:
        return (id(use.by), use.name) if use.name and use.on.address else None

    several = (named for named in grouped(uses, key_of).values() if len(named) > 1)
    for group in (group for named in several for group in _by_stem(named)):
        if len(group) > 1:
            same = grouped(group, lambda use: (_content_key(use, contents),))
            for alike in same.values():
                for near in on_one_broker(alike):
                    if len(near) > 1:
                        yield Candidate(Rule.VARIANT, near[0].on.channel.address or "", near)


def _by_stem(uses: Sequence[MessageUse]) -> Iterable[list[MessageUse]]:
    """The uses by what their addresses have in common; a reader's own retries with what failed."""
    keys = sorted({use.on.address for use in uses}, key=lambda key: (len(key), key))
    common = {key: stem(first_try(key, keys)) for key in keys}
    return grouped(
        uses, lambda use: (found,) if (found := common[use.on.address]) else None
    ).values()


def _content_key(use: MessageUse, contents: Contents) -> Hashable:
    return contents.digest(use.message.payload)


def by_single_message(
    channels: Iterable[tuple[Joined, Sequence[MessageUse]]],
    joining: Joining,
    rule: Rule = Rule.DIFFERENT_NAME,
) -> Iterator[Candidate]:
    """The one event sent on a channel, with those who receive just one there by another name."""
    for joined, uses in channels:
        if len(uses) == 1 or not joined.address or len({joining.root(use) for use in uses}) == 1:
            continue
        by_document = grouped(uses, lambda use: (id(use.by),))
        alone = [group[0] for group in by_document.values() if len(group) == 1]
        senders = [use for use in uses if use.sends]
        sent = {joining.root(use) for use in senders}
        if len(sent) != 1:
            continue
        are_told_by_name = any(
            use.receives and use.by is not other.by and use.name and use.name == other.name
            for use in uses
            for other in senders[:1]
        )
        sender = senders[0]
        for use in alone:
            if use.sends or joining.root(use) in sent or use.by.service == sender.by.service:
                continue
            alike = _are_alike(use, sender)
            if use.receives and (alike or not are_told_by_name):
                yield Candidate(
                    rule,
                    joined.id if rule is Rule.BRIDGE else _shown(joined, [sender]),
                    [sender, use],
                    confidence=Confidence.LIKELY if alike else Confidence.GUESS,
                )


def _are_alike(one: MessageUse, other: MessageUse) -> bool:
    """Whether one has no name, or the names share half of the shorter one's words.

    Names of two versions are not alike: who reads the one may not read the other.
    """
    versions = {found[0] for use in (one, other) if (found := _VERSION.findall(use.message.name))}
    first, second = name_words(one.message.name), name_words(other.message.name)
    return len(versions) < len((one, other)) and 2 * len(first & second) >= min(
        len(first), len(second)
    )
