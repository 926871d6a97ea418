"""What the map's page is made of: its script and style, and the data that they draw."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from catalog_builder.files import RawFile
from catalog_builder.map import packed_map
from catalog_builder.render.assets import hashed
from catalog_builder.render.view import View
from catalog_builder.templates import Templates

_SCRIPTS = (
    "map-data.js",
    "map-questions.js",
    "map-names.js",
    "map-draw.js",
    "map-camera.js",
    "map-state.js",
    "map-landscape.js",
    "map-focus.js",
    "map-matrix.js",
    "map-table.js",
    "map-export.js",
    "map-answers.js",
    "map-controls.js",
    "map.js",
)
_WEIGHT = re.compile(r"^ */\*.*\*/$\n?|^ *//.*\n|^ +|^\n|(?<=[;{,(\[])\n", re.MULTILINE)
"""What only people need: indents, ends of lines, empty lines, and comments that fill a line."""
DATA = "data/map.js"
SOURCES = "data/map-sources.js"


@dataclass(frozen=True, slots=True)
class MapAssets:
    """The style sheet and the script of the page."""

    style: RawFile
    script: RawFile


def map_assets(templates: Templates) -> MapAssets:
    """The same for every catalogue; its page alone loads them."""
    parts = (templates.asset(name).decode() for name in _SCRIPTS)
    script = "".join(_WEIGHT.sub("", part) for part in parts).encode()
    return MapAssets(hashed("map.css", templates.asset("map.css")), hashed("map.js", script))


def map_data(view: View) -> Iterator[RawFile]:
    """The data of the map, and beside it where each relation stands, which few ask for."""

    @cache
    def packed() -> tuple[bytes, bytes]:
        return packed_map(view.catalog, view.domain_id, view.team_id)

    for number, path in enumerate((DATA, SOURCES)):
        yield RawFile(path, partial(_part, packed, number))


def _part(packed: Callable[[], tuple[bytes, bytes]], number: int) -> bytes:
    return packed()[number]
