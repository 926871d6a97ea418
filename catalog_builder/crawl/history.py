"""When specifications changed, and what they were before: read from git, nothing checked out.

Alone knows which commits count: those of the main line, each merge as one change, that changed a
specification or a file it refers to. One `git log` a work tree, however many folders lie in it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.found import Stored
from catalog_builder.crawl.gather import Crawl
from catalog_builder.crawl.git import RefusedError, joined, printed
from catalog_builder.crawl.objects import Objects, Snapshot, opened
from catalog_builder.crawl.walk import readable
from catalog_builder.model import Commit, Finding, Location, Past, Revision

_AT_ONCE = 8
_MOST_COMMITS = 20_000
_LOG = (
    "log",
    "--stdin",
    f"--max-count={_MOST_COMMITS}",
    "-z",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",  # a repository's own settings may name a program that shows it
    "--first-parent",
    "--diff-merges=first-parent",
    "--encoding=UTF-8",
    "--format=%H%x00%ct%x00%aN%x00%P%x00%s",
)
_FIELDS = 5
_NOTHING = b"000000"
"""The mode of what is not there."""

Uses = Mapping[str, Sequence[str]]
"""Paths of a repository's specifications, each with the other files that it refers to."""


class _Edit(NamedTuple):
    """What became of a path."""

    is_new: bool
    is_gone: bool


@dataclass(frozen=True, slots=True)
class _Step:
    """A commit, and the paths that it changed."""

    commit: Commit
    is_root: bool
    changes: Mapping[str, _Edit]


@dataclass(frozen=True, slots=True)
class _Log:
    """The steps of a work tree, newest first."""

    steps: tuple[_Step, ...] = ()
    is_cut_off: bool = False
    """Whether what is before its roots exists elsewhere."""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What git tells of the past of a repository's specifications, by their paths."""

    repository: str
    pasts: Mapping[str, Past]
    findings: tuple[Finding, ...] = ()


def history(crawled: Crawl, wanted: Mapping[str, Uses], most: int) -> Iterator[Told]:
    """The past of specifications, of each repository that is in version control.

    `most` revisions of each; with 0, only when it changed. Files of revisions can be read until
    the next repository is asked for.
    Findings: `history-cut-off`, `history-unreadable`.
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(wanted.keys() & crawled.stored.keys()):
        if wanted[name]:
            places[crawled.stored[name].place].append(name)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        logs = pool.map(
            lambda names: _log([(crawled.stored[name], wanted[name]) for name in names]),
            places.values(),
        )
        for (place, names), log in zip(places.items(), logs, strict=True):
            if log.refused:
                problem = finding("history-unreadable", Location(names[0]), log.refused)
                yield Told(names[0], {}, (problem,))
                continue
            with opened(place) as objects:
                for name in names:
                    reader = _Reader(objects, crawled.stored[name], log, most)
                    yield reader.told(name, wanted[name])


def _log(folders: Sequence[tuple[Stored, Uses]]) -> _Log:
    stored = folders[0][0]
    paths = {
        joined(folder.prefix, path)
        for folder, uses in folders
        for specification, others in uses.items()
        for path in (specification, *others)
    }
    asked = "".join(f"{path}\n" for path in sorted(paths) if "\n" not in path)
    try:
        shallow = printed(stored.place, ("rev-parse", "--is-shallow-repository"))
        log = printed(stored.place, _LOG, f"{stored.commit}\n--\n{asked}")
    except RefusedError as error:
        return _Log(refused=str(error))
    return _Log(tuple(_steps(log)), shallow.strip() == b"true")


def _steps(log: bytes) -> Iterator[_Step]:
    """The commits of a log; no part of them can hold the zero byte that ends each part."""
    parts = [part.removeprefix(b"\n") for part in log.split(b"\0")]
    at = 0
    while at + _FIELDS <= len(parts):
        head = [part.decode("utf-8", "replace") for part in parts[at : at + _FIELDS]]
        id_, seconds, author, parents, subject = map(readable, head)
        changes: dict[str, _Edit] = {}
        at += _FIELDS
        while at + 1 < len(parts) and parts[at].startswith(b":"):
            before, after = parts[at][1:].split(b" ")[:2]
            edit = _Edit(before == _NOTHING, after == _NOTHING)
            changes[parts[at + 1].decode("utf-8", "surrogateescape")] = edit
            at += 2
        yield _Step(Commit(id_, _moment(seconds), author, subject), not parents, changes)


def _moment(seconds: str) -> str:
    """A point in time in UTC; the beginning of the calendar where git has one that is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return "1970-01-01T00:00:00Z"


class _Reader:
    """Reads the past of one repository's specifications out of the log of its work tree."""

    def __init__(self, objects: Objects, stored: Stored, log: _Log, most: int) -> None:
        self._objects = objects
        self._stored = stored
        self._log = log
        self._most = most
        self._is_cut_off = False

    def told(self, repository: str, uses: Uses) -> Told:
        """The pasts of these specifications."""
        pasts = {path: self._past(path, others) for path, others in sorted(uses.items())}
        where = Location(repository)
        findings = (finding("history-cut-off", where),) if self._is_cut_off else ()
        return Told(repository, pasts, findings)

    def _past(self, path: str, others: Sequence[str]) -> Past:
        own = joined(self._stored.prefix, path)
        watched = {own, *(joined(self._stored.prefix, other) for other in others)}
        steps = [step for step in self._log.steps if not watched.isdisjoint(step.changes)]
        changed = next((step for step in steps if own in step.changes), None)
        if changed is None or changed.changes[own].is_gone:
            return Past()
        lives = list(islice(_life(steps, own), self._most))
        self._is_cut_off |= any(map(self._is_boundary, (changed, *lives)))
        return Past(
            None if self._is_boundary(changed) else changed.commit,
            tuple(self._revision(step, own) for step in lives),
        )

    def _revision(self, step: _Step, own: str) -> Revision:
        edit = step.changes.get(own)
        is_first = edit is not None and edit.is_new and not self._is_boundary(step)
        files = Snapshot(self._objects, self._stored, step.commit.id)
        return Revision(step.commit, files, is_first)

    def _is_boundary(self, step: _Step) -> bool:
        """Whether a commit only seems to have made all its files, because those before are cut."""
        return step.is_root and self._log.is_cut_off


def _life(steps: Sequence[_Step], path: str) -> Iterator[_Step]:
    """Of these steps those since a file came into being for the last time."""
    for step in steps:
        edit = step.changes.get(path)
        if edit is not None and edit.is_gone:
            return
        yield step
        if edit is not None and edit.is_new:
            return
