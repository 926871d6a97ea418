"""Graphviz's language: every service a box, every event an ellipse."""

from catalog_builder.graph import Flow, Kind
from catalog_builder.model import Catalog
from catalog_builder.render.exports.export import Export
from catalog_builder.render.exports.network import Edge, Network, Vertex, network
from catalog_builder.render.exports.text import one_line, plain

_SHAPES = {Kind.SERVICE: "box", Kind.EVENT: "ellipse"}
_LONGEST_PIECE = 4000
"""Characters, of at most four bytes each."""


def _write(catalog: Catalog, flow: Flow) -> bytes:
    drawn = network(catalog, flow)
    lines = [
        f"digraph {_quoted(one_line(plain(catalog.title)))} {{",
        "  rankdir=LR;",
        *(_node(each) for each in drawn.vertices),
        *(_arrow(each, drawn) for each in drawn.edges),
        "}",
        "",
    ]
    return "\n".join(lines).encode()


def _node(vertex: Vertex) -> str:
    attributes = {
        "label": _shown(vertex.label),
        "shape": _SHAPES[vertex.kind],
        "style": "dashed" if vertex.deprecated else "",
        "class": vertex.kind,
        "domain": vertex.domain,
        "team": vertex.team,
        "version": vertex.version,
    }
    return f"  {_quoted(vertex.key)} [{_listed(attributes)}];"


def _arrow(edge: Edge, drawn: Network) -> str:
    source, target = (_quoted(drawn.vertices[each].key) for each in (edge.source, edge.target))
    attributes = {
        "class": edge.action,
        "channels": ", ".join(edge.channels),
        "protocols": ", ".join(edge.protocols),
        "confidence": edge.confidence,
    }
    return f"  {source} -> {target} [{_listed(attributes)}];"


def _listed(attributes: dict[str, str]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in attributes.items() if value)


def _shown(label: str) -> str:
    # Graphviz expands HTML entities in what it draws.
    return one_line(label).replace("&", "&amp;")


def _quoted(text: str) -> str:
    # Older releases of Graphviz refuse a quoted string of more than 16384 bytes, not a sum of them.
    return " + ".join(
        _piece(text[start : start + _LONGEST_PIECE])
        for start in range(0, max(len(text), 1), _LONGEST_PIECE)
    )


def _piece(text: str) -> str:
    # A backslash before the closing quote would escape it; doubled, it stands for itself in
    # labels and keeps names apart.
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


DOT = Export("dot", "Graphviz DOT: services, events and who sends or receives what", _write)
