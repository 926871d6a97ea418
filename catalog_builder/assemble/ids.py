"""Ids of what the catalogue names: short while that is enough, the same from build to build."""

from collections import Counter
from collections.abc import Sequence

from catalog_builder.model import slug


def unique_ids(wishes: Sequence[Sequence[str]]) -> list[str]:
    """An id for each of them, no two the same: the first of its wishes that it need not share.

    All that share a wish go on to their next one, so that none of them depends on which comes
    first. Those that share their last wish are numbered in the order given.

    >>> unique_ids([["api", "api-pay"], ["api", "api-hub"], ["web", "web-pay"]])
    ['api-pay', 'api-hub', 'web']
    """
    now = [slug(each[0]) for each in wishes]
    levels = [0] * len(wishes)
    while True:
        counts = Counter(now)
        moving = [
            place
            for place, each in enumerate(now)
            if counts[each] > 1 and levels[place] + 1 < len(wishes[place])
        ]
        if not moving:
            return _numbered(now)
        for place in moving:
            levels[place] += 1
            now[place] = slug(wishes[place][levels[place]])


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
