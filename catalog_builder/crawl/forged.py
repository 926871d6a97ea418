"""The repositories of owners on forges: listed by the forge, brought by git."""

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from catalog_builder.config import ForgeSource
from catalog_builder.crawl.delivered import brought
from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.forges.listings import Listing, list_source
from catalog_builder.crawl.found import Brought
from catalog_builder.crawl.http import Client
from catalog_builder.crawl.remote import Delivery, bring_listed
from catalog_builder.crawl.run import Run
from catalog_builder.model import Finding, Location


def bring_forges(sources: Sequence[ForgeSource], run: Run) -> tuple[Brought, ...]:
    """What each of these sources brings, in their order; what git brings, all at once.

    Findings: those of forges (`codes_elsewhere`), and of repositories that cannot be brought.
    """
    with closing(Client(run.store)) as client:
        listings = [_timed(each, client, run) for each in sources]
    every = [each for listing, _ in listings for each in listing.listed]
    deliveries = iter(bring_listed(every, run))
    return tuple(
        _brought(source, listing, [next(deliveries) for _ in listing.listed], seconds)
        for source, (listing, seconds) in zip(sources, listings, strict=True)
    )


def _timed(source: ForgeSource, client: Client, run: Run) -> tuple[Listing, float]:
    started = time.monotonic()
    return list_source(source, client, run), time.monotonic() - started


def _brought(
    source: ForgeSource, listing: Listing, deliveries: Sequence[Delivery], seconds: float
) -> Brought:
    where = source.place or Location("", source.written)
    whole = brought(deliveries, lambda _: where, source.viewpoint, _claimed_by(source))
    return replace(
        whole,
        findings=(*_findings(source, listing, where), *whole.findings),
        state=listing.state or whole.state,
        age=whole.age if listing.age is None else listing.age,
        seconds=whole.seconds + seconds,
    )


def _findings(source: ForgeSource, listing: Listing, where: Location) -> Iterator[Finding]:
    if listing.failure:
        yield finding(listing.failure.code, where, listing.failure.detail)
    elif not listing.listed:
        yield finding("forge-lists-nothing", where, source.written)


def _claimed_by(source: ForgeSource) -> str:
    return source.written if source.viewpoint else ""
