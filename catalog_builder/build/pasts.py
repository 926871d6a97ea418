"""From readings to readings that know what their documents said before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from catalog_builder.config import Settings
from catalog_builder.crawl import CacheError, Crawl, Store, Told, cache_folder, history
from catalog_builder.model import Checkout, Finding, Reading
from catalog_builder.parse import with_history
from catalog_builder.processes import Crew
from catalog_builder.program import program_digest
from catalog_builder.reading import Editions, Records

_ROOM = "editions"


def with_pasts(
    readings: Sequence[Reading],
    crawled: Crawl,
    others: Mapping[str, Checkout],
    settings: Settings,
    crew: Crew,
) -> tuple[list[Reading], list[Finding]]:
    """The readings with what version control tells of their documents, in the same order."""
    known = {each.repository.name: each for each in readings}
    checkouts = {each.repository.name: each for each in crawled.checkouts}
    store, sources = Store(cache_folder(settings)), repr(settings.sources)
    editions = Editions(store.get(_ROOM, sources), program_digest())

    def remembering(told: Told) -> Reading:
        name = told.repository
        return with_history(known[name], checkouts[name], told.pasts, others, editions.read)

    def read(trees: Iterator[Iterable[Told]]) -> Iterator[Records]:
        for tree in trees:
            for told in tree:
                remembering(told)
            yield editions.taken()

    uses = {
        name: {document.path: document.uses for document in reading.documents}
        for name, reading in known.items()
    }
    histories = history(crawled, uses, settings.history)
    if not editions and crew.hands(len(histories.trees)) > 1:  # nearly all of the time is reading
        for records in crew.share(read, histories.trees):
            editions.learn(records)
    findings: list[Finding] = []
    for told in histories:
        known[told.repository] = remembering(told)
        findings += told.findings
    if editions.is_new:
        with suppress(CacheError):  # a cache is no duty where nothing is brought from elsewhere
            store.put(_ROOM, sources, editions.packed())
    return list(known.values()), findings
