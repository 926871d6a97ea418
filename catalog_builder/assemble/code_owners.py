"""Who owns a path by a CODEOWNERS file: of the lines that match, the last one counts."""

import re
from collections.abc import Sequence
from functools import lru_cache

from catalog_builder.model import CodeOwner


def owning_line(lines: Sequence[CodeOwner], path: str) -> CodeOwner | None:
    """The last line whose pattern matches a path.

    >>> lines = (CodeOwner("*", ("@acme/all",), 1), CodeOwner("/docs/", ("@acme/docs",), 2))
    >>> owning_line(lines, "docs/asyncapi.yaml").line, owning_line(lines, "src/docs.py").line
    (2, 1)
    """
    matching = (line for line in reversed(lines) if _compiled(line.pattern).fullmatch(path))
    return next(matching, None)


def team_in(owners: Sequence[str]) -> str:
    """The first team among owners, else the first owner; without the organisation before it.

    >>> team_in(["@ann", "@acme/payments"]), team_in(["ann@acme.example"]), team_in([])
    ('payments', 'ann@acme.example', '')
    """
    teams = [owner for owner in owners if owner.startswith("@") and "/" in owner]
    first = next(iter((*teams, *owners)), "")
    return first.rpartition("/")[2].removeprefix("@") if first.startswith("@") else first


@lru_cache(maxsize=16384)
def _compiled(pattern: str) -> re.Pattern[str]:
    """As git's ignore files have it: a slash before the end ties a pattern to the root."""
    body = pattern.strip().rstrip("/")
    anchored = "/" in body
    words = [_word(token) for token in re.findall(r"/?\*\*/|\*\*|.", body.removeprefix("/"))]
    # `docs/*` means the files in the folder, not those in folders below it.
    below = "" if body.endswith("/*") else "/.+" if pattern.rstrip().endswith("/") else "(?:/.*)?"
    return re.compile(("" if anchored else "(?:.*/)?") + "".join(words) + below, re.DOTALL)


def _word(token: str) -> str:
    if token.endswith("**/"):
        return f"{'/' if token.startswith('/') else ''}(?:.*/)?"
    return {"**": ".*", "*": "[^/]*", "?": "[^/]"}.get(token) or re.escape(token)
