"""Things that turn out to be one thing, whatever the order in which that is found out."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)
_MOST_APART = 16


class DisjointSets(Generic[Item]):
    """Sets of items that share none; two of them become one when told so.

    >>> sets = DisjointSets(["a", "b", "c"])
    >>> sets.unite("c", "a")
    True
    >>> sets.groups()
    [['a', 'c'], ['b']]
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._parent = {item: item for item in items}
        self._size = dict.fromkeys(self._parent, 1)

    def root(self, item: Item) -> Item:
        """One item of the set, the same for all in it as long as no set is united."""
        parent = self._parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def unite(self, one: Item, other: Item) -> bool:
        """Whether the sets of both are one now."""
        first, second = self.root(one), self.root(other)
        if first != second:
            self._unite_roots(first, second)
        return True

    def _unite_roots(self, first: Item, second: Item) -> Item:
        """The root of both."""
        small, large = first, second
        if self._size[small] > self._size[large]:
            small, large = large, small
        self._parent[small] = large
        self._size[large] += self._size[small]
        return large

    def groups(self) -> list[list[Item]]:
        """The sets, by their first item in the order the items were given."""
        found: defaultdict[Item, list[Item]] = defaultdict(list)
        for item in self._parent:
            found[self.root(item)].append(item)
        return list(found.values())


class MarkedSets(DisjointSets[Item]):
    """Disjoint sets of items with marks: two sets that a mark tells apart never become one.

    >>> sets = MarkedSets({"a": {"side": 1}, "b": {}, "c": {"side": 2}})
    >>> sets.unite("a", "b"), sets.unite("b", "c")
    (True, False)
    >>> sets.groups()
    [['a', 'b'], ['c']]
    """

    def __init__(self, marks: Mapping[Item, Mapping[Hashable, Hashable]]) -> None:
        super().__init__(marks)
        self._marks = {item: dict(its) for item, its in marks.items()}

    def unite(self, one: Item, other: Item) -> bool:
        """Whether the sets of both are one now: not if a mark has another value in each."""
        first, second = self.root(one), self.root(other)
        return first == second or self._united_root(first, second) is not None

    def unite_all(self, items: Iterable[Item]) -> None:
        """The items are in as few sets as their marks allow."""
        apart: list[Item] = []
        for item in items:
            root = self.root(item)
            if root in apart:
                continue
            for place, each in enumerate(apart):
                united = self._united_root(each, root)
                if united is not None:
                    apart[place] = united
                    break
            else:
                # Marks tell a handful of sets apart; input made to have more must not cost minutes.
                if len(apart) < _MOST_APART:
                    apart.append(root)

    def _united_root(self, first: Item, second: Item) -> Item | None:
        """The root of both sets, given by their roots; None: a mark tells them apart."""
        small, large = self._marks[first], self._marks[second]
        if len(small) > len(large):
            small, large = large, small
        for mark, value in small.items():
            if large.get(mark, value) != value:
                return None
        large.update(small)
        root = self._unite_roots(first, second)
        self._marks[root] = large
        return root


def united(items: Iterable[Item], keys: Iterable[Iterable[Hashable]]) -> list[list[Item]]:
    """The items in groups: those that have a key in common, directly or through others.

    >>> united("abc", [[1], [2], [2, 1]])
    [['a', 'b', 'c']]
    """
    listed = list(items)
    sets = DisjointSets(range(len(listed)))
    first: dict[Hashable, int] = {}
    for place, its_keys in enumerate(keys):
        for key in its_keys:
            sets.unite(first.setdefault(key, place), place)
    return [[listed[place] for place in group] for group in sets.groups()]
