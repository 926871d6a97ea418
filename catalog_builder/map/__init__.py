"""The map of an estate: where everything stands in it, and all it shows, packed for a browser."""

from catalog_builder.map.landscape import Bubble, Landscape, Spot, landscape_of
from catalog_builder.map.packing import packed_map

__all__ = ["Bubble", "Landscape", "Spot", "landscape_of", "packed_map"]
