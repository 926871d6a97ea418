"""Makes pictures of graphs; it alone knows Graphviz."""

from catalog_builder.draw.album import Album
from catalog_builder.draw.pictures import Graph, Pictures, can_draw

__all__ = ["Album", "Graph", "Pictures", "can_draw"]
