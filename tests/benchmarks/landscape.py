"""Who sends and reads what in a made-up company, before any of it is written down.

This module alone knows how uneven the company is: sizes of domains and services, the power law
of readers per event, the shares of events that nobody reads or nobody sends.
"""

from collections import Counter, deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain, cycle, islice
from math import sqrt
from random import Random

from tests.benchmarks.payloads import Record, payload, picked_length, uncapital
from tests.benchmarks.vocabulary import (
    CAUSES,
    CONSEQUENCES,
    DOMAINS,
    QUALIFIERS,
    SERVICE_WORDS,
    TEAM_WORDS,
    Domain,
    words,
)

_UNREAD = 0.14
_UNSENT = 0.03
_SENT_TWICE = 0.01
_ONLY_READING = 0.12
_SHARED_REPOSITORY = 0.03
_NEAR = 0.45  # share of readers from the domain of the event
_OWN = 0.01  # share of events that their own sender reads too
_MOST_READERS = 60


@dataclass(frozen=True, slots=True)
class Service:
    name: str
    repository: str
    domain: str
    team: str


@dataclass(frozen=True, slots=True)
class Broker:
    key: str
    protocol: str
    host: str


@dataclass(frozen=True, slots=True)
class Event:
    """`senders` are in order of name: the first owns the event."""

    name: str
    domain: str
    channel: str
    address: str
    broker: Broker
    summary: str
    description: str
    payload: Record
    is_avro: bool
    is_deprecated: bool
    senders: tuple[str, ...]
    readers: tuple[str, ...] = ()

    @property
    def has_own_channel(self) -> bool:
        return self.channel == uncapital(self.name)


@dataclass(frozen=True, slots=True)
class Landscape:
    services: tuple[Service, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class _Home:
    """A service, the thing it is named after, and where its domain finds names for more things."""

    service: Service
    domain: Domain
    entity: str
    more_entities: Iterator[str]


@dataclass(frozen=True, slots=True)
class _Entity:
    name: str
    verbs: tuple[str, ...]
    broker: Broker
    has_one_channel: bool
    version: int


def landscape(rng: Random, services: int, events: int, relations: int) -> Landscape:
    """Services and events, with `relations` senders and readers of events in all.

    Raises:
        ValueError: so many relations cannot be had with so many services and events, or the
            vocabulary is too small.
    """
    homes = _homes(rng, services)
    everyone = tuple(sorted((home.service for home in homes), key=lambda service: service.name))
    orphans, sent = _senders_settled(rng, _events(rng, homes, events), everyone)
    reads = relations - sum(len(event.senders) for event in sent)
    if reads < len(orphans):
        raise ValueError(f"{events} events need more than {relations} relations")
    wanted = (orphans + sent)[: min(reads, events - round(_UNREAD * events))]
    fan_out = _fan_out(len(wanted), reads, min(_MOST_READERS, services - 2))
    rng.shuffle(fan_out)
    sending = {name for event in sent for name in event.senders}
    read = _with_readers(rng, wanted, fan_out, everyone, sending)
    return Landscape(everyone, tuple(read + (orphans + sent)[len(wanted) :]))


# --- services ------------------------------------------------------------------------------


def _homes(rng: Random, count: int) -> list[_Home]:
    domains = DOMAINS[: min(count, len(DOMAINS), max(1, round(28 * sqrt(count / 1000))))]
    weights = [min(3.0, rng.paretovariate(2)) for _ in domains]
    sizes = Counter([*domains, *rng.choices(domains, weights, k=max(0, count - len(domains)))])
    homes = [home for domain, size in sizes.items() for home in _homes_in(rng, domain, size)]
    if len(homes) < count:
        raise ValueError(f"the vocabulary has no names for {count} services")
    return homes


def _homes_in(rng: Random, domain: Domain, size: int) -> Iterator[_Home]:
    teams = TEAM_WORDS[: 1 + size // 9]
    entities = _entity_names(rng, domain)
    neighbour: Service | None = None
    for number, entity in enumerate(islice(entities, size)):
        name = f"{words(entity)} {rng.choice(SERVICE_WORDS)}".title()
        repository = f"{domain.name}-{name.lower().replace(' ', '-')}"
        team = f"{domain.name}-{teams[number * len(teams) // size]}"
        if neighbour and rng.random() < _SHARED_REPOSITORY:
            repository, team = neighbour.repository, neighbour.team
        neighbour = Service(name, repository, domain.name, team)
        yield _Home(neighbour, domain, entity, entities)


def _entity_names(rng: Random, domain: Domain) -> Iterator[str]:
    qualified = [qualifier + noun for qualifier in QUALIFIERS for noun in domain.nouns]
    rng.shuffle(qualified)
    yield from domain.nouns
    yield from qualified


# --- events --------------------------------------------------------------------------------

_CLUSTERS = tuple(
    Broker(f"kafka-{name}", "kafka", f"kafka-{name}.acme.example:9092")
    for name in ("commerce", "finance", "logistics", "corporate")
)
_OTHER_BROKERS = (
    Broker("rabbitmq", "amqp", "rabbitmq.acme.example:5672"),
    Broker("mosquitto", "mqtt", "mqtt.acme.example:1883"),
    Broker("sns", "sns", "sns.eu-west-1.amazonaws.com"),
    Broker("sqs", "sqs", "sqs.eu-west-1.amazonaws.com"),
)
_SEPARATORS = {"kafka": ".", "amqp": ".", "mqtt": "/", "sns": "-", "sqs": "-"}


def _events(rng: Random, homes: Sequence[_Home], count: int) -> list[Event]:
    idle = set(rng.sample(range(len(homes)), round(_ONLY_READING * len(homes))))
    weights = [0 if at in idle else min(12.0, rng.paretovariate(1.3)) for at in range(len(homes))]
    sizes = Counter(rng.choices(range(len(homes)), weights, k=count))
    told = [
        _event(rng, homes[at].service, entity, verb)
        for at in sorted(sizes)
        for entity, verb in islice(_happenings(rng, homes[at]), sizes[at])
    ]
    if len(told) < count:
        raise ValueError(f"the vocabulary has no names for {count} events")
    return told


def _happenings(rng: Random, home: _Home) -> Iterator[tuple[_Entity, str]]:
    for name in chain((home.entity,), home.more_entities):
        entity = _entity(rng, name, home.domain)
        for verb in entity.verbs:
            yield entity, verb


def _entity(rng: Random, name: str, domain: Domain) -> _Entity:
    cluster = _CLUSTERS[DOMAINS.index(domain) % len(_CLUSTERS)]
    return _Entity(
        name=name,
        verbs=tuple(rng.sample(domain.verbs, rng.randint(4, len(domain.verbs)))),
        broker=rng.choices((cluster, *_OTHER_BROKERS), (76, 12, 6, 3, 3))[0],
        has_one_channel=rng.random() < 0.08,
        version=1 if rng.random() < 0.9 else 2,
    )


def _event(rng: Random, sender: Service, entity: _Entity, verb: str) -> Event:
    name, noun = entity.name + verb, words(entity.name)
    steps = [sender.domain, noun.replace(" ", "-"), verb.lower()]
    if entity.has_one_channel:
        steps.pop()
    return Event(
        name=name,
        domain=sender.domain,
        channel=uncapital(entity.name) + "Events" if entity.has_one_channel else uncapital(name),
        address=_SEPARATORS[entity.broker.protocol].join([*steps, f"v{entity.version}"]),
        broker=entity.broker,
        summary=f"The {noun} counts as {verb.lower()}.",
        description=f"{rng.choice(CAUSES)} {rng.choice(CONSEQUENCES)}".format(noun=noun),
        payload=payload(rng, name, entity.name, picked_length(rng)),
        is_avro=rng.random() < 0.1,
        is_deprecated=rng.random() < 0.02,
        senders=(sender.name,),
    )


def _senders_settled(
    rng: Random, told: Sequence[Event], everyone: Sequence[Service]
) -> tuple[list[Event], list[Event]]:
    """The events that nobody sends, and the others, a few of them with a second sender.

    Events that share their channel keep the one sender: of such a channel each reader must find
    each message by its name, or joining by address alone could join what does not belong together.
    """
    mixed = rng.sample(told, len(told))
    mixed.sort(key=lambda event: not event.has_own_channel)
    unsent, twice = round(_UNSENT * len(told)), round(_SENT_TWICE * len(told))
    orphans = [replace(event, senders=()) for event in mixed[:unsent]]
    doubled = [_sent_twice(rng, event, everyone) for event in mixed[unsent : unsent + twice]]
    sent = doubled + mixed[unsent + twice :]
    return orphans, rng.sample(sent, len(sent))


def _sent_twice(rng: Random, event: Event, everyone: Sequence[Service]) -> Event:
    able = [service.name for service in everyone if service.domain == event.domain]
    return replace(event, senders=tuple(sorted({*event.senders, rng.choice(able)})))


# --- readers -------------------------------------------------------------------------------


def _fan_out(events: int, reads: int, most: int) -> list[int]:
    """So many readers an event, each at least one and at most `most`, by a truncated power law."""
    if not events <= reads <= events * most:
        raise ValueError(f"{events} events with 1 to {most} readers each cannot make {reads} reads")
    steep, flat = 50.0, -20.0
    for _ in range(50):
        exponent = (steep + flat) / 2
        if sum(_power_law(events, most, exponent)) < reads:
            steep = exponent
        else:
            flat = exponent
    return _topped_up(_power_law(events, most, steep), reads, most)


def _power_law(events: int, most: int, exponent: float) -> list[int]:
    rarest = (most + 1) ** -exponent
    shares = ((at + 0.5) / events for at in range(events))
    drawn = (
        int((share * (1 - rarest) + rarest) ** (-1 / exponent)) if rarest != 1 else 1
        for share in shares
    )
    return [min(most, max(1, count)) for count in drawn]


def _topped_up(counts: list[int], total: int, most: int) -> list[int]:
    """The counts, some raised by as little as possible so that they make up the total."""
    missing = total - sum(counts)
    topped = list(counts)
    for at in cycle(range(len(counts))):
        if missing == 0:
            break
        if topped[at] < most:
            topped[at] += 1
            missing -= 1
    return topped


@dataclass(frozen=True, slots=True)
class _Pool:
    """Services of which the eager ones are drawn more often."""

    names: tuple[str, ...]
    eagerness_so_far: tuple[float, ...]

    def draw(self, rng: Random) -> str:
        return rng.choices(self.names, cum_weights=self.eagerness_so_far)[0]


def _with_readers(
    rng: Random,
    events: Sequence[Event],
    fan_out: Sequence[int],
    everyone: Sequence[Service],
    sending: Container[str],
) -> list[Event]:
    """The events with so many readers each, services that send nothing served first."""
    anywhere, near = _pools(rng, everyone)
    idle = deque(service.name for service in everyone if service.name not in sending)
    read = []
    for event, count in zip(events, fan_out, strict=True):
        own = event.senders[:1] if rng.random() < _OWN else ()
        readers = dict.fromkeys((idle.popleft(),) if idle else own)
        while len(readers) < count:
            name = (near[event.domain] if rng.random() < _NEAR else anywhere).draw(rng)
            if name not in event.senders:
                readers[name] = None
        read.append(replace(event, readers=tuple(sorted(readers))))
    return read


def _pools(rng: Random, everyone: Sequence[Service]) -> tuple[_Pool, dict[str, _Pool]]:
    eager = [(service, min(12.0, rng.paretovariate(1.5))) for service in everyone]
    domains = dict.fromkeys(service.domain for service in everyone)
    near = {name: _pool(pair for pair in eager if pair[0].domain == name) for name in domains}
    return _pool(eager), near


def _pool(eager: Iterable[tuple[Service, float]]) -> _Pool:
    members = tuple(eager)
    names = tuple(service.name for service, _ in members)
    return _Pool(names, tuple(accumulate(eagerness for _, eagerness in members)))
