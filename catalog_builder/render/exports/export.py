"""What an export is: a function of catalogue and flow, and what people need to choose it."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog


@dataclass(frozen=True, slots=True)
class Export:
    """A data format of the whole catalogue."""

    suffix: str
    """Of its files, without the dot: `json`."""
    description: str
    """One line."""
    write: Callable[[Catalog, Flow], bytes]
    """The file; the same catalogue gives the same bytes."""
