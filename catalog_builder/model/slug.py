"""Names made fit for addresses and file names, and for people."""

import hashlib
import re
import unicodedata

_LONGEST = 72
_WORD_STARTS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_RESERVED = frozenset({"index", "readme", "con", "prn", "aux", "nul"})
"""Names that mean something to web servers, MkDocs or file systems."""
_PACKAGE = re.compile(r"(?:[a-z_][\w$]*\.)+([A-Z][\w.$]*)")
_FIT = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)*")
_UNFIT = re.compile(r"[^a-z0-9._]+")
_DOTS = re.compile(r"-*\.[-.]*")


def slug(name: str) -> str:
    """A name as lower-case ASCII words joined with `-`; dots and underscores stay.

    Never empty, at most 80 characters, never `.` or `..`, safe in a URL and on any file system.
    Names that lose characters that matter, or are too long, keep apart by a digest.

    >>> slug("OrderPlaced"), slug("orders.v1/Order placed!"), slug("HTTPServer2")
    ('order-placed', 'orders.v1-order-placed', 'http-server2')
    >>> slug("注文"), slug("..")
    ('x-266125d', 'x-5ec1f7e')
    """
    if len(name) <= _LONGEST and name not in _RESERVED and _FIT.fullmatch(name):
        return name
    plain = name
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = _DOTS.sub(".", _UNFIT.sub("-", _WORD_STARTS.sub("-", plain).lower())).strip("-._")
    kept = name.isascii() or all(c.isascii() or not c.isalnum() for c in _folded(name))
    if words and kept and words not in _RESERVED and len(words) <= _LONGEST:
        return words
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:7]
    return f"{words[:_LONGEST].strip('-._') or 'x'}-{digest}"


def without_package(name: str) -> str:
    """The name of a class without its package; any other name as it is.

    >>> without_package("org.acme.OrderPlaced"), without_package("order.placed")
    ('OrderPlaced', 'order.placed')
    """
    inside = _PACKAGE.fullmatch(name.strip())
    return inside[1] if inside else name


def _folded(name: str) -> str:
    return "".join(
        char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)
    )
