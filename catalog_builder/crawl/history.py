"""When specifications changed, and what they were before: read from git, nothing checked out.

Alone knows which versions are worth their cost: of a few specifications the last ones of each, of
many the newest of all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from catalog_builder.crawl.commits import Log, Step, log_of
from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.found import Stored
from catalog_builder.crawl.gather import Crawl
from catalog_builder.crawl.git import joined
from catalog_builder.crawl.objects import Objects, Snapshot, opened
from catalog_builder.model import Finding, Location, Past, Revision

_AT_ONCE = 8
_MOST_OF_EACH = 20
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
    logs = _logs(crawled.stored, places, wanted)
    lives = {
        name: dict(_lives(logs[place], crawled.stored[name], wanted[name]))
        for place, names in places.items()
        for name in names
    }
    kept = _newest(lives.values()) if most is None else _Kept(most)
    for place, names in places.items():
        if refused := logs[place].refused:
            problem = finding("history-unreadable", Location(names[0]), refused)
            yield Told(names[0], {}, (problem,))
            continue
        with opened(place) as objects:
            for name in names:
                yield _told(name, lives[name], kept, objects, crawled.stored[name])


def _logs(
    stored: Mapping[str, Stored], places: Mapping[str, Sequence[str]], wanted: Mapping[str, Uses]
) -> dict[str, Log]:
    def ask(names: Sequence[str]) -> Log:
        first = stored[names[0]]
        paths = {
            joined(stored[name].prefix, path)
            for name in names
            for specification, others in wanted[name].items()
            for path in (specification, *others)
        }
        return log_of(first.place, first.commit, paths)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return dict(zip(places, pool.map(ask, places.values()), strict=True))


def _lives(log: Log, stored: Stored, uses: Uses) -> Iterator[tuple[str, Sequence[Step]]]:
    for path, others in sorted(uses.items()):
        inside = (joined(stored.prefix, other) for other in others)
        yield path, tuple(log.life(joined(stored.prefix, path), inside))


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


def _newest(lives: Iterable[_Lives]) -> _Kept:
    dates = [
        step.commit.date
        for each in lives
        for life in each.values()
        for step in islice(life, _MOST_OF_EACH)
    ]
    dates.sort(reverse=True)
    return _Kept(_MOST_OF_EACH, dates[_MOST_OF_ALL] if len(dates) > _MOST_OF_ALL else "")


def _told(name: str, lives: _Lives, kept: _Kept, objects: Objects, stored: Stored) -> Told:
    pasts = {}
    is_cut_off = False
    for path, life in lives.items():
        steps = kept.of(life)
        changed = next((step for step in life if step.is_own), None)
        is_cut_off |= any(step.is_boundary for step in (*steps, *((changed,) if changed else ())))
        pasts[path] = Past(
            changed.commit if changed and not changed.is_boundary else None,
            tuple(
                Revision(step.commit, Snapshot(objects, stored, step.commit.id), step.is_first)
                for step in steps
            ),
        )
    findings = (finding("history-cut-off", Location(name)),) if is_cut_off else ()
    return Told(name, pasts, findings)
