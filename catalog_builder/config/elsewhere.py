"""Sources that are elsewhere on the web, as values: forges, archives, documents, registries."""

from dataclasses import dataclass, field
from enum import StrEnum

from catalog_builder.model import Location, Viewpoint


class Forge(StrEnum):
    """A make of forge, by the key of its sources."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"
    BITBUCKET = "bitbucket"
    AZURE = "azure"


class Visibility(StrEnum):
    """Who may see a repository; `internal` is everybody who is signed in."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose repositories are meant."""

    kind: str
    """`org`, `user`, `group`, `workspace` or `project`."""
    name: str
    project: str = ""
    """A part of an organisation or workspace; empty: all of it."""

    @property
    def called(self) -> str:
        """Its name, for people."""
        return f"{self.name}/{self.project}" if self.project else self.name


@dataclass(frozen=True, slots=True)
class Meant:
    """Which of an owner's repositories are meant: those for which everything holds."""

    repositories: tuple[str, ...] = ("**",)
    """Globs of names, one of which fits; of GitLab also of the path in the group."""
    leave_out: tuple[str, ...] = ()
    """Globs of names, none of which fits."""
    topics: tuple[str, ...] = ()
    """One of which it has; none: it need not have any."""
    visibility: tuple[Visibility, ...] = tuple(Visibility)
    archived: bool = False
    """Whether archived ones are meant too."""
    forks: bool = False
    """Whether forks are meant too."""
    empty: bool = False
    """Whether those without a commit are meant too."""


@dataclass(frozen=True, slots=True)
class ForgeSource:
    """The repositories of an organisation, group, user, workspace or project."""

    forge: Forge
    owner: Owner
    meant: Meant = Meant()
    api: str = ""
    """Address of its interface; empty: that of the forge everybody knows."""
    ref: str = ""
    """The branch, tag or commit to read of each; empty: the default branch."""
    token_env: str = ""
    """Name of the environment variable with the token for it; empty: asked as nobody."""
    viewpoint: Viewpoint | None = None
    place: Location | None = field(default=None, compare=False)
    """Where the configuration says so."""

    @property
    def written(self) -> str:
        """What tells it from others."""
        return f"{self.forge}: {self.owner.called}"


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """A repository's files in one file."""

    archive: str
    """A path or an https address."""
    name: str = ""
    """Of the repository; empty: the file's, without its ending."""
    url: str = ""
    """Pattern of the address where people look at it; `{repository}` is its name."""
    link: str = ""
    """Pattern of a link to a file: `{repository}`, `{commit}`, `{path}`, `{line}`."""
    viewpoint: Viewpoint | None = None
    token_env: str = ""
    """Name of the environment variable with the token for its host; empty: none."""
    place: Location | None = field(default=None, compare=False)
    """Where the configuration says so."""

    @property
    def written(self) -> str:
        """What tells it from others; without what may be secret in an address."""
        return without_query(self.archive)


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """One document on the web."""

    document: str
    """Its https address."""
    name: str = ""
    """Of the repository that it is shown as; empty: the last folder of its address, or the host."""
    viewpoint: Viewpoint | None = None
    token_env: str = ""
    """Name of the environment variable with the token for its host; empty: none."""
    place: Location | None = field(default=None, compare=False)
    """Where the configuration says so."""

    @property
    def written(self) -> str:
        """What tells it from others; without what may be secret in an address."""
        return without_query(self.document)


@dataclass(frozen=True, slots=True)
class RegistrySource:
    """A schema registry with the interface of Confluent's."""

    url: str
    """Its http address."""
    subjects: tuple[str, ...] = ("**",)
    """Globs of names of subjects, one of which fits."""
    link: str = ""
    """Pattern of a link to a version: `{subject}`, `{version}`, `{id}`; empty: no link."""
    token_env: str = ""
    """Name of the environment variable with the token for it; empty: asked as nobody."""
    place: Location | None = field(default=None, compare=False)
    """Where the configuration says so."""

    @property
    def written(self) -> str:
        """What tells it from others."""
        return f"registry: {self.url}"


def without_query(address: str) -> str:
    """An address without its query and fragment, which often hold a signature.

    >>> without_query("https://example.com/a.zip?signature=secret"), without_query("what?.zip")
    ('https://example.com/a.zip', 'what?.zip')
    """
    if "://" not in address:
        return address
    return address.partition("?")[0].partition("#")[0]
