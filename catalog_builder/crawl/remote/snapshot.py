"""What was brought last of a repository, as the cache keeps it and as others read it.

A snapshot is an index, which is small and read on every run, and the contents of its files beside
it, read when somebody asks for one. Each content is known by git's own digest of it.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from catalog_builder.crawl.digest import is_named
from catalog_builder.crawl.found import Problem
from catalog_builder.crawl.remote.selection import Selection
from catalog_builder.crawl.store import Store

_FORMAT = 1
_INDEX = "snapshots"
_FILES = "files"
_SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bytes of a file are: its id, and the part of the contents."""

    oid: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Origin:
    """What a snapshot is of."""

    commit: str
    branch: str
    """The branch, tag or commit that was asked for; of none, the one the remote's HEAD names."""
    settings: str
    """Digest of the settings that say what is needed."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A repository as it was at a commit."""

    origin: Origin
    specifications: tuple[str, ...]
    problems: tuple[Problem, ...]
    places: Mapping[str, Place]
    """Of each file by its path."""
    contents: str
    """Key of the contents."""
    day: int
    """When it was saved, counted from 1970."""
    before: str = ""
    """Key of the contents of the snapshot before, which another build may be reading."""


@dataclass(frozen=True, slots=True)
class SnapshotFiles(Mapping[str, bytes]):
    """The files of a snapshot by their paths with `/`, read when asked for."""

    store: Store
    contents: str
    places: Mapping[str, Place]

    def __getitem__(self, path: str) -> bytes:
        """The bytes of a file; KeyError when there is none, or it was damaged."""
        place = self.places[path]
        content = self.store.part(_FILES, self.contents, place.start, place.size)
        if not is_named(content, place.oid):
            raise KeyError(path)
        return content

    def __contains__(self, path: object) -> bool:
        """Whether a file is there, without reading it."""
        return path in self.places

    def __iter__(self) -> Iterator[str]:
        """The paths of all files, sorted."""
        return iter(self.places)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self.places)


def load(store: Store, key: str) -> Snapshot | None:
    """What was saved last under the key; None when there is nothing, or nothing whole."""
    content = store.get(_INDEX, key)
    read: Any = orjson.loads(content) if content else None
    if not read or read["format"] != _FORMAT:
        return None
    snapshot = Snapshot(
        Origin(*read["origin"]),
        tuple(read["specifications"]),
        tuple(Problem(*each) for each in read["problems"]),
        {path: Place(*place) for path, place in read["places"].items()},
        read["contents"],
        read["day"],
        read["before"],
    )
    return snapshot if store.size(_FILES, snapshot.contents) == read["bytes"] else None


def save(store: Store, key: str, origin: Origin, selection: Selection, day: int) -> Snapshot:
    """The snapshot of a selection, which `load` gives from now on; it was in order on that day.

    Raises:
        CacheError: the cache cannot be written.
    """
    last = load(store, key)
    places, content = _packed(selection)
    snapshot = Snapshot(
        origin,
        selection.specifications,
        selection.problems,
        places,
        contents=hashlib.sha256(key.encode() + b"\0" + content).hexdigest(),
        day=day,
    )
    if last:
        is_same = last.contents == snapshot.contents
        snapshot = replace(snapshot, before=last.before if is_same else last.contents)
    store.put(_FILES, snapshot.contents, content)
    store.put(_INDEX, key, _written(snapshot, len(content)))
    if last and last.before not in {"", snapshot.contents, snapshot.before}:
        store.forget(_FILES, last.before)
    return snapshot


def last_seen(store: Store, key: str, snapshot: Snapshot) -> int:
    """The day on which the repository was last found in order."""
    content = store.get(_SEEN, key)
    return max(int(content), snapshot.day) if content else snapshot.day


def see(store: Store, key: str, snapshot: Snapshot, day: int) -> None:
    """The repository was found in order, and as the snapshot has it, on a day."""
    if last_seen(store, key, snapshot) != day:
        store.put(_SEEN, key, str(day).encode())


def _written(snapshot: Snapshot, size: int) -> bytes:
    return orjson.dumps(
        {
            "format": _FORMAT,
            "origin": [snapshot.origin.commit, snapshot.origin.branch, snapshot.origin.settings],
            "specifications": snapshot.specifications,
            "problems": [(each.code, each.path, each.detail) for each in snapshot.problems],
            "places": {
                path: (each.oid, each.start, each.size) for path, each in snapshot.places.items()
            },
            "contents": snapshot.contents,
            "day": snapshot.day,
            "before": snapshot.before,
            "bytes": size,
        }
    )


def _packed(selection: Selection) -> tuple[Mapping[str, Place], bytes]:
    starts: dict[str, int] = {}
    length = 0
    for oid, content in selection.contents.items():
        starts[oid] = length
        length += len(content)
    places = {
        path: Place(oid, starts[oid], len(selection.contents[oid]))
        for path, oid in selection.oids.items()
    }
    return places, b"".join(selection.contents.values())
