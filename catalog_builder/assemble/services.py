"""Which document describes which service, and what the services are called.

Alone knows when two documents are one (byte for byte), when they describe one service, and where a
service's name comes from: the configuration, the title, Backstage, the repository.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from catalog_builder.assemble.documents import Described, seen_from
from catalog_builder.assemble.globs import matches_document
from catalog_builder.assemble.ids import unique_ids
from catalog_builder.assemble.sets import united
from catalog_builder.config import Settings
from catalog_builder.model import (
    Component,
    Document,
    DocumentHistory,
    Location,
    Reading,
    Viewpoint,
    slug,
)

_GENERIC_TITLES = frozenset(
    {"", "api", "asyncapi", "async-api", "events", "service", "untitled", "my-api", "title"}
    | {"asyncapi-document", "asyncapi-specification", "event-api", "events-api", "example"}
)
_GENERIC_FOLDERS = frozenset(
    {"api", "apis", "apps", "asyncapi", "async-api", "contract", "contracts", "doc", "docs"}
    | {"documentation", "events", "main", "messaging", "modules", "packages", "projects"}
    | {"public", "resources", "schema", "schemas", "services", "spec", "specification"}
    | {"specifications", "specs", "src", "static", "v1", "v2", "v3"}
)


@dataclass(frozen=True, slots=True)
class _Named:
    document: Document
    name: str
    by_rule: bool
    copies: tuple[Location, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """A service's id and name."""

    id: str
    name: str


def described_services(
    readings: Sequence[Reading], settings: Settings
) -> tuple[dict[str, str], list[Described]]:
    """The services' names by id, and every document once with the service it describes."""
    named = list(_named(readings, settings))
    groups = united(named, map(_keys, named))
    identities = _identities(groups)
    history = {
        Location(each.repository.name, path): past
        for each in readings
        for path, past in each.history.items()
    }
    described = [
        Described(
            each.document,
            identity.id,
            viewpoint := viewpoint_of(each.document, settings),
            seen_from(each.document, viewpoint),
            each.copies,
            history.get(place_of(each.document), DocumentHistory()),
        )
        for identity, group in zip(identities, groups, strict=True)
        for each in group
    ]
    return {each.id: each.name for each in identities}, described


def viewpoint_of(document: Document, settings: Settings) -> Viewpoint:
    """From whose side a document is written: the first rule for it, its source, the default."""
    for rule in settings.viewpoints:
        if matches_document(rule.where, document.repository.name, document.path):
            return rule.viewpoint
    return document.repository.viewpoint or settings.viewpoint


def place_of(document: Document) -> Location:
    """Where a document stands."""
    return Location(document.repository.name, document.path)


def _named(readings: Sequence[Reading], settings: Settings) -> Iterator[_Named]:
    documents = _distinct(readings)
    components = components_by_repository(readings)
    alone = _counts(documents)
    of_one_content: defaultdict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in documents:
        content = document.digest or str(place_of(document))
        of_one_content[content, _configured_name(document, settings)].append(document)
    for (_, configured), (first, *others) in of_one_content.items():
        name = configured or _own_name(
            first, components.get(first.repository.name, ()), alone[first.repository.name]
        )
        yield _Named(first, name, bool(configured), tuple(place_of(each) for each in others))


def _distinct(readings: Iterable[Reading]) -> list[Document]:
    found: dict[Location, Document] = {}
    for reading in readings:
        for document in reading.documents:
            known = found.get(place_of(document))
            if known is None or document.digest < known.digest:
                found[place_of(document)] = document
    return [found[place] for place in sorted(found)]


def components_by_repository(readings: Iterable[Reading]) -> Mapping[str, tuple[Component, ...]]:
    """What Backstage says in each repository, once, should two sources bring the same."""
    found: defaultdict[str, dict[Component, None]] = defaultdict(dict)
    for reading in readings:
        found[reading.repository.name].update(dict.fromkeys(reading.components))
    return {repository: tuple(each) for repository, each in found.items()}


def _counts(documents: Iterable[Document]) -> Mapping[str, int]:
    counts: defaultdict[str, int] = defaultdict(int)
    for document in documents:
        counts[document.repository.name] += 1
    return counts


def _configured_name(document: Document, settings: Settings) -> str:
    for rule in settings.services:
        if matches_document(rule.where, document.repository.name, document.path):
            return rule.name.replace("{repository}", document.repository.name)
    return ""


def _own_name(document: Document, components: Sequence[Component], documents: int) -> str:
    """The title when it says something, else what Backstage says, else the repository's name."""
    if slug(document.title) not in _GENERIC_TITLES and document.title.strip():
        return document.title.strip()
    component = naming_component(document, components, alone=documents == 1)
    if component:
        return component.title or component.name
    inner = "" if documents == 1 else f" {_telling_folders(document.path)}".rstrip()
    return f"{document.repository.name}{inner}"


def _telling_folders(path: str) -> str:
    """The folders around a document, without those that every service has.

    >>> _telling_folders("services/checkout/docs/asyncapi.yaml"), _telling_folders("docs/a.yaml")
    ('checkout', 'docs')
    """
    folders = PurePosixPath(path).parent.parts
    return "/".join([each for each in folders if slug(each) not in _GENERIC_FOLDERS] or folders)


def naming_component(
    document: Document, components: Sequence[Component], *, alone: bool
) -> Component | None:
    """The Backstage component a document belongs to, if there is no doubt about it."""
    found = [each for each in components if each.kind == "Component"]
    folder = PurePosixPath(document.path).parent
    beside = [each for each in found if PurePosixPath(each.path).parent == folder]
    if len(beside) == 1:
        return beside[0]
    by_api = component_of_api(document, components)
    return by_api or (found[0] if alone and len(found) == 1 else None)


def component_of_api(document: Document, components: Sequence[Component]) -> Component | None:
    """The one component that provides the API a document describes, else the one to consume it.

    The API is the entity that names the document as its definition, else those that are called like
    it, or stand alone in its folder.
    """
    names = {slug(each.name) for each in defined_apis(document, components)}
    names = names or _names_of_apis(document, components)
    for role in (_provides, _consumes):
        found = [each for each in components if names & set(map(slug, role(each)))]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def defined_apis(document: Document, components: Iterable[Component]) -> list[Component]:
    """The APIs that name a document as their definition."""
    return [each for each in components if each.kind == "API" and each.definition == document.path]


def _names_of_apis(document: Document, components: Iterable[Component]) -> set[str]:
    folder = PurePosixPath(document.path).parent
    apis = [each for each in components if each.kind == "API"]
    beside = [each for each in apis if PurePosixPath(each.path).parent == folder]
    names = {slug(document.title)} if document.title.strip() else set()
    names |= {slug(each.name) for each in apis if names & {slug(each.name), slug(each.title)}}
    return names | ({slug(beside[0].name)} if len(beside) == 1 else set())


def _provides(component: Component) -> tuple[str, ...]:
    return component.provides


def _consumes(component: Component) -> tuple[str, ...]:
    return component.consumes


def _keys(named: _Named) -> Iterator[tuple[str, ...]]:
    document, name = named.document, slug(named.name)
    yield ("title", document.repository.name, name)
    if named.by_rule:
        yield ("rule", name)
    elif document.id:
        yield ("id", document.id, name)


def _identities(groups: Sequence[Sequence[_Named]]) -> list[Identity]:
    names = [group[0].name for group in groups]
    repositories = [group[0].document.repository.name for group in groups]
    wishes = [
        (name, f"{name}-{repository}") for name, repository in zip(names, repositories, strict=True)
    ]
    return [Identity(*each) for each in zip(unique_ids(wishes), names, strict=True)]
