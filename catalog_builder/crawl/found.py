"""What a source brings, before repositories of all sources are put beside each other."""

from collections.abc import Mapping
from dataclasses import dataclass

from catalog_builder.model import Finding, Registered, Repository, SourceState


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a repository, whose final name is not known yet: see `findings`."""

    code: str
    path: str = ""
    detail: str = ""

    @property
    def order(self) -> tuple[str, str, str]:
        """Sorts problems: path, code, detail."""
        return (self.path, self.code, self.detail)


@dataclass(frozen=True, slots=True)
class Stored:
    """Where git keeps what was in a folder before."""

    place: str
    """The work tree, or the repository without one."""
    commit: str
    """The last one."""
    prefix: str = ""
    """The folder's path in it."""
    is_bounded: bool = False
    """Whether only some of the last commits were asked for."""
    secrets: tuple[str, ...] = ()
    """Names of environment variables that git is not to see."""


@dataclass(frozen=True, slots=True)
class Found:
    """A repository as one source brings it."""

    identity: str
    """The same for two sources that bring the same repository."""
    repository: Repository
    """Under the name it should have; `{repository}` may stand in its `url`."""
    parents: tuple[str, ...]
    """What may be put before the name to tell it from others, nearest first."""
    files: Mapping[str, bytes]
    specifications: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    claimed_by: str = ""
    """The source, if it says something of its own about the repository."""
    stored: Stored | None = None
    """Where its history lies; None: nowhere."""


@dataclass(frozen=True, slots=True)
class Brought:
    """All of one source: its repositories, and what is wrong with the source itself."""

    found: tuple[Found, ...] = ()
    findings: tuple[Finding, ...] = ()
    state: str = ""
    """What became of it, in words; empty: what its findings and problems tell."""
    age: int | None = None
    """How many days ago it was as it is shown; None: it is shown as it is."""
    seconds: float = 0.0
    """What it took."""
    parts: tuple[SourceState, ...] = ()
    """Repositories of it that could not be brought."""
    registered: tuple[Registered, ...] = ()
    """Schemas of a registry."""
