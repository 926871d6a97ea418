"""Globs: the one language of patterns that the configuration has.

`*` is any run of characters without `/`, `?` one of them, `**` any run with `/` (as a whole step of
a path also none at all), `[a-c]` and `[!a-c]` one of a set, `{a,b}` either. Braces without a comma
are themselves, because addresses are full of them.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

MAGIC = re.compile(r"[*?\[]|\{[^{}]*,")


class GlobError(ValueError):
    """A glob that cannot mean anything; the text says why."""


def is_glob(text: str) -> bool:
    """Whether a text is a pattern rather than one name.

    >>> is_glob("specs/*"), is_glob("{a,b}"), is_glob("orders/{id}")
    (True, True, False)
    """
    return MAGIC.search(text) is not None


def matcher(globs: Iterable[str]) -> Callable[[str], bool]:
    """The question whether a whole text matches any of these globs.

    >>> fits = matcher(["**/asyncapi*.{yaml,yml}"])
    >>> fits("docs/asyncapi-v2.yml"), fits("asyncapi.yaml"), fits("other.yml")
    (True, True, False)

    Raises:
        GlobError: one of them cannot be understood.
    """
    expression = _joined(tuple(globs))
    return lambda text: expression.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def _joined(globs: tuple[str, ...]) -> re.Pattern[str]:
    if not globs:
        return re.compile(r"(?!)")
    try:
        return re.compile("|".join(f"(?:{_translated(glob)})" for glob in globs), re.DOTALL)
    except re.error as error:
        raise GlobError(f"{error.msg}") from error


def _translated(glob: str) -> str:
    if not glob:
        raise GlobError("it is empty")
    closing = _braces(glob)
    parts: list[str] = []
    place, open_until = 0, list[int]()
    while place < len(glob):
        if place in closing:
            open_until.append(closing[place])
            parts.append("(?:")
        elif open_until and place == open_until[-1]:
            open_until.pop()
            parts.append(")")
        elif open_until and glob[place] == ",":
            parts.append("|")
        else:
            length, part = _step(glob, place)
            parts.append(part)
            place += length
            continue
        place += 1
    return "".join(parts)


def _step(glob: str, place: int) -> tuple[int, str]:
    rest = glob[place:]
    if found := re.match(r"(?:\*\*/)+", rest):
        starts_a_step = place == 0 or glob[place - 1] in "/{,"
        return found.end(), "(?:.*/)?" if starts_a_step else ".*/"
    if found := re.match(r"\*{2,}", rest):
        return found.end(), ".*"
    if rest[0] == "[":
        return _set(rest)
    return 1, {"*": "[^/]*", "?": "[^/]"}.get(rest[0]) or re.escape(rest[0])


def _set(rest: str) -> tuple[int, str]:
    found = re.match(r"\[(!?)(\]?[^\]]*)\]", rest)
    if not found or not found[2]:
        raise GlobError("a `[` is never closed")
    inside = re.sub(r"([\\\[\]^&~|])", r"\\\1", found[2])
    return found.end(), f"(?!/)[{'^' if found[1] else ''}{inside}]"


def _braces(glob: str) -> dict[int, int]:
    """Where each `{` of a choice closes."""
    open_braces: list[tuple[int, bool]] = []
    closing: dict[int, int] = {}
    for place, sign in enumerate(glob):
        if sign == "{":
            open_braces.append((place, False))
        elif sign == "," and open_braces:
            open_braces[-1] = (open_braces[-1][0], True)
        elif sign == "}" and open_braces:
            start, is_choice = open_braces.pop()
            if is_choice:
                closing[start] = place
    if open_braces:
        raise GlobError("a `{` is never closed")
    return closing
