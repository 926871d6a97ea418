"""Serving, watching and rebuilding at once, until somebody stops it."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from catalog_builder.progress import Progress
from catalog_builder.serve.reloading import Reloads
from catalog_builder.serve.server import DEFAULT_PORT, server_on
from catalog_builder.serve.watching import Changes, Watched, Watching

_LISTENING_SECONDS = 0.5
_NAMED = 3


def serve(
    site: Callable[[], Path],
    *,
    port: int | None,
    watched: Callable[[], Watched],
    rebuild: Callable[[], bool],
    tidy: Callable[[], None],
    progress: Progress,
) -> None:
    """The folder was served to browsers of this machine until Ctrl-C, rebuilt at each change.

    The port is taken and the watch begun before the site is built for the first time.

    Args:
        site: the folder to serve, asked for at each request; it may be swapped for another.
        port: 0 for any free port; None for the first free one from 8000.
        watched: what to watch, asked for again after each rebuild.
        rebuild: whether there is a new site now; what failed, it has told itself.
        tidy: is done when nothing has changed for a moment, so that no browser waits for it.
        progress: is told the address, and what changed.

    Raises:
        PortError: the port is taken or not ours to take.
        WatchError: the system cannot watch so much.
        CatalogError: the site cannot be built for the first time.
    """
    changes: SimpleQueue[Changes] = SimpleQueue()
    with (
        suppress(KeyboardInterrupt),
        closing(server_on(port, site, Reloads())) as server,
        closing(Watching(watched, changes)) as watching,
    ):
        rebuild()
        moved = port is None and server.server_port != DEFAULT_PORT
        why = f" (port {DEFAULT_PORT} is taken)" if moved else ""
        server.start()
        progress.say(f"Serving {server.address}{why}; Ctrl-C stops.")
        while True:
            progress.say(f"Changed: {_named(_all_of(changes, tidy))}")
            if rebuild():
                server.reloads.announce()
            watching.renew()


def _all_of(changes: SimpleQueue[Changes], tidy: Callable[[], None]) -> Changes:
    """The next burst of changes, with those that came while an earlier one was dealt with."""
    found = _next_of(changes, tidy)
    while not changes.empty():
        found |= changes.get()
    return found


def _next_of(changes: SimpleQueue[Changes], tidy: Callable[[], None]) -> Changes:
    while True:
        # A Ctrl-C that comes just before this thread begins to wait does not end the waiting.
        with suppress(Empty):
            return changes.get(timeout=_LISTENING_SECONDS)
        tidy()


def _named(changes: Changes) -> str:
    names = [path.name for path in sorted(changes)]
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
