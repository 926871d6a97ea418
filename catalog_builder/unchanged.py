"""Whether a site is still what a build would make of its inputs, so that nothing need be made.

A build leaves a note of all that went into its site, as a digest of contents, and of the site's
files, by their sizes and times. When a later build is about to make a site of the same, and the
site is as it was left, that site is the one.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from catalog_builder.model import Finding


@dataclass(frozen=True, slots=True)
class Account:
    """What is in a catalogue, and what is wrong with it."""

    services: int
    events: int
    channels: int
    relations: int
    documents: int
    pages: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What a build left."""

    inputs: str
    site: str
    account: Account

    def packed(self) -> bytes:
        """The note as bytes."""
        return msgspec.msgpack.encode(self)


def noted(content: bytes | None) -> Note | None:
    """The note that these bytes are; None of any other bytes."""
    try:
        return _decoder().decode(content or b"")
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        return None


def digest_of_files(paths: Iterable[Path]) -> str:
    """Of the names and contents of files, and of all files in folders."""
    digest = hashlib.sha256()
    for path in paths:
        for file in _files(path):
            content = file.read_bytes()
            digest.update(f"{file.relative_to(path)}\0{len(content)}\0".encode() + content)
        digest.update(f"{path}\n".encode())
    return digest.hexdigest()


def digest_of_site(folder: Path) -> str:
    """Of the names, sizes and times of all files; no file is read."""
    digest = hashlib.sha256()
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            known = os.stat(os.path.join(root, name), follow_symlinks=False)  # noqa: PTH116, PTH118  many
            told = f"{root[len(str(folder)) :]}/{name}\0{known.st_size}\0{known.st_mtime_ns}\n"
            digest.update(told.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


@dataclass(slots=True)
class Standing:
    """The site that stands somewhere, even when another takes its place meanwhile."""

    place: Path
    folder: int | None
    """Its descriptor; None: there is none."""
    _digest: str | None = None

    @property
    def digest(self) -> str:
        """As `digest_of_site` has it, when that was looked at first; empty: there is no site."""
        if self._digest is None:
            self._digest = digest_of_site(self.place) if self.folder is not None else ""
            if self._digest and not self._still_stands():
                self._digest = ""
        return self._digest

    def _still_stands(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self.folder or 0), self.place.stat())
        except OSError:
            return False


@contextmanager
def standing(place: Path) -> Iterator[Standing]:
    """What stands at a place; its files can be reached for as long as the block runs."""
    try:
        folder = os.open(place, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except OSError:
        yield Standing(place, None)
        return
    try:
        yield Standing(place, folder)
    finally:
        os.close(folder)


def graphviz() -> str:
    """Which Graphviz there is, without running it."""
    program = shutil.which("dot")
    if program is None:
        return ""
    known = Path(program).stat()
    return f"{program} {known.st_size} {known.st_mtime_ns}"


def git_objects(place: Path) -> str | None:
    """Changes whenever git may tell more of a commit's past than before; None: nobody knows."""
    folders = [each for each in (place / ".git", place) if (each / "objects").is_dir()]
    if not folders:
        return None
    shallow = folders[0] / "shallow"
    past = shallow.read_bytes().hex() if shallow.is_file() else ""
    packs = folders[0] / "objects" / "pack"
    names = sorted(each.name for each in packs.iterdir()) if packs.is_dir() else []
    return " ".join([past, *names])


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    for root, folders, names in os.walk(path):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        yield from (Path(root, name) for name in sorted(names))


@cache
def _decoder() -> msgspec.msgpack.Decoder[Note]:
    return msgspec.msgpack.Decoder(Note)
