"""The words in which the graph answers: frozen values, every tuple sorted."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias


class Kind(StrEnum):
    """What a node of the graph stands for."""

    EVENT = "event"
    SERVICE = "service"


class Node(NamedTuple):
    """An event or a service; ids are unique within a kind only.

    A named tuple, because a graph hashes its nodes more often than it does anything else.

    >>> str(Node(Kind.EVENT, "order-placed"))
    'event:order-placed'
    """

    kind: Kind
    id: str

    def __str__(self) -> str:
        """A name that is unique in the whole graph."""
        return f"{self.kind}:{self.id}"


Chain: TypeAlias = tuple[tuple[Node, ...], ...]
"""Links in the order events flow: each one node, or the nodes of a knot that reach each other."""


@dataclass(frozen=True, slots=True)
class Link:
    """A neighbouring service, and the events that pass between."""

    service: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hop:
    """What is first reached at one distance: teams and domains are those of its services."""

    distance: int
    services: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """What lies downstream, nearest first; nothing stands in two hops."""

    hops: tuple[Hop, ...] = ()

    @property
    def services(self) -> tuple[str, ...]:
        """Ids of all services reached."""
        return tuple(sorted(each for hop in self.hops for each in hop.services))

    @property
    def teams(self) -> tuple[str, ...]:
        """Names of all teams reached."""
        return tuple(sorted(each for hop in self.hops for each in hop.teams))

    @property
    def domains(self) -> tuple[str, ...]:
        """Names of all domains reached."""
        return tuple(sorted(each for hop in self.hops for each in hop.domains))

    @property
    def events(self) -> tuple[str, ...]:
        """Ids of all events reached."""
        return tuple(sorted(each for hop in self.hops for each in hop.events))


@dataclass(frozen=True, slots=True)
class DomainFlow:
    """What services of one domain send to services of another, or of the same one."""

    source: str
    """Name of the domain; empty: the services that belong to none."""
    target: str
    events: tuple[str, ...]
    senders: tuple[str, ...]
    receivers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LooseEnds:
    """What is connected on one side only, or not at all."""

    unread: tuple[str, ...] = ()
    """Events that nobody receives."""
    unsent: tuple[str, ...] = ()
    """Events that nobody sends."""
    unconnected: tuple[str, ...] = ()
    """Services that neither send nor receive."""
