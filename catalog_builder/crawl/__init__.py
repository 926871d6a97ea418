"""Brings specification files from where teams keep them, with what is known of that place."""

from catalog_builder.crawl.behind import Behind
from catalog_builder.crawl.findings import CODES
from catalog_builder.crawl.gather import Crawl, SourceState, crawl
from catalog_builder.crawl.surroundings import look_around

__all__ = ["CODES", "Behind", "Crawl", "SourceState", "crawl", "look_around"]
