"""Brings remote repositories: by git, in part, and only what changed.

One question a repository tells whether it changed. Of one that did, git brings the last commit
without files, then the files that are needed, in batches. The cache keeps what came; a repository
that cannot be brought is shown as it was.
"""

from collections.abc import Collection, Sequence
from contextlib import closing
from functools import partial

from catalog_builder.config import CrawlLimits
from catalog_builder.crawl.listing import Listed
from catalog_builder.crawl.remote.access import address_of, git, surroundings
from catalog_builder.crawl.remote.bringing import deliver
from catalog_builder.crawl.remote.delivery import Delivery, Rules, rules_of, shown_address
from catalog_builder.crawl.remote.mirror import Workplace
from catalog_builder.crawl.remote.processes import Processes
from catalog_builder.crawl.remote.schedule import at_once
from catalog_builder.crawl.run import Run

__all__ = ["Delivery", "bring_listed", "shown_address"]


def bring_listed(listed: Sequence[Listed], run: Run, *, here: bool = False) -> tuple[Delivery, ...]:
    """What becomes of each of these repositories, in their order; none costs another.

    Args:
        listed: which ones.
        run: the crawl.
        here: whether an address may lead to this machine's disk, because the owner wrote it.

    Raises:
        CacheError: the cache cannot be written.
    """
    rules, store, limits = rules_of(run.settings, here=here), run.store, run.settings.crawl
    order = {each: number for number, each in enumerate(dict.fromkeys(listed))}
    deliveries: dict[int, Delivery] = {}
    if run.offline:
        deliveries = {
            number: deliver(each, store, rules, run.today, None) for each, number in order.items()
        }
    elif order:
        store.sweep()
        deliveries = _brought(tuple(order), run, rules, limits)
        run.progress.say(_told(deliveries.values()))
    return tuple(deliveries[order[each]] for each in listed)


def _told(deliveries: Collection[Delivery]) -> str:
    failed = sum(each.failure is not None for each in deliveries)
    brought = sum(each.is_fresh for each in deliveries)
    unchanged = len(deliveries) - failed - brought
    return f"Repositories elsewhere: {brought} brought, {unchanged} unchanged, {failed} failed."


def _brought(
    listed: Sequence[Listed], run: Run, rules: Rules, limits: CrawlLimits
) -> dict[int, Delivery]:
    hosts = [address_of(each, rules.root).host for each in listed]
    with Processes() as processes:
        secrets = {each.token_env for each in listed}
        work = Workplace(git() or "", processes, surroundings(secrets), run.until)
        tasks = [partial(deliver, each, run.store, rules, run.today, work) for each in listed]
        most, per_host = limits.at_once, limits.at_once_per_host
        with closing(at_once(tasks, hosts, most, per_host, processes.stop)) as results:
            return dict(run.progress.track("Bringing repositories", results, total=len(listed)))
