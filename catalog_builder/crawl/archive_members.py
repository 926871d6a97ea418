"""Reading archives without unpacking them: members as files, within bounds, none leading out."""

import gzip
import io
import re
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from catalog_builder.crawl.folder import LARGEST_BYTES
from catalog_builder.crawl.found import Problem
from catalog_builder.crawl.recognise import says_asyncapi
from catalog_builder.crawl.walk import is_of_tools, readable

_MOST_DIRECTORY_BYTES = 20_000_000
"""Of a zip's list of members, which zipfile reads whole."""
_MOST_STEPS_OF_LINKS = 8
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
)
"""What the libraries raise on archives that are broken, encrypted, or packed in some rare way."""


class ArchiveError(Exception):
    """Nothing can be read; the text says why."""


class _TooMuchError(Exception):
    """The bound is reached; the text says which."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken of an archive."""

    members: int = 100_000
    bytes: int = 200_000_000
    """Of everything together, unpacked."""


@dataclass(frozen=True, slots=True)
class Members:
    """What an archive holds."""

    files: Mapping[str, bytes]
    """Texts by path with `/`, sorted; the folder around all of them is not part of it."""
    problems: tuple[Problem, ...] = ()
    commit: str = ""
    """That git made it of, where git did and says so."""


class _Member(NamedTuple):
    name: str
    content: bytes = b""
    """Of a file with more than 10 MB, the first of them and one byte more."""
    symbolic: str | None = None
    """What a symbolic link says, seen from its own folder."""
    hard: str | None = None
    """What a hard link says, seen from the top."""


def members_of(file: BinaryIO, bounds: Bounds = Bounds()) -> Members:
    """The members of a `.zip`, `.tar` or `.tar.gz`.

    Problems: `archive-too-large`, `archive-unreadable` (from some member on),
    `archive-member-outside`, `link-leaves-repository`, `file-too-large`.

    Raises:
        ArchiveError: it is none, or its beginning is broken already.
    """
    taken = _Taken(bounds)
    try:
        beginning = file.read(4)
        file.seek(0)
        read = _zip_members if beginning[:2] == b"PK" else _tar_members
        for member in read(file, taken):
            taken.add(member)
    except _TooMuchError as error:
        taken.problems.append(Problem("archive-too-large", detail=str(error)))
    except _BROKEN as error:
        if not taken.files:
            raise ArchiveError("it is neither a zip nor a tar archive, or it is broken") from error
        taken.problems.append(Problem("archive-unreadable", detail="it breaks off"))
    return taken.members()


@dataclass(slots=True)
class _Taken:
    """What was read so far."""

    bounds: Bounds
    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str | None] = field(default_factory=dict)
    """Where each leads; None: out of the archive."""
    outside: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    commit: str = ""
    seen: int = 0

    def add(self, member: _Member) -> None:
        self.seen += 1
        if self.seen > self.bounds.members:
            raise _too_many(self.bounds)
        path = _path_of(member.name)
        if path is None:
            self.outside.append(readable(member.name))
        elif any(is_of_tools(step) for step in path.split("/")[:-1]):
            return
        elif member.symbolic is not None:
            self.links[path] = _target_of(path, member.symbolic)
        elif member.hard is not None:
            self.links[path] = _path_of(member.hard)
        elif len(member.content) > LARGEST_BYTES:
            if says_asyncapi(member.content):
                self.problems.append(Problem("file-too-large", path))
        elif not _is_binary(member.content):
            self.files[path] = member.content

    def members(self) -> Members:
        outside = [Problem("archive-member-outside", detail=_some(self.outside))]
        problems = [*self.problems, *(outside if self.outside else ())]
        for path in sorted(self.links):
            content, leaves = self._behind(path)
            if leaves:
                problems.append(Problem("link-leaves-repository", path))
            elif content is not None:
                self.files[path] = content
        top = _common_folder(self.files)
        return Members(
            files={path[len(top) :]: self.files[path] for path in sorted(self.files)},
            problems=tuple(_without(top, each) for each in problems),
            commit=self.commit,
        )

    def _behind(self, path: str) -> tuple[bytes | None, bool]:
        """The file that a link leads to, if any, and whether it leads out of the archive."""
        place = path
        for _ in range(_MOST_STEPS_OF_LINKS):
            if place not in self.links:
                return self.files.get(place), False
            target = self.links[place]
            if target is None:
                return None, True
            place = target
        return None, False


def _zip_members(file: BinaryIO, taken: _Taken) -> Iterator[_Member]:
    if _directory_bytes(file) > _MOST_DIRECTORY_BYTES:
        raise _too_many(taken.bounds)
    left = taken.bounds.bytes
    with zipfile.ZipFile(file) as archive:
        taken.commit = _commit(archive.comment.decode("ascii", "replace"))
        for entry in archive.infolist():
            kind = stat.S_IFMT(entry.external_attr >> 16)
            if entry.is_dir() or kind not in {0, stat.S_IFREG, stat.S_IFLNK}:
                continue
            with archive.open(entry) as member:
                content = member.read(min(LARGEST_BYTES, left) + 1)
            left -= len(content)
            if left < 0:
                raise _too_large(taken.bounds)
            if kind == stat.S_IFLNK:
                target = content[:4096].decode("utf-8", "surrogateescape")
                yield _Member(entry.filename, symbolic=target)
            else:
                yield _Member(entry.filename, content)


def _directory_bytes(file: BinaryIO) -> int:
    """The size of a zip's list of members, as its last record has it."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile
    return int(struct.unpack_from("<I", tail, at + 12)[0])


def _tar_members(file: BinaryIO, taken: _Taken) -> Iterator[_Member]:
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    bounded = _Bounded(gzip.GzipFile(fileobj=file) if packed else file, taken.bounds)
    with tarfile.open(fileobj=bounded, mode="r|") as archive:  # type: ignore[call-overload]
        for entry in archive:
            taken.commit = taken.commit or _commit(archive.pax_headers.get("comment", ""))
            if entry.issym():
                yield _Member(entry.name, symbolic=entry.linkname)
            elif entry.islnk():
                yield _Member(entry.name, hard=entry.linkname)
            elif entry.isreg() and (member := archive.extractfile(entry)):
                yield _Member(entry.name, member.read(LARGEST_BYTES + 1))


class _Bounded:
    """A file of which only so much can be read, however much is in it."""

    def __init__(self, file: BinaryIO | gzip.GzipFile, bounds: Bounds) -> None:
        self._file = file
        self._bounds = bounds
        self._left = bounds.bytes

    def read(self, size: int) -> bytes:
        content = self._file.read(size)
        self._left -= len(content)
        if self._left < 0:
            raise _too_large(self._bounds)
        return content


def _too_many(bounds: Bounds) -> _TooMuchError:
    return _TooMuchError(f"it has more than {bounds.members:,} members")


def _too_large(bounds: Bounds) -> _TooMuchError:
    return _TooMuchError(f"it unpacks to more than {bounds.bytes / 1e6:g} MB")


def _path_of(name: str) -> str | None:
    r"""The path of a member; None for one that leads out of the archive.

    >>> _path_of("./docs//asyncapi.yaml"), _path_of("a/../../b"), _path_of(r"C:\x")
    ('docs/asyncapi.yaml', None, None)
    """
    if "/" not in name:
        name = name.replace("\\", "/")
    steps = name.split("/")
    is_absolute = name.startswith("/") or re.match("[A-Za-z]:", name)
    if is_absolute or ".." in steps or "\0" in name or readable(name) != name:
        return None
    return "/".join(step for step in steps if step not in {"", "."})


def _target_of(path: str, target: str) -> str | None:
    """Where a symbolic link leads; None where that is outside.

    >>> _target_of("a/b/link", "../x.yaml"), _target_of("a/link", "../../x"), _target_of("a", "/b")
    ('a/x.yaml', None, None)
    """
    if target.startswith("/"):
        return None
    steps = path.split("/")[:-1]
    for step in target.split("/"):
        if step == ".." and not steps:
            return None
        if step == "..":
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def _is_binary(content: bytes) -> bool:
    """Whether it is a picture or a program, which nothing in a specification refers to."""
    return b"\0" in content[:1024] and not content.startswith(_MARKS)


def _common_folder(paths: Iterable[str]) -> str:
    """The folder that is around all of them, as forges put one there; with its `/`."""
    tops = {path.partition("/")[0] + "/" if "/" in path else "" for path in paths}
    return tops.pop() if len(tops) == 1 else ""


def _without(top: str, problem: Problem) -> Problem:
    return Problem(problem.code, problem.path.removeprefix(top), problem.detail)


def _some(names: list[str]) -> str:
    """The first of these names, and how many more there are."""
    first = min(names, default="")[:200]
    return f"`{first}`" + (f" and {len(names) - 1:,} more" if len(names) > 1 else "")


def _commit(comment: str) -> str:
    return comment if _COMMIT.fullmatch(comment) else ""
