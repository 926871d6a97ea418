"""What a commit holds, as git stores it: folders that are read when they are asked for.

Alone knows how git writes trees. Names that could lead anywhere else are not there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

MOST_ENTRIES = 300_000
_LONGEST_PATH = 4096
_MOST_LINKS = 40


class Kind(Enum):
    """What an entry is."""

    FILE = auto()
    FOLDER = auto()
    LINK = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """A file, folder or symbolic link; repositories in repositories are none."""

    kind: Kind
    oid: str


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry at its path."""

    path: str
    entry: Entry


class LeadsOutError(Exception):
    """A symbolic link leads out of the repository."""


Contents = Callable[[Sequence[str]], Mapping[str, bytes]]
"""Gives the contents of objects that are there, by their ids."""


class Tree:
    """The files of a commit by their paths, symbolic links followed as far as they stay inside."""

    def __init__(self, root: str, contents: Contents) -> None:
        self._root = Entry(Kind.FOLDER, root)
        self._contents = contents
        self._width = len(root) // 2
        self._folders: dict[str, Mapping[str, Entry]] = {}
        self._targets: dict[str, str] = {}
        self.is_cut = False
        """Whether it is so large that a part of it was not looked at."""

    def walk(self, into: Callable[[str], bool]) -> Iterator[Placed]:
        """What lies in it, folder by folder; goes on into the folders whose path `into` accepts."""
        level = [Placed("", self._root)]
        count = 0
        while level:
            self._open(each.entry.oid for each in level)
            below: list[Placed] = []
            for folder in level:
                for name, entry in self._folders.get(folder.entry.oid, {}).items():
                    path = f"{folder.path}/{name}" if folder.path else name
                    count += 1
                    if count > MOST_ENTRIES:
                        self.is_cut = True
                        return
                    if len(path) > _LONGEST_PATH:
                        continue
                    yield Placed(path, entry)
                    if entry.kind is Kind.FOLDER and into(path):
                        below.append(Placed(path, entry))
            level = below

    def learn_targets(self, links: Mapping[str, bytes]) -> None:
        """Where symbolic links lead, by their ids."""
        self._targets.update(
            (oid, content.decode("utf-8", "replace")) for oid, content in links.items()
        )

    def find(self, path: str) -> Placed | None:
        """What lies at a path, under its own path; None when there is nothing.

        Raises:
            LeadsOutError: a link on the way leads out of the repository.
        """
        waiting = [step for step in reversed(path.split("/")) if step not in {"", "."}]
        passed: list[Placed] = [Placed("", self._root)]
        links = 0
        while waiting:
            step = waiting.pop()
            if step == "..":
                passed.pop()
                if not passed:
                    raise LeadsOutError
                continue
            entry = self._child(passed[-1].entry, step)
            if entry is None:
                return None
            if entry.kind is Kind.LINK:
                target = self._targets.get(entry.oid)
                links += 1
                if target is None or links > _MOST_LINKS:
                    return None
                if target.startswith("/"):
                    raise LeadsOutError
                waiting += [each for each in reversed(target.split("/")) if each not in {"", "."}]
                continue
            around = passed[-1].path
            passed.append(Placed(f"{around}/{step}" if around else step, entry))
        return passed[-1]

    def _child(self, folder: Entry, name: str) -> Entry | None:
        if folder.kind is not Kind.FOLDER:
            return None
        self._open((folder.oid,))
        return self._folders.get(folder.oid, {}).get(name)

    def _open(self, oids: Iterable[str]) -> None:
        wanted = sorted({oid for oid in oids if oid not in self._folders})
        for oid, content in self._contents(wanted).items() if wanted else ():
            self._folders[oid] = dict(_entries(content, self._width))


def _entries(content: bytes, width: int) -> Iterator[tuple[str, Entry]]:
    place = 0
    while place < len(content):
        end = content.find(b"\0", place)
        if end < 0:
            return
        mode, _, name = content[place:end].partition(b" ")
        place = end + 1 + width
        kind = _KINDS.get(mode.zfill(6)[:2])
        if kind and _is_sound(name):
            yield (
                name.decode("utf-8", "surrogateescape"),
                Entry(kind, content[end + 1 : place].hex()),
            )


_KINDS = {b"10": Kind.FILE, b"04": Kind.FOLDER, b"12": Kind.LINK}


def _is_sound(name: bytes) -> bool:
    return name not in {b"", b".", b".."} and b"/" not in name and name.lower() != b".git"
