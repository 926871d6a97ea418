"""Looking at what lies around somebody who has no configuration yet."""

import os
from pathlib import Path

from catalog_builder.config import Settings, Surroundings, matcher, title_of
from catalog_builder.crawl.folder import Folder
from catalog_builder.crawl.git import Watched, standings
from catalog_builder.crawl.search import search

_MOST_PLACES_ASKED = 20


def look_around(folder: Path) -> Surroundings:
    """What `config.draft` needs to know of a folder: documents, remotes, MkDocs."""
    root = Folder(os.path.realpath(folder))
    defaults = Settings()
    found = search(root, matcher(defaults.include), matcher(()))
    tops = sorted({path.partition("/")[0] for path in found.specifications if "/" in path})
    asked = [root, *(Folder(f"{root.root}/{top}") for top in tops[:_MOST_PLACES_ASKED])]
    standing = standings([Watched(each, ()) for each in asked])
    return Surroundings(
        title=title_of(Path(root.root)),
        specifications=found.specifications,
        repository=bool(standing[0].commit),
        remotes=tuple(sorted({each.url for each in standing if each.url})),
        mkdocs=any((Path(root.root) / name).is_file() for name in ("mkdocs.yml", "mkdocs.yaml")),
    )
