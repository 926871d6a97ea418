"""Documents whose own text is right, but which refer to files in which something is wrong.

Alone knows by which references of a document such a file is reached.
"""

from collections.abc import Collection, Iterator

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
        if source is None:
            continue
        for file, references in sorted(_reached_from(library, path)):
            if file in faulty:
                where = next(_places(source.root, references), source.root)
                library.report.add("reference-to-faulty-file", where, file=file)


def _reached_from(library: Library, path: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The files to which a file refers, each with the references of the file that lead there."""
    for first, references in library.leads.get(path, {}).items():
        reached, waiting = {path}, [first]
        while waiting:
            file = waiting.pop()
            if file not in reached:
                reached.add(file)
                waiting.extend(library.leads.get(file, ()))
                yield file, frozenset(references)


def _places(root: Node, references: frozenset[str]) -> Iterator[Node]:
    """Where a document has one of the references, in the order written."""
    waiting: list[tuple[Path, Json]] = [((), root.value)]
    while waiting:
        path, value = waiting.pop()
        if reference_of(value) in references:
            yield Node(root.source, (*path, "$ref"), value["$ref"])
        children = value.items() if isinstance(value, dict) else enumerate(value)
        found = [((*path, key), each) for key, each in children if isinstance(each, dict | list)]
        waiting.extend(reversed(found))
