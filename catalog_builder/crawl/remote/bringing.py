"""Bringing one repository, if it changed."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import TypeVar

from catalog_builder.crawl.found import Problem
from catalog_builder.crawl.remote.access import NoTokenError
from catalog_builder.crawl.remote.delivery import ROOM, Delivery, Task, failed, found_in, left
from catalog_builder.crawl.remote.failure import (
    MOVED,
    NO_TOKEN,
    NOT_CACHED,
    UNREADABLE,
    FailedError,
    Failure,
    failure_of_stop,
)
from catalog_builder.crawl.remote.head import Head, head_of, is_commit, moved_to
from catalog_builder.crawl.remote.memory import Memory, recalled
from catalog_builder.crawl.remote.mirror import Mirror, Objects, Workplace
from catalog_builder.crawl.remote.processes import StoppedError, Why
from catalog_builder.crawl.remote.remembering import deepened, failure_of_past, is_owed, remember
from catalog_builder.crawl.remote.selection import Selection, select
from catalog_builder.crawl.remote.snapshot import (
    Origin,
    Snapshot,
    load,
    save,
    see,
)
from catalog_builder.crawl.remote.tree import Tree

_MOST_ATTEMPTS = 3
_FIRST_WAIT_SECONDS = 1.0

T = TypeVar("T")


def deliver(task: Task, work: Workplace | Failure | None) -> Delivery:
    """What becomes of a repository; of one that cannot be brought, what it had before.

    Args:
        task: which one.
        work: with what it is brought, or why nothing can be; None: only the cache counts.

    Raises:
        CacheError: the cache cannot be written.
        StoppedError: everything ends.
    """
    started = time.monotonic()
    if work is None:
        delivery = left(task) or failed(task, NOT_CACHED)
    elif isinstance(work, Failure):
        delivery = failed(task, work)
    else:
        delivery = _from_remote(task, work)
    return replace(delivery, seconds=time.monotonic() - started)


def _from_remote(task: Task, work: Workplace) -> Delivery:
    before = load(task.store, task.key)
    until = min(work.until, time.monotonic() + task.rules.repository_seconds)
    try:
        snapshot, problems = _Bringing(task, replace(work, until=until)).current(before)
    except FailedError as error:
        return failed(task, error.failure)
    except NoTokenError:
        return failed(task, NO_TOKEN)
    except StoppedError as error:
        if error.why is Why.END:
            raise
        return failed(task, failure_of_stop(error))
    see(task.store, task.key, snapshot, task.today)
    found = found_in(task, snapshot, problems)
    return Delivery(task.listed, found, is_fresh=snapshot is not before)


class _Bringing:
    """One repository on its way."""

    def __init__(self, task: Task, work: Workplace) -> None:
        self._task = task
        self._work = work
        self._address = task.address
        self._had_trouble = False
        self._memory = recalled(task.store, task.key) if task.rules.depth > 1 else Memory()
        self._past_failure = failure_of_past(task, self._memory)
        """Why older commits are not asked for together with the last one; empty: they are."""

    def current(self, before: Snapshot | None) -> tuple[Snapshot, tuple[Problem, ...]]:
        """The repository as it is now; the very snapshot that was there if nothing changed.

        Raises:
            FailedError: it cannot be brought.
            NoTokenError: its token is not there.
            StoppedError: it took too long, or everything ends.
            CacheError: the cache cannot be written.
        """
        ref = self._task.listed.branch
        if before and is_commit(ref) and before.origin == self._origin(Head(ref, ref)):
            return self._with_history(before, Head(ref, ref)), ()
        if before is None and not ref and (first := self._at_first()):
            return first, ()
        head, problems = self._head()
        if before and before.origin == self._origin(head):
            return self._with_history(before, head), problems
        with self._locked() as lock:
            # Another build may have brought it while this one waited.
            now = load(self._task.store, self._task.key)
            if now and now.origin == self._origin(head):
                return now, problems
            return self._patiently(partial(self._transfer, head, lock)), problems

    def _at_first(self) -> Snapshot | None:
        """A repository that was never brought, without the question where it stands.

        None where that does not work, or another build was faster: then it is to be asked, which
        tells why.
        """
        with self._locked() as lock:
            if load(self._task.store, self._task.key):
                return None
            mirror = self._mirror(lock)
            try:
                branch = self._with_past(mirror, lambda each, depth: each.bring_head(depth=depth))
                commit, selection = self._selected(mirror)
            except FailedError:
                mirror.drop()
                return None
            return self._saved(mirror, Head(commit, branch), selection) if branch else None

    def _locked(self) -> AbstractContextManager[int]:
        wait = partial(self._work.processes.wait, until=self._work.until)
        return self._task.store.locked(ROOM, self._task.key, wait)

    def _head(self) -> tuple[Head, tuple[Problem, ...]]:
        listed = self._task.listed
        if listed.head and listed.branch:
            return Head(listed.head, listed.branch, f"refs/heads/{listed.branch}"), ()
        try:
            return self._patiently(self._ask), ()
        except FailedError as error:
            if error.failure is not MOVED:
                raise
        self._address = moved_to(self._address, self._work)
        detail = f"{listed.clone_url} is now {self._address.url}"
        problem = Problem("repository-redirected", detail=detail)
        return self._patiently(self._ask), (problem,)

    def _ask(self) -> Head:
        return head_of(self._address, self._task.listed.branch, self._work)

    def _origin(self, head: Head) -> Origin:
        return Origin(head.commit, head.branch, self._task.rules.digest)

    def _patiently(self, attempt: Callable[[], T]) -> T:
        """What comes of several attempts, where a failure may be over soon."""
        for number in range(1, _MOST_ATTEMPTS):
            try:
                return attempt()
            except FailedError as error:
                if not error.failure.passing:
                    raise
            # Many who failed at once do not come back at once.
            wait = _FIRST_WAIT_SECONDS * 2 ** (number - 1) * (0.5 + random.random())  # noqa: S311  no secret
            self._work.processes.wait(wait, self._work.until)
        return attempt()

    def _transfer(self, head: Head, lock: int) -> Snapshot:
        mirror = self._mirror(lock)
        was_new = mirror.is_new
        try:
            commit, selection = self._brought(mirror, head)
        except FailedError as error:
            if error.failure.lesser:
                mirror.drop()
                commit, selection = self._brought(mirror, head, whole=True)
            elif error.failure.code != UNREADABLE.code or was_new:
                raise
            else:
                # What was kept may be damaged, whatever has happened to it.
                mirror.drop()
                commit, selection = self._brought(mirror, head)
        return self._saved(mirror, replace(head, commit=commit), selection)

    def _brought(self, mirror: Mirror, head: Head, *, whole: bool = False) -> tuple[str, Selection]:
        self._with_past(
            mirror, lambda each, depth: each.bring(head.ref, head.commit, depth=depth, whole=whole)
        )
        return self._selected(mirror)

    def _with_past(self, mirror: Mirror, bring: Callable[[Mirror, int], T]) -> T:
        """What comes of bringing commits: as many as are wanted, or the last one if that fails."""
        depth = self._task.rules.depth
        if depth > 1 and not self._past_failure:
            try:
                return bring(self._mirror(mirror.lock, share=0.5), depth)
            except FailedError as error:
                if not self._is_too_much(error.failure):
                    raise
                self._past_failure = error.failure.reason
        return bring(mirror, 1)

    def _is_too_much(self, failure: Failure) -> bool:
        """Whether fewer commits may come where many do not; trouble may be over, the first time."""
        if failure.passing and not self._had_trouble:
            self._had_trouble = True
            return False
        return failure.heavy and not failure.lesser

    def _saved(self, mirror: Mirror, head: Head, selection: Selection) -> Snapshot:
        task = self._task
        saved = save(task.store, task.key, self._origin(head), selection, task.today)
        if task.rules.depth > 1:
            remember(task, mirror, saved, self._past_failure)
        return saved

    def _with_history(self, snapshot: Snapshot, head: Head) -> Snapshot:
        """The snapshot, which did not change, with as much of its history as is asked for now."""
        task = self._task
        if is_owed(task, self._memory, snapshot.origin.commit):
            try:
                with self._locked() as lock:
                    mirror = self._mirror(lock)
                    remember(task, mirror, snapshot, deepened(task, mirror, head))
            except StoppedError as error:
                if error.why is Why.END:
                    raise
        return snapshot

    def _mirror(self, lock: int, share: float = 1.0) -> Mirror:
        """The repository in the cache, with a share of the time that is left."""
        work = self._work
        if share < 1:
            now = time.monotonic()
            work = replace(work, until=now + share * (work.until - now))
        return Mirror(self._task.store.place(ROOM, self._task.key), self._address, work, lock)

    def _selected(self, mirror: Mirror) -> tuple[str, Selection]:
        with mirror.reading() as objects:
            commit, root = objects.head()
            tree = Tree(root, objects.contents)
            return commit, select(tree, self._task.rules.wanted, partial(_files, mirror, objects))


def _files(mirror: Mirror, objects: Objects, oids: Sequence[str]) -> Mapping[str, bytes]:
    """The contents of files, brought where they are not here yet."""
    found = dict(objects.contents(oids))
    missing = [oid for oid in oids if oid not in found]
    if missing:
        too_large = mirror.bring_files(missing)
        brought = [oid for oid in missing if oid not in too_large]
        found.update(objects.contents(brought))
        if not all(oid in found for oid in brought):
            raise FailedError(UNREADABLE)
    return found
