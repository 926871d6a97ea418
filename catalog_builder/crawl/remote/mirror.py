"""A repository's objects in the cache, as far as they were brought.

These are its last commit, the folders of that, and those of its files that were asked for.

It is worth nothing by itself: whatever is wrong with it, it is thrown away and brought anew.
"""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from catalog_builder.crawl.remote.access import REMOTE, Address, environment, local_environment
from catalog_builder.crawl.remote.failure import (
    TOO_LARGE,
    UNREADABLE,
    FailedError,
    failure_of,
    failure_of_stop,
)
from catalog_builder.crawl.remote.processes import Bounds, Call, Processes, StoppedError, Why

LARGEST_BYTES = 10_000_000
"""Of a file that is read at all."""
READ = "refs/catalog/read"
"""Where the commit that was brought last stands."""
_PAST = "refs/catalog/past"
"""Where the commit stands whose history was brought; the remote may have gone on since."""

_MOST_BYTES = 2_000_000_000
"""Of all that is kept of one repository; without partial clones whole trees come."""
_MOST_BYTES_OF_FILES = 500_000_000
_MOST_PACKS = 40
_AT_A_TIME = 1000
"""Questions that fit into a pipe together with nobody reading the answers."""
_PARTIAL = ("--filter=blob:none",)
_FETCH = (
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
    "--no-recurse-submodules",
    "--no-show-forced-updates",
    "--force",
)
_PROMISED = (
    (f"remote.{REMOTE}.promisor", "true"),
    (f"remote.{REMOTE}.partialclonefilter", "blob:none"),
)
"""Stands in no file: git would ask for each file by itself when it reads."""
_UNASKED = (("fetch.negotiationAlgorithm", "noop"),)


_HEARD = {"GIT_TRACE_PACKET": "1"}
_NOTHING: Mapping[str, str] = {}
_HEAD = re.compile(rb" HEAD symref-target:refs/heads/(\S+)")


Settings: TypeAlias = Sequence[tuple[str, str]]
"""Of git, each with its value."""


def _ways(depth: int) -> tuple[tuple[str, ...], ...]:
    """How commits are asked for: with no more than is needed, as far as the server can do that."""
    shallow = (f"--depth={depth}",)
    return ((*shallow, *_PARTIAL), shallow, ())


def _settings(depth: int) -> Settings:
    """Of many commits those that are here need not come again; one comes sooner unasked."""
    return (*_PROMISED, *(_UNASKED if depth == 1 else ()))


@dataclass(frozen=True, slots=True)
class Workplace:
    """With what a repository is brought."""

    git: str
    processes: Processes
    around: Mapping[str, str]
    """What every run of git finds in its environment."""
    until: float
    """When it must be done, by the monotonic clock."""


class Mirror:
    """One repository's objects; whoever has one holds the lock of its place."""

    def __init__(self, folder: Path, address: Address, work: Workplace, lock: int) -> None:
        self.folder = folder
        self.lock = lock
        """File descriptor."""
        self._address = address
        self._work = work
        self._holds = (lock,)

    @property
    def is_new(self) -> bool:
        """Whether nothing was brought yet."""
        return not (self.folder / "HEAD").is_file()

    def bring(self, ref: str, commit: str, *, depth: int = 1, whole: bool = False) -> None:
        """The commit at a ref, and all folders of it, are here; of a commit the ref is empty.

        Args:
            ref: under which name the remote has it.
            commit: its id, for where it has no name.
            depth: how many commits one after the other are to come, the newest among them.
            whole: whether all of its files are to come with it.

        Raises:
            FailedError: it cannot be brought.
            StoppedError: everything ends.
        """
        for way in _ways(depth)[1:] if whole else _ways(depth):
            self._prepare(commit)
            more = _settings(depth) if _PARTIAL[0] in way else ()
            try:
                self._fetch((*way, REMOTE, f"+{ref or commit}:{READ}"), more)
            except FailedError as error:
                if not error.failure.lesser or not way:
                    raise
                self.drop()
            else:
                return

    def bring_head(self, *, depth: int = 1) -> str:
        """The commit that the remote's HEAD names, and all folders of it, are here.

        Gives the branch that HEAD stands for, which git tells nobody but those who listen to its
        talk with the server; empty where it is not to be heard.

        Raises:
            FailedError: it cannot be brought in this way.
            StoppedError: everything ends.
        """
        self._prepare("")
        arguments = (*_ways(depth)[0], REMOTE, f"+HEAD:{READ}")
        said = self._fetch(arguments, _settings(depth), around=_HEARD)
        found = _HEAD.search(said)
        return found[1].decode("utf-8", "replace") if found else ""

    def deepen(self, name: str, depth: int) -> None:
        """As many commits as that, ending with the one of that name or id, are here.

        Raises:
            FailedError: they cannot be brought; what was here stays.
            StoppedError: everything ends.
        """
        if not (self.folder / "shallow").is_file():
            return
        partial, shallow, _ = _ways(depth)
        for way in (partial, shallow):
            more = _settings(depth) if way is partial else ()
            try:
                self._fetch((*way, REMOTE, f"+{name}:{_PAST}"), more)
            except FailedError as error:
                if not error.failure.lesser or way is shallow:
                    raise
                self._tidy()
            else:
                return

    def bring_files(self, oids: Sequence[str]) -> frozenset[str]:
        """The files of these ids are here, but those that were too large, which it gives.

        Raises:
            FailedError: they cannot be brought.
            StoppedError: everything ends.
        """
        try:
            given = "".join(f"{oid}\n" for oid in oids).encode()
            most = _size_of(self.folder) + _MOST_BYTES_OF_FILES
            self._fetch((*_PARTIAL, "--stdin", REMOTE), _settings(1), given, most=most)
        except FailedError as error:
            if error.failure is not TOO_LARGE:
                raise
            self._tidy()
            if len(oids) == 1:
                return frozenset(oids)
            half = len(oids) // 2
            return self.bring_files(oids[:half]) | self.bring_files(oids[half:])
        return frozenset()

    @contextmanager
    def reading(self) -> Iterator["Objects"]:
        """What is here, to be read.

        Raises:
            FailedError: git cannot read it.
            StoppedError: it took too long, or everything ends.
        """
        call = Call(
            (self._work.git, f"--git-dir={self.folder}", "cat-file", "--batch"),
            local_environment(self._work.around),
            self._holds,
        )
        with self._work.processes.conversation(call, Bounds(self._work.until)) as (given, answers):
            try:
                yield Objects(given, answers)
            except (OSError, ValueError) as error:
                raise FailedError(UNREADABLE) from error

    def drop(self) -> None:
        """Nothing is here."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _fetch(
        self,
        arguments: Sequence[str],
        more: Settings,
        given: bytes = b"",
        *,
        most: int = 0,
        around: Mapping[str, str] = _NOTHING,
    ) -> bytes:
        call = Call(
            (self._work.git, f"--git-dir={self.folder}", *_FETCH, *arguments),
            {**environment(self._address, self._work.around, more), **around},
            self._holds,
        )
        bounds = Bounds(self._work.until, f"{self.folder}/objects/pack", most or _MOST_BYTES)
        try:
            done = self._work.processes.run(call, bounds, given)
        except StoppedError as error:
            if error.why is Why.END:
                raise
            raise FailedError(failure_of_stop(error)) from error
        if done.code:
            raise FailedError(failure_of(done.output))
        return done.output

    def _prepare(self, commit: str) -> None:
        """A repository that git takes for one is here, without what a killed run left in it."""
        packs = self.folder / "objects/pack"
        if not self.is_new and _count(packs, "*.pack") <= _MOST_PACKS:
            self._tidy()
            return
        self.drop()
        packs.mkdir(parents=True)
        (self.folder / "refs").mkdir()
        is_sha256 = len(commit) == 64  # noqa: PLR2004  digits
        format_ = "[extensions]\n\tobjectformat = sha256\n" if is_sha256 else ""
        config = f"[core]\n\trepositoryformatversion = 1\n\tbare = true\n{format_}"
        (self.folder / "config").write_text(config, encoding="utf-8")
        # Last, because with it git takes the folder for a repository.
        (self.folder / "HEAD").write_text(f"ref: {READ}\n", encoding="utf-8")

    def _tidy(self) -> None:
        """Locks and half packs of a run that was killed are gone."""
        for place in (self.folder, self.folder / "objects/pack", self.folder / "refs/catalog"):
            for pattern in ("*.lock", "tmp_*", "*.lock-*", "shallow_*", ".tmp-*"):
                for left in place.glob(pattern):
                    with suppress(OSError):
                        left.unlink()


class Objects:
    """Questions to git about objects that were brought."""

    def __init__(self, given: IO[bytes], answers: IO[bytes]) -> None:
        self._given = given
        self._answers = answers

    def head(self) -> tuple[str, str]:
        """The ids of the commit that was brought and of its root folder.

        Raises:
            ValueError: there is none.
        """
        self._ask([f"{READ}^{{commit}}"])
        commit, content = self._answer()
        if content is None or not content.startswith(b"tree "):
            raise ValueError
        return commit, content[5 : content.index(b"\n")].decode("ascii")

    def contents(self, oids: Sequence[str]) -> Mapping[str, bytes]:
        """The contents of those that are here; of one larger than 10 MB a byte more than that."""
        found: dict[str, bytes] = {}
        for start in range(0, len(oids), _AT_A_TIME):
            asked = oids[start : start + _AT_A_TIME]
            self._ask(asked)
            for oid in asked:
                _, content = self._answer()
                if content is not None:
                    found[oid] = content
        return found

    def _ask(self, names: Sequence[str]) -> None:
        self._given.write("".join(f"{name}\n" for name in names).encode())
        self._given.flush()

    def _answer(self) -> tuple[str, bytes | None]:
        words = self._answers.readline().split()
        if len(words) == 2 and words[1] == b"missing":  # noqa: PLR2004  the name, and this word
            return "", None
        oid, _, size = words
        content = self._answers.read(min(int(size), LARGEST_BYTES + 1))
        rest = int(size) - len(content)
        while rest > 0 and (passed := self._answers.read(min(rest, 1 << 20))):
            rest -= len(passed)
        if rest or self._answers.read(1) != b"\n":
            raise ValueError
        return oid.decode("ascii"), content


def _count(folder: Path, pattern: str) -> int:
    return sum(1 for _ in folder.glob(pattern))


def _size_of(folder: Path) -> int:
    return sum(each.stat().st_size for each in (folder / "objects/pack").glob("*"))
