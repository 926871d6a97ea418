"""Where on this machine what the settings speak of lies."""

from pathlib import Path

from catalog_builder.config.glob import is_glob
from catalog_builder.config.settings import LocalSource, Settings


def source_folders(settings: Settings) -> tuple[Path, ...]:
    """The folders that hold whatever the paths of local sources match, now or later."""
    local = (source for source in settings.sources if isinstance(source, LocalSource))
    return tuple(dict.fromkeys(_root_of(source, settings.root) for source in local))


def _root_of(source: LocalSource, root: Path) -> Path:
    for part in Path(source.path).parts:
        if is_glob(part) and not (root / part).exists():
            return root
        root /= part
    return root
