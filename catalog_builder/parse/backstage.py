"""Entities of Backstage, from every `catalog-info.yaml` of a repository.

Alone knows how Backstage describes and names entities.
"""

from collections.abc import Iterator

from catalog_builder.model import Component
from catalog_builder.parse.nodes import Node, Source, as_text
from catalog_builder.parse.references import Library

_FILES = ("catalog-info.yaml", "catalog-info.yml")
_FROM_FILES = ("$text", "$yaml", "$json", "$openapi", "$asyncapi")


def read_components(library: Library) -> tuple[Component, ...]:
    """The entities in the order of paths, and within a file in the order written."""
    paths = sorted(path for path in library.files if path.rpartition("/")[2] in _FILES)
    return tuple(each for path in paths for each in _entities(library, path))


def _entities(library: Library, path: str) -> Iterator[Component]:
    source = library.open(path)
    for number in range(len(source.text.documents) if source else 0):
        if source is None:
            return
        root = Source(source.repository, path, source.text, number).root
        kind, metadata = root.string("kind"), root.get("metadata")
        name = metadata.string("name") if metadata else ""
        if kind and metadata and name:
            spec = root.get("spec") or Node(source, (), {})
            yield _component(path, kind, metadata, spec, _definition(library, path, spec))


def _component(path: str, kind: str, metadata: Node, spec: Node, definition: str) -> Component:
    return Component(
        name=metadata.string("name"),
        path=path,
        kind=kind,
        title=metadata.string("title"),
        description=metadata.string("description"),
        owner=_entity_name(spec.string("owner")),
        system=_entity_name(spec.string("system")),
        domain=_entity_name(spec.string("domain")),
        lifecycle=spec.string("lifecycle"),
        provides=_names(spec, "providesApis"),
        consumes=_names(spec, "consumesApis"),
        definition=definition,
    )


def _definition(library: Library, path: str, spec: Node) -> str:
    """Path of the file that `$text` and its like put in; empty when the API is written in place."""
    written = spec.get("definition")
    named = (written.string(key) for key in _FROM_FILES) if written else ()
    file = next((each for each in named if each), "")
    return library.path_of(path, file) if file else ""


def _names(spec: Node, key: str) -> tuple[str, ...]:
    listed = spec.get(key)
    texts = (as_text(each.value) for each in listed.elements()) if listed else ()
    return tuple(_entity_name(text) for text in texts if text)


def _entity_name(reference: str) -> str:
    """The name in a reference to an entity.

    >>> _entity_name("group:default/payments")
    'payments'
    """
    return reference.rpartition("/")[2].rpartition(":")[2].strip()
