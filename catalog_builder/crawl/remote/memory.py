"""How much of a repository's history the cache has: of which commit, and whether it is complete."""

from dataclasses import asdict, dataclass

import orjson

from catalog_builder.crawl.store import Store

_ROOM = "memories"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Memory:
    """What was done last to have the history of a repository."""

    commit: str = ""
    """The commit whose history it was; empty: nothing was done yet."""
    history: int | None = None
    """How many versions of each specification were asked for, as the setting says it."""
    settings: str = ""
    """Digest of the settings that say which files are specifications."""
    is_deep: bool = False
    """Whether older commits are here."""
    failure: str = ""
    """Why it is not complete; empty: it is."""
    day: int = 0
    """When it failed, counted from 1970."""


def recalled(store: Store, key: str) -> Memory:
    """What the cache says."""
    content = store.get(_ROOM, key)
    read = orjson.loads(content) if content else {}
    return Memory(**read["memory"]) if read.get("format") == _FORMAT else Memory()


def recorded(store: Store, key: str, memory: Memory) -> None:
    """`recalled` gives this from now on.

    Raises:
        CacheError: the cache cannot be written.
    """
    store.put(_ROOM, key, orjson.dumps({"format": _FORMAT, "memory": asdict(memory)}))
