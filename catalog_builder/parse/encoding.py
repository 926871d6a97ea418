"""Bytes to clean UTF-8: byte order marks, UTF-16 and UTF-32, wrong bytes, control characters.

Alone knows how files are encoded. Lines stay where they are.
"""

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = (
    (re.compile(rb"[^\0]\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0[^\0]"), "utf-32-be"),
    (re.compile(rb"[^\0]\0[^\0]\0"), "utf-16-le"),
    (re.compile(rb"\0[^\0]\0[^\0]"), "utf-16-be"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"
_CONTROL = re.compile(b"[" + re.escape(_CONTROLS) + b"]")
_TO_NOUGHT = bytes(0 if each in _CONTROLS else each for each in range(256))
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}".encode()


@dataclass(frozen=True, slots=True)
class Decoded:
    """UTF-8 without a byte order mark, and what had to be replaced to get it."""

    data: bytes
    encoding: str = "utf-8"
    wrong_line: int = 0
    """Line of the first bytes that are not of the encoding; 0: none."""
    control_line: int = 0
    """Line of the first control character; 0: none."""


def decode(data: bytes) -> Decoded:
    """The file as valid UTF-8 in which every byte sequence that cannot be read is replaced."""
    encoding, body = _encoding_of(data)
    try:
        text = body.decode(encoding)
        wrong = 0
    except UnicodeDecodeError as error:
        text = body.decode(encoding, "replace")
        wrong = body[: error.start].decode(encoding, "replace").count("\n") + 1
    clean = body if encoding == "utf-8" and not wrong else text.encode("utf-8", "replace")
    if len(clean.translate(None, _CONTROLS)) == len(clean):
        return Decoded(clean, encoding, wrong)
    first = _CONTROL.search(clean)
    line = clean.count(b"\n", 0, first.start()) + 1 if first else 0
    replaced = clean.translate(_TO_NOUGHT).replace(b"\0", _REPLACEMENT)
    return Decoded(replaced, encoding, wrong, line)


def _encoding_of(data: bytes) -> tuple[str, bytes]:
    if data[:4].isascii() and 0 not in data[:4]:
        return "utf-8", data
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    for pattern, encoding in _UNMARKED:
        if pattern.match(data):
            return encoding, data
    return "utf-8", data
