"""The crawl: all sources beside each other, every repository once and under a name of its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, NamedTuple
from urllib.parse import quote

from catalog_builder.config import (
    ArchiveSource,
    DocumentSource,
    ForgeSource,
    GitSource,
    LocalSource,
    RegistrySource,
    Settings,
    Source,
)
from catalog_builder.crawl.findings import BY_CODE, finding
from catalog_builder.crawl.found import Brought, Found, Problem, Stored
from catalog_builder.crawl.gits import bring_git
from catalog_builder.crawl.local import bring_local
from catalog_builder.crawl.naming import distinct_names
from catalog_builder.crawl.run import Run
from catalog_builder.crawl.walk import readable
from catalog_builder.model import (
    Checkout,
    Finding,
    Location,
    Registered,
    Severity,
    SourceState,
)
from catalog_builder.progress import Progress, Silent


class _Kind(NamedTuple):
    """A kind of source: its type, and what brings all sources of that type."""

    type: type[Source]
    bring: Callable[[Sequence[Any], Run], Sequence[Brought]]
    """Given sources of that type alone."""


def _when_there_are_any(
    module: str, name: str
) -> Callable[[Sequence[Any], Run], Sequence[Brought]]:
    """What brings sources, loaded when there are any: HTTP takes a tenth of a second to load."""

    def bring(sources: Sequence[Any], run: Run) -> Sequence[Brought]:
        if not sources:
            return ()
        found: Sequence[Brought] = getattr(import_module(module), name)(sources, run)
        return found

    return bring


_KINDS = (
    _Kind(LocalSource, bring_local),
    _Kind(GitSource, bring_git),
    _Kind(ForgeSource, _when_there_are_any("catalog_builder.crawl.forged", "bring_forges")),
    _Kind(ArchiveSource, _when_there_are_any("catalog_builder.crawl.archive", "bring_archives")),
    _Kind(DocumentSource, _when_there_are_any("catalog_builder.crawl.document", "bring_documents")),
    _Kind(
        RegistrySource, _when_there_are_any("catalog_builder.crawl.registry", "bring_registries")
    ),
)

_STATES = {
    "source-missing": "missing",
    "source-unreadable": "unreadable",
    "source-empty": "no document found",
}


@dataclass(frozen=True, slots=True)
class Crawl:
    """What a crawl brought."""

    checkouts: tuple[Checkout, ...]
    """Sorted by the repositories' names."""
    findings: tuple[Finding, ...]
    """Sorted."""
    report: tuple[SourceState, ...]
    """Of each source, in the order of the settings."""
    stored: Mapping[str, Stored]
    """Where the history of repositories lies, by their names."""
    registered: tuple[Registered, ...] = ()
    """Schemas of registries, sorted by subject; each subject once."""


def crawl(settings: Settings, progress: Progress | None = None, *, offline: bool = False) -> Crawl:
    """Everything that the sources of the settings hold; no source that fails costs another.

    Findings: the codes in `CODES`.

    Args:
        settings: where the sources are.
        progress: told how far it has come.
        offline: whether nothing but this machine and the cache is asked.

    Raises:
        CacheError: the cache cannot be written.
    """
    brought = _brought(Run(settings, progress or Silent(), offline))
    claims: dict[str, list[Found]] = {}
    for each in brought:
        for found in each.found:
            claims.setdefault(found.identity, []).append(found)
    merged = {identity: _merged(found) for identity, found in claims.items()}
    wanted = [(found.repository.name, found.parents) for found in merged.values()]
    names = dict(zip(merged, distinct_names(wanted), strict=True))
    checkouts = (_checkout(found, names[identity]) for identity, found in merged.items())
    findings = [finding for each in brought for finding in each.findings]
    findings += [
        finding
        for identity, found in merged.items()
        for finding in _findings(found, claims[identity], names[identity])
    ]
    return Crawl(
        checkouts=tuple(sorted(checkouts, key=lambda checkout: checkout.repository.name)),
        findings=tuple(sorted(findings, key=lambda finding: finding.order)),
        report=tuple(
            _state(source.written, each, names)
            for source, each in zip(settings.sources, brought, strict=True)
        ),
        stored={
            names[identity]: found.stored for identity, found in merged.items() if found.stored
        },
        registered=_registered(brought),
    )


def _brought(run: Run) -> list[Brought]:
    """What each source brings, in the order of the settings."""
    settings = run.settings
    places: dict[int, Brought] = {}
    for kind in _KINDS:
        own = [at for at, source in enumerate(settings.sources) if type(source) is kind.type]
        sources = [settings.sources[at] for at in own]
        places.update(zip(own, kind.bring(sources, run), strict=True))
    return [places[at] for at in range(len(settings.sources))]


def _registered(brought: Sequence[Brought]) -> tuple[Registered, ...]:
    subjects = {schema.subject: schema for each in brought for schema in each.registered}
    return tuple(subjects[each] for each in sorted(subjects))


def _merged(found: Sequence[Found]) -> Found:
    """One repository of all that sources bring of it; what the first says of it counts."""
    first = found[0]
    if len(found) == 1:
        return first
    committed = all(each.repository.commit for each in found)
    specifications = {path for each in found for path in each.specifications}
    return replace(
        first,
        repository=first.repository if committed else replace(first.repository, commit=""),
        specifications=tuple(sorted(specifications)),
        problems=tuple({problem for each in found for problem in each.problems}),
    )


def _checkout(found: Found, name: str) -> Checkout:
    url = found.repository.url.replace("{repository}", quote(name))
    repository = replace(found.repository, name=name, url=url)
    return Checkout(repository, found.files, found.specifications)


def _findings(found: Found, claims: Sequence[Found], name: str) -> Iterator[Finding]:
    for problem in found.problems:
        yield finding(problem.code, Location(name, problem.path), problem.detail)
    for claim in claims[1:]:
        if claim.claimed_by and claim.repository != claims[0].repository:
            yield finding("repository-brought-twice", Location(name), claim.claimed_by)
    if name != found.repository.name:
        yield finding("repository-name-twice", Location(name), found.repository.name)


def _state(source: str, brought: Brought, names: Mapping[str, str]) -> SourceState:
    hindered = any(_hinders(problem) for found in brought.found for problem in found.problems)
    states = [_STATES[finding.code] for finding in brought.findings if finding.code in _STATES]
    return SourceState(
        source=readable(source),
        repositories=tuple(sorted(names[found.identity] for found in brought.found)),
        documents=sum(len(found.specifications) for found in brought.found)
        + len(brought.registered),
        state=brought.state or (states or ["read in part" if hindered else "read"])[0],
        age=brought.age,
        seconds=brought.seconds,
        parts=brought.parts,
    )


def _hinders(problem: Problem) -> bool:
    return BY_CODE[problem.code].severity is not Severity.INFO
