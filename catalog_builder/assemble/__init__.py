"""Joins what the documents of all repositories say into one catalogue."""

from catalog_builder.assemble.catalogue import assemble
from catalog_builder.assemble.codes import CODES
from catalog_builder.assemble.registered import with_registered

__all__ = ["CODES", "assemble", "with_registered"]
