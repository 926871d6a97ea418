"""Where something stands: repositories, files, lines, and the target of a reference."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote


class Viewpoint(StrEnum):
    """From whose side a document's verbs are written."""

    APPLICATION = "application"
    """The standard's: the application that the document describes sends and receives."""
    CLIENT = "client"
    """The other side's: what the document says is sent is received, and the reverse."""


_EDITED = (
    ("/-/blob/{commit}/", "/-/edit/{commit}/"),
    ("/blob/{commit}/", "/edit/{commit}/"),
    ("/src/commit/{commit}/", "/_edit/{commit}/"),
    ("/src/{commit}/{path}", "/src/{commit}/{path}?mode=edit"),
)
"""How forges write the address of a file, and of the page that edits it."""


@dataclass(frozen=True, slots=True, order=True)
class Repository:
    """A repository as the catalogue names it; `name` is unique in one catalogue."""

    name: str
    url: str = ""
    """Where a person looks at it, without a trailing slash; empty when unknown."""
    commit: str = ""
    """Full hash of the revision that was read; empty outside version control."""
    link: str = ""
    """Pattern of a link to one file: `{repository}`, `{commit}`, `{path}` and `{line}`."""
    viewpoint: Viewpoint | None = None
    """What the source says of the viewpoint of its documents; None: nothing."""
    commit_link: str = ""
    """Pattern of a link to one commit: `{commit}`."""
    branch: str = ""
    """The branch, tag or commit that was asked for; empty when nothing tells."""
    archived: bool = False
    """Whether nobody changes it any more, as the forge says."""
    edit: str = ""
    """Pattern of the address that edits a file: `{repository}`, `{branch}`, `{path}` and `{line}`;
    empty: as the forge of `link` has it."""

    def link_to(self, path: str, line: int = 0, commit: str = "") -> str:
        """The address of a file at a commit, else the one that was read; empty if there is none.

        >>> Repository("a", commit="c0ffee", link="https://g.example/a/blob/{commit}/{path}#L{line}"
        ...     ).link_to("x.yaml", 3)
        'https://g.example/a/blob/c0ffee/x.yaml#L3'
        """
        commit = commit or self.commit
        if not self.link or ("{commit}" in self.link and not commit):
            return ""
        return self._filled(self.link, path, line, commit=commit)

    def edit_link_to(self, path: str, line: int = 0) -> str:
        """The address that edits a file on the branch that was read; empty if none is known.

        >>> Repository("a", branch="main", link="https://g.example/a/blob/{commit}/{path}"
        ...     ).edit_link_to("x.yaml")
        'https://g.example/a/edit/main/x.yaml'
        """
        if self.edit and (self.branch or "{branch}" not in self.edit):
            return self._filled(self.edit, path, line, branch=self.branch)
        for seen, edited in _EDITED if self.branch and self.branch != self.commit else ():
            if seen in self.link:
                pattern = self.link.replace(seen, edited)
                return self._filled(pattern, path, line, commit=self.branch)
        return ""

    def _filled(self, pattern: str, path: str, line: int, **names: str) -> str:
        """A pattern with values in the place of names; without a line nothing stands for it."""
        pattern = pattern if line else pattern.partition("#")[0]
        values = {"repository": self.name, "path": path, "line": str(line), **names}
        for name, value in values.items():
            pattern = pattern.replace(
                "{" + name + "}", quote(value, safe="/", errors="surrogatepass")
            )
        return pattern

    def link_to_commit(self, commit: str) -> str:
        """The address of a commit; empty when there is none."""
        return self.commit_link.replace("{commit}", commit) if commit else ""


class Location(NamedTuple):  # there are so many, and nothing is made more quickly
    """A place in a file of a repository; lines and columns count from 1, and 0 means unknown."""

    repository: str
    path: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        """`repository/path:line`, as messages show it."""
        place = "/".join(part for part in (self.repository, self.path) if part)
        return f"{place}:{self.line}" if self.line else place


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What a `$ref` leads to: a JSON pointer (without `#`) in a file of a repository."""

    repository: str
    path: str
    pointer: str = ""
