"""What came last of something, kept for when nothing newer comes."""

from dataclasses import dataclass

from catalog_builder.crawl.age import ago
from catalog_builder.crawl.credential import TokenError
from catalog_builder.crawl.found import Problem
from catalog_builder.crawl.http import HttpError
from catalog_builder.crawl.run import Run


@dataclass(frozen=True, slots=True)
class Lasting:
    """Something that is fetched on every run, and where its last state is kept."""

    room: str
    """Of the cache."""
    key: str
    shown: str
    """What messages call it."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """Something as it is now, or as it was."""

    content: bytes | None
    """None: there is nothing, now or before."""
    failure: Problem | None = None
    """Why it could not be fetched."""
    state: str = ""
    """That in a word or two; empty: it was fetched."""
    age: int | None = None
    """How many days ago it was as it is shown; None: it is shown as it is."""


def keep(lasting: Lasting, content: bytes, run: Run) -> Fetched:
    """It, which is there from now on, should nothing newer come."""
    run.store.put(lasting.room, lasting.key, str(run.today).encode() + b"\n" + content)
    return Fetched(content)


def kept(lasting: Lasting, run: Run) -> Fetched:
    """What there is without asking anybody, which then is no failure."""
    found = _read(lasting, run)
    if found is None:
        problem = Problem("not-in-cache", detail=lasting.shown)
        return Fetched(None, problem, "not in the cache")
    content, age = found
    return Fetched(content, state="from the cache", age=age)


def instead(lasting: Lasting, code: str, error: HttpError | TokenError, run: Run) -> Fetched:
    """What it had when it last came, unless that is too long ago.

    Args:
        lasting: what was to come.
        code: of the finding, should the server be at fault.
        error: why it does not come.
        run: the crawl.
    """
    if isinstance(error, HttpError):
        reason, state = error.detail, error.trouble.replace("-", " ")
    else:
        code, reason, state = "token-missing", str(error), "no token"
    problem = Problem(code, detail=f"{lasting.shown}: {reason}")
    found = _read(lasting, run)
    if found is None:
        return Fetched(None, problem, state)
    content, age = found
    is_shown = age <= run.settings.crawl.keep_days
    shown = "is shown" if is_shown else "is too old to be shown"
    failure = Problem(problem.code, detail=f"{problem.detail}; what it had {ago(age)} {shown}")
    if is_shown:
        return Fetched(content, failure, f"stale: {state}", age)
    return Fetched(None, failure, "dropped", age)


def _read(lasting: Lasting, run: Run) -> tuple[bytes, int] | None:
    """What was kept, and its age in days."""
    record = run.store.get(lasting.room, lasting.key)
    if record is None:
        return None
    day, _, content = record.partition(b"\n")
    return content, max(0, run.today - int(day))
