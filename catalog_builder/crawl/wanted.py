"""What the settings have to say about the paths of a repository."""

from collections.abc import Iterable, Iterator

from catalog_builder.config import Settings, matcher


class Wanted:
    """Which files are looked at, and which folders are not looked into."""

    def __init__(self, settings: Settings) -> None:
        self.is_included = matcher(settings.include)
        self.is_excluded = matcher(settings.exclude)
        self.is_closed = matcher((*settings.exclude, *_whole_folders(settings.exclude)))

    def __call__(self, path: str) -> bool:
        """Whether a file is to be looked at."""
        return self.is_included(path) and not self.is_excluded(path)


def _whole_folders(globs: Iterable[str]) -> Iterator[str]:
    """Of globs such as `**/examples/**`, those of the folder itself."""
    return (glob.removesuffix("/**") for glob in globs if glob.endswith("/**"))
