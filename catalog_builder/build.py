"""The order of the stages: crawl, parse, assemble, check, draw, render, publish."""

import gc
import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from catalog_builder.assemble import CODES as CODES_OF_JOINING
from catalog_builder.assemble import assemble, with_registered
from catalog_builder.checks import RULES, check
from catalog_builder.config import Settings, draft, source_folders
from catalog_builder.crawl import CODES as CODES_OF_CRAWLING
from catalog_builder.crawl import (
    Behind,
    CacheError,
    Crawl,
    Store,
    cache_folder,
    crawl,
    history,
    look_around,
)
from catalog_builder.draw import Album, Pictures, can_draw
from catalog_builder.files import Files, RawFile, Written
from catalog_builder.graph import Flow
from catalog_builder.model import (
    Catalog,
    Checkout,
    Code,
    Finding,
    Reading,
    SourceState,
)
from catalog_builder.parse import CODES as CODES_OF_READING
from catalog_builder.parse import read, read_registered, with_history
from catalog_builder.processes import Ahead, Crew
from catalog_builder.program import program_digest
from catalog_builder.progress import Progress
from catalog_builder.publish import (
    Frame,
    clear_leftovers,
    frame_files,
    hand_written,
    publish,
    site_of,
)
from catalog_builder.reading import Kept, Readings
from catalog_builder.recall import Former, Memory, Question
from catalog_builder.render import (
    EXPORTS,
    Digests,
    View,
    Wishes,
    answering,
    diagrams,
    early_files,
    render,
    watched,
)
from catalog_builder.templates import Templates, shipped
from catalog_builder.unchanged import (
    Account,
    Note,
    Standing,
    digest_of_files,
    digest_of_site,
    git_objects,
    graphviz,
    noted,
    standing,
)

EXPORT_FORMATS: Mapping[str, str] = {name: each.description for name, each in EXPORTS.items()}
"""What each export is, by its name."""

_CODES = (
    *CODES_OF_CRAWLING,
    *CODES_OF_READING,
    *CODES_OF_JOINING,
    *(rule.about for rule in RULES),
)
ALL_CODES: tuple[Code, ...] = tuple(sorted(_CODES, key=lambda each: each.code))
"""What every finding can be, by code."""

ALL_CORES = Crew.of(None)
ALONE = Crew(1)
_ROOM_OF_READINGS = "readings"
_ROOM_OF_NOTES = "builds"
_ROOM_OF_PICTURES = "pictures"
_ROOM_OF_PAGES = "pages"
_SPARE_PICTURES = 2
_LAYOUTS = "layouts "
"""Begins the names of bundles of them."""
_WORTH_A_PROCESS = 50
"""So many events make work for a process of its own."""

_NO_GRAPHVIZ = (
    "Graphviz (`dot`) is not installed: the pages come without pictures. "
    "Install it, for example with `apt-get install graphviz`."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build made."""

    account: Account
    site: Path
    seconds: float
    is_new: bool = True
    """Whether it was made now; else the one that was there is what would have been made."""
    former: Former | None = None
    """What the next build can know of this one; None: it is in the cache, or nothing is known."""


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
    crawled: Crawl


@dataclass(slots=True)
class Before:
    """What builds before this one made, as far as it may be the same now."""

    making: str
    album: Album
    former: Former | None
    folder: int | None
    pages: int = 0
    """Of the site that is made now."""
    pictures: int = 0
    """Likewise."""
    ahead: Ahead = field(default_factory=Ahead)
    """What is made while that which needs it is still prepared."""
    _memory: Memory | None = None

    @classmethod
    def of(cls, former: Former | None, making: str, stands: Standing, album: Album) -> "Before":
        """Files are as they were when the same made them, and nobody changed the folder since."""
        if former and (former.making, former.site) != (making, stands.digest):
            former = None
        return cls(making, album, former, stands.folder)

    def memory(self, answers: Callable[[Question], bytes]) -> Memory:
        """What remembers these, and whatever is made now."""
        self._memory = Memory(answers, self.former, self.folder)
        return self._memory

    def ready(self) -> None:
        """Pages are written from now on; what was made ahead for them is there."""
        self.ahead.end()
        for name in self.ahead:
            if name.startswith(_LAYOUTS):
                self.album.take_in(self.ahead[name])

    def left(self, site: str) -> Former:
        """What the next build can know of this one."""
        self.album.keep_all(_SPARE_PICTURES * self.pictures)
        return self._memory.left(self.making, site) if self._memory else Former(self.making, site)


def tidy() -> None:
    """What a build left in reference cycles is freed; the next one need not begin with that."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for reference cycles in what the stages make: there is much of it.

    What is left afterwards is searched when this is done again, not before: most often the process
    ends here.
    """
    was_enabled = gc.isenabled()
    if was_enabled:
        tidy()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.enable()


@_uncollected()
def catalogued(
    settings: Settings, progress: Progress, *, offline: bool = False, crew: Crew = ALL_CORES
) -> Catalogued:
    """The catalogue of all sources, checked; `offline`: nothing but the cache and local ones."""
    gathered = _gathered(settings, progress, crew, offline=offline)
    return _joined(gathered, settings, progress, offline=offline)


def _joined(
    gathered: Gathered, settings: Settings, progress: Progress, *, offline: bool
) -> Catalogued:
    crawled, others = gathered.crawled, gathered.others
    behind = Behind(settings, offline=offline)
    complete = _with_references(gathered.readings.all, crawled, others, behind)
    with progress.stage("Reading history"):
        known, found = _with_history(complete, crawled, others, settings.history)
    with progress.stage("Joining"):
        catalog = assemble(known, settings, [*crawled.findings, *behind.findings, *found])
        catalog = with_registered(catalog, read_registered(crawled.registered))
        flow = Flow(catalog)
        findings = sorted((*catalog.findings, *check(catalog, flow)), key=lambda each: each.order)
    sources = tuple(sorted(crawled.report, key=lambda each: (each.source, each.repositories)))
    whole = replace(catalog, findings=tuple(findings), sources=sources)
    return Catalogued(whole, flow, crawled)


def _gathered(settings: Settings, progress: Progress, crew: Crew, *, offline: bool) -> Gathered:
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


def _inputs(gathered: Gathered, settings: Settings, frame: Frame) -> str | None:
    """A digest of all that a site is made of; None when nobody can know all of it."""
    crawled = gathered.crawled
    files = frame_files(frame)
    objects = [git_objects(Path(each.place)) for each in crawled.stored.values()]
    if files is None or gathered.readings.digest is None or None in objects:
        return None
    report = [replace(each, seconds=0, parts=_timeless(each.parts)) for each in crawled.report]
    told = (
        *(_making(settings), gathered.readings.digest, digest_of_files(files)),
        *(repr(crawled.findings), repr(report), repr(crawled.registered)),
        *(repr(sorted(crawled.stored.items())), repr(objects), frame.title),
    )
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def _making(settings: Settings) -> str:
    """A digest of all that makes pages of a catalogue, and of what it is told."""
    templates = (shipped(), settings.templates) if settings.templates else (shipped(),)
    told = (program_digest(), digest_of_files(templates), graphviz(), repr(settings))
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def _timeless(parts: Sequence[SourceState]) -> tuple[SourceState, ...]:
    return tuple(replace(each, seconds=0) for each in parts)


def _with_history(
    readings: Sequence[Reading], crawled: Crawl, others: Mapping[str, Checkout], most: int | None
) -> tuple[list[Reading], list[Finding]]:
    """The readings with what version control tells of their documents, in the same order."""
    known = {each.repository.name: each for each in readings}
    checkouts = {each.repository.name: each for each in crawled.checkouts}
    uses = {
        name: {document.path: document.uses for document in reading.documents}
        for name, reading in known.items()
    }
    findings: list[Finding] = []
    for told in history(crawled, uses, most):
        name = told.repository
        known[name] = with_history(known[name], checkouts[name], told.pasts, others)
        findings += told.findings
    return list(known.values()), findings


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


def site_files(
    settings: Settings,
    progress: Progress,
    made: Catalogued,
    *,
    directory_urls: bool,
    before: Before | None = None,
    crew: Crew = ALONE,
) -> Files:
    """Everything the site holds but its frame; what was made `before` need not be made again."""
    view, digests = View(made.catalog, made.flow), Digests()
    wishes = Wishes(settings.search.synonyms, settings.images)
    if before and len(made.catalog.events) >= _WORTH_A_PROCESS:
        meanwhile = partial(_meanwhile, view, wishes, directory_urls, not before.album)
        before.ahead.begin(meanwhile, crew)
    with progress.stage("Looking around"):
        seen = watched(view, digests)
    contents = {each.repository.name: each.files for each in made.crawled.checkouts}
    memory = before.memory(answering(view, contents, digests)) if before else None
    graphs = dict(diagrams(seen, directory_urls=directory_urls)) if can_draw() else {}
    pictures = Pictures(graphs, before.album if before else None)
    if not pictures:
        progress.say(_NO_GRAPHVIZ)
    files = render(
        seen,
        Templates(settings.templates),
        directory_urls=directory_urls,
        pictures=pictures,
        contents=contents,
        wishes=wishes,
    )
    if memory:  # pages that are made anew each time have nobody who would want to know
        noted = (each.path for each in files.pages if each.of and each.path in graphs)
        graphs.update({path: memory.noting(path, graphs[path]) for path in noted})
    if not before:
        return replace(files, aside=pictures)
    before.pages, before.pictures = len(files.pages), len(pictures)
    return replace(_perhaps_made(files, before), aside=pictures, recall=memory)


def _meanwhile(
    view: View,
    wishes: Wishes,
    directory_urls: bool,  # noqa: FBT001  a fact, not a switch
    with_layouts: bool,  # noqa: FBT001  likewise
) -> Iterator[tuple[str, bytes]]:
    """What can be made of a view before it is settled: files, and then layouts."""
    for raw in early_files(view, wishes):
        yield raw.path, raw.content()
    if with_layouts and can_draw():
        graphs = dict(diagrams(view, directory_urls=directory_urls))
        for number, bundle in enumerate(Pictures(graphs).laid_out()):
            yield f"{_LAYOUTS}{number}", bundle


def _perhaps_made(files: Files, before: Before) -> Files:
    """The files, of which those need not be made that were made ahead."""
    ahead, of_written = before.ahead, files.of_written

    def found(raw: RawFile) -> RawFile:
        content = partial(_found, ahead, raw)
        return raw if raw.of else replace(raw, content=content)

    def search(written: tuple[Written, ...]) -> tuple[RawFile, ...]:
        made = of_written(written) if of_written else ()
        return made if written else tuple(map(found, made))

    return replace(files, raw=tuple(map(found, files.raw)), of_written=search, ready=before.ready)


def _found(ahead: Ahead, raw: RawFile) -> bytes:
    return ahead.get(raw.path) or raw.content()


@_uncollected()
def build_site(  # noqa: PLR0913  how one builds, each with a default
    settings: Settings,
    progress: Progress,
    *,
    mkdocs_yml: Path | None = None,
    site_dir: Path | None = None,
    offline: bool = False,
    crew: Crew = ALL_CORES,
    is_passing: bool = False,
    former: Former | None = None,
) -> Outcome:
    """The finished site of a catalogue; `offline`: of nothing but the cache and local sources.

    Args:
        settings: what the site is made of.
        progress: told how far it has come.
        mkdocs_yml: what frames it; None: the shipped frame.
        site_dir: where it goes, rather than where the settings say.
        offline: whether no other machine is asked.
        crew: who works.
        is_passing: whether the folder is soon gone, so that nothing is noted of it in the cache.
        former: of such a folder, what the build before left.

    Raises:
        CatalogError: the site cannot be built or written; the one that was there stays.
    """
    started = time.monotonic()
    wanted = site_dir or settings.site_dir or (None if mkdocs_yml else settings.root / "site")
    gathered = _gathered(settings, progress, crew, offline=offline)
    frame = Frame(settings.title, wanted, mkdocs_yml)
    store, place = Store(cache_folder(settings)), site_of(frame)
    inputs = None if is_passing else _inputs(gathered, settings, frame)
    note = noted(store.get(_ROOM_OF_NOTES, str(place))) if inputs else None
    with standing(place) as stands:
        if note and note.inputs == inputs and note.site == stands.digest:
            clear_leftovers(place)
            return Outcome(note.account, place, time.monotonic() - started, is_new=False)
        made = _joined(gathered, settings, progress, offline=offline)
        del gathered  # documents, which nobody needs any more, take much memory
        kept = store.get(_ROOM_OF_PICTURES, repr(settings.sources))
        former = former if is_passing else Former.of(store.get(_ROOM_OF_PAGES, str(place)))
        before = Before.of(former, _making(settings), stands, Album.of(kept, _drawer()))

        def files(directory_urls: bool) -> Files:  # noqa: FBT001  a fact, not a switch
            return site_files(
                settings, progress, made, directory_urls=directory_urls, before=before, crew=crew
            )

        with closing(before.ahead):
            site = publish(files, replace(frame, title=made.catalog.title), progress, crew)
    account = _account(made.catalog, before.pages)
    digest = digest_of_site(site)
    left = before.left(digest)
    with suppress(CacheError):
        if before.album.is_new:
            store.put(_ROOM_OF_PICTURES, repr(settings.sources), before.album.packed())
        if not is_passing:
            store.put(_ROOM_OF_PAGES, str(place), left.packed())
        if inputs:
            store.put(_ROOM_OF_NOTES, str(place), Note(inputs, digest, account).packed())
    seconds = time.monotonic() - started
    return Outcome(account, site, seconds, former=left if is_passing else None)


def _drawer() -> str:
    """What pictures depend on beside their graphs."""
    return f"{program_digest()} {graphviz()}"


def _account(catalog: Catalog, pages: int) -> Account:
    return Account(
        services=len(catalog.services),
        events=len(catalog.events),
        channels=len(catalog.channels),
        relations=len(catalog.relations),
        documents=sum(len(each.documents) for each in catalog.services),
        pages=pages,
        findings=catalog.findings,
    )


def files_inside_mkdocs(
    settings: Settings,
    progress: Progress,
    directory_urls: bool,  # noqa: FBT001  a fact, not a switch
    *,
    offline: bool = False,
) -> Files:
    """What MkDocs asks for when it runs the build."""
    made = catalogued(settings, progress, offline=offline)
    return site_files(settings, progress, made, directory_urls=directory_urls)


def watched_paths(
    settings: Settings, configuration: Path | None, mkdocs_yml: Path | None = None
) -> tuple[Path, ...]:
    """What a site depends on: configurations, sources, templates and the owner's own pages."""
    files = (configuration, mkdocs_yml, settings.templates)
    pages = hand_written(mkdocs_yml) if mkdocs_yml else ()
    return (*source_folders(settings), *pages, *(each for each in files if each))


def unwatched_paths(settings: Settings) -> tuple[Path, ...]:
    """Folders that builds themselves write, wherever they lie."""
    return settings.site_dir or settings.root / "site", cache_folder(settings)


def export(catalog: Catalog, format_name: str) -> bytes:
    """The catalogue as data in one of `EXPORT_FORMATS`."""
    return EXPORTS[format_name].write(catalog, Flow(catalog))


def crawl_report(settings: Settings, progress: Progress, *, offline: bool = False) -> Crawl:
    """What the sources hold, without reading it; remote ones are in the cache afterwards."""
    with progress.stage("Crawling"):
        return crawl(settings, progress, offline=offline)


def init_text(folder: Path) -> str:
    """A first `catalog.yml` for a folder, after a look at what lies around."""
    return draft(look_around(folder))
