"""Telling AsyncAPI documents from other files without parsing them.

A wrong yes costs little, because the parser decides; a wrong no loses a document. So files that
are broken further down are taken, and only where the key stands is looked at.
"""

import re

_LEADING = re.compile(rb"(?:[ \t]*(?:#[^\r\n]*)?[\r\n]+|(?:---|%)[^\r\n]*(?:[\r\n]+|\Z))*+")
_BRACKETS_AND_KEYS = re.compile(
    rb'(?P<key>(?<![\w-])(?:"asyncapi"|asyncapi)\s*:)|"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|(?P<open>[{\[]+)|[}\]]+',
    re.DOTALL,
)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def says_asyncapi(content: bytes) -> bool:
    """Whether a YAML or JSON text has the key `asyncapi` at its top level.

    >>> says_asyncapi(b"asyncapi: 3.0.0"), says_asyncapi(b'{"info": {}, "asyncapi": "2.6.0"}')
    (True, True)
    >>> says_asyncapi(b'{"dependencies": {"asyncapi": "^1"}}')
    False
    """
    text = _single_bytes(content)
    if b"asyncapi" not in text:
        return False
    start = _start(text)
    if text[start : start + 1] == b"{":
        return _has_key_in_braces(text, start)
    return _has_key_in_lines(text, start)


def _single_bytes(content: bytes) -> bytes:
    """UTF-16 and UTF-32 with what is ASCII in them as it is in UTF-8."""
    for mark in _BYTE_ORDER_MARKS:
        content = content.removeprefix(mark)
    return content.replace(b"\0", b"") if b"\0" in content[:4] else content


def _start(text: bytes) -> int:
    """Where the first line with content begins, its indentation left out for braces alone."""
    found = _LEADING.match(text)
    start = found.end() if found else 0
    stripped = text[start:].lstrip()
    return len(text) - len(stripped) if stripped[:1] == b"{" else start


def _has_key_in_lines(text: bytes, start: int) -> bool:
    indentation = re.match(rb" *", text[start:])
    indent = len(indentation[0]) if indentation else 0
    key = rb"""(?:\A|[\r\n]) {%d}(?:asyncapi|"asyncapi"|'asyncapi')[ \t]*:(?=\s|\Z)""" % indent
    return re.search(key, text[start:]) is not None


def _has_key_in_braces(text: bytes, start: int) -> bool:
    depth = 0
    for found in _BRACKETS_AND_KEYS.finditer(text, start):
        if found["key"]:
            if depth == 1:
                return True
        elif found["open"]:
            depth += len(found[0])
        elif found[0][:1] != b'"':
            depth -= len(found[0])
    return False
