"""Where specifications lie in the site, for download."""

import re
from collections.abc import Iterable

from catalog_builder.model import slug

_FIT = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}")


def paths_of_originals(places: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """By repository and path: names that no server or file system minds.

    >>> paths_of_originals([("Shop", "docs/async api.yml")])
    {('Shop', 'docs/async api.yml'): 'specifications/shop/docs/async-api.yml'}
    """
    paths: dict[tuple[str, str], str] = {}
    taken = set()
    for repository, path in sorted(places):
        parts = [slug(repository), *path.split("/")]
        wanted = "/".join(["specifications", *map(_part, parts)])
        paths[repository, path] = wanted if wanted not in taken else f"{wanted}-2"
        taken.add(paths[repository, path])
    return paths


def _part(name: str) -> str:
    return name if _FIT.fullmatch(name) else slug(name)
