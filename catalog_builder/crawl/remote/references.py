"""Which other files a file refers to, found without parsing: too many cost little, too few a link.

What a reference means is told by the parser alone; here it is enough to bring what it may mean.
"""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

_REFERENCE = re.compile(
    # References within the file are passed over; what comes first is found fastest.
    rb"""\$ref["']?\s*:\s*(?:[|>][-+0-9]*\s*)?"""
    rb"""(?:"([^"\r\n#]+)|'([^'\r\n#]+)|([^\s"'\[{,}\]#&*!|>][^\r\n,}\]#]*))"""
)
_IMPORT = re.compile(
    rb"""^\s*import\s+(?:public\s+|weak\s+)?["']([^"'\r\n]+)["']\s*;""", re.MULTILINE
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")


def references(content: bytes, path: str) -> Iterator[str]:
    """Paths, from the root of the repository, that a file at `path` may refer to.

    >>> list(references(b'{"$ref": "../common/order.json#/a"}', "docs/asyncapi.json"))
    ['common/order.json']
    >>> list(references(b"$ref: /common/order.yaml", "docs/api/asyncapi.yaml"))
    ['docs/api/common/order.yaml', 'docs/common/order.yaml', 'common/order.yaml']
    """
    text = content.replace(b"\0", b"") if b"\0" in content[:4] else content
    around = posixpath.dirname(path)
    for found in {next(filter(None, each)) for each in _REFERENCE.findall(text)}:
        yield from _paths(found.decode("utf-8", "replace"), around)


def imports(content: bytes) -> frozenset[str]:
    """Paths that a Protobuf text imports, seen from a folder that nobody names.

    >>> imports(b'import "common/order.proto";')
    frozenset({'common/order.proto'})
    """
    found = _IMPORT.findall(content) if b"import" in content else ()
    return frozenset(each.decode("utf-8", "replace") for each in found)


def upwards(path: str, around: str) -> Iterator[str]:
    """A path seen from a folder, and from each one around it."""
    while True:
        yield from _inside(posixpath.join(around, path))
        if not around:
            return
        around = posixpath.dirname(around)


def names_types(content: bytes) -> bool:
    """Whether a file may mean types of Avro files by their names alone."""
    return b"avro" in content or b'"record"' in content


def _paths(reference: str, around: str) -> Iterator[str]:
    file = reference.partition("#")[0].strip().replace("\\/", "/")
    if not file or _SCHEME.match(file):
        return
    plain = unquote(file).replace("\\", "/")
    if plain.startswith("/"):
        yield from upwards(plain.lstrip("/"), around)
    else:
        yield from _inside(posixpath.join(around, plain))


def _inside(path: str) -> Iterator[str]:
    normal = posixpath.normpath(path)
    if normal not in {".", ".."} and not normal.startswith(("../", "/")) and "\0" not in normal:
        yield normal
