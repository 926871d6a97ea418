"""What git keeps, by name: trees and files, asked of one git that stays open.

Alone knows how `git cat-file --batch` answers and how git writes trees. Nothing is checked out, so
no filter, attribute or link of a repository has a say.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, NamedTuple

from catalog_builder.crawl.folder import LARGEST_BYTES
from catalog_builder.crawl.found import Stored
from catalog_builder.crawl.git import conversation
from catalog_builder.crawl.walk import is_of_tools

_CHUNK_BYTES = 1 << 16
_SHA1_DIGITS = 40
_FILE = "100"
_FOLDER = "40000"


class _Entry(NamedTuple):
    """Something in a tree: its mode, and the id of its object."""

    mode: str
    object_id: str


class _Object(NamedTuple):
    """An object; the content of one that is larger than 10 MB is left out."""

    object_id: str
    kind: str
    content: bytes


class Objects:
    """The objects of one repository; trees are kept, because commits share most of them."""

    def __init__(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        self._questions = questions
        self._answers = answers
        self._trees: dict[str, Mapping[str, _Entry]] = {}

    def tree(self, name: str) -> Mapping[str, _Entry]:
        """What lies in a tree, by name; empty when there is no such tree."""
        if name not in self._trees:
            found = self._object(name)
            self._trees[name] = dict(_entries(found)) if found and found.kind == "tree" else {}
        return self._trees[name]

    def file(self, object_id: str) -> bytes | None:
        """The bytes of a file; None when there is no such file, or it is larger than 10 MB."""
        found = self._object(object_id)
        return found.content if found and found.kind == "blob" else None

    def _object(self, name: str) -> _Object | None:
        if "\n" in name:
            return None
        try:
            self._questions.write(name.encode("utf-8", "surrogateescape") + b"\n")
            self._questions.flush()
        except OSError:
            return None
        head = self._answers.readline().decode("utf-8", "replace").split()
        # "… missing", "… ambiguous", or nothing when git is gone.
        if len(head) != len(_Object._fields) or not head[2].isdigit():
            return None
        content = self._content(int(head[2]))
        return None if content is None else _Object(head[0], head[1], content)

    def _content(self, size: int) -> bytes | None:
        chunks: list[bytes] = []
        left = size + 1  # the line end behind it
        while left and (chunk := self._answers.read(min(_CHUNK_BYTES, left))):
            left -= len(chunk)
            if size <= LARGEST_BYTES:
                chunks.append(chunk)
        return None if left or size > LARGEST_BYTES else b"".join(chunks)[:-1]


@contextmanager
def opened(stored: Stored) -> Iterator[Objects]:
    """The objects of a repository, for as long as this lasts.

    Raises:
        RefusedError: git cannot be run.
    """
    with conversation(stored, ("cat-file", "--batch")) as (questions, answers):
        yield Objects(questions, answers)


def _entries(found: _Object) -> Iterator[tuple[str, _Entry]]:
    width = 20 if len(found.object_id) == _SHA1_DIGITS else 32
    content, at = found.content, 0
    while at < len(content):
        end = content.index(b"\0", at)
        mode, _, name = content[at:end].partition(b" ")
        at = end + 1 + width
        yield (
            name.decode("utf-8", "surrogateescape"),
            _Entry(mode.decode("ascii", "replace"), content[end + 1 : at].hex()),
        )


class Snapshot(Mapping[str, bytes]):
    """The files of a folder at a commit by their paths with `/`, read when asked for.

    What is not a regular file, or larger than 10 MB, is not there; links are not followed.
    """

    def __init__(self, objects: Objects, stored: Stored, commit: str) -> None:
        self._objects = objects
        self._root = f"{commit}:{stored.prefix}"

    def __getitem__(self, path: str) -> bytes:
        """The bytes of a file; KeyError when there is none."""
        found = self._entry(path)
        content = self._objects.file(found.object_id) if found else None
        if content is None:
            raise KeyError(path)
        return content

    def object_id(self, path: str) -> str:
        """The id of a file; empty when there is none."""
        found = self._entry(path)
        return found.object_id if found else ""

    def __contains__(self, path: object) -> bool:
        """Whether a file is there, without reading it."""
        return isinstance(path, str) and self._entry(path) is not None

    def __iter__(self) -> Iterator[str]:
        """The paths of all files, sorted; folders of tools are left out."""
        return iter(sorted(self._below("", self._root)))

    def __len__(self) -> int:
        """How many files iteration gives."""
        return sum(1 for _ in self)

    def _entry(self, path: str) -> _Entry | None:
        *folders, name = path.split("/")
        tree = self._objects.tree(self._root)
        for folder in folders:
            below = tree.get(folder)
            if below is None or below.mode != _FOLDER:
                return None
            tree = self._objects.tree(below.object_id)
        found = tree.get(name)
        return found if found and found.mode.startswith(_FILE) else None

    def _below(self, prefix: str, tree: str) -> Iterator[str]:
        for name, entry in self._objects.tree(tree).items():
            if entry.mode == _FOLDER and not is_of_tools(name):
                yield from self._below(f"{prefix}{name}/", entry.object_id)
            elif entry.mode.startswith(_FILE):
                yield prefix + name
