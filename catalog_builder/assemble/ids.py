"""Ids of what the catalogue names: short while that is enough, the same from build to build."""

from collections import Counter
from collections.abc import Iterable

from catalog_builder.model import slug


def unique_ids(wishes: Iterable[Iterable[str]]) -> list[str]:
    """An id for each of them, no two the same: the first of its wishes that it need not share.

    All that share a wish go on to their next one, so that none of them depends on which comes
    first. Those that share their last wish are numbered in the order given. Each has one wish at
    least, and is not asked for more of them than it needs.

    >>> unique_ids([["api", "api-pay"], ["api", "api-hub"], ["web", "web-pay"]])
    ['api-pay', 'api-hub', 'web']
    """
    asked = [iter(each) for each in wishes]
    now = [slug(next(each)) for each in asked]
    while len(counts := Counter(now)) < len(now):
        is_moved = False
        for place, each in enumerate(now):
            if counts[each] > 1 and (wish := next(asked[place], None)) is not None:
                now[place], is_moved = slug(wish), True
        if not is_moved:
            return _numbered(now)
    return now


def _numbered(ids: list[str]) -> list[str]:
    taken = set(ids)
    seen: set[str] = set()
    numbered = []
    for each in ids:
        unique, number = each, 1
        while unique in seen or (number > 1 and unique in taken):
            number += 1
            unique = f"{each}-{number}"
        seen.add(unique)
        numbered.append(unique)
    return numbered
