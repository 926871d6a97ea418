"""Beginning again when a source changes while something is made of it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from catalog_builder.config import Settings
from catalog_builder.progress import Progress
from catalog_builder.reading import ChangedMeanwhileError

P = ParamSpec("P")
T = TypeVar("T")

_MOST_TIMES = 3


def begun_again(
    build: Callable[Concatenate[Settings, Progress, P], T],
) -> Callable[Concatenate[Settings, Progress, P], T]:
    """The same work, begun again a few times when what it is made of changes meanwhile."""

    @wraps(build)
    def built(settings: Settings, progress: Progress, /, *args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(_MOST_TIMES - 1):
            try:
                return build(settings, progress, *args, **kwargs)
            except ChangedMeanwhileError as error:
                progress.say(f"{error.repository}/{error.path} changed meanwhile: beginning again.")
        return build(settings, progress, *args, **kwargs)

    return built
