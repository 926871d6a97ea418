"""Walking a folder: what lies in it, symbolic links not followed, tools' folders left out."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

_OF_TOOLS = frozenset(
    {".git", ".venv", "__pycache__", "build", "dist", "node_modules", "target", "vendor"}
)


Question: TypeAlias = Callable[[str], bool]
"""Something asked of a path."""


class Kind(Enum):
    """What an entry is."""

    FILE = auto()
    FOLDER = auto()
    LINK = auto()
    CLOSED = auto()
    """A folder that may not be read."""
    NAMELESS = auto()
    """A file or folder whose name is not UTF-8, so that no page or message could name it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a folder, by its path from there with `/`."""

    path: str
    kind: Kind


def walk(root: str, into: Question) -> Iterator[Entry]:
    """What lies below a folder, in no order; goes on into the folders whose path `into` accepts."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(f"{root}/{inside}") as entries:
                found = [_entry(inside, each) for each in entries]
        except OSError:
            yield Entry(inside, Kind.CLOSED)
            continue
        yield from (entry for entry in found if entry)
        waiting += [
            entry.path
            for entry in found
            if entry and entry.kind is Kind.FOLDER and into(entry.path)
        ]


def is_of_tools(path: str) -> bool:
    """Whether a folder holds what tools put there: installed packages, build results, git's own."""
    return name_of(path) in _OF_TOOLS


def is_hidden(path: str) -> bool:
    """Whether a folder is one that people do not see."""
    return name_of(path).startswith(".")


def is_folder(place: str) -> bool:
    """Whether a place on the disk is, or leads to, a folder; an unreadable or odd name is not."""
    return os.path.isdir(place)  # noqa: PTH112  Path.is_dir raises where the name is too long


def is_open(folder: str) -> bool:
    """Whether a folder can be listed and its files reached."""
    try:
        with os.scandir(f"{folder}/.") as entries:
            next(entries, None)
    except OSError:
        return False
    return True


def readable(text: str) -> str:
    """A name fit for messages and pages: what is not UTF-8 in it is a question mark."""
    return text.encode("utf-8", "replace").decode()


def name_of(path: str) -> str:
    """The last step of a path."""
    return path.rpartition("/")[2]


def _entry(inside: str, found: os.DirEntry[str]) -> Entry | None:
    path = f"{inside}/{found.name}" if inside else found.name
    if not is_text(found.name):
        return Entry(path, Kind.NAMELESS)
    if found.is_symlink():
        return Entry(path, Kind.LINK)
    if found.is_dir(follow_symlinks=False):
        return Entry(path, Kind.FOLDER)
    return Entry(path, Kind.FILE) if found.is_file(follow_symlinks=False) else None


def is_text(name: str) -> bool:
    """Whether a name is UTF-8, so that pages and messages can name it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
