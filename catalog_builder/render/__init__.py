"""Describes the pages of a catalogue, and the files beside them, as values."""

from catalog_builder.render.exports import EXPORTS
from catalog_builder.render.site import Wishes, diagrams, early_files, render
from catalog_builder.render.view import View
from catalog_builder.render.watching import Digests, answering, watched

__all__ = [
    "EXPORTS",
    "Digests",
    "View",
    "Wishes",
    "answering",
    "diagrams",
    "early_files",
    "render",
    "watched",
]
