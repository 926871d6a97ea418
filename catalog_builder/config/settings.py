"""The configuration as values; the defaults are those of an empty `catalog.yml`."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from catalog_builder.config.elsewhere import (
    ArchiveSource,
    DocumentSource,
    ForgeSource,
    RegistrySource,
)
from catalog_builder.model import Location, Viewpoint

EVERY_SPECIFICATION = ("**/*.yaml", "**/*.yml", "**/*.json")
USUAL_HISTORY = 20
"""How many versions of each specification or schema are read where nobody says."""


@dataclass(frozen=True, slots=True)
class LocalSource:
    """Folders on this machine."""

    path: str
    """As written: a folder is one repository; of a glob, each folder it matches is one, and the
    files it matches directly are one, named after the folder they lie in."""
    name: str = ""
    """Name of the repository, for a plain folder; empty: the folder's."""
    url: str = ""
    """Pattern of the address where people look at a repository; `{repository}` is its name."""
    link: str = ""
    """Pattern of a link to a file: `{repository}`, `{commit}`, `{path}`, `{line}`."""
    edit: str = ""
    """Pattern of the address that edits a file: `{repository}`, `{branch}`, `{path}`, `{line}`."""
    viewpoint: Viewpoint | None = None
    place: Location | None = field(default=None, compare=False)
    """Where the configuration says so; None: it was named on the command line."""

    @property
    def written(self) -> str:
        """What tells it from others, as the configuration has it."""
        return self.path


@dataclass(frozen=True, slots=True)
class GitSource:
    """A repository that git brings."""

    git: str
    """Its address as written, which holds no user, password or token."""
    ref: str = ""
    """The branch, tag or commit to read; empty: the branch that the remote's HEAD names."""
    name: str = ""
    """Of the repository; empty: the last step of its address."""
    url: str = ""
    """Pattern of the address where people look at it; `{repository}` is its name."""
    link: str = ""
    """Pattern of a link to a file: `{repository}`, `{commit}`, `{path}`, `{line}`."""
    edit: str = ""
    """Pattern of the address that edits a file: `{repository}`, `{branch}`, `{path}`, `{line}`."""
    viewpoint: Viewpoint | None = None
    token_env: str = ""
    """Name of the environment variable with the token for its host; empty: none."""
    place: Location | None = field(default=None, compare=False)
    """Where the configuration says so."""

    @property
    def written(self) -> str:
        """What tells it from others, as the configuration has it."""
        return self.git


Source: TypeAlias = (
    LocalSource | GitSource | ForgeSource | ArchiveSource | DocumentSource | RegistrySource
)
"""A kind of source each; a new one is a type here and a line in `config.table`."""


@dataclass(frozen=True, slots=True)
class CrawlLimits:
    """How much is brought at once, how long that may take, and how long old things stay."""

    at_once: int = 8
    """Repositories in work at the same time."""
    at_once_per_host: int = 6
    """Of these on one host, so that a host that hangs does not hold up the others."""
    seconds: int = 1800
    """Of a whole crawl; what is not brought by then stays as it was."""
    repository_seconds: int = 300
    """Of one repository."""
    keep_days: int = 30
    """How long the last good specifications of a repository that fails stay."""


@dataclass(frozen=True, slots=True)
class Where:
    """Which documents or events a rule is for: globs, all given ones must match."""

    repository: str = ""
    path: str = ""
    """Of `repository/path/in/it`."""
    address: str = ""


@dataclass(frozen=True, slots=True)
class NameRule:
    """What holds where: a team's or domain's or service's name."""

    where: Where
    name: str
    """For services `{repository}` stands for the repository's name."""


@dataclass(frozen=True, slots=True)
class ViewpointRule:
    """From whose side the documents at these paths are written."""

    where: Where
    viewpoint: Viewpoint


@dataclass(frozen=True, slots=True)
class Bridge:
    """What is sent to one address arrives at another as well: a topic delivered into a queue.

    Both are addresses, or a protocol, a colon and an address: `sns:orders`, `sqs:orders-inbox`.
    """

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Joins:
    """What the joining of documents cannot know by itself."""

    alias: tuple[tuple[str, ...], ...] = ()
    """Groups of addresses that are one."""
    never: tuple[str, ...] = ()
    """Globs of addresses that never join anything."""
    bridge: tuple[Bridge, ...] = ()
    """Which addresses are delivered into which."""
    split: tuple[tuple[Where, ...], ...] = ()
    """Groups of places: what is at one of a group never joins what is at another of it."""
    clusters: tuple[tuple[str, ...], ...] = ()
    """Groups of globs of hosts: what matches any of a group is one cluster."""
    templates: bool = True
    """Whether an address without parameters joins one with parameters that it fits."""


@dataclass(frozen=True, slots=True)
class Searching:
    """What searching cannot know by itself."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words that mean the same."""


@dataclass(frozen=True, slots=True)
class References:
    """What references may lead to outside of the catalogue's repositories."""

    hosts: tuple[str, ...] = ()
    """In lower case, with their ports where unusual."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the configuration says, complete and valid."""

    root: Path = field(default_factory=Path)
    """Folder that relative paths start from."""
    title: str = "Event catalogue"
    description: str = ""
    sources: tuple[Source, ...] = ()
    crawl: CrawlLimits = field(default_factory=CrawlLimits)
    include: tuple[str, ...] = EVERY_SPECIFICATION
    exclude: tuple[str, ...] = ()
    history: int | None = None
    """How many versions of each specification are read from git, the present one among them;
    None: `USUAL_HISTORY`, of many specifications the newest 1,000."""
    viewpoint: Viewpoint = Viewpoint.APPLICATION
    viewpoints: tuple[ViewpointRule, ...] = ()
    services: tuple[NameRule, ...] = ()
    owners: tuple[NameRule, ...] = ()
    domains: tuple[NameRule, ...] = ()
    joins: Joins = field(default_factory=Joins)
    search: Searching = field(default_factory=Searching)
    references: References = References()
    images: tuple[str, ...] = ()
    """Hosts that images of descriptions may be loaded from, in lower case."""
    templates: Path | None = None
    """Folder whose files replace templates of the same name."""
    site_dir: Path | None = None
    """Where the site goes; None: `site` beside the configuration (or what MkDocs says)."""
