"""Files of the site that are the same for every catalogue."""

import hashlib
from functools import partial

from catalog_builder.files import RawFile


def hashed(name: str, content: bytes) -> RawFile:
    """An asset under a name that changes with its content, so that no cache serves an old one."""
    stem, _, suffix = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:8]
    return RawFile(f"assets/catalog/{stem}.{digest}.{suffix}", partial(constant, content))


def constant(content: bytes) -> bytes:
    """The content."""
    return content
