"""Brings remote repositories: by git, in part, and only what changed.

One question a repository tells whether it changed. Of one that did, git brings the last commit
without files, then the files that are needed, in batches. The cache keeps what came; a repository
that cannot be brought is shown as it was.
"""

from collections.abc import Collection, Sequence
from contextlib import closing
from functools import partial

from catalog_builder.crawl.listing import Listed
from catalog_builder.crawl.remote.access import surroundings
from catalog_builder.crawl.remote.bringing import deliver
from catalog_builder.crawl.remote.delivery import (
    Delivery,
    Task,
    rules_of,
    shown_address,
    task_of,
)
from catalog_builder.crawl.remote.failure import FailedError, Failure, failure_of_stop
from catalog_builder.crawl.remote.mirror import Workplace
from catalog_builder.crawl.remote.processes import Processes, StoppedError, Why
from catalog_builder.crawl.remote.schedule import at_once
from catalog_builder.crawl.remote.tool import usable_git
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
    rules = rules_of(run.settings, here=here)
    order = {each: number for number, each in enumerate(dict.fromkeys(listed))}
    if not order:
        return ()
    tasks = [task_of(each, run.store, rules, run.today) for each in order]
    deliveries = [deliver(each, None) for each in tasks] if run.offline else _brought(tasks, run)
    run.progress.say(_told(deliveries))
    return tuple(deliveries[order[each]] for each in listed)


def _told(deliveries: Collection[Delivery]) -> str:
    failed = sum(each.failure is not None for each in deliveries)
    brought = sum(each.is_fresh for each in deliveries)
    unchanged = len(deliveries) - failed - brought
    return f"Repositories elsewhere: {brought} brought, {unchanged} unchanged, {failed} failed."


def _brought(tasks: Sequence[Task], run: Run) -> list[Delivery]:
    run.store.sweep()
    limits = run.settings.crawl
    hosts = [each.address.host for each in tasks]
    with Processes() as processes:
        work = _workplace(tasks, processes, run)
        todo = [partial(deliver, each, work) for each in tasks]
        most, per_host = limits.at_once, limits.at_once_per_host
        with closing(at_once(todo, hosts, most, per_host, processes.stop)) as results:
            told = run.progress.track("Bringing repositories", results, total=len(tasks))
            return [delivery for _, delivery in sorted(told, key=lambda each: each[0])]


def _workplace(tasks: Sequence[Task], processes: Processes, run: Run) -> Workplace | Failure:
    secrets = {each.listed.token_env for each in tasks}
    secrets |= {getattr(each, "token_env", "") for each in run.settings.sources}
    around = surroundings(secrets)
    try:
        git = usable_git(processes, around, run.until)
    except FailedError as error:
        return error.failure
    except StoppedError as error:
        if error.why is Why.END:
            raise
        return failure_of_stop(error)
    return Workplace(git, processes, around, run.until)
