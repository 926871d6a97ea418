"""The keys of `catalog.yml`: what each one expects, and the value it becomes."""

from typing import Any

from catalog_builder.config.elsewhere import (
    ArchiveSource,
    DocumentSource,
    Forge,
    ForgeSource,
    RegistrySource,
)
from catalog_builder.config.expect import (
    Checked,
    Expectation,
    Part,
    flag,
    folder,
    glob,
    inner_glob,
    number,
    one_of,
    output_folder,
    placeholders,
    text,
    word,
)
from catalog_builder.config.forges import archive, forge
from catalog_builder.config.hosts import host
from catalog_builder.config.registries import registry
from catalog_builder.config.remotes import ref, remote, sends_tokens_safely, variable, web
from catalog_builder.config.settings import (
    Bridge,
    CrawlLimits,
    GitSource,
    Joins,
    LocalSource,
    NameRule,
    References,
    Searching,
    Settings,
    Source,
    ViewpointRule,
    Where,
)
from catalog_builder.config.structure import Kind, one_kind_of, record, several
from catalog_builder.model import Location, Viewpoint

_PLACES: dict[str, Expectation] = {"repository": glob, "path": glob, "address": glob}


def _rules(key: str, name: Expectation, *places: str) -> Expectation:
    """Rules of one kind: places, and the `key` that names what holds there."""

    def make(_: Part, values: dict[str, Any]) -> NameRule | ViewpointRule:
        named = values.pop(key)
        rule = ViewpointRule if isinstance(named, Viewpoint) else NameRule
        return rule(Where(**values), named)

    keys = {place: _PLACES[place] for place in places} | {key: name}
    return several(record(make, keys, required=(key,), any_of=places))


_OF_EACH_REPOSITORY: dict[str, Expectation] = {
    "name": text,
    "url": placeholders("repository", web=True),
    "link": placeholders("repository", "commit", "path", "line", web=True),
    "viewpoint": one_of(Viewpoint),
}


_EDITED = placeholders("repository", "branch", "path", "line", web=True)


def _kind(source: type[Source], key: str, keys: dict[str, Expectation]) -> Kind:
    """A kind of source: entries that have the key `key` become values of this type."""

    def make(part: Part, values: dict[str, Any]) -> Source:
        return source(place=_place(part), **values)

    return Kind(record(make, keys, required=(key,)), tuple(keys))


def _place(part: Part) -> Location:
    mark = part.node.start_mark
    return Location("", part.file.name, mark.line + 1, mark.column + 1)


def _with_safe_token(kind: Kind, key: str) -> Kind:
    """The same, and a token goes only where nobody can read it on the way."""

    def check(part: Part) -> Checked:
        checked = kind.expectation(part)
        source = checked.value
        if source and source.token_env and not sends_tokens_safely(getattr(source, key)):
            return part.refused(
                "would show its token to others on the way",
                f"Write the `https://` address as `{key}`, or leave out `token_env`",
            )
        return checked

    return Kind(check, kind.keys)


def _forge(make: Forge) -> Kind:
    """A kind of source: what owners on a forge of that make have."""
    keys = {make.value: forge(make), "ref": ref, "viewpoint": one_of(Viewpoint)}

    def source(part: Part, values: dict[str, Any]) -> ForgeSource:
        asked = values.pop(make.value)
        return ForgeSource(forge=make, place=_place(part), **asked, **values)

    return Kind(record(source, keys, required=(make.value,)), tuple(keys))


_REGISTRY = Kind(
    record(
        lambda part, values: RegistrySource(place=_place(part), **values["registry"]),
        {"registry": registry},
        required=("registry",),
    ),
    ("registry",),
)

_SOURCES: dict[str, Kind] = {
    "path": _kind(LocalSource, "path", {"path": glob, **_OF_EACH_REPOSITORY, "edit": _EDITED}),
    "git": _with_safe_token(
        _kind(
            GitSource,
            "git",
            {
                "git": remote,
                "ref": ref,
                **_OF_EACH_REPOSITORY,
                "edit": _EDITED,
                "token_env": variable,
            },
        ),
        "git",
    ),
    **{make.value: _forge(make) for make in Forge},
    "archive": _with_safe_token(
        _kind(
            ArchiveSource,
            "archive",
            {"archive": archive, **_OF_EACH_REPOSITORY, "token_env": variable},
        ),
        "archive",
    ),
    "document": _with_safe_token(
        _kind(
            DocumentSource,
            "document",
            {
                "document": web,
                "name": text,
                "viewpoint": one_of(Viewpoint),
                "token_env": variable,
            },
        ),
        "document",
    ),
    "registry": _REGISTRY,
}
"""Each kind of source by the key that tells it from the others; a new kind is a line here."""

_MOST_AT_ONCE = 64
_DAY_SECONDS = 86_400
_MOST_DAYS = 3650

_CRAWL = record(
    lambda _, values: CrawlLimits(**values),
    {
        "at_once": number(1, _MOST_AT_ONCE),
        "at_once_per_host": number(1, _MOST_AT_ONCE),
        "seconds": number(1, _DAY_SECONDS),
        "repository_seconds": number(1, _DAY_SECONDS),
        "keep_days": number(0, _MOST_DAYS),
    },
)

_BRIDGE = record(
    lambda _, values: Bridge(values["from"], values["to"]),
    {"from": text, "to": text},
    required=("from", "to"),
)

_SPLIT = record(lambda _, values: Where(**values), _PLACES, any_of=tuple(_PLACES))

_JOINS = record(
    lambda _, values: Joins(**values),
    {
        "alias": several(several(text, at_least=2)),
        "bridge": several(_BRIDGE),
        "split": several(several(_SPLIT, at_least=2)),
        "never": several(glob),
        "clusters": several(several(glob, at_least=1)),
        "templates": flag,
    },
)

_SEARCH = record(
    lambda _, values: Searching(**values),
    {"synonyms": several(several(word, at_least=2))},
)

_REFERENCES = record(lambda _, values: References(**values), {"hosts": several(host)})

CONFIGURATION = record(
    lambda part, values: Settings(root=part.file.absolute().parent, **values),
    {
        "title": text,
        "description": text,
        "sources": several(one_kind_of(_SOURCES), at_least=1),
        "crawl": _CRAWL,
        "include": several(inner_glob, at_least=1),
        "exclude": several(inner_glob),
        "history": number(0, 200),
        "viewpoint": one_of(Viewpoint),
        "viewpoints": _rules("viewpoint", one_of(Viewpoint), "repository", "path"),
        "services": _rules("service", placeholders("repository"), "repository", "path"),
        "owners": _rules("team", text, "repository", "path", "address"),
        "domains": _rules("domain", text, "repository", "path", "address"),
        "joins": _JOINS,
        "search": _SEARCH,
        "references": _REFERENCES,
        "images": several(host),
        "templates": folder,
        "site_dir": output_folder,
    },
    required=("sources",),
)
"""Each key of the configuration; a new one is a line here and a field of `Settings`."""
