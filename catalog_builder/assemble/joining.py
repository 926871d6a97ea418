"""Which uses of messages, in different documents, are one event, and why.

Alone knows what forbids a join, and which of several reasons is told. Uses and candidates come in a
fixed order, so that the order of documents changes nothing.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from catalog_builder.assemble.documents import MessageUse
from catalog_builder.assemble.rules import Rule, told
from catalog_builder.assemble.sets import MarkedSets
from catalog_builder.model import Confidence, Join


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """Uses that one rule takes for one event."""

    rule: Rule
    what: str
    """What they have in common, in words."""
    uses: Sequence[MessageUse]
    confidence: Confidence | None = None
    """How sure this one is, where it is not as sure as its rule."""


@dataclass(frozen=True, slots=True, eq=False)
class JoinedEvent:
    """Uses that are one event, each with the reason."""

    uses: tuple[MessageUse, ...]
    joins: tuple[Join, ...]


# If the first is the service itself, the second is not.
_ENOUGH = 2


@dataclass(slots=True)
class _Sides:
    """Of the uses of one candidate in one event, a few to name as the other side."""

    senders: list[MessageUse] = field(default_factory=list)
    receivers: list[MessageUse] = field(default_factory=list)
    anybody: list[MessageUse] = field(default_factory=list)

    def add(self, use: MessageUse) -> None:
        """Two of each kind are enough, if they are of two services."""
        if use.sends:
            _add(self.senders, use)
        if use.receives:
            _add(self.receivers, use)
        _add(self.anybody, use)

    def opposite(self, use: MessageUse) -> MessageUse | None:
        """Somebody else who receives what is sent, or sends what is received."""
        service = use.by.service
        for each in self.senders if use.receives else ():
            if each.by.service != service:
                return each
        for each in self.receivers if use.sends else ():
            if each.by.service != service:
                return each
        return None

    def another(self, use: MessageUse) -> MessageUse | None:
        """Somebody else, whatever they do."""
        return next((each for each in self.anybody if each.by.service != use.by.service), None)

    def itself(self, use: MessageUse) -> MessageUse | None:
        """The same service in another place."""
        return next((each for each in self.anybody if each is not use), None)


_Stand: TypeAlias = tuple[Candidate, MessageUse, _Sides]
"""A candidate, one of its uses, and whom it may be told of."""


def _add(kind: list[MessageUse], use: MessageUse) -> None:
    if not kind or (len(kind) < _ENOUGH and kind[0].by.service != use.by.service):
        kind.append(use)


class Joining:
    """Grows events from candidates."""

    def __init__(self, uses: Sequence[MessageUse], types: Mapping[MessageUse, str]) -> None:
        """`uses` are all there are, in order."""
        self.uses = uses
        marks: list[dict[Hashable, Hashable]] = [{id(use.by): use.name} for use in uses]
        for use in uses:
            if use.on.sides:
                marks[use.place].update(use.on.sides)
        for use, type_ in types.items():
            marks[use.place]["type"] = type_
        self._sets = MarkedSets(marks)
        self._candidates: list[Candidate] = []

    def root(self, use: MessageUse) -> int:
        """The same for uses of one event."""
        return self._sets.root(use.place)

    def join(self, candidates: Iterable[Candidate]) -> None:
        """The uses of each candidate are one event.

        Except where that would make two messages one that a single document calls by two names,
        that are of two event types, or that the configuration tells apart.
        """
        for candidate in candidates:
            self._candidates.append(candidate)
            self._sets.unite_all([use.place for use in candidate.uses])

    def events(self) -> list[JoinedEvent]:
        """The events, by their first use."""
        reasons = self._reasons()
        alone = told(Rule.ONLY_HERE)
        events: list[JoinedEvent] = []
        for group in self._sets.groups():
            uses = tuple([self.uses[place] for place in group])
            is_shared = len({use.by.service for use in uses}) > 1
            joins = [reasons.get(place, alone) if is_shared else alone for place in group]
            events.append(JoinedEvent(uses, tuple(joins)))
        return events

    def _reasons(self) -> Mapping[int, Join]:
        """For each use the strongest candidate that led to an opposite side, else to anybody."""
        roots = [self._sets.root(place) for place in range(len(self.uses))]
        reasons: dict[int, Join] = {}
        waiting = [each for candidate in self._candidates for each in self._sides(candidate, roots)]
        choices: tuple[Callable[[_Sides, MessageUse], MessageUse | None], ...] = (
            _Sides.opposite,
            _Sides.another,
            _Sides.itself,
        )
        for choice in choices:
            left: list[_Stand] = []
            for stand in waiting:
                candidate, use, sides = stand
                if use.place in reasons:
                    continue
                other = choice(sides, use)
                if other:
                    reasons[use.place] = told(
                        candidate.rule, candidate.what, other.by.place, candidate.confidence
                    )
                else:
                    left.append(stand)
            waiting = left
        return reasons

    def _sides(self, candidate: Candidate, roots: Sequence[int]) -> Iterator[_Stand]:
        """Each use of a candidate, with those of its event whom the candidate leads to."""
        found: dict[int, _Sides] = {}
        for use in candidate.uses:
            root = roots[use.place]
            sides = found.get(root)
            if sides is None:
                sides = found[root] = _Sides()
            sides.add(use)
            yield candidate, use, sides
