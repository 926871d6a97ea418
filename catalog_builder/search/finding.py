"""Which entries a single term fits, where, and how well: its own words, and what it names."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from catalog_builder.search.entries import Kind
from catalog_builder.search.index import Index, Zone
from catalog_builder.search.matching import COMPOUND, EXACT, Vocabulary
from catalog_builder.search.weights import OF_RELATION, OF_ZONE, TOGETHER
from catalog_builder.search.words import singular

OWN = -1
"""In place of an entry: the word stands in the entry itself."""
BY_KIND = "kind"
"""In place of a relation: the word names the entry's kind."""
_KIND_NAMES = frozenset(kind.value for kind in Kind)
_SPREADING = frozenset({Kind.DOMAIN, Kind.TEAM, Kind.CHANNEL, Kind.FIELD, Kind.SERVICE})


class Fit(NamedTuple):
    """The best way in which an entry fits a term."""

    score: int
    zone: Zone
    via: int = OWN
    """The entry it names in which the word stands; the zone is that entry's."""
    relation: str = ""


Fits = dict[int, Fit]
"""By the number of an entry."""


class Finder:
    """Finds the entries that fit a term."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.vocabulary = Vocabulary(index.words, index.synonyms)

    def term(self, typed: str, *, generous: bool = False) -> Fits:
        """What fits one word, written together or apart, right or nearly right."""
        fits: Fits = {}
        self._offer_words(fits, self.vocabulary.meant(typed, generous=generous))
        if self.vocabulary.number(typed) < 0:
            self._offer_compound(fits, self.vocabulary.pieces(typed))
        self._offer_kind(fits, singular(typed))
        return self._spread(fits)

    def joined(self, first: str, second: str) -> Fits:
        """What fits two words that the index has as one."""
        number = self.vocabulary.number(first + second)
        fits: Fits = {}
        if number >= 0:
            self._offer_words(fits, {number: COMPOUND})
        return self._spread(fits)

    def phrase(self, typed: Sequence[str]) -> Fits:
        """What has all of these very words in one place."""
        numbers = [self.vocabulary.number(each) for each in typed]
        fits: Fits = {}
        if numbers and min(numbers) >= 0:
            self._offer_together(fits, numbers, EXACT)
        return self._spread(fits)

    def together(self, terms: Sequence[Fits]) -> Fits:
        """What names one thing in whose name every one of these terms stands."""
        found: Fits = {}
        if len(terms) < 2:  # noqa: PLR2004  one word is always together
            return found
        for entry in sorted(set(terms[0]).intersection(*terms[1:])):
            own = [fits[entry] for fits in terms]
            if self.index.entries[entry].kind not in _SPREADING:
                continue
            if any(fit.via != OWN or fit.zone > Zone.ALSO for fit in own):
                continue
            total = sum(fit.score for fit in own)
            for relation, percent in OF_RELATION.items():
                score = total * percent // 100 + TOGETHER
                for other in self.naming(relation, entry):
                    if (known := found.get(other)) is None or known.score < score:
                        found[other] = Fit(score, Zone.NAME, entry, relation)
        return found

    def meant(self, typed: str) -> Iterable[int]:
        """Entries of themselves that hold a word or a form of it, errors and beginnings aside."""
        fits: Fits = {}
        self._offer_words(fits, self.vocabulary.same(typed))
        return self._spread(fits, ("field",))

    def _offer_words(self, fits: Fits, meant: Mapping[int, int]) -> None:
        for number in sorted(meant):
            for zone, weight in OF_ZONE.items():
                score = meant[number] * weight
                for entry in self.index.postings[zone].get(number, ()):
                    if (known := fits.get(entry)) is None or known.score < score:
                        fits[entry] = Fit(score, zone)

    def _offer_compound(self, fits: Fits, pieces: Sequence[int]) -> None:
        if pieces:
            self._offer_together(fits, pieces, COMPOUND)

    def _offer_kind(self, fits: Fits, typed: str) -> None:
        """Who says `service` beside a name means things of that kind."""
        if typed in _KIND_NAMES:
            score = EXACT * OF_ZONE[Zone.TEXT]
            for entry, each in enumerate(self.index.entries):
                if each.kind.value == typed:
                    fits.setdefault(entry, Fit(score, Zone.TEXT, OWN, BY_KIND))

    def _offer_together(self, fits: Fits, numbers: Sequence[int], fit: int) -> None:
        for zone, weight in OF_ZONE.items():
            own = self.index.postings[zone]
            every = set(own.get(numbers[0], ()))
            for number in numbers[1:]:
                every &= set(own.get(number, ()))
            for entry in every:
                if (known := fits.get(entry)) is None or known.score < fit * weight:
                    fits[entry] = Fit(fit * weight, zone)

    def _spread(self, fits: Fits, relations: Iterable[str] = tuple(OF_RELATION)) -> Fits:
        """What is named by others fits them too, a little less."""
        index = self.index
        named = [
            (entry, fit)
            for entry, fit in sorted(fits.items())
            if fit.zone <= Zone.ALSO and index.entries[entry].kind in _SPREADING
        ]
        for entry, (score, zone, *_) in named:
            for relation in relations:
                less = score * OF_RELATION[relation] // 100
                for other in self.naming(relation, entry):
                    if (known := fits.get(other)) is None or known.score < less:
                        fits[other] = Fit(less, zone, entry, relation)
        return fits

    def naming(self, relation: str, entry: int) -> Iterable[int]:
        """Entries that name another; of a field the events that have it."""
        if relation != "field":
            return self.index.referring[relation].get(entry, ())
        rows = self.index.rows_of_field.get(entry, ())
        return sorted({event for row in rows for event in self.index.rows[row].events})
