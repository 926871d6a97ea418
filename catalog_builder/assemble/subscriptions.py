"""Wildcards by which a receiver subscribes: what is sent to an address they meet may reach it.

Alone knows what they meet: `*`, `+` and a parameter any one part, `>` and `#` at the end all the
rest. What a wildcard meets may be many events: one is joined only where no other of its name is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from catalog_builder.assemble.addresses import is_template, stem
from catalog_builder.assemble.candidates import grouped, on_one_broker
from catalog_builder.assemble.documents import MessageUse
from catalog_builder.assemble.joining import Candidate, Joining
from catalog_builder.assemble.rules import Rule

_SEPARATORS = re.compile(r"[./:]")
_REST = "{**}"
_MOST_STEPS = 256


@dataclass(slots=True)
class _Node:
    """What may follow in an address, and the wildcards that end here or cover all the rest."""

    below: dict[str, "_Node"] = field(default_factory=dict)
    ending: list[str] = field(default_factory=list)
    covering: list[str] = field(default_factory=list)


class Wildcards:
    """Addresses with wildcards, asked which of them can have a message in common with an address.

    >>> wildcards = Wildcards(["orders.{**}", "orders.{}.created", "stock.{}", "alerts.minor.{}"])
    >>> wildcards.meeting("orders.eu.created"), wildcards.meeting("alerts.{}.{}")
    (['orders.{**}', 'orders.{}.created'], ['alerts.minor.{}'])
    """

    def __init__(self, keys: Iterable[str]) -> None:
        self._root = _Node()
        for key in sorted(set(keys)):
            parts = _SEPARATORS.split(key)
            node = self._root
            for part in parts[:-1]:
                node = node.below.setdefault(part, _Node())
            if parts[-1] == _REST:
                node.covering.append(key)
            else:
                node.below.setdefault(parts[-1], _Node()).ending.append(key)

    def meeting(self, key: str) -> list[str]:
        """Those that are not the same as an address, and overlap with it, sorted."""
        parts = _SEPARATORS.split(key)
        found: list[str] = []
        waiting = [(self._root, 0)]
        # Real wildcards branch once or twice; addresses made to branch must not cost minutes.
        for _ in range(_MOST_STEPS):
            if not waiting:
                break
            node, place = waiting.pop()
            found.extend(node.covering)
            if place == len(parts):
                found.extend(node.ending)
                continue
            waiting.extend((each, place + 1) for each in _following(node, parts[place]))
        return sorted({each for each in found if each != key})


def _following(node: _Node, part: str) -> Iterator[_Node]:
    if part == "{}":
        yield from node.below.values()
        return
    for each in (part, "{}"):
        if each in node.below:
            yield node.below[each]


def by_subscription(uses: Sequence[MessageUse], joining: Joining) -> Iterator[Candidate]:
    """Receivers by a wildcard, with the one event of that name that is sent to what it meets."""
    reading = grouped(
        uses,
        lambda use: (
            (address, use.name)
            if use.receives and use.name and is_template(address := use.on.address)
            else None
        ),
    )
    wildcards = Wildcards(str(address) for address, _ in reading)
    sent: dict[tuple[object, ...], list[MessageUse]] = {}
    for use in uses:
        if use.sends and use.name and use.on.address:
            for wildcard in wildcards.meeting(use.on.address):
                if (wildcard, use.name) in reading:
                    sent.setdefault((wildcard, use.name), []).append(use)
    for key in sorted(sent, key=str):
        senders = sent[key]
        stems = {stem(use.on.address.replace("{}", "")) for use in senders}
        if len(stems) > 1 and len({joining.root(use) for use in senders}) > 1:
            continue
        written = (senders[0], reading[key][0])
        what = " and ".join(use.on.channel.address or use.on.channel.broker_name for use in written)
        for near in on_one_broker([*senders, *reading[key]], by_exchange=True):
            if any(use.sends for use in near) and any(use.receives for use in near):
                yield Candidate(Rule.TEMPLATE, what, near)
