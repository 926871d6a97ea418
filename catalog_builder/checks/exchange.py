"""Whether every event has two sides."""

from collections.abc import Iterator

from catalog_builder.checks.rule import Rule, event_breaches
from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Code, Severity


def _unsent(_catalog: Catalog, flow: Flow) -> Iterator[str]:
    yield from flow.loose_ends().unsent


def _unread(_catalog: Catalog, flow: Flow) -> Iterator[str]:
    yield from flow.loose_ends().unread


EVENT_WITHOUT_PRODUCER = Rule(
    Code(
        code="event-without-producer",
        severity=Severity.WARNING,
        message="No service is known to send `{name}`.",
        meaning="No document of the estate says that its application sends the event.",
        mend="Add the sending service's repository to the sources, or its send operation to its "
        "document; if the document's verbs are written from the other side, set "
        "`viewpoint: client` for it.",
        example="The event lake reads `StockCountAdjusted`, and no document says that it is sent.",
    ),
    event_breaches(_unsent),
)

EVENT_WITHOUT_CONSUMER = Rule(
    Code(
        code="event-without-consumer",
        severity=Severity.INFO,
        message="No service is known to receive `{name}`.",
        meaning="No document of the estate says that its application receives the event.",
        mend="Add the receiving services' repositories to the sources, or a receive operation to "
        "their documents; if nobody needs the event, deprecate it.",
        example="Crate returns sends `CrateWashed`, and no document says that it is received.",
    ),
    event_breaches(_unread),
)
