"""How git names what a file holds."""

import hashlib

_SHA1_DIGITS = 40


def is_named(content: bytes, object_id: str) -> bool:
    """Whether git would give a file of this content that id.

    >>> is_named(b"", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")
    True
    """
    algorithm = "sha1" if len(object_id) == _SHA1_DIGITS else "sha256"
    digest = hashlib.new(algorithm, b"blob %d\0" % len(content), usedforsecurity=False)
    digest.update(content)
    return digest.hexdigest() == object_id
