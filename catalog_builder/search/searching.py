"""Searching: a query in, ranked hits by kind out, each with the reason why, and facets."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog_builder.search.conditions import holding, rows_like
from catalog_builder.search.entries import Entry, Kind, Occurrence
from catalog_builder.search.finding import BY_KIND, OWN, Finder, Fit, Fits
from catalog_builder.search.index import KINDS, Index, Zone
from catalog_builder.search.query import Clause, Query, parsed
from catalog_builder.search.weights import (
    DEPRECATED_PERCENT,
    EVENT_BY_NAME,
    OF_ZONE,
    READER,
    WHOLE_NAME,
)

_SAME_WORD = 96 * OF_ZONE[Zone.NAME]
"""What the word itself, or its plural, counts in a name."""
FACETS = ("kind", "domain", "team", "protocol", "lifecycle")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a hit was found."""

    relation: str
    """`also`, `line`, `text`, `field`, or the relation to what it names: `team`, `channel`, ..."""
    text: str = ""
    """The field's place, or the name of what it names."""
    occurrence: Occurrence | None = None
    """The field, where it is one."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found."""

    entry: Entry
    score: int
    reasons: tuple[Reason, ...] = ()
    missing: tuple[str, ...] = ()
    """Words that were asked for and do not fit."""


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, best first, cut; and how many there are."""

    kind: Kind
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a query found."""

    groups: tuple[Group, ...]
    """The one with the best hit first."""
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    """Values with the number of hits that choosing one would leave, most first."""

    @property
    def count(self) -> int:
        """How many hits there are."""
        return sum(group.count for group in self.groups)


@dataclass(frozen=True, slots=True)
class _Term:
    word: str
    fits: Fits


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query, what its terms fit, and what names one thing that all of them fit."""

    query: Query
    terms: tuple[_Term, ...]
    together: Fits


class Search:
    """Answers queries to an index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._finder = Finder(index)

    def find(self, text: str, most: int = 10) -> Result:
        """The best `most` hits of each kind.

        Where nothing fits, words may be mistyped, and then some of them may be missing.
        """
        query = parsed(text)
        if not query.wanted and not query.unwanted:
            return Result((), dict.fromkeys(FACETS, ()))
        asked = self._asked(query, generous=False)
        found = self._found(asked, len(asked.terms))
        if not found and asked.terms:
            asked = self._asked(query, generous=True)
            found = self._found(asked, len(asked.terms)) or self._found(
                asked, (len(asked.terms) + 1) // 2
            )
        return self._result(asked, found, most)

    def _asked(self, query: Query, *, generous: bool) -> _Asked:
        terms = tuple(self._terms(query, generous=generous))
        return _Asked(query, terms, self._finder.together([each.fits for each in terms]))

    def _terms(self, query: Query, *, generous: bool) -> list[_Term]:
        """What the words of a query fit; a group of alternatives is one term."""
        terms: list[_Term] = []
        for group in query.wanted:
            if len(group) == 1 and not group[0].key and not group[0].exact:
                terms += self._words(group[0].words, generous=generous)
            elif any(not clause.key for clause in group):
                either: Fits = {}
                for clause in group:
                    _offer(either, self._clause(clause, generous=generous))
                terms.append(_Term(" ".join(group[0].words), either))
        return terms

    def _words(self, typed: Sequence[str], *, generous: bool) -> list[_Term]:
        terms = [_Term(word, self._finder.term(word, generous=generous)) for word in typed]
        for place in range(len(typed) - 1):
            both = self._finder.joined(typed[place], typed[place + 1])
            _offer(terms[place].fits, both)
            _offer(terms[place + 1].fits, both)
        return terms

    def _clause(self, clause: Clause, *, generous: bool) -> Fits:
        if clause.key:
            return {entry: Fit(1, Zone.TEXT) for entry in holding(self._finder, clause)}
        if clause.exact:
            return self._finder.phrase(clause.words)
        every = [each.fits for each in self._words(clause.words, generous=generous)]
        shared = set(every[0]).intersection(*every[1:])
        return {entry: min(fits[entry] for fits in every) for entry in shared}

    def _found(self, asked: _Asked, fewest: int) -> dict[int, int]:
        """Scores of the entries that fit as many terms and hold the conditions."""
        allowed = self._allowed(asked.query, "")
        if not asked.terms:
            return {entry: self._ranked(entry, 1) for entry in allowed or ()}
        counts: Counter[int] = Counter()
        for term in asked.terms:
            counts.update(term.fits.keys())
        banned = self._banned(asked.query)
        return {
            entry: self._score(entry, asked)
            for entry, count in counts.items()
            if count >= fewest and entry not in banned and (allowed is None or entry in allowed)
        }

    def _allowed(self, query: Query, but: str) -> set[int] | None:
        """Entries that the conditions on all but one key let through; None: all."""
        allowed: set[int] | None = None
        for group in query.wanted:
            keys = {clause.key for clause in group}
            if "" in keys or keys == {but}:
                continue
            held = set().union(*(holding(self._finder, clause) for clause in group))
            allowed = held if allowed is None else allowed & held
        if allowed is None and not any("" in {each.key for each in g} for g in query.wanted):
            allowed = set(range(len(self.index.entries)))
        return allowed if allowed is None else allowed - self._banned(query)

    def _banned(self, query: Query) -> set[int]:
        banned: set[int] = set()
        for clause in query.unwanted:
            if clause.key:
                banned |= holding(self._finder, clause)
            elif clause.exact:
                banned |= set(self._finder.phrase(clause.words))
            else:
                every = [set(self._finder.meant(word)) for word in clause.words]
                banned |= set.intersection(*every)
        return banned

    def _score(self, entry: int, asked: _Asked) -> int:
        fits = [fit for term in asked.terms if (fit := term.fits.get(entry))]
        score = sum(fit.score for fit in fits)
        own = [fit for fit in fits if fit.zone is Zone.NAME and fit.via == OWN]
        length = len(self.index.name_words[entry])
        if length and len(own) == len(asked.terms):
            is_whole = len(own) >= length and all(fit.score >= _SAME_WORD for fit in own)
            score += WHOLE_NAME * min(len(own), length) // length + WHOLE_NAME * is_whole
            score += EVENT_BY_NAME * (self.index.entries[entry].kind is Kind.EVENT)
        if together := asked.together.get(entry):
            score = max(score, together.score)
        return self._ranked(entry, score)

    def _ranked(self, entry: int, score: int) -> int:
        score += READER * self.index.popularity[entry]
        is_deprecated = self.index.entries[entry].deprecated
        return score * DEPRECATED_PERCENT // 100 if is_deprecated else score

    def _result(self, asked: _Asked, found: Mapping[int, int], most: int) -> Result:
        by_kind: dict[Kind, list[int]] = {kind: [] for kind in KINDS}
        for entry in sorted(found, key=lambda each: (-found[each], each)):
            by_kind[self.index.entries[entry].kind].append(entry)
        order = sorted(
            (kind for kind in KINDS if by_kind[kind]),
            key=lambda kind: -found[by_kind[kind][0]],
        )
        return Result(
            tuple(
                Group(
                    kind,
                    len(by_kind[kind]),
                    tuple(self._hit(each, found[each], asked) for each in by_kind[kind][:most]),
                )
                for kind in order
            ),
            {facet: self._facet(facet, asked, found) for facet in FACETS},
        )

    def _facet(
        self, facet: str, asked: _Asked, found: Mapping[int, int]
    ) -> tuple[tuple[str, int], ...]:
        query, terms = asked.query, asked.terms
        entries: Mapping[int, int] | set[int] = found
        if any({clause.key for clause in group} == {facet} for group in query.wanted):
            allowed = self._allowed(query, facet)
            fitting = set.intersection(*(set(each.fits) for each in terms)) if terms else allowed
            entries = (fitting or set()) - self._banned(query)
            if allowed is not None:
                entries &= allowed
        counts: Counter[str] = Counter()
        for entry in entries:
            counts.update(_values(self.index.entries[entry], facet))
        return tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))

    def _hit(self, entry: int, score: int, asked: _Asked) -> Hit:
        reasons: dict[Reason, None] = {}
        for group in asked.query.wanted:
            for clause in group:
                if clause.key == "field":
                    reasons.update(dict.fromkeys(self._field_reasons(entry, clause)))
        fits = [fit for term in asked.terms if (fit := term.fits.get(entry))]
        together = asked.together.get(entry)
        if together and together.score > sum(fit.score for fit in fits):
            fits = [together]
        reasons.update((reason, None) for fit in fits if (reason := self._reason(entry, fit)))
        missing = tuple(term.word for term in asked.terms if entry not in term.fits)
        return Hit(self.index.entries[entry], score, tuple(reasons), missing)

    def _field_reasons(self, entry: int, clause: Clause) -> Iterator[Reason]:
        own = set(self.index.rows_of[entry])
        for row in rows_like(self._finder, clause):
            if row in own:
                yield self._of_field(row)
                return

    def _reason(self, entry: int, fit: Fit) -> Reason | None:
        if fit.via == OWN:
            return (
                None
                if fit.zone is Zone.NAME or fit.relation == BY_KIND
                else Reason(fit.zone.name.lower())
            )
        if fit.relation == "field":
            for row in self.index.rows_of[entry]:
                if self.index.rows[row].field == fit.via:
                    return self._of_field(row)
        return Reason(fit.relation, self.index.entries[fit.via].name)

    def _of_field(self, row: int) -> Reason:
        occurrence = self.index.rows[row].occurrence
        return Reason("field", occurrence.path, occurrence)


def _offer(fits: Fits, others: Fits) -> None:
    for entry, fit in others.items():
        if (known := fits.get(entry)) is None or known.score < fit.score:
            fits[entry] = fit


def _values(entry: Entry, facet: str) -> Sequence[str]:
    if facet == "protocol":
        return entry.protocols
    value: str = entry.kind.value if facet == "kind" else getattr(entry, facet)
    return (value,) if value else ()
