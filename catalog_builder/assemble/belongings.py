"""Which team and domain a service or an event belongs to, its lifecycle, and who says so.

Alone knows the order of those who may say it: the configuration, the document's extensions,
Backstage, CODEOWNERS, the document's contact, its tags.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from operator import itemgetter
from pathlib import PurePosixPath

from catalog_builder.assemble.code_owners import owning_line, team_in
from catalog_builder.assemble.documents import Described, MessageUse
from catalog_builder.assemble.extensions import tagged, text_at
from catalog_builder.assemble.globs import matches_address, matches_document
from catalog_builder.assemble.services import (
    component_of_api,
    components_by_repository,
    defined_apis,
    naming_component,
)
from catalog_builder.config import NameRule, Settings, is_glob
from catalog_builder.model import Belonging, Component, Document, Json, Reading, slug

NOBODY = Belonging()
TEAM_KEYS = ("x-owner", "x-team", "x-owners", "x-eventcatalog-owner", "x-eventcatalog-owners")
DOMAIN_KEYS = (
    "x-domain",
    "x-eventcatalog-domain",
    "x-application-domain-name",
    "x-ep-application-domain-name",
)
LIFECYCLE_KEYS = (
    "x-lifecycle",
    "x-eventcatalog-lifecycle",
    "x-event-state-name",
    "x-ep-event-state-name",
)
_TEAM_TAGS = ("owner", "team")
_DOMAIN_TAGS = ("domain",)
_LIFECYCLE_TAGS = ("lifecycle",)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What differs between the questions for a team and for a domain."""

    rules: "_Rules"
    """For whole documents."""
    address_rules: Sequence[NameRule]
    keys: tuple[str, ...]
    tags: tuple[str, ...]


def _kind(rules: Sequence[NameRule], keys: tuple[str, ...], tags: tuple[str, ...]) -> _Kind:
    of_addresses = [each for each in rules if each.where.address]
    return _Kind(_Rules(e for e in rules if not e.where.address), of_addresses, keys, tags)


class _Rules:
    """Rules for documents; most are for one repository, and looked up by its name."""

    def __init__(self, rules: Iterable[NameRule]) -> None:
        self._of_one: defaultdict[str, list[tuple[int, NameRule]]] = defaultdict(list)
        self._of_many: list[tuple[int, NameRule]] = []
        for place, rule in enumerate(rules):
            name = rule.where.repository
            many = not name or is_glob(name)
            (self._of_many if many else self._of_one[name]).append((place, rule))

    def said_of(self, document: Document) -> Belonging:
        """What the first rule that is for a document says of it."""
        name = document.repository.name
        for _, rule in merge(self._of_one.get(name, ()), self._of_many, key=itemgetter(0)):
            if matches_document(rule.where, name, document.path):
                return Belonging(rule.name, "configuration")
        return NOBODY


class Belongings:
    """Asks everybody who may say what belongs to whom."""

    def __init__(self, readings: Sequence[Reading], settings: Settings) -> None:
        self._readings: dict[str, list[Reading]] = {}
        for reading in readings:
            self._readings.setdefault(reading.repository.name, []).append(reading)
        self._in_repository = components_by_repository(readings)
        self._with_one_document = {
            name
            for name, its in self._readings.items()
            if len({each.path for reading in its for each in reading.documents}) == 1
        }
        self._components: dict[tuple[str, str], Component | None] = {}
        self._team = _kind(settings.owners, TEAM_KEYS, _TEAM_TAGS)
        self._domain = _kind(settings.domains, DOMAIN_KEYS, _DOMAIN_TAGS)
        self._domains_of_systems = {
            slug(each.name): each.domain
            for components in self._in_repository.values()
            for each in components
            if each.kind == "System" and each.domain
        }

    def team_of_service(self, documents: Sequence[Described]) -> Belonging:
        """The team of the service that the documents describe."""
        return _strongest(map(self._teams, documents))

    def domain_of_service(self, documents: Sequence[Described]) -> Belonging:
        """The domain of the service that the documents describe."""
        return _strongest(map(self._domains, documents))

    def team_of_event(self, use: MessageUse) -> Belonging:
        """The team that an event itself names; falsy when only its service does."""
        return _of_event(self._team, use)

    def is_configured_owner(self, use: MessageUse, team: Belonging) -> bool:
        """Whether the configuration says that events on such a channel are a team's."""
        rule = _rule_for(self._team, use)
        return rule is not None and slug(rule.name) == slug(team.name or "-")

    def domain_of_event(self, use: MessageUse) -> Belonging:
        """The domain that an event itself names; falsy when only its service does."""
        return _of_event(self._domain, use)

    def lifecycle_of_event(self, use: MessageUse) -> Belonging:
        """`deprecated`, or what the message, its channel, its document or Backstage says."""
        if use.message.deprecation:
            return Belonging("deprecated", "deprecation of the message")
        said = _of_parts(use, LIFECYCLE_KEYS) or _of_tags(use, _LIFECYCLE_TAGS)
        document = use.by.document
        said = said or _of_extensions(document.extensions, LIFECYCLE_KEYS, "the document")
        if not said and (component := self._component(document)):
            said = Belonging(component.lifecycle, _told_in(component))
        return Belonging(said.name.lower(), said.source) if said else NOBODY

    def _teams(self, described: Described) -> Iterator[Belonging]:
        document = described.document
        yield self._team.rules.said_of(document)
        yield _of_extensions(document.extensions, TEAM_KEYS, "the document")
        component = self._component(document)
        yield Belonging(component.owner, _told_in(component)) if component else NOBODY
        yield self._code_owner(document)
        contact = document.contact
        yield Belonging(contact.name, "info.contact of the document") if contact else NOBODY
        yield _of_document_tags(document, _TEAM_TAGS)

    def _domains(self, described: Described) -> Iterator[Belonging]:
        document = described.document
        yield self._domain.rules.said_of(document)
        yield _of_extensions(document.extensions, DOMAIN_KEYS, "the document")
        component = self._component(document)
        yield self._domain_of(component) if component else NOBODY
        yield _of_document_tags(document, _DOMAIN_TAGS)

    def _domain_of(self, component: Component) -> Belonging:
        system = component.system
        name = component.domain or self._domains_of_systems.get(slug(system), "") or system
        return Belonging(name, _told_in(component)) if name else NOBODY

    def _component(self, document: Document) -> Component | None:
        name = document.repository.name
        if (name, document.path) not in self._components:
            self._components[name, document.path] = _component_of(
                document, self._in_repository.get(name, ()), alone=name in self._with_one_document
            )
        return self._components[name, document.path]

    def _code_owner(self, document: Document) -> Belonging:
        for reading in self._readings.get(document.repository.name, []):
            line = owning_line(reading.code_owners, document.path)
            if line and line.owners:
                return Belonging(team_in(line.owners), f"{line.path}, line {line.line}")
        return NOBODY


def _component_of(
    document: Document, components: Sequence[Component], *, alone: bool
) -> Component | None:
    """The component called like the document, else the one of its API, that API, or one near it."""
    named = [each for each in components if _is_called(each, document)]
    if len(named) == 1:
        return named[0]
    if by_api := component_of_api(document, components):
        return by_api
    if defined := defined_apis(document, components):
        return defined[0]
    beside = naming_component(document, components, alone=alone)
    return beside or _above(document, components)


def _told_in(component: Component) -> str:
    return f"{component.name} in {component.path}"


def _strongest(said: Iterable[Iterator[Belonging]]) -> Belonging:
    """What the strongest says of any document; of equals the first document's."""
    return next((each for rank in zip(*said, strict=True) for each in rank if each), NOBODY)


def _of_extensions(extensions: Mapping[str, Json], keys: tuple[str, ...], of: str) -> Belonging:
    key, text = text_at(extensions, keys) if extensions else ("", "")
    return Belonging(text, f"{key} of {of}") if text else NOBODY


def _of_document_tags(document: Document, kinds: tuple[str, ...]) -> Belonging:
    tag, text = tagged(document.tags, kinds)
    return Belonging(text, f"tag {tag} of the document") if text else NOBODY


def _rule_for(kind: _Kind, use: MessageUse) -> NameRule | None:
    """The first rule for addresses that is for an event."""
    document, address = use.by.document, use.on.channel.address or ""
    for rule in kind.address_rules if address else ():
        where = rule.where
        if matches_address(where.address, address) and matches_document(
            where, document.repository.name, document.path
        ):
            return rule
    return None


def _of_event(kind: _Kind, use: MessageUse) -> Belonging:
    if rule := _rule_for(kind, use):
        return Belonging(rule.name, "configuration")
    return _of_parts(use, kind.keys) or _of_tags(use, kind.tags)


def _of_parts(use: MessageUse, keys: tuple[str, ...]) -> Belonging:
    found = _of_extensions(use.message.extensions, keys, "the message")
    for operation in use.operations:
        found = found or _of_extensions(operation.extensions, keys, "the operation")
    return found or _of_extensions(use.on.channel.extensions, keys, "the channel")


def _of_tags(use: MessageUse, kinds: tuple[str, ...]) -> Belonging:
    if not use.message.tags:
        return NOBODY
    tag, text = tagged(use.message.tags, kinds)
    return Belonging(text, f"tag {tag} of the message") if text else NOBODY


def _is_called(component: Component, document: Document) -> bool:
    names = {slug(name) for name in (component.name, component.title) if name}
    return component.kind == "Component" and slug(document.title) in names


def _above(document: Document, components: Iterable[Component]) -> Component | None:
    """The component in the nearest folder above the document, if it is alone there."""
    found = [each for each in components if each.kind == "Component"]
    for folder in PurePosixPath(document.path).parents:
        there = [each for each in found if PurePosixPath(each.path).parent == folder]
        if there:
            return there[0] if len(there) == 1 else None
    return None
