"""Lines of CODEOWNERS files.

Alone knows where these files lie and how their lines are written.
"""

import re
from collections.abc import Iterator, Mapping

from catalog_builder.model import CodeOwner
from catalog_builder.parse.encoding import decode

_PATHS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""The first of them counts: GitHub looks in this order, and so does GitLab among its own."""
_SECTION = re.compile(r"\^?\[([^\]]+)\](?:\[\d+\])?\s*(.*)\Z")
_WORD = re.compile(r"(?:\\.|[^\s\\#])(?:\\.|[^\s\\])*")
_LARGEST = 1_000_000


def read_code_owners(files: Mapping[str, bytes]) -> tuple[CodeOwner, ...]:
    """The lines that name a pattern, in the order in which they count."""
    for path in _PATHS:
        data = files.get(path)
        if data is not None and len(data) <= _LARGEST:
            return tuple(_lines(path, decode(data).data.decode("utf-8", "replace")))
    return ()


def _lines(path: str, text: str) -> Iterator[CodeOwner]:
    of_section: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        section = _SECTION.match(line.strip())
        if section:
            of_section = tuple(section[2].partition("#")[0].split())
            continue
        words = _words(line)
        if words:
            yield CodeOwner(words[0], words[1:] or of_section, number, path)


def _words(line: str) -> tuple[str, ...]:
    """Pattern and owners; an escaped blank belongs to the pattern, `#` begins a comment."""
    words = []
    position = 0
    text = line.strip()
    while position < len(text) and text[position] != "#":
        word = _WORD.match(text, position)
        if word is None:
            position += 1
            continue
        words.append(word[0].replace("\\ ", " "))
        position = word.end()
    return tuple(words)
