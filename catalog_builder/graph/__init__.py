"""Who sends to whom, and what a change reaches; the only home of networkx."""

from catalog_builder.graph.answers import (
    Chain,
    DomainFlow,
    Hop,
    Kind,
    Link,
    LooseEnds,
    Node,
    Reach,
)
from catalog_builder.graph.asked import Asked, AskedError, asked_in
from catalog_builder.graph.flow import Flow

__all__ = [
    "Asked",
    "AskedError",
    "Chain",
    "DomainFlow",
    "Flow",
    "Hop",
    "Kind",
    "Link",
    "LooseEnds",
    "Node",
    "Reach",
    "asked_in",
]
