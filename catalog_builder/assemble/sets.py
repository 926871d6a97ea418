"""Things that turn out to be one thing, whatever the order in which that is found out.

Things are told apart by their places in a list.
"""

from collections.abc import Hashable, Iterable, MutableMapping, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)
_MOST_APART = 16


class DisjointSets:
    """Sets of places that share none; two of them become one when told so.

    >>> sets = DisjointSets(3)
    >>> sets.unite(2, 0)
    >>> sets.groups()
    [[0, 2], [1]]
    """

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))
        self._size = [1] * count

    def root(self, place: int) -> int:
        """One place of the set, the same for all in it as long as no set is united."""
        parent = self._parent
        above = parent[place]
        while above != place:
            parent[place] = place = parent[above]
            above = parent[place]
        return place

    def unite(self, one: int, other: int) -> None:
        """The sets of both are one now."""
        first, second = self.root(one), self.root(other)
        if first != second:
            self._unite_roots(first, second)

    def _unite_roots(self, first: int, second: int) -> int:
        """The root of both."""
        small, large = first, second
        if self._size[small] > self._size[large]:
            small, large = large, small
        self._parent[small] = large
        self._size[large] += self._size[small]
        return large

    def groups(self) -> list[list[int]]:
        """The sets, by their first place, each in ascending order."""
        root = self.root
        found: dict[int, list[int]] = {}
        for place, above in enumerate(self._parent):
            top = place if above == place else root(place)
            if top in found:
                found[top].append(place)
            else:
                found[top] = [place]
        return list(found.values())


class MarkedSets(DisjointSets):
    """Disjoint sets of places with marks: two sets that a mark tells apart never become one.

    The marks are the sets' own from now on; several places may share those that are empty.

    >>> sets = MarkedSets([{"side": 1}, {}, {"side": 2}])
    >>> sets.unite_all([0, 1, 2])
    >>> sets.groups()
    [[0, 1], [2]]
    """

    def __init__(self, marks: Sequence[MutableMapping[Hashable, Hashable]]) -> None:
        super().__init__(len(marks))
        self._marks = list(marks)

    def unite_all(self, places: Iterable[int]) -> None:
        """The places are in as few sets as their marks allow."""
        root_of = self.root
        apart: list[int] = []
        for each in places:
            root = root_of(each)
            if root in apart:
                continue
            for at, other in enumerate(apart):
                united = self._united_root(other, root)
                if united is not None:
                    apart[at] = united
                    break
            else:
                # Marks tell a handful of sets apart; input made to have more must not cost minutes.
                if len(apart) < _MOST_APART:
                    apart.append(root)

    def _united_root(self, first: int, second: int) -> int | None:
        """The root of both sets, given by their roots; None: a mark tells them apart."""
        small, large = self._marks[first], self._marks[second]
        if len(small) > len(large):
            small, large = large, small
        for mark, value in small.items():
            if large.get(mark, value) != value:
                return None
        root = self._unite_roots(first, second)
        if small:
            large.update(small)
        self._marks[root] = large
        return root


def united(items: Iterable[Item], keys: Iterable[Iterable[Hashable]]) -> list[list[Item]]:
    """The items in groups: those that have a key in common, directly or through others.

    >>> united("abc", [[1], [2], [2, 1]])
    [['a', 'b', 'c']]
    """
    listed = list(items)
    sets = DisjointSets(len(listed))
    first: dict[Hashable, int] = {}
    for place, its_keys in enumerate(keys):
        for key in its_keys:
            sets.unite(first.setdefault(key, place), place)
    return [[listed[place] for place in group] for group in sets.groups()]
