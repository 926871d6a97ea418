"""What a crawl works with, the same for all kinds of source."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from catalog_builder.config import Settings
from catalog_builder.crawl.store import FOLDER, Store
from catalog_builder.progress import Progress

_DAY_SECONDS = 86_400


def cache_folder(settings: Settings) -> Path:
    """Where crawls keep what they brought: beside the configuration."""
    return settings.root / FOLDER


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl."""

    settings: Settings
    progress: Progress
    offline: bool = False
    """Whether nothing is asked of any other machine."""
    today: int = field(default_factory=lambda: int(time.time() // _DAY_SECONDS))
    """Days since 1970."""
    started: float = field(default_factory=time.monotonic)

    @property
    def store(self) -> Store:
        """The cache."""
        return Store(cache_folder(self.settings))

    @property
    def until(self) -> float:
        """When the crawl must be done, by the monotonic clock."""
        return self.started + self.settings.crawl.seconds
