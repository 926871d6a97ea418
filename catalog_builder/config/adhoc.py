"""Settings without a configuration: a catalogue of what the command line names."""

import os
from collections.abc import Sequence
from pathlib import Path

from catalog_builder.config.settings import LocalSource, Settings


def settings_for(paths: Sequence[Path]) -> Settings:
    """The settings of a catalogue of these folders and files, each folder one repository.

    The title is the folder's name, of several the name of the folder they share.
    """
    sources = tuple(LocalSource(path=str(path)) for path in paths)
    return Settings(root=Path.cwd(), title=_title(paths), sources=sources)


def title_of(folder: Path) -> str:
    """A folder's name as words.

    >>> title_of(Path("/src/acme-order_events"))
    'Acme order events'
    """
    words = " ".join(folder.name.replace("-", " ").replace("_", " ").split())
    readable = words.encode("utf-8", "replace").decode()
    return readable[:1].upper() + readable[1:] if readable else Settings().title


def _title(paths: Sequence[Path]) -> str:
    places = [Path(os.path.normpath(path.absolute())) for path in paths]
    folders = [place if place.is_dir() else place.parent for place in places]
    return title_of(Path(os.path.commonpath(folders))) if folders else Settings().title
