"""Who does what with which event: one relation for each operation and each of its messages."""

from collections.abc import Iterable, Iterator, Mapping

from catalog_builder.assemble.documents import MessageUse
from catalog_builder.assemble.events import OwnedEvent
from catalog_builder.model import Relation


def relations_of(
    events: Iterable[OwnedEvent], channel_ids: Mapping[MessageUse, str]
) -> Iterator[Relation]:
    """The relations, with the reason why each is believed."""
    for event in events:
        for use, join in zip(event.joined.uses, event.joined.joins, strict=True):
            for operation in use.operations:
                yield Relation(
                    service=use.by.service,
                    action=operation.action,
                    event=event.id,
                    channel=channel_ids[use],
                    operation=operation.id,
                    join=join,
                    source=use.by.location(operation.line),
                    reply=bool(operation.reply_to),
                    reply_address=operation.reply_address,
                    security=operation.security,
                    bindings=operation.bindings,
                )
