"""From sources to a catalogue: crawl, read, join, check."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from catalog_builder.assemble import assemble, with_registered
from catalog_builder.build.cycles import uncollected
from catalog_builder.build.pasts import with_pasts
from catalog_builder.checks import check
from catalog_builder.config import Settings
from catalog_builder.crawl import Behind, CacheError, Crawl, Store, cache_folder, crawl
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Checkout, Reading
from catalog_builder.parse import read, read_registered
from catalog_builder.processes import Crew
from catalog_builder.program import program_digest
from catalog_builder.progress import Progress
from catalog_builder.reading import Kept, Readings, Shapes

_ROOM_OF_READINGS = "readings"
ROOM_OF_SHAPES = "shapes"
ALL_CORES = Crew.of(None)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the sources hold, and what was read of it."""

    crawled: Crawl
    readings: Readings
    others: Mapping[str, Checkout]
    """Repositories by their web addresses without scheme, in lower case."""


@dataclass(frozen=True, slots=True)
class Catalogued:
    """A catalogue, the graph of it, and what it was read from."""

    catalog: Catalog
    flow: Flow
    contents: Mapping[str, Mapping[str, bytes]]
    """The files of each repository, by its name and their paths, as they were read."""
    shapes: Shapes
    """Where the shapes of its payloads come from."""


@uncollected()
def catalogued(
    settings: Settings, progress: Progress, *, offline: bool = False, crew: Crew = ALL_CORES
) -> Catalogued:
    """The catalogue of all sources, checked; `offline`: nothing but the cache and local ones."""
    gathered = gathered_from(settings, progress, crew, offline=offline)
    return joined(gathered, settings, progress, crew, offline=offline)


def joined(
    gathered: Gathered, settings: Settings, progress: Progress, crew: Crew, *, offline: bool
) -> Catalogued:
    """The catalogue of what was gathered, with what lies behind its references, checked."""
    crawled, others = gathered.crawled, gathered.others
    behind = Behind(settings, offline=offline)
    kept = Store(cache_folder(settings)).get(ROOM_OF_SHAPES, repr(settings.sources))
    shapes = Shapes(kept, program_digest())
    complete = _with_references(gathered.readings.all, crawled, others, behind)
    with progress.stage("Reading history"):
        known, found = with_pasts(complete, crawled, others, settings, crew)
    with progress.stage("Joining"):
        before = [*crawled.findings, *behind.findings, *found]
        catalog = assemble(known, settings, before, shapes.of)
        catalog = with_registered(catalog, read_registered(crawled.registered))
        flow = Flow(catalog)
        findings = sorted((*catalog.findings, *check(catalog, flow)), key=lambda each: each.order)
    sources = tuple(sorted(crawled.report, key=lambda each: (each.source, each.repositories)))
    whole = replace(catalog, findings=tuple(findings), sources=sources)
    return Catalogued(whole, flow, gathered.readings.files, shapes)


def gathered_from(settings: Settings, progress: Progress, crew: Crew, *, offline: bool) -> Gathered:
    """What the sources hold; repositories that are as they were are not read again."""
    with progress.stage("Crawling"):
        crawled = crawl(settings, progress, offline=offline)
    checkouts = crawled.checkouts
    others = {
        each.repository.url.partition("://")[2].lower(): each
        for each in checkouts
        if each.repository.url
    }
    store, sources = Store(cache_folder(settings)), repr(settings.sources)
    kept = Kept.of(store.get(_ROOM_OF_READINGS, sources), program_digest())
    readings = Readings(checkouts, others, kept)
    for _ in progress.track("Reading repositories", readings.read(crew), len(checkouts)):
        pass
    if readings.kept != kept:
        with suppress(CacheError):  # a cache is no duty where nothing is brought from elsewhere
            store.put(_ROOM_OF_READINGS, sources, readings.kept.packed())
    return Gathered(crawled, readings, others)


def _with_references(
    readings: Sequence[Reading], crawled: Crawl, others: Mapping[str, Checkout], behind: Behind
) -> Sequence[Reading]:
    """The readings with what references lead to on other hosts, in the same order.

    What is brought may refer to more: it ends when nothing new is brought, which has a bound.
    """
    checkouts = {each.repository.name: each for each in crawled.checkouts}
    known = {each.repository.name: each for each in readings}
    while new := behind.bring(_wanted(known.values())):
        for name, reading in known.items():
            if not new.isdisjoint(reading.wanted):
                known[name] = read(checkouts[name], others, behind.files)
    return tuple(known.values())


def _wanted(readings: Iterable[Reading]) -> Mapping[str, Sequence[str]]:
    """Names of the repositories that want each address, sorted."""
    wanted: dict[str, list[str]] = {}
    for reading in sorted(readings, key=lambda each: each.repository.name):
        for address in reading.wanted:
            wanted.setdefault(address, []).append(reading.repository.name)
    return wanted


def read_catalog(settings: Settings, progress: Progress, *, offline: bool = False) -> Catalog:
    """The catalogue of all sources, checked, and nothing else."""
    return catalogued(settings, progress, offline=offline).catalog


def crawl_report(settings: Settings, progress: Progress, *, offline: bool = False) -> Crawl:
    """What the sources hold, without reading it; remote ones are in the cache afterwards."""
    with progress.stage("Crawling"):
        return crawl(settings, progress, offline=offline)
