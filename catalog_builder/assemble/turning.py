"""What would match if the verbs of a document, or of a whole repository, were turned around.

Alone knows how much a match gained that way proves. Two services that read one event of an outsider
look just like one that is turned around: so a single loose end proves nothing, those that only send
prove more than those that only read, and what fits the other party better is blamed on that one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from catalog_builder.assemble.documents import Described, MessageUse, name_words
from catalog_builder.assemble.sets import united
from catalog_builder.model import slug

# Weights: a match gained where all read, where all send, by a telling name; a match that is lost.
_READ, _SENT, _NAMED, _LOST = 1, 2, 1, 2
_ENOUGH = 2
_ENOUGH_WHERE_EQUAL = 4
_CLEAR_GAIN = 2
_ANYBODY = (
    "a an and api app application async asyncapi backend client consumer event for gateway "
    "handler hub in kafka listener message messaging of processor producer publisher receiver "
    "sender server service stream subscriber system the topic worker"
)
_OF_ANY_TITLE = frozenset({"api", "asyncapi", "kafka", "mqtt", "amqp", "nats", "websocket", "the"})
_NO_NAMES = frozenset(_ANYBODY.split())
"""Words in a service's name that do not tell it from others."""


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """Where documents meet: in a message on a channel, or on a channel alone."""

    senders: frozenset[Described]
    receivers: frozenset[Described]
    texts: frozenset[str]
    """Its addresses and its messages' names."""

    @property
    def words(self) -> frozenset[str]:
        """What its addresses and names say."""
        return frozenset[str]().union(*map(_words, self.texts))

    @property
    def parties(self) -> frozenset[Described]:
        """All that send or receive."""
        return self.senders | self.receivers

    def matches(self, document: Described) -> bool:
        """Whether another service sends what the document receives, or the reverse."""
        return (document in self.senders and _has_other(self.receivers, document)) or (
            document in self.receivers and _has_other(self.senders, document)
        )


def meeting_of(uses: Sequence[MessageUse]) -> Meeting:
    """The uses as senders and receivers."""
    return Meeting(
        frozenset(use.by for use in uses if use.sends),
        frozenset(use.by for use in uses if use.receives),
        frozenset({use.on.channel.address or "" for use in uses})
        | {use.message.name for use in uses},
    )


def _has_other(documents: Iterable[Described], document: Described) -> bool:
    return any(each.service != document.service for each in documents)


@lru_cache(maxsize=65536)
def _words(text: str) -> frozenset[str]:
    found = {word for part in re.split(r"\W|_", text) for word in name_words(part)}
    return frozenset(word.removesuffix("s") for word in found)


@dataclass(frozen=True, slots=True)
class Turn:
    """Documents of one repository, all turned around."""

    documents: tuple[Described, ...]
    before: int
    """Messages that have a sender and a receiver as the documents are read."""
    after: int
    """The same with their verbs turned around."""
    shared: int
    proof: int
    """How much speaks for it."""


Key: TypeAlias = tuple[int, bool]
"""How suspicious a document is: the weight of what it would gain, and whether it is of 2.x."""
_NO_KEY: Key = (0, False)


@dataclass(frozen=True, slots=True)
class _Stand:
    """How documents that are turned together stand to the others in a meeting."""

    sends: bool
    before: bool
    after: bool
    weight: int


class _Tally:
    """A meeting counted by identity, so that many parties are not compared with one another."""

    def __init__(
        self,
        meeting: Meeting,
        identity: Mapping[Described, int],
        names: Mapping[Described, frozenset[str]],
    ) -> None:
        self._identity = identity
        self.meeting = meeting
        self.senders = Counter(identity[each] for each in meeting.senders)
        self.receivers = Counter(identity[each] for each in meeting.receivers)
        words = meeting.words
        self._named = Counter(identity[each] for each in meeting.parties if names[each] & words)
        self._ranking: list[tuple[Key, int]] = []

    def stand(self, unit: Iterable[Described]) -> _Stand | None:
        """None: nobody else is there; copies of its documents elsewhere are nobody else."""
        own = {self._identity[each] for each in unit if each in self.meeting.parties}
        sends, receives = _among(self.senders, own), _among(self.receivers, own)
        sending = self.senders.total() > sends
        receiving = self.receivers.total() > receives
        if not sending and not receiving:
            return None
        ours = _among(self._named, own) > 0
        theirs = self._named.total() > _among(self._named, own)
        telling = theirs and not ours if sends else ours and not theirs
        before = bool((sends and receiving) or (receives and sending))
        after = bool((receives and receiving) or (sends and sending))
        gain = (_SENT if sends else _READ) + _NAMED * telling
        return _Stand(
            bool(sends),
            before,
            after,
            (after and not before) * gain - (_LOST * (before and not after)),
        )

    def rival(self, unit: Iterable[Described], keys: Mapping[Described, Key]) -> Key:
        """The key of the most suspicious of the others."""
        if not self._ranking:
            ranking = [
                (keys.get(each, _NO_KEY), self._identity[each]) for each in self.meeting.parties
            ]
            self._ranking = sorted(ranking, reverse=True)
        own = {self._identity[each] for each in unit}
        return next((key for key, identity in self._ranking if identity not in own), _NO_KEY)


def _among(counts: Counter[int], own: Iterable[int]) -> int:
    return sum(counts[each] for each in own)


class Turns:
    """Answers what a turn would bring."""

    def __init__(self, meetings: Sequence[Meeting]) -> None:
        # Only who meets others that all do the same can gain, and only who does so more often than
        # not can gain clearly.
        gaining, losing = Counter[Described](), Counter[Described]()
        for each in meetings:
            is_loose = not each.senders or not each.receivers
            (gaining if is_loose else losing).update(each.parties)
        documents = {each for each in gaining if gaining[each] > losing[each]}
        self._documents = sorted(documents, key=lambda each: each.place)
        self._in_repository = Counter(
            each.document.repository.name for each in gaining.keys() | losing.keys()
        )
        near = [each for each in meetings if not documents.isdisjoint(each.parties)]
        everybody = documents.union(*(each.parties for each in near))
        identity = _identities(sorted(everybody, key=lambda each: each.place))
        names = {each: _name(each) for each in everybody}
        self._of: defaultdict[Described, list[_Tally]] = defaultdict(list)
        for meeting in near:
            tally = _Tally(meeting, identity, names)
            for document in documents & meeting.parties:
                self._of[document].append(tally)
        self._keys = {each: self._key((each,)) for each in self._documents}

    def convincing(self) -> list[Turn]:
        """The turns that much speaks for, of whole repositories where that explains more."""
        repositories: defaultdict[str, list[Described]] = defaultdict(list)
        for each in self._documents:
            repositories[each.document.repository.name].append(each)
        found: list[Turn] = []
        for name, documents in repositories.items():
            single = self._enough((each,) for each in documents)
            is_whole = 1 < len(documents) == self._in_repository[name]
            whole = self._enough([tuple(documents)] if is_whole else [])
            explained = sum(each.after - each.before for each in single)
            more = whole and whole[0].after - whole[0].before > explained
            found.extend(whole if more else single)
        return found

    def _enough(self, units: Iterable[tuple[Described, ...]]) -> list[Turn]:
        promising = (each for each in units if self._key(each)[0] >= _ENOUGH)
        # What matches others as it is read needs better reasons to be doubted.
        return [
            turn
            for turn in map(self._turn, promising)
            if turn.proof >= _ENOUGH and turn.after > _CLEAR_GAIN * turn.before
        ]

    def _turn(self, unit: tuple[Described, ...]) -> Turn:
        own, proof = self._key(unit), 0
        stands = self._stands(unit)
        for tally, stand in stands:
            enough = own[0] >= _ENOUGH_WHERE_EQUAL and stand.sends
            rival = tally.rival(unit, self._keys)
            if stand.weight < 0 or own > rival or (own == rival and enough):
                proof += stand.weight
        return Turn(
            unit,
            sum(each.before for _, each in stands),
            sum(each.after for _, each in stands),
            len(stands),
            proof,
        )

    def _key(self, unit: tuple[Described, ...]) -> Key:
        # `publish` and `subscribe` are what half of all authors turn around.
        is_of_version_2 = all(each.document.asyncapi.startswith("2") for each in unit)
        return sum(each.weight for _, each in self._stands(unit)), is_of_version_2

    def _stands(self, unit: tuple[Described, ...]) -> list[tuple[_Tally, _Stand]]:
        tallies = dict.fromkeys(each for one in unit for each in self._of[one])
        stands = ((each, each.stand(unit)) for each in tallies)
        return [(each, stand) for each, stand in stands if stand]


def _identities(documents: Sequence[Described]) -> Mapping[Described, int]:
    """The same number for documents of one service, and for those of one title anywhere.

    `Streetlights API` and `Streetlights Kafka API` are copies of one example.
    """
    groups = united(
        documents,
        (
            [each.service, _words(each.document.title) - _OF_ANY_TITLE or slug(each.service)]
            for each in documents
        ),
    )
    return {each: number for number, group in enumerate(groups) for each in group}


def _name(described: Described) -> frozenset[str]:
    return (_words(described.document.title) | _words(described.service)) - _NO_NAMES
