"""What became of a repository: shown as it is, as it was, or not at all, and why."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import orjson

from catalog_builder.config import Settings
from catalog_builder.crawl.age import ago
from catalog_builder.crawl.forge import commit_pattern, link_pattern, web_address
from catalog_builder.crawl.found import Found, Problem, Stored
from catalog_builder.crawl.listing import Listed
from catalog_builder.crawl.remote.access import Address, address_of
from catalog_builder.crawl.remote.failure import Failure
from catalog_builder.crawl.remote.memory import recalled
from catalog_builder.crawl.remote.snapshot import Snapshot, SnapshotFiles, last_seen, load
from catalog_builder.crawl.store import Store
from catalog_builder.crawl.wanted import Wanted
from catalog_builder.model import Repository

ROOM = "git"
"""Of the cache, where git keeps what it brought."""
_FORMAT_OF_SELECTIONS = 1
_DEPTH = 500
"""How many of the last commits are brought to tell what changed."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a repository."""

    listed: Listed
    found: Found | None
    """None: there is nothing to show of it."""
    failure: Problem | None = None
    """Why it could not be brought now."""
    age: int | None = None
    """How many days ago it was as it is shown; None: it is shown as it is."""
    is_fresh: bool = False
    """Whether something of it was brought, rather than found unchanged."""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What the settings say about the bringing of every repository."""

    wanted: Wanted
    digest: str
    """Of what says which files are needed."""
    history: int | None
    """As the setting."""
    secrets: tuple[str, ...]
    """Names of all environment variables with tokens."""
    root: str
    """The folder that paths start from; empty: none leads to a repository on this machine."""
    keep_days: int
    repository_seconds: int

    @property
    def depth(self) -> int:
        """How many commits of a repository are brought."""
        return 1 if self.history == 0 else _DEPTH


def rules_of(settings: Settings, *, here: bool) -> Rules:
    """The rules that settings have; `here`: repositories on this machine may be read."""
    said = orjson.dumps([_FORMAT_OF_SELECTIONS, settings.include, settings.exclude])
    return Rules(
        Wanted(settings),
        hashlib.sha256(said).hexdigest(),
        settings.history,
        tuple(sorted({getattr(each, "token_env", "") for each in settings.sources} - {""})),
        str(settings.root.absolute()) if here else "",
        settings.crawl.keep_days,
        settings.crawl.repository_seconds,
    )


@dataclass(frozen=True, slots=True)
class Task:
    """One repository to be brought."""

    listed: Listed
    address: Address
    key: str
    """Of what the cache has of it."""
    store: Store
    rules: Rules
    today: int


def task_of(listed: Listed, store: Store, rules: Rules, today: int) -> Task:
    """The task of bringing a repository, on a day counted from 1970."""
    address = address_of(listed, rules.root)
    return Task(listed, address, f"{address.url} {listed.branch}", store, rules, today)


def failed(task: Task, failure: Failure) -> Delivery:
    """What is left of a repository that failed, as long as that is not too old."""
    return left(task, failure) or Delivery(
        task.listed, None, _problem(task, failure, "nothing of it is shown")
    )


def left(task: Task, failure: Failure | None = None) -> Delivery | None:
    """What the cache has of a repository, if anything; without a failure it is shown at any age."""
    snapshot = load(task.store, task.key)
    if snapshot is None:
        return None
    age = max(0, task.today - last_seen(task.store, task.key, snapshot))
    if failure is None:
        return Delivery(task.listed, found_in(task, snapshot), age=age)
    if age > task.rules.keep_days:
        dropped = replace(failure, code="repository-dropped")
        shown = f"what it had {ago(age)} is too old to be shown"
        return Delivery(task.listed, None, _problem(task, dropped, shown), age=age)
    shown = f"what it had {ago(age)} is shown"
    return Delivery(task.listed, found_in(task, snapshot), _problem(task, failure, shown), age=age)


def _problem(task: Task, failure: Failure, shown: str) -> Problem:
    return Problem(failure.code, detail=f"{shown_address(task.listed)} ({failure.reason}; {shown})")


def shown_address(listed: Listed) -> str:
    """The address of a repository for messages."""
    return listed.clone_url + (f" at {listed.branch}" if listed.branch else "")


def _place_of(task: Task) -> str:
    """The same for all addresses of a repository."""
    return web_address(task.address.url) or task.address.url.removesuffix(".git")


def found_in(task: Task, snapshot: Snapshot, problems: Sequence[Problem] = ()) -> Found:
    """A repository as a snapshot has it."""
    listed = task.listed
    url = listed.url.rstrip("/") or web_address(listed.clone_url)
    repository = Repository(
        name=listed.name,
        url=url,
        commit=snapshot.origin.commit,
        link=listed.link or link_pattern(url),
        branch=snapshot.origin.branch,
        archived=listed.archived,
        commit_link=listed.commit_link or ("" if listed.link else commit_pattern(url)),
        edit=listed.edit,
    )
    specifications = snapshot.specifications
    if snapshot.origin.settings != task.rules.digest:
        specifications = tuple(filter(task.rules.wanted, specifications))
        problems = (*problems, Problem("repository-not-searched-again"))
    return Found(
        identity=f"{_place_of(task)} {snapshot.origin.branch}",
        repository=repository,
        parents=listed.parents,
        files=SnapshotFiles(task.store, snapshot.contents, snapshot.places),
        specifications=specifications,
        problems=(*snapshot.problems, *problems, *_forgotten(task, snapshot.origin.commit)),
        stored=_stored(task, snapshot.origin.commit),
    )


def _forgotten(task: Task, commit: str) -> tuple[Problem, ...]:
    """That the history of a commit could not be brought, if so."""
    memory = recalled(task.store, task.key)
    if task.rules.depth == 1 or memory.commit != commit or not memory.failure:
        return ()
    detail = f"older commits or files could not be brought ({memory.failure})"
    return (Problem("history-unreadable", detail=detail),)


def _stored(task: Task, commit: str) -> Stored | None:
    """Where the commits before lie; None where none were to be brought."""
    place = task.store.place(ROOM, task.key)
    if task.rules.depth == 1 or not (place / "HEAD").is_file():
        return None
    return Stored(str(place), commit, is_bounded=True, secrets=task.rules.secrets)
