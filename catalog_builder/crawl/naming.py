"""Names that keep repositories apart."""

from collections.abc import Iterator, Sequence
from itertools import count


def distinct_names(wanted: Sequence[tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """A name for each of these, no two the same: the first to want a name has it.

    Others are told apart by the folders around them, given nearest first, then by a number.

    >>> distinct_names([("api", ["orders"]), ("api", ["stock"]), ("api", ["stock"])])
    ('api', 'stock/api', 'api-2')
    """
    taken = {name for name, _ in wanted}
    given: dict[str, None] = {}
    for name, around in wanted:
        free = (each for each in _others(name, around) if each not in taken)
        chosen = next(free) if name in given else name
        taken.add(chosen)
        given[chosen] = None
    return tuple(given)


def _others(name: str, around: Sequence[str]) -> Iterator[str]:
    longer = name
    for folder in around:
        longer = f"{folder}/{longer}"
        yield longer
    yield from (f"{name}-{number}" for number in count(2))
