"""Makes a folder equal to generated files inside a MkDocs site; it alone knows MkDocs and disk."""

from catalog_builder.publish.folder import clear_leftovers
from catalog_builder.publish.site import (
    Frame,
    configuration_named_in,
    frame_files,
    hand_written,
    publish,
    site_of,
)
from catalog_builder.publish.stamping import MakeFiles, StampingPlugin

__all__ = [
    "Frame",
    "MakeFiles",
    "StampingPlugin",
    "clear_leftovers",
    "configuration_named_in",
    "frame_files",
    "hand_written",
    "publish",
    "site_of",
]
