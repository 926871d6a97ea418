"""Finding things: words, index, ranking, likeness; one engine for the site and the command line.

The browser's half (`docs_templates/assets/search-engine.js`) reads the index that is packed here,
and answers the same: both are held to the same cases.
"""

from catalog_builder.search.alike import Alike, alike
from catalog_builder.search.entries import Entry, Kind, Occurrence, entries_of, occurrences_in
from catalog_builder.search.index import Index, index_of
from catalog_builder.search.likeness import Candidate, Comparison, Draft, Likeness, Verdict
from catalog_builder.search.packing import packed
from catalog_builder.search.searching import Hit, Reason, Result, Search

__all__ = [
    "Alike",
    "Candidate",
    "Comparison",
    "Draft",
    "Entry",
    "Hit",
    "Index",
    "Kind",
    "Likeness",
    "Occurrence",
    "Reason",
    "Result",
    "Search",
    "Verdict",
    "alike",
    "entries_of",
    "index_of",
    "occurrences_in",
    "packed",
]
