"""The keys of `catalog.yml`: what each one expects, and the value it becomes."""

from typing import Any

from catalog_builder.config.expect import (
    Expectation,
    Part,
    flag,
    folder,
    glob,
    inner_glob,
    one_of,
    output_folder,
    placeholders,
    text,
)
from catalog_builder.config.hosts import host
from catalog_builder.config.settings import (
    Bridge,
    Joins,
    LocalSource,
    NameRule,
    References,
    Settings,
    ViewpointRule,
    Where,
)
from catalog_builder.config.structure import record, several
from catalog_builder.model import Location, Viewpoint

_PLACES: dict[str, Expectation] = {"repository": glob, "path": glob, "address": glob}


def _source(part: Part, values: dict[str, Any]) -> LocalSource:
    mark = part.node.start_mark
    place = Location("", part.file.name, mark.line + 1, mark.column + 1)
    return LocalSource(place=place, **values)


def _rules(key: str, name: Expectation, *places: str) -> Expectation:
    """Rules of one kind: places, and the `key` that names what holds there."""

    def make(_: Part, values: dict[str, Any]) -> NameRule | ViewpointRule:
        named = values.pop(key)
        rule = ViewpointRule if isinstance(named, Viewpoint) else NameRule
        return rule(Where(**values), named)

    keys = {place: _PLACES[place] for place in places} | {key: name}
    return several(record(make, keys, required=(key,), any_of=places))


_SOURCE = record(
    _source,
    {
        "path": glob,
        "name": text,
        "url": placeholders("repository", web=True),
        "link": placeholders("repository", "commit", "path", "line", web=True),
        "viewpoint": one_of(Viewpoint),
    },
    required=("path",),
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

_REFERENCES = record(lambda _, values: References(**values), {"hosts": several(host)})

CONFIGURATION = record(
    lambda part, values: Settings(root=part.file.absolute().parent, **values),
    {
        "title": text,
        "description": text,
        "sources": several(_SOURCE, at_least=1),
        "include": several(inner_glob, at_least=1),
        "exclude": several(inner_glob),
        "viewpoint": one_of(Viewpoint),
        "viewpoints": _rules("viewpoint", one_of(Viewpoint), "repository", "path"),
        "services": _rules("service", placeholders("repository"), "repository", "path"),
        "owners": _rules("team", text, "repository", "path", "address"),
        "domains": _rules("domain", text, "repository", "path", "address"),
        "joins": _JOINS,
        "references": _REFERENCES,
        "templates": folder,
        "site_dir": output_folder,
    },
    required=("sources",),
)
"""Each key of the configuration; a new one is a line here and a field of `Settings`."""
