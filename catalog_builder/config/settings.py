"""The configuration as values; the defaults are those of an empty `catalog.yml`."""

from dataclasses import dataclass, field
from pathlib import Path

from catalog_builder.model import Location, Viewpoint

EVERY_SPECIFICATION = ("**/*.yaml", "**/*.yml", "**/*.json")


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
    viewpoint: Viewpoint | None = None
    place: Location | None = field(default=None, compare=False)
    """Where the configuration says so; None: it was named on the command line."""


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
    sources: tuple[LocalSource, ...] = ()
    include: tuple[str, ...] = EVERY_SPECIFICATION
    exclude: tuple[str, ...] = ()
    viewpoint: Viewpoint = Viewpoint.APPLICATION
    viewpoints: tuple[ViewpointRule, ...] = ()
    services: tuple[NameRule, ...] = ()
    owners: tuple[NameRule, ...] = ()
    domains: tuple[NameRule, ...] = ()
    joins: Joins = field(default_factory=Joins)
    references: References = References()
    templates: Path | None = None
    """Folder whose files replace templates of the same name."""
    site_dir: Path | None = None
    """Where the site goes; None: `site` beside the configuration (or what MkDocs says)."""
