"""The files that a Protobuf text imports, as far as the repository holds them.

Alone knows where the paths of imports start.
"""

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

from catalog_builder.parse.loading import LARGEST

_IMPORT = re.compile(r"""^\s*import\s+(?:public\s+|weak\s+)?["']([^"'\n]+)["']\s*;""", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z_]\w{0,200}", re.ASCII)
_MOST_FILES = 200


class Import(NamedTuple):
    """A file that a text imports: where it lies, and what it says."""

    file: str
    text: str


def imports_of(text: str, path: str, files: Mapping[str, bytes]) -> dict[str, Import]:
    """All files that the text imports, directly or not, by the path of the import.

    A path starts at any folder between the importing file and the root, else at any folder.
    """
    found: dict[str, Import] = {}
    waiting = [(text, path)]
    while waiting and len(found) < _MOST_FILES:
        importing, base = waiting.pop()
        for name in _IMPORT.findall(importing):
            if name in found or (file := _file_of(name, base, files)) is None:
                continue
            found[name] = Import(file, files[file][:LARGEST].decode("utf-8", "replace"))
            waiting.append((found[name].text, file))
    return dict(sorted(found.items()))


def root_of(text: str, *names: str) -> str:
    """The first of the names that the text has a message of; empty when it has none of them."""
    for name in names:
        last = name.rpartition(".")[2]
        if _NAME.fullmatch(last) and re.search(rf"\bmessage\s+{last}\s*\{{", text):
            return name
    return ""


def _file_of(name: str, base: str, files: Mapping[str, bytes]) -> str | None:
    folder = posixpath.dirname(base)
    while True:
        candidate = posixpath.normpath(posixpath.join(folder, name))
        if candidate in files:
            return candidate
        if not folder:
            break
        folder = posixpath.dirname(folder)
    return min((each for each in files if each.endswith(f"/{name}")), default=None)
