"""The system's git, and whether it can do what it is needed for."""

import re
import shutil
from collections.abc import Mapping

from catalog_builder.crawl.remote.failure import NO_GIT, OLD_GIT, FailedError
from catalog_builder.crawl.remote.processes import Bounds, Call, Processes

_OLDEST = (2, 31)
"""From which on it takes settings from its environment."""
_VERSION = re.compile(rb"git version (\d+)\.(\d+)")


def usable_git(processes: Processes, around: Mapping[str, str], until: float) -> str:
    """The path of the system's git.

    Raises:
        FailedError: there is none, or it is too old.
        StoppedError: it took too long, or everything ends.
    """
    git = shutil.which("git")
    if git is None:
        raise FailedError(NO_GIT)
    told = processes.run(Call((git, "version"), around), Bounds(until)).output
    found = _VERSION.search(told)
    if not found or (int(found[1]), int(found[2])) < _OLDEST:
        raise FailedError(OLD_GIT)
    return git
