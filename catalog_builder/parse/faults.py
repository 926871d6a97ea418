"""Documents whose own text is right, but which refer to files in which something is wrong.

Alone knows by which references of a document such a file is reached.
"""

from collections.abc import Collection, Mapping

from catalog_builder.model import Json
from catalog_builder.parse.neighbours import is_elsewhere
from catalog_builder.parse.nodes import Node
from catalog_builder.parse.references import Library, reference_of
from catalog_builder.parse.text import Path


def report_faults(library: Library, documents: Collection[str]) -> None:
    """Each document says so once of each faulty file that it refers to, directly or not."""
    files = library.report.faulty.difference(documents)
    faulty = {each for each in files if not is_elsewhere(each)}
    for path in documents if faulty else ():
        source = library.open(path)
        reached = _reached_from(library, path)
        found = sorted(faulty & reached.keys())
        places = _places(source.root) if source and found else {}
        for file in found:
            where = places.get(reached[file]) or (source and source.root)
            if where:
                library.report.add("reference-to-faulty-file", where, file=file)


def _reached_from(library: Library, path: str) -> Mapping[str, str]:
    """The files to which a file refers, each with a reference of the file that leads there."""
    reached: dict[str, str] = {}
    leads = library.leads.get(path, {})
    waiting = [(file, min(leads[file])) for file in sorted(leads)]
    for file, reference in waiting:  # which grows meanwhile: the nearest come first
        if file not in reached and file != path:
            reached[file] = reference
            waiting.extend((each, reference) for each in sorted(library.leads.get(file, ())))
    return reached


def _places(root: Node) -> Mapping[str, Node]:
    """Where a document has each reference first."""
    places: dict[str, Node] = {}
    waiting: list[tuple[Path, Json]] = [((), root.value)]
    while waiting:
        path, value = waiting.pop()
        reference = reference_of(value)
        if reference is not None:
            places.setdefault(reference, Node(root.source, (*path, "$ref"), reference))
        children = value.items() if isinstance(value, dict) else enumerate(value or ())
        found = [((*path, key), each) for key, each in children if isinstance(each, dict | list)]
        waiting.extend(reversed(found))
    return places
