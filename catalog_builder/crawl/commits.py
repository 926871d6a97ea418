"""The commits that changed some files of a work tree or repository, as `git log` tells them.

Alone knows how git is asked for them, and which count: those of the main line, each merge as one
change. One `git log`, however many files are asked for; one more for those that were renamed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple, TypeAlias

from catalog_builder.crawl.found import Stored
from catalog_builder.crawl.git import RefusedError, printed
from catalog_builder.crawl.walk import readable
from catalog_builder.model import Commit

_MOST_COMMITS = 20_000
_MOST_RENAMES = 4
"""How often a file is followed to its former name."""
_RAW = (
    "log",
    "--stdin",
    "-z",
    "--raw",
    "--no-abbrev",
    "--no-ext-diff",
    "--no-textconv",
    "--no-show-signature",  # a repository's own settings may name a program that shows it
    "--first-parent",
    "--diff-merges=first-parent",
    "--encoding=UTF-8",
    "--format=%H%x00%ct%x00%aN%x00%P%x00%s",
)
_LOG = (*_RAW, "--no-renames", f"--max-count={_MOST_COMMITS}")
_RENAMES = (*_RAW, "--find-renames", "--diff-filter=R", "--no-walk=unsorted")
_FIELDS = 5
_NOTHING = b"000000"
"""The mode of what is not there."""


class _Edit(NamedTuple):
    """What became of a path."""

    is_new: bool
    is_gone: bool
    former: str = ""
    """The name before, where that was asked for."""


@dataclass(frozen=True, slots=True)
class Step:
    """A commit, and what it did to one file."""

    commit: Commit
    path: str
    """Of the file after it."""
    is_own: bool
    """Whether it changed the file itself, not only one that was asked for together with it."""
    is_first: bool
    """Whether it brought the file into being."""
    is_root: bool
    """Whether there is no commit before it."""
    is_boundary: bool
    """Whether it only seems to have made all files, because those before it are cut off."""


@dataclass(frozen=True, slots=True)
class _Log:
    """Commits, newest first, with what each did to the paths that were asked for."""

    commits: Sequence[Commit]
    roots: frozenset[str]
    """Ids of the commits without one before them."""
    edits: Mapping[str, Mapping[int, _Edit]]
    """By path, then by number of the commit."""
    is_cut_off: bool
    """Whether what was before the roots exists elsewhere."""

    def life(self, path: str, others: Iterable[str], before: str = "") -> Iterator[Step]:
        """The steps of a file and of others that it uses, newest first, since it came into being.

        None of a file that is there no more; with the id of a commit, only those before it.
        """
        own = self.edits.get(path, {})
        numbers = {number for each in (path, *others) for number in self.edits.get(each, ())}
        start = next((at for at, each in enumerate(self.commits) if each.id == before), -1)
        for number in sorted(each for each in numbers if each > start):
            commit, edit = self.commits[number], own.get(number)
            if edit is not None and edit.is_gone:
                return
            is_root = commit.id in self.roots
            is_boundary = is_root and self.is_cut_off
            is_new = edit is not None and edit.is_new
            is_first = is_new and not is_boundary
            yield Step(commit, path, edit is not None, is_first, is_root, is_boundary)
            if is_new:
                return


_Named: TypeAlias = Mapping[str, tuple[str, Sequence[str]]]
"""By what files are called now: what they were called once, and what those that they use were."""


def lives_of(stored: Stored, files: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[Step]]:
    """What was done to files up to the last commit, newest first, each with those that it uses.

    Also what was done to them under former names.

    Raises:
        RefusedError: git does not tell.
    """
    is_cut_off = printed(stored, ("rev-parse", "--is-shallow-repository")).strip() == b"true"
    log = _log(stored, _LOG, stored.commit, files, is_cut_off=is_cut_off)
    lives = {path: list(log.life(path, others)) for path, others in files.items()}
    named: _Named = {path: (path, others) for path, others in files.items()}
    for _ in range(_MOST_RENAMES):
        named = _former(stored, lives, named)
        if not named:
            break
        log = _log(stored, _LOG, stored.commit, dict(named.values()), is_cut_off=is_cut_off)
        for path, (former, others) in named.items():
            birth = lives[path].pop()
            before = log.life(former, others, birth.commit.id)
            lives[path] += [replace(birth, is_first=False), *before]
    return lives


def _former(stored: Stored, lives: Mapping[str, Sequence[Step]], named: _Named) -> _Named:
    """The names before those by which files came into being, of those that had any."""
    births = {path: lives[path][-1] for path in named if lives[path]}
    asked = [step.commit.id for step in births.values() if step.is_first and not step.is_root]
    if not asked:
        return {}
    try:
        log = _log(stored, _RENAMES, "\n".join(dict.fromkeys(asked)), (), is_cut_off=False)
    except RefusedError:
        return {}  # the contents to compare are not here
    renamed = {
        (log.commits[number].id, path): edit.former
        for path, edits in log.edits.items()
        for number, edit in edits.items()
    }
    return {
        path: (
            former,
            [renamed.get((step.commit.id, other), other) for other in named[path][1]],
        )
        for path, step in births.items()
        if (former := renamed.get((step.commit.id, step.path), ""))
    }


def _log(
    stored: Stored,
    arguments: Sequence[str],
    commits: str,
    files: Mapping[str, Sequence[str]] | tuple[()],
    *,
    is_cut_off: bool,
) -> _Log:
    paths = {path for each in files for path in (each, *files[each])} if files else set()
    asked = "".join(f"{path}\n" for path in sorted(paths) if "\n" not in path)
    log = printed(stored, arguments, f"{commits}\n--\n{asked}")
    return _read(log, is_cut_off=is_cut_off)


def _read(log: bytes, *, is_cut_off: bool) -> _Log:
    """The commits of a log; no part of them can hold the zero byte that ends each part."""
    parts = [part.removeprefix(b"\n") for part in log.split(b"\0")]
    commits: list[Commit] = []
    roots: set[str] = set()
    edits: defaultdict[str, dict[int, _Edit]] = defaultdict(dict)
    at = 0
    while at + _FIELDS <= len(parts):
        head = [readable(part.decode("utf-8", "replace")) for part in parts[at : at + _FIELDS]]
        id_, seconds, author, parents, subject = head
        at += _FIELDS
        while at + 1 < len(parts) and parts[at].startswith(b":"):
            before, after, *_, status = parts[at][1:].split(b" ")
            names = [_name(part) for part in parts[at + 1 : at + 3]]
            path, former = (names[1], names[0]) if status[:1] == b"R" else (names[0], "")
            edit = _Edit(before == _NOTHING, after == _NOTHING, former)
            edits[path][len(commits)] = edit
            at += 3 if former else 2
        if not parents:
            roots.add(id_)
        commits.append(Commit(id_, _moment(seconds), author, subject))
    return _Log(commits, frozenset(roots), edits, is_cut_off)


def _name(part: bytes) -> str:
    return part.decode("utf-8", "surrogateescape")


def _moment(seconds: str) -> str:
    """A point in time in UTC; the beginning of the calendar where git has one that is none.

    >>> _moment("1767225600"), _moment("99999999999999999999"), _moment("")
    ('2026-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '1970-01-01T00:00:00Z')
    """
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError):
        return "1970-01-01T00:00:00Z"
