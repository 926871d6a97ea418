"""Which broker a channel is on, and whether two channels can be on the same.

Alone knows the families of protocols, and what a host says of the cluster behind it: nothing, when
it is made of the words that everybody uses (`kafka:9092`, `localhost`, `broker.example.com`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from catalog_builder.assemble.environments import ENVIRONMENTS
from catalog_builder.assemble.globs import matches_host
from catalog_builder.assemble.sets import united
from catalog_builder.model import Server

_FAMILIES = {
    "mqtt5": "mqtt",
    "mqtts": "mqtt",
    "wss": "ws",
    "websocket": "ws",
    "websockets": "ws",
    "amqps": "amqp",
    "https": "http",
    "stomps": "stomp",
    "rediss": "redis",
    "solaces": "solace",
}
_COMMON_WORDS = (
    "kafka broker brokers bootstrap rabbit rabbitmq activemq artemis mqtt mosquitto nats amqp "
    "jms redis pulsar sns sqs stomp ws websocket ibmmq mq solace queue bus message messaging "
    "messages event events stream streams streaming cluster server servers service svc default "
    "namespace localhost localstack zookeeper host hostname name url uri address domain port "
    "endpoint docker internal example invalid com org net io local lan tcp http https ssl tls "
    "plaintext sasl my your the some a an of api app www"
)
_SAYS_NOTHING = frozenset(_COMMON_WORDS.split())
_LOOPBACK = re.compile(r"127(\.\d+){3}|0\.0\.0\.0|::1?")
_IP = re.compile(r"\d+(\.\d+){3}")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a document says of where a channel is."""

    families: frozenset[str] = frozenset()
    hosts: frozenset[tuple[str, str, str]] = frozenset()
    """Family, environment and host, of the hosts that tell clusters apart."""
    written: frozenset[tuple[str, str]] = frozenset()
    """Family and host, of all hosts but the machine's own."""
    exchange: str = ""
    """On which its address is a routing key; empty where nothing is said of one."""
    told: frozenset[str] = field(init=False, compare=False, repr=False)
    """The hosts it is known by: those that tell clusters apart, else those that are written."""

    def __post_init__(self) -> None:
        """Made once, because it is asked for again and again."""
        telling = {host for _, _, host in self.hosts}
        told = frozenset(telling or {host for _, host in self.written})
        object.__setattr__(self, "told", told)

    @property
    def order(self) -> tuple[list[str], list[tuple[str, str, str]], list[tuple[str, str]], str]:
        """Sorts standings."""
        return sorted(self.families), sorted(self.hosts), sorted(self.written), self.exchange


def family(protocol: str) -> str:
    """The protocol without its secure or numbered form.

    >>> [family(each) for each in ("kafka-secure", "secure-mqtt", "wss", "amqp1", "SQS")]
    ['kafka', 'mqtt', 'ws', 'amqp1', 'sqs']
    """
    plain = protocol.strip().lower().removesuffix("-secure").removeprefix("secure-")
    return _FAMILIES.get(plain, plain)


def standing_of(
    servers: Sequence[Server],
    protocols: Iterable[str],
    configured: Sequence[tuple[str, ...]] = (),
    exchange: str = "",
) -> Standing:
    """Where a channel is that is on these servers and this exchange, and has these protocols.

    `configured` are groups of globs: the hosts that match any of a group are one cluster.
    """
    families = {family(each.protocol) for each in servers} | {family(each) for each in protocols}
    written = {
        (family(each.protocol), host)
        for each in servers
        for host in _hosts(each)
        if not _is_loopback(host)
    }
    telling = {
        (family(each.protocol), _environment(each, host), cluster)
        for each in servers
        for host in _hosts(each)
        if (cluster := _configured(host, configured) or cluster_of(host))
    }
    return Standing(frozenset(families - {""}), frozenset(telling), frozenset(written), exchange)


def _configured(host: str, groups: Iterable[tuple[str, ...]]) -> str:
    """What stands for the configured cluster of a host; empty: it is of none."""
    return next((group[0] for group in groups if matches_host(group, host)), "")


def _hosts(server: Server) -> list[str]:
    return [host for each in server.host.split(",") if (host := _bare(each))]


def _bare(host: str) -> str:
    """A host without scheme, user, port and path."""
    rest = host.strip().lower().rpartition("://")[2].partition("/")[0].rpartition("@")[2]
    return re.sub(r":[^:\]]*$", "", rest).strip("[]")


@lru_cache(maxsize=16384)
def cluster_of(host: str) -> str:
    """What a host says of its cluster, whatever the environment; empty when it says nothing.

    >>> cluster_of("prod.kafka.acme.com"), cluster_of("kafka-staging.acme.com")
    ('kafka.acme.com', 'kafka.acme.com')
    >>> cluster_of("kafka.kafka"), cluster_of("kafka-broker-url"), cluster_of("127.0.0.1")
    ('', '', '')
    """
    if _is_loopback(host) or "{" in host:
        return ""
    if _IP.fullmatch(host):
        return host
    labels = [_without_environment(label) for label in host.split(".")]
    words = re.findall(r"[^\W_]+", " ".join(labels))
    if all(word in _SAYS_NOTHING or word.isdigit() for word in words):
        return ""
    return ".".join(label for label in labels if label)


def _is_loopback(host: str) -> bool:
    return host == "localhost" or _LOOPBACK.fullmatch(host) is not None


def _without_environment(label: str) -> str:
    return "-".join(word for word in label.split("-") if word not in ENVIRONMENTS)


def _environment(server: Server, host: str) -> str:
    # The last part of a host is a domain: `cluster.local` is no environment.
    said = f"{server.environment} {server.key} {host.rpartition('.')[0]}".lower()
    words = re.findall(r"[^\W_]+", said)
    known = (ENVIRONMENTS.get(word, "") for word in words)
    return next((each for each in known if each), server.environment.lower())


def are_one(standings: Sequence[Standing]) -> bool:
    """Whether all are the same one."""
    return len(set(map(id, standings))) <= 1


def clusters(standings: Sequence[Standing], *, by_exchange: bool) -> list[int]:
    """A number for each: those that can be the same broker, and for all we know are, share one.

    What names no broker, or several, goes where there is only one place to go, else stays apart.
    `by_exchange` is whether they are told apart by exchange too, because addresses count.
    """
    if are_one(standings):
        return [0] * len(standings)
    distinct = sorted(set(standings), key=lambda each: each.order)
    groups = _groups(distinct) if len(distinct) > 1 else [distinct]
    if by_exchange:
        groups = [part for group in groups for part in _by_exchange(group)]
    number = {each: number for number, group in enumerate(groups) for each in group}
    return [number[each] for each in standings]


def _groups(distinct: Sequence[Standing]) -> list[list[Standing]]:
    groups = _of_one_family(distinct)
    for each in distinct:
        if len(each.families) > 1:
            _put(each, [group for group in groups if _can_be_one(each, group)], groups)
    silent = [each for each in distinct if not each.families]
    if silent:
        if len(groups) == 1:
            groups[0].extend(silent)
        else:
            groups.append(silent)
    return groups


def _by_exchange(standings: list[Standing]) -> Iterable[list[Standing]]:
    """One routing key on two exchanges are two addresses; one that names no exchange is neither."""
    if len({each.exchange for each in standings} - {""}) <= 1:
        return [standings]
    found: dict[str, list[Standing]] = {}
    for each in standings:
        found.setdefault(each.exchange, []).append(each)
    return found.values()


def _put(each: Standing, candidates: list[list[Standing]], groups: list[list[Standing]]) -> None:
    if len(candidates) == 1:
        candidates[0].append(each)
    else:
        groups.append([each])


def _can_be_one(broad: Standing, group: list[Standing]) -> bool:
    shared = broad.families & group[0].families
    ours = {host for fam, _, host in broad.hosts if fam in shared}
    theirs = {host for one in group for fam, _, host in one.hosts if fam in shared}
    return bool(shared) and (not ours or not theirs or bool(ours & theirs))


def _of_one_family(distinct: Sequence[Standing]) -> list[list[Standing]]:
    by_family: dict[str, list[Standing]] = {}
    for each in distinct:
        if len(each.families) == 1:
            by_family.setdefault(min(each.families), []).append(each)
    return [group for name in sorted(by_family) for group in _by_host(by_family[name])]


def _by_host(standings: list[Standing]) -> list[list[Standing]]:
    telling = [each for each in standings if each.hosts]
    unknown = [each for each in standings if not each.hosts]
    groups = united(telling, ({host for _, _, host in each.hosts} for each in telling))
    if len(groups) > 1 and _of_different_environments(groups):
        groups = [[each for group in groups for each in group]]
    if len(groups) == 1:
        groups[0].extend(unknown)
    elif unknown:
        groups.append(unknown)
    return groups


def _of_different_environments(groups: list[list[Standing]]) -> bool:
    """Whether all groups say which environments they are of, and no two are of the same."""
    each_has = [{env for one in group for _, env, _ in one.hosts} for group in groups]
    return all("" not in envs for envs in each_has) and sum(map(len, each_has)) == len(
        set().union(*each_has)
    )
