"""Describes the pages of a catalogue, and the files beside them, as values."""

from catalog_builder.render.exports import EXPORTS
from catalog_builder.render.site import diagrams, render
from catalog_builder.render.view import View

__all__ = ["EXPORTS", "View", "diagrams", "render"]
