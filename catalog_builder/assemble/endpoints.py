"""Channels as the configuration names them: an address, or a protocol, a colon and an address.

Alone knows when a channel is the one meant: by any of its addresses, on that protocol's family,
whatever the server; a channel that says nothing of its protocol is meant by any.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from catalog_builder.assemble.addresses import address_key
from catalog_builder.assemble.brokers import family
from catalog_builder.assemble.documents import ChannelUse
from catalog_builder.config import Bridge


class Endpoints:
    """The configured names of channels, each with the number of the rule it stands in."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        self._rules: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for name, number in names:
            for protocol, address in _meanings(name):
                self._rules[address].append((protocol, number))

    def rules_for(self, use: ChannelUse) -> list[int]:
        """Numbers of the rules that mean a channel, in order."""
        if not self._rules:
            return []
        families = use.standing.families
        written = (use.channel.address, use.channel.broker_name)
        found = {
            number
            for address in written
            if address
            for protocol, number in self._rules.get(address_key(address) or address, ())
            if not protocol or not families or protocol in families
        }
        return sorted(found)


def _meanings(name: str) -> Iterator[tuple[str, str]]:
    """Family and key of the address; a name with a colon may be an address as a whole."""
    yield "", address_key(name) or name
    protocol, colon, address = name.partition(":")
    if colon:
        yield family(protocol), address_key(address) or address


@dataclass(frozen=True, slots=True)
class Crossing:
    """A bridge: what leads to it, and what it leads to, directly and over further bridges."""

    words: str
    start: int
    ends: frozenset[int]
    """Numbers of the bridges at whose targets its messages arrive."""


def crossings(bridges: Sequence[Bridge]) -> list[Crossing]:
    """Each bridge with all that lies behind it."""
    targets = [set(_meanings(each.target)) for each in bridges]
    sources = [set(_meanings(each.source)) for each in bridges]
    following = [
        [other for other, source in enumerate(sources) if _meet(target, source)]
        for target in targets
    ]
    return [
        Crossing(
            f"{each.source} is delivered into {each.target}",
            number,
            frozenset(_all_behind(number, following)),
        )
        for number, each in enumerate(bridges)
    ]


def _meet(target: set[tuple[str, str]], source: set[tuple[str, str]]) -> bool:
    return any(
        address == other and (protocol == their or not protocol or not their)
        for protocol, address in target
        for their, other in source
    )


def _all_behind(start: int, following: Sequence[Sequence[int]]) -> set[int]:
    found: set[int] = {start}
    waiting = [start]
    while waiting:
        for each in following[waiting.pop()]:
            if each not in found:
                found.add(each)
                waiting.append(each)
    return found
