"""The keys by which a message is recognised wherever it is sent: what it is, not where it is.

Alone knows them, and when a definition is a type that several events share.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from catalog_builder.assemble.addresses import stem
from catalog_builder.assemble.candidates import Key, grouped, in_documents, on_one_broker
from catalog_builder.assemble.contents import Contents, Said
from catalog_builder.assemble.documents import MessageUse
from catalog_builder.assemble.joining import Candidate
from catalog_builder.assemble.rules import Rule
from catalog_builder.model import Confidence


def _of_several(
    uses: Iterable[MessageUse], key: Callable[[MessageUse], Key | None]
) -> Iterator[list[MessageUse]]:
    """Groups of uses of one key that are of more than one document."""
    for group in grouped(uses, key).values():
        if in_documents(group):
            yield group


def _by_one_name(uses: Sequence[MessageUse]) -> Iterator[list[MessageUse]]:
    """All of them; by name, when a document calls them by several."""
    names: dict[int, str] = {}
    if all(names.setdefault(id(use.by), use.name) == use.name for use in uses):
        yield list(uses)
    else:
        yield from grouped(uses, lambda use: (use.name,)).values()


class Definitions:
    """Candidates by what a message is, wherever it is sent."""

    def __init__(self, contents: Contents, uses: Iterable[MessageUse]) -> None:
        self._types: dict[MessageUse, Said] = {}
        self._identities: dict[MessageUse, str] = {}
        for use in uses:
            if type_ := contents.event_type(use.message):
                self._types[use] = type_
            if identity := contents.identity(use.message.payload):
                self._identities[use] = identity

    def marks(self) -> Mapping[MessageUse, str]:
        """What tells events apart, whatever else they share: a type of which none but one is."""
        return {use: said.name for use, said in self._types.items() if said.fixed}

    def candidates(self, uses: Sequence[MessageUse]) -> Iterator[Candidate]:
        """By reference, by the event's type, by the schema's name."""
        yield from self._by(Rule.REFERENCE, uses, self._reference, self._reference_words)
        yield from self._by(Rule.EVENT_TYPE, list(self._types), self._fixed_type, self._type_words)
        named = list(self._identities)
        yield from self._by(Rule.SCHEMA_NAME, named, self._schema_name, self._schema_words)

    def weak_candidates(self) -> Iterator[Candidate]:
        """By an event's type that is only an example, which is copied easily."""
        for each in self._by(
            Rule.EVENT_TYPE, list(self._types), self._shown_type, self._type_words
        ):
            yield replace(each, confidence=Confidence.LIKELY)

    def _by(
        self,
        rule: Rule,
        uses: Sequence[MessageUse],
        key: Callable[[MessageUse], Key | None],
        words: Callable[[MessageUse], str],
    ) -> Iterator[Candidate]:
        for group in _of_several(uses, key):
            for named in _by_one_name(group):
                for near in on_one_broker(named):
                    for flow in [near] if key == self._fixed_type else self._flows(near):
                        if in_documents(flow):
                            yield Candidate(rule, words(flow[0]), flow)

    def _flows(self, uses: list[MessageUse]) -> Iterator[list[MessageUse]]:
        """All of them, or each address by itself.

        A definition that passes through several channels, each with a sender and a receiver of its
        own, or that somebody receives on one and passes on to another, is a type that they share
        and not one event: joined, it would invent flows from one channel to the other.
        """
        flows = grouped(uses, lambda use: (stem(use.on.address) or None,))
        known = [flow for key, flow in flows.items() if key != (None,)]
        if sum(map(_has_both_sides, known)) > 1 or _is_passed_on(known):
            yield from flows.values()
        else:
            yield uses

    def _reference(self, use: MessageUse) -> Key | None:
        origin = use.message.origin
        return (origin.repository, origin.path, origin.pointer) if origin else None

    def _reference_words(self, use: MessageUse) -> str:
        origin = use.message.origin
        return f"{origin.repository}/{origin.path}#{origin.pointer}" if origin else ""

    def _fixed_type(self, use: MessageUse) -> Key | None:
        found = self._types.get(use)
        return (found.name,) if found and found.fixed else None

    def _shown_type(self, use: MessageUse) -> Key | None:
        found = self._types.get(use)
        return (found.name, use.name) if found and not found.fixed and use.name else None

    def _type_words(self, use: MessageUse) -> str:
        return self._types[use].name

    def _schema_name(self, use: MessageUse) -> Key | None:
        return (self._identities[use],)

    def _schema_words(self, use: MessageUse) -> str:
        return self._identities[use]


def _has_both_sides(flow: Sequence[MessageUse]) -> bool:
    senders = {use.by.service for use in flow if use.sends}
    receivers = {use.by.service for use in flow if use.receives}
    return any(receivers - {sender} for sender in senders)


def _is_passed_on(flows: Sequence[Sequence[MessageUse]]) -> bool:
    """Whether a service receives in one flow and sends in another."""
    receives: dict[str, set[int]] = defaultdict(set)
    sends: dict[str, set[int]] = defaultdict(set)
    for number, flow in enumerate(flows):
        for use in flow:
            if use.receives:
                receives[use.by.service].add(number)
            if use.sends:
                sends[use.by.service].add(number)
    return any(numbers != sends[each] and sends[each] for each, numbers in receives.items())
