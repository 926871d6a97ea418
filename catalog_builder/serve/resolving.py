"""Which file of a site a request means; never one outside it."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

_LONGEST_NAME_BYTES = 255
"""Of all usual file systems, which raise errors on longer ones."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """The browser is to ask for this address instead."""

    address: str


def resolved(site: Path, target: str) -> Path | Redirect | None:
    """The file that a request's target means, where to look instead, or None: there is none."""
    parts = _parts(target)
    if parts is None:
        return None
    root = Path(os.path.realpath(site))
    path = Path(os.path.realpath(root.joinpath(*parts)))
    if not path.is_relative_to(root):
        return None
    if path.is_dir():
        return _index(path, parts, target)
    return path if path.is_file() and not _without_query(target).endswith("/") else None


def _index(folder: Path, parts: tuple[str, ...], target: str) -> Path | Redirect | None:
    index = folder / "index.html"
    if not index.is_file():
        return None
    if parts and not _without_query(target).endswith("/"):
        query = urlsplit(target).query
        return Redirect("/" + quote("/".join(parts)) + "/" + (f"?{query}" if query else ""))
    return index


def _parts(target: str) -> tuple[str, ...] | None:
    """The names in a request's path; None for one that no link of a site leads to."""
    names = tuple(name for name in unquote(_without_query(target)).split("/") if name)
    return None if any(_is_no_name(name) for name in names) else names


def _is_no_name(name: str) -> bool:
    too_long = len(name.encode()) > _LONGEST_NAME_BYTES
    return too_long or name in {".", ".."} or "\\" in name or "\0" in name


def _without_query(target: str) -> str:
    return target.partition("#")[0].partition("?")[0]
