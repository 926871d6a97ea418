"""GraphML, which yEd, Gephi, Cytoscape and Neo4j read."""

from collections.abc import Iterator
from html import escape

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog
from catalog_builder.render.exports.export import Export
from catalog_builder.render.exports.network import Edge, Network, Vertex, network

_NODE_KEYS = ("kind", "id", "label", "domain", "team", "version", "deprecated")
_EDGE_KEYS = ("action", "channels", "protocols", "confidence")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"""


def _write(catalog: Catalog, flow: Flow) -> bytes:
    drawn = network(catalog, flow)
    lines = [
        _HEAD,
        *(_key("node", name) for name in _NODE_KEYS),
        *(_key("edge", name) for name in _EDGE_KEYS),
        '<graph id="catalog" edgedefault="directed">',
        *(_node(place, each) for place, each in enumerate(drawn.vertices)),
        *_edges(drawn),
        "</graph>",
        "</graphml>",
        "",
    ]
    return "\n".join(lines).encode()


def _key(kind: str, name: str) -> str:
    is_flag = name == "deprecated"
    return (
        f'<key id="{kind}-{name}" for="{kind}" attr.name="{name}"'
        f' attr.type="{"boolean" if is_flag else "string"}"/>'
    )


def _node(place: int, vertex: Vertex) -> str:
    # Ids are NMTOKENs by GraphML's schema, so that names cannot be ids.
    values = (
        vertex.kind,
        vertex.id,
        vertex.label,
        vertex.domain,
        vertex.team,
        vertex.version,
        "true" if vertex.deprecated else "false",
    )
    data = "".join(_data("node", *each) for each in zip(_NODE_KEYS, values, strict=True))
    return f'<node id="n{place}">{data}</node>'


def _edges(drawn: Network) -> Iterator[str]:
    for place, edge in enumerate(drawn.edges):
        data = "".join(
            _data("edge", *each) for each in zip(_EDGE_KEYS, _edge_values(edge), strict=True)
        )
        ends = f'source="n{edge.source}" target="n{edge.target}"'
        yield f'<edge id="e{place}" {ends}>{data}</edge>'


def _edge_values(edge: Edge) -> tuple[str, ...]:
    return edge.action, ", ".join(edge.channels), ", ".join(edge.protocols), edge.confidence


def _data(kind: str, name: str, value: str) -> str:
    # XML readers turn a bare carriage return into a line feed.
    text = escape(value).replace("\r", "&#13;")
    return f'<data key="{kind}-{name}">{text}</data>' if value else ""


GRAPHML = Export("graphml", "GraphML: the same graph for yEd, Gephi or Neo4j", _write)
