"""The catalogue as data, in the formats other tools read. A new format: one file, one line here."""

from collections.abc import Mapping

from catalog_builder.render.exports.catalog_json import JSON, event_json
from catalog_builder.render.exports.catalog_schema import SCHEMA
from catalog_builder.render.exports.cytoscape import CYTOSCAPE
from catalog_builder.render.exports.dot import DOT
from catalog_builder.render.exports.encoding import encoded
from catalog_builder.render.exports.export import Export
from catalog_builder.render.exports.graphml import GRAPHML
from catalog_builder.render.exports.mermaid import MERMAID
from catalog_builder.render.exports.table import CSV

__all__ = ["EXPORTS", "SCHEMA", "Export", "encoded", "event_json"]

EXPORTS: Mapping[str, Export] = {
    "json": JSON,
    "dot": DOT,
    "graphml": GRAPHML,
    "mermaid": MERMAID,
    "csv": CSV,
    "cytoscape": CYTOSCAPE,
}
"""By the name people ask for it by."""
