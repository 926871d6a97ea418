"""When reference cycles are looked for: not while the stages run, which make much of them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def tidy() -> None:
    """What a build left in reference cycles is freed; the next one need not begin with that."""
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for reference cycles in what the stages make: there is much of it.

    What is left afterwards is searched when this is done again, not before: most often the process
    ends here.
    """
    was_enabled = gc.isenabled()
    if was_enabled:
        tidy()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.enable()
