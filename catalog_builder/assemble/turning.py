"""What would match if the verbs of a document, or of a whole repository, were turned around.

Alone knows how much a match gained that way proves. Two services that read one event of an outsider
look just like one that is turned around: so a single loose end proves little, those that only send
prove more than those that only read, and what fits the other party better is blamed on that one.
Half of those who write 2.x take `publish` and `subscribe` the other way round: of them less proves
enough.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from catalog_builder.assemble.documents import Described
from catalog_builder.assemble.meetings import Meeting, words_in
from catalog_builder.assemble.sets import united
from catalog_builder.model import slug

# Weights: a match gained where all read, where all send, by a telling name; a match that is lost; a
# second sender of what has one, for most events have one.
_READ, _SENT, _NAMED, _LOST, _SECOND = 1, 2, 1, 2, 1
_ENOUGH = 2
_ENOUGH_OF_VERSION_2 = 1
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
    rather: str = ""
    """Place of a document of which as much could be said; empty when there is none."""


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
        self._ranking: list[tuple[Key, int, str]] = []

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
        weight = (after and not before) * gain - (_LOST * (before and not after))
        if before and after and not (sends and receives):
            weight += _SECOND if sends else -_SECOND
        return _Stand(bool(sends), before, after, weight)

    def rival(self, unit: Iterable[Described], keys: Mapping[Described, Key]) -> tuple[Key, str]:
        """The key of the most suspicious of the others, and its place."""
        if not self._ranking:
            ranking = [
                (keys.get(each, _NO_KEY), self._identity[each], each.place)
                for each in self.meeting.parties
            ]
            self._ranking = sorted(ranking, reverse=True)
        own = {self._identity[each] for each in unit}
        others = ((key, place) for key, identity, place in self._ranking if identity not in own)
        return next(others, (_NO_KEY, ""))


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
            more = sum(each.after - each.before for each in whole) - explained
            # One line of configuration is better than one for each document.
            is_better = more > 0 or (more == 0 and len(single) == len(documents))
            found.extend(whole if whole and is_better else single)
        return found

    def _enough(self, units: Iterable[tuple[Described, ...]]) -> list[Turn]:
        promising = (each for each in units if self._key(each)[0] > 0)
        # What matches others as it is read needs better reasons to be doubted.
        return [
            turn
            for turn in map(self._turn, promising)
            if turn.proof >= self._least(turn) and turn.after > _CLEAR_GAIN * turn.before
        ]

    def _least(self, turn: Turn) -> int:
        """The proof that is enough: less of a document whose verbs are turned around so often."""
        _, is_of_version_2 = self._key(turn.documents)
        return _ENOUGH_OF_VERSION_2 if is_of_version_2 and not turn.before else _ENOUGH

    def _turn(self, unit: tuple[Described, ...]) -> Turn:
        own, proof, equals = self._key(unit), 0, set[str]()
        stands = self._stands(unit)
        for tally, stand in stands:
            rival, place = tally.rival(unit, self._keys)
            is_equal = own == rival and _is_enough_where_equal(own, sends=stand.sends)
            if stand.weight < 0 or own > rival or is_equal:
                proof += stand.weight
            if stand.weight > 0 and own == rival:
                equals.add(place)
        return Turn(
            unit,
            sum(each.before for _, each in stands),
            sum(each.after for _, each in stands),
            len(stands),
            proof,
            min(equals, default=""),
        )

    def _key(self, unit: tuple[Described, ...]) -> Key:
        # `publish` and `subscribe` are what half of all authors turn around.
        is_of_version_2 = all(each.document.asyncapi.startswith("2") for each in unit)
        return sum(each.weight for _, each in self._stands(unit)), is_of_version_2

    def _stands(self, unit: tuple[Described, ...]) -> list[tuple[_Tally, _Stand]]:
        tallies = dict.fromkeys(each for one in unit for each in self._of[one])
        stands = ((each, each.stand(unit)) for each in tallies)
        return [(each, stand) for each, stand in stands if stand]


def _is_enough_where_equal(own: Key, *, sends: bool) -> bool:
    """Whether a document is suspected although as much speaks against another."""
    weight, is_of_version_2 = own
    return (sends and weight >= _ENOUGH_WHERE_EQUAL) or (is_of_version_2 and weight >= _ENOUGH)


def _identities(documents: Sequence[Described]) -> Mapping[Described, int]:
    """The same number for documents of one service, and for those of one title anywhere.

    `Streetlights API` and `Streetlights Kafka API` are copies of one example.
    """
    groups = united(
        documents,
        (
            [each.service, words_in(each.document.title) - _OF_ANY_TITLE or slug(each.service)]
            for each in documents
        ),
    )
    return {each: number for number, group in enumerate(groups) for each in group}


def _name(described: Described) -> frozenset[str]:
    return (words_in(described.document.title) | words_in(described.service)) - _NO_NAMES
