"""When specifications changed, and what they were before: read from git, nothing checked out.

Alone knows which versions are worth their cost: of a few specifications the last ones of each, of
many the newest of all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TypeAlias

from catalog_builder.config import USUAL_HISTORY
from catalog_builder.crawl.commits import Step, lives_of
from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.found import Stored
from catalog_builder.crawl.gather import Crawl
from catalog_builder.crawl.git import RefusedError, joined
from catalog_builder.crawl.objects import Objects, Snapshot, opened
from catalog_builder.model import Finding, Location, Past, Revision

_AT_ONCE = 8
_MOST_OF_ALL = 1000

Uses: TypeAlias = Mapping[str, Sequence[str]]
"""Paths of a repository's specifications, each with the other files that it refers to."""
_Folders: TypeAlias = Mapping[str, tuple[Stored, Uses]]
"""Those of one work tree, by the names of their repositories."""
_Lives: TypeAlias = Mapping[str, Sequence[Step]]
"""What was done to specifications, by their paths, newest first."""


@dataclass(frozen=True, slots=True)
class Told:
    """What git tells of the past of a repository's specifications, by their paths."""

    repository: str
    pasts: Mapping[str, Past]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Histories:
    """What git tells, work tree by work tree; it is asked as often as somebody goes through it.

    Files of revisions can be read until the next repository is asked for.
    """

    trees: Sequence[Iterable[Told]]
    """Each can be gone through in a process of its own."""

    def __iter__(self) -> Iterator[Told]:
        """Of all repositories."""
        return chain.from_iterable(self.trees)


def history(crawled: Crawl, wanted: Mapping[str, Uses], most: int | None) -> Histories:
    """The past of specifications, of each repository that is in version control.

    `most` revisions of each; with 0, only when it changed. With None the last 20 of each that are
    among the newest 1,000 of all, and the one before these.
    Findings: `history-cut-off`, `history-unreadable`.
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(wanted.keys() & crawled.stored.keys()):
        if wanted[name]:
            places[crawled.stored[name].place].append(name)
    folders = [
        {name: (crawled.stored[name], wanted[name]) for name in names} for names in places.values()
    ]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = list(pool.map(_answer, folders))
    kept = _newest(answers) if most is None else _Kept(most)
    return Histories([_Tree(*each, kept) for each in zip(folders, answers, strict=True)])


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was done to the files of a work tree, by their paths, newest first."""

    lives: _Lives = field(default_factory=dict)
    refused: str = ""
    """Why git does not tell; empty: it does."""


def _answer(folders: _Folders) -> _Answer:
    asked = {
        joined(stored.prefix, path): [joined(stored.prefix, other) for other in others]
        for stored, uses in folders.values()
        for path, others in uses.items()
    }
    try:
        return _Answer(lives_of(_any(folders), asked))
    except RefusedError as error:
        return _Answer(refused=str(error))


def _any(folders: _Folders) -> Stored:
    """One of the folders of a work tree, whose objects they share."""
    return next(iter(folders.values()))[0]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Which of a specification's steps are worth reading."""

    most: int
    since: str = ""
    """A point in time; of the steps before it the last one is kept, to compare with."""

    def of(self, life: Sequence[Step]) -> Sequence[Step]:
        """The steps to read."""
        recent = sum(step.commit.date >= self.since for step in life)
        return life[: min(self.most, recent + 1 if recent else 0)]


@dataclass(frozen=True, slots=True)
class _Tree(Iterable[Told]):
    """A work tree with what git answered about it."""

    folders: _Folders
    answer: _Answer
    kept: _Kept

    def __iter__(self) -> Iterator[Told]:
        if self.answer.refused:
            name = next(iter(self.folders))
            problem = finding("history-unreadable", Location(name), self.answer.refused)
            yield Told(name, {}, (problem,))
            return
        with opened(_any(self.folders)) as objects:
            for name, (stored, uses) in self.folders.items():
                lives = {
                    path: self.answer.lives[joined(stored.prefix, path)] for path in sorted(uses)
                }
                yield _told(name, lives, self.kept, objects, stored)


def _newest(answers: Iterable[_Answer]) -> _Kept:
    dates = [
        step.commit.date
        for each in answers
        for life in each.lives.values()
        for step in islice(life, USUAL_HISTORY)
    ]
    dates.sort(reverse=True)
    return _Kept(USUAL_HISTORY, dates[_MOST_OF_ALL] if len(dates) > _MOST_OF_ALL else "")


def _told(name: str, lives: _Lives, kept: _Kept, objects: Objects, stored: Stored) -> Told:
    pasts: dict[str, Past] = {}
    is_cut_off = False
    for path, life in lives.items():
        steps = kept.of(life)
        changed = next((step for step in life if step.is_own), None)
        is_cut_off |= any(step.is_boundary for step in (*steps, *((changed,) if changed else ())))
        pasts[path] = Past(
            changed.commit if changed and not changed.is_boundary else None,
            tuple(_revisions(steps, objects, stored)),
        )
    is_news = is_cut_off and not stored.is_bounded
    findings = (finding("history-cut-off", Location(name)),) if is_news else ()
    return Told(name, pasts, findings)


def _revisions(steps: Iterable[Step], objects: Objects, stored: Stored) -> Iterator[Revision]:
    """Those of steps, as far as they are in the folder: it was perhaps called otherwise once."""
    folder = f"{stored.prefix}/" if stored.prefix else ""
    for step in steps:
        if step.path.startswith(folder):
            files = Snapshot(objects, stored, step.commit.id)
            yield Revision(step.commit, files, step.path[len(folder) :], step.is_first)
