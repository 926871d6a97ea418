"""Brings specification files from where teams keep them, with what is known of that place."""

from catalog_builder.crawl.behind import Behind
from catalog_builder.crawl.findings import CODES
from catalog_builder.crawl.folder import Folder
from catalog_builder.crawl.gather import Crawl, crawl
from catalog_builder.crawl.history import Told, history
from catalog_builder.crawl.run import cache_folder
from catalog_builder.crawl.store import CacheError, Store
from catalog_builder.crawl.surroundings import look_around

__all__ = [
    "CODES",
    "Behind",
    "CacheError",
    "Crawl",
    "Folder",
    "Store",
    "Told",
    "cache_folder",
    "crawl",
    "history",
    "look_around",
]
