"""Elements as Cytoscape.js and Cytoscape desktop (`.cyjs`) read them."""

from collections.abc import Iterator

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Json
from catalog_builder.render.exports.encoding import encoded
from catalog_builder.render.exports.export import Export
from catalog_builder.render.exports.network import Network, network


def _write(catalog: Catalog, flow: Flow) -> bytes:
    drawn = network(catalog, flow)
    elements = {"nodes": list(_nodes(drawn)), "edges": list(_edges(drawn))}
    return encoded({"data": {"name": catalog.title}, "elements": elements}) + b"\n"


def _nodes(drawn: Network) -> Iterator[Json]:
    for each in drawn.vertices:
        yield {
            "data": {
                "id": each.key,
                "kind": each.kind,
                "name": each.label,
                "domain": each.domain,
                "team": each.team,
                "version": each.version,
                "deprecated": each.deprecated,
            }
        }


def _edges(drawn: Network) -> Iterator[Json]:
    for place, each in enumerate(drawn.edges):
        yield {
            "data": {
                "id": f"edge:{place}",
                "source": drawn.vertices[each.source].key,
                "target": drawn.vertices[each.target].key,
                "action": each.action,
                "channels": each.channels,
                "protocols": each.protocols,
                "confidence": each.confidence,
            }
        }


CYTOSCAPE = Export("cyjs", "Cytoscape JSON: the same graph for Cytoscape.js", _write)
