"""From sources to the finished site, or to the knowledge that it is finished."""

import hashlib
import time
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from catalog_builder.build.again import begun_again
from catalog_builder.build.before import Before
from catalog_builder.build.cataloguing import (
    ALL_CORES,
    ROOM_OF_SHAPES,
    Gathered,
    gathered_from,
    joined,
)
from catalog_builder.build.contents import site_files
from catalog_builder.build.cycles import uncollected
from catalog_builder.config import Settings
from catalog_builder.crawl import CacheError, Store, cache_folder
from catalog_builder.draw import Album
from catalog_builder.files import Files
from catalog_builder.model import Catalog, SourceState
from catalog_builder.processes import Crew
from catalog_builder.program import program_digest
from catalog_builder.progress import Progress
from catalog_builder.publish import Frame, clear_leftovers, frame_files, publish, site_of
from catalog_builder.recall import Former
from catalog_builder.templates import shipped
from catalog_builder.unchanged import (
    Account,
    Note,
    digest_of_files,
    digest_of_site,
    git_objects,
    graphviz,
    noted,
    standing,
)

_ROOM_OF_NOTES = "builds"
_ROOM_OF_PICTURES = "pictures"
_ROOM_OF_PAGES = "pages"


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


@begun_again
@uncollected()
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
        CatalogError: the site cannot be built or written, or what it is made of changes all the
            time; the one that was there stays.
    """
    started = time.monotonic()
    wanted = site_dir or settings.site_dir or (None if mkdocs_yml else settings.root / "site")
    gathered = gathered_from(settings, progress, crew, offline=offline)
    frame = Frame(settings.title, wanted, mkdocs_yml)
    store, place = Store(cache_folder(settings)), site_of(frame)
    inputs = None if is_passing else _inputs(gathered, settings, frame)
    note = noted(store.get(_ROOM_OF_NOTES, str(place))) if inputs else None
    with standing(place) as stands:
        if note and note.inputs == inputs and note.site == stands.digest:
            clear_leftovers(place)
            return Outcome(note.account, place, time.monotonic() - started, is_new=False)
        made = joined(gathered, settings, progress, crew, offline=offline)
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
        if made.shapes.is_new:
            store.put(ROOM_OF_SHAPES, repr(settings.sources), made.shapes.packed())
        if not is_passing:
            store.put(_ROOM_OF_PAGES, str(place), left.packed())
        if inputs:
            store.put(_ROOM_OF_NOTES, str(place), Note(inputs, digest, account).packed())
    seconds = time.monotonic() - started
    return Outcome(account, site, seconds, former=left if is_passing else None)


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
