"""When specifications changed, and what they were before: read from git, nothing checked out.

Alone knows which versions are worth their cost: of a few specifications the last ones of each, of
many the newest of all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
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
_Lives: TypeAlias = Mapping[str, Sequence[Step]]
"""What was done to specifications, by their paths, newest first."""


@dataclass(frozen=True, slots=True)
class Told:
    """What git tells of the past of a repository's specifications, by their paths."""

    repository: str
    pasts: Mapping[str, Past]
    findings: tuple[Finding, ...] = ()


def history(crawled: Crawl, wanted: Mapping[str, Uses], most: int | None) -> Iterator[Told]:
    """The past of specifications, of each repository that is in version control.

    `most` revisions of each; with 0, only when it changed. With None the last 20 of each that are
    among the newest 1,000 of all, and the one before these. Files of revisions can be read until
    the next repository is asked for.
    Findings: `history-cut-off`, `history-unreadable`.
    """
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(wanted.keys() & crawled.stored.keys()):
        if wanted[name]:
            places[crawled.stored[name].place].append(name)
    asked = {
        place: _asked([(crawled.stored[name], wanted[name]) for name in names])
        for place, names in places.items()
    }
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        trees = [crawled.stored[names[0]] for names in places.values()]
        answers = list(pool.map(_answer, trees, asked.values()))
    kept = _newest(answers) if most is None else _Kept(most)
    for names, tree, answer in zip(places.values(), trees, answers, strict=True):
        if answer.refused:
            problem = finding("history-unreadable", Location(names[0]), answer.refused)
            yield Told(names[0], {}, (problem,))
            continue
        with opened(tree) as objects:
            for name in names:
                stored = crawled.stored[name]
                lives = {
                    path: answer.lives[joined(stored.prefix, path)] for path in sorted(wanted[name])
                }
                yield _told(name, lives, kept, objects, stored)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was done to the files of a work tree, by their paths, newest first."""

    lives: _Lives = field(default_factory=dict)
    refused: str = ""
    """Why git does not tell; empty: it does."""


def _asked(folders: Iterable[tuple[Stored, Uses]]) -> Uses:
    """The specifications of several folders, by their paths in the work tree."""
    return {
        joined(stored.prefix, path): [joined(stored.prefix, other) for other in others]
        for stored, uses in folders
        for path, others in uses.items()
    }


def _answer(stored: Stored, asked: Uses) -> _Answer:
    try:
        return _Answer(lives_of(stored, asked))
    except RefusedError as error:
        return _Answer(refused=str(error))


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
