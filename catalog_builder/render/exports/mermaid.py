"""A Mermaid flowchart, as forges and wikis draw it from a code block: services by domain."""

import re
from collections import defaultdict
from collections.abc import Iterator

from catalog_builder.graph import Flow, Kind
from catalog_builder.model import Catalog
from catalog_builder.render.exports.export import Export
from catalog_builder.render.exports.network import Network, Vertex, network
from catalog_builder.render.exports.text import one_line

_UNSAFE = re.compile(r"[^\w .,:/+=()-]")
_BRACKETS = {Kind.SERVICE: ('["', '"]'), Kind.EVENT: ('(["', '"])')}


def _write(catalog: Catalog, flow: Flow) -> bytes:
    drawn = network(catalog, flow)
    lines = [
        "flowchart LR",
        *_nodes(drawn),
        *(f"  n{each.source} --> n{each.target}" for each in drawn.edges),
        *_deprecated(drawn),
        "",
    ]
    return "\n".join(lines).encode()


def _nodes(drawn: Network) -> Iterator[str]:
    domains = defaultdict(list)
    for place, vertex in enumerate(drawn.vertices):
        domains[vertex.domain if vertex.kind is Kind.SERVICE else ""].append(place)
    for number, domain in enumerate(sorted(domains)):
        nodes = [_node(place, drawn.vertices[place]) for place in domains[domain]]
        if domain:
            nodes = [f'  subgraph d{number}["{_shown(domain)}"]', *_indented(nodes), "  end"]
        yield from nodes


def _node(place: int, vertex: Vertex) -> str:
    before, after = _BRACKETS[vertex.kind]
    return f"  n{place}{before}{_shown(vertex.label)}{after}"


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _deprecated(drawn: Network) -> Iterator[str]:
    places = [f"n{place}" for place, each in enumerate(drawn.vertices) if each.deprecated]
    if places:
        yield "  classDef deprecated stroke-dasharray: 5 5"
        yield f"  class {','.join(places)} deprecated"


def _shown(text: str) -> str:
    # Mermaid writes a character by its number as `#35;`; an empty label is a syntax error.
    return _UNSAFE.sub(lambda found: f"#{ord(found[0])};", one_line(text, 80)) or " "


MERMAID = Export("mmd", "Mermaid flowchart, for READMEs and wikis of small estates", _write)
