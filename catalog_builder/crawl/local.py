"""Local sources: folders and files on this machine."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from catalog_builder.config import LocalSource, Settings
from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.folder import Folder
from catalog_builder.crawl.found import Brought, Found
from catalog_builder.crawl.git import Standing, Watched, standings
from catalog_builder.crawl.places import Place, SourceError, places
from catalog_builder.crawl.run import Run
from catalog_builder.crawl.search import Search, search, search_files
from catalog_builder.crawl.walk import Question, readable
from catalog_builder.crawl.wanted import Wanted
from catalog_builder.model import Finding, Location, Repository


@dataclass(frozen=True, slots=True)
class _Looked:
    """A source, and one of its places after looking through it."""

    source: LocalSource
    place: Place
    folder: Folder
    search: Search


@dataclass(frozen=True, slots=True)
class _Through:
    """A source after looking through it."""

    found: tuple[_Looked, ...]
    findings: tuple[Finding, ...]
    seconds: float


def bring_local(sources: Sequence[LocalSource], run: Run) -> tuple[Brought, ...]:
    """What each of these sources brings, in their order.

    Findings: `source-missing`, `source-unreadable`, `source-empty`, `source-name-unused`.
    """
    looked: list[_Through] = []
    for source in sources:
        started = time.monotonic()
        found, findings = _look_through(source, run.settings)
        looked.append(_Through(found, findings, time.monotonic() - started))
    every = [each for through in looked for each in through.found]
    standing = standings([Watched(each.folder, each.search.specifications) for each in every])
    repositories = iter(zip(every, standing, strict=True))
    return tuple(
        Brought(
            tuple(_found(*next(repositories), alone=len(each.found) == 1) for _ in each.found),
            each.findings,
            seconds=each.seconds,
        )
        for each in looked
    )


def _look_through(
    source: LocalSource, settings: Settings
) -> tuple[tuple[_Looked, ...], tuple[Finding, ...]]:
    where = source.place or Location("", readable(source.path))
    questions = _Questions(settings)
    try:
        named = tuple(places(source.path, str(settings.root.absolute()), questions.is_site))
    except SourceError as error:
        return (), (finding(error.code, where, error.detail),)
    looked = [_look(source, place, questions) for place in named]
    found = tuple(each for each in looked if _counts(each))
    findings: list[Finding] = []
    if not any(each.search.specifications for each in found):
        findings.append(finding("source-empty", where, source.path))
    if source.name and len(found) > 1:
        findings.append(finding("source-name-unused", where, source.path))
    return found, tuple(findings)


class _Questions:
    """What the settings have to say about a path on this machine."""

    def __init__(self, settings: Settings) -> None:
        self.wanted = Wanted(settings)
        self._site = os.path.realpath(settings.site_dir or settings.root / "site")

    def is_site(self, path: str) -> bool:
        """Whether a folder is where the site goes, which shows copies of the specifications."""
        return os.path.realpath(path) == self._site

    def passed_over(self, root: str) -> Question:
        return lambda path: self.wanted.is_closed(path) or f"{root}/{path}" == self._site


def _look(source: LocalSource, place: Place, questions: _Questions) -> _Looked:
    folder = Folder(os.path.realpath(place.path))
    if place.files is None:
        found = search(folder, questions.wanted, questions.passed_over(folder.root))
    else:
        wanted = questions.wanted
        meant = place.files if place.exact else filter(wanted.is_included, place.files)
        found = search_files(folder, (path for path in meant if not wanted.is_excluded(path)))
    return _Looked(source, place, folder, found)


def _counts(looked: _Looked) -> bool:
    """Whether it is a repository: folders without specifications may hold what others refer to."""
    return looked.place.files is None or looked.search != Search()


def _found(looked: _Looked, standing: Standing, *, alone: bool) -> Found:
    source = looked.source
    steps = PurePosixPath(os.path.normpath(looked.place.path)).parts[1:]
    names = [readable(step) for step in reversed(steps)]
    repository = Repository(
        name=(alone and source.name) or (names[0] if names else "repository"),
        url=source.url.rstrip("/") or standing.url,
        commit=standing.commit,
        link=source.link or standing.link,
        viewpoint=source.viewpoint,
        commit_link="" if source.url or source.link else standing.commit_link,
        edit=source.edit,
    )
    return Found(
        identity=looked.folder.root,
        repository=repository,
        parents=tuple(names[1:]),
        files=looked.folder,
        specifications=looked.search.specifications,
        problems=looked.search.problems + ((standing.problem,) if standing.problem else ()),
        claimed_by=source.path if _says_something(source) else "",
        stored=standing.stored,
    )


def _says_something(source: LocalSource) -> bool:
    return bool(source.name or source.url or source.link or source.edit or source.viewpoint)
