"""What is brought beside the last commit, so that it can be told what specifications were before.

Where that fails the repository is shown as it is, with a finding, and it is tried again on another
day.
"""

from collections.abc import Mapping, Sequence
from itertools import islice

from catalog_builder.config import USUAL_HISTORY
from catalog_builder.crawl.commits import lives_of
from catalog_builder.crawl.found import Stored
from catalog_builder.crawl.git import RefusedError
from catalog_builder.crawl.objects import Snapshot as Objects
from catalog_builder.crawl.objects import opened
from catalog_builder.crawl.remote.delivery import Task
from catalog_builder.crawl.remote.failure import FailedError
from catalog_builder.crawl.remote.head import Head
from catalog_builder.crawl.remote.memory import Memory, recalled, recorded
from catalog_builder.crawl.remote.mirror import Mirror
from catalog_builder.crawl.remote.snapshot import Snapshot


def is_owed(task: Task, memory: Memory, commit: str) -> bool:
    """Whether history is to be brought: none of this commit was, or fewer versions of it.

    What failed is tried again on another day.
    """
    if task.rules.depth == 1:
        return False
    asked = (commit, task.rules.history, task.rules.digest)
    is_known = (memory.commit, memory.history, memory.settings) == asked
    return not is_known or bool(memory.failure and memory.day != task.today)


def failure_of_past(task: Task, memory: Memory) -> str:
    """Why older commits could not be brought when that was tried today; empty: they could."""
    return memory.failure if not memory.is_deep and memory.day == task.today else ""


def deepened(task: Task, mirror: Mirror, head: Head) -> str:
    """Why older commits of what is here cannot be brought; empty: they are here.

    Raises:
        StoppedError: everything ends.
    """
    memory = recalled(task.store, task.key)
    try:
        if mirror.is_new:
            mirror.bring(head.ref, head.commit, depth=task.rules.depth)
        elif memory.commit != head.commit or not memory.is_deep:
            mirror.deepen(head.ref or head.commit, task.rules.depth)
    except FailedError as error:
        return error.failure.reason
    return ""


def remember(task: Task, mirror: Mirror, snapshot: Snapshot, failure: str) -> None:
    """What the specifications of a snapshot were before is here, or the cache says why not.

    Args:
        task: whose history it is.
        mirror: where it goes.
        snapshot: what is shown.
        failure: why older commits are not here; empty: they are.

    Raises:
        CacheError: the cache cannot be written.
        StoppedError: everything ends.
    """
    commit, rules = snapshot.origin.commit, task.rules
    said = failure or _files_brought(task, mirror, snapshot)
    memory = Memory(commit, rules.history, rules.digest, not failure, said, task.today)
    recorded(task.store, task.key, memory)


def _files_brought(task: Task, mirror: Mirror, snapshot: Snapshot) -> str:
    """Why the files of older commits cannot be brought; empty: they are here."""
    try:
        missing = _missing_files(task, mirror, snapshot)
        if missing:
            mirror.bring_files(missing)
    except FailedError as error:
        return error.failure.reason
    except RefusedError as error:
        return str(error)
    return ""


def _missing_files(task: Task, mirror: Mirror, snapshot: Snapshot) -> list[str]:
    """The ids of files that are not here yet, of the last versions of specifications; sorted.

    Raises:
        RefusedError: git does not tell.
    """
    stored = Stored(str(mirror.folder), snapshot.origin.commit, secrets=task.rules.secrets)
    others = sorted(snapshot.places.keys() - set(snapshot.specifications))
    uses: Mapping[str, Sequence[str]] = dict.fromkeys(snapshot.specifications, others)
    most = USUAL_HISTORY if task.rules.history is None else task.rules.history
    lives = lives_of(stored, uses)
    with opened(stored) as objects:
        wanted = {
            object_id
            for path, life in lives.items()
            for step in islice(life, most)
            for each in (step.path, *uses[path])
            if (object_id := Objects(objects, stored, step.commit.id).object_id(each))
        }
        return sorted(each for each in wanted if objects.file(each) is None)
