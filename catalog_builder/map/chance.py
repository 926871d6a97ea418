"""Numbers that look like chance and are always the same: what a name alone decides."""

import hashlib
from collections.abc import Iterator


def fractions(name: str) -> Iterator[float]:
    """Four numbers from 0 up to 1 that only the name decides.

    >>> [round(each, 2) for each in fractions("billing")]
    [0.05, 0.88, 0.31, 0.78]
    """
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    for start in range(0, 16, 4):
        yield int.from_bytes(digest[start : start + 4]) / 2**32
