"""The commits that changed some files of a work tree or repository, as `git log` tells them.

Alone knows how git is asked for them, and which count: those of the main line, each merge as one
change. One `git log`, however many files are asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from catalog_builder.crawl.git import RefusedError, printed
from catalog_builder.crawl.walk import readable
from catalog_builder.model import Commit

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


class _Edit(NamedTuple):
    """What became of a path."""

    is_new: bool
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A commit, and what it did to one file."""

    commit: Commit
    is_own: bool
    """Whether it changed the file itself, not only one that was asked for together with it."""
    is_first: bool
    """Whether it brought the file into being."""
    is_boundary: bool
    """Whether it only seems to have made all files, because those before it are cut off."""


@dataclass(frozen=True, slots=True)
class Log:
    """Commits, newest first, with what each did to the paths that were asked for."""

    commits: Sequence[Commit] = ()
    boundaries: frozenset[int] = frozenset()
    """Numbers of the commits before which others are cut off."""
    edits: Mapping[str, Mapping[int, _Edit]] = field(default_factory=dict)
    """By path, then by number of the commit."""
    refused: str = ""
    """Why git does not tell; empty: it does."""

    def life(self, path: str, others: Iterable[str]) -> Iterator[Step]:
        """The steps of a file and of others that it uses, newest first, since it came into being.

        None of a file that is there no more.
        """
        own = self.edits.get(path, {})
        numbers = {number for each in (path, *others) for number in self.edits.get(each, ())}
        for number in sorted(numbers):
            edit = own.get(number)
            if edit is not None and edit.is_gone:
                return
            is_boundary = number in self.boundaries
            is_first = edit is not None and edit.is_new
            yield Step(
                self.commits[number], edit is not None, is_first and not is_boundary, is_boundary
            )
            if is_first:
                return


def log_of(place: str, commit: str, paths: Iterable[str]) -> Log:
    """What was done to files up to a commit."""
    asked = "".join(f"{path}\n" for path in sorted(paths) if "\n" not in path)
    try:
        shallow = printed(place, ("rev-parse", "--is-shallow-repository"))
        log = printed(place, _LOG, f"{commit}\n--\n{asked}")
    except RefusedError as error:
        return Log(refused=str(error))
    return _read(log, is_cut_off=shallow.strip() == b"true")


def _read(log: bytes, *, is_cut_off: bool) -> Log:
    """The commits of a log; no part of them can hold the zero byte that ends each part."""
    parts = [part.removeprefix(b"\n") for part in log.split(b"\0")]
    commits: list[Commit] = []
    roots: set[int] = set()
    edits: defaultdict[str, dict[int, _Edit]] = defaultdict(dict)
    at = 0
    while at + _FIELDS <= len(parts):
        head = [readable(part.decode("utf-8", "replace")) for part in parts[at : at + _FIELDS]]
        id_, seconds, author, parents, subject = head
        at += _FIELDS
        while at + 1 < len(parts) and parts[at].startswith(b":"):
            before, after = parts[at][1:].split(b" ")[:2]
            path = parts[at + 1].decode("utf-8", "surrogateescape")
            edits[path][len(commits)] = _Edit(before == _NOTHING, after == _NOTHING)
            at += 2
        if not parents:
            roots.add(len(commits))
        commits.append(Commit(id_, _moment(seconds), author, subject))
    return Log(commits, frozenset(roots) if is_cut_off else frozenset(), edits)


def _moment(seconds: str) -> str:
    """A point in time in UTC; the beginning of the calendar where git has one that is none."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return "1970-01-01T00:00:00Z"
