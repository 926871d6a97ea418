"""Who does what with which event: one relation for each operation and each of its messages."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from catalog_builder.assemble.events import OwnedEvent
from catalog_builder.model import Action, Location, Relation


def relations_of(events: Iterable[OwnedEvent], channel_ids: Sequence[str]) -> tuple[Relation, ...]:
    """The relations of events that are sorted by id, sorted, with the reason of each.

    `channel_ids` are those of the uses, by their places.
    """
    found: defaultdict[tuple[str, Action], list[Relation]] = defaultdict(list)
    for event in events:
        own = list(_relations(event, channel_ids))
        for each in sorted(own, key=_order_in_event) if len(own) > 1 else own:
            found[each.service, each.action].append(each)
    return tuple(each for key in sorted(found) for each in found[key])


def _order_in_event(relation: Relation) -> tuple[str, str, Location]:
    return relation.channel, relation.operation, relation.source


def _relations(event: OwnedEvent, channel_ids: Sequence[str]) -> Iterator[Relation]:
    for use, join in zip(event.joined.uses, event.joined.joins, strict=True):
        for operation in use.operations:
            yield Relation(
                use.by.service,
                operation.action,
                event.id,
                channel_ids[use.place],
                operation.id,
                join,
                use.by.location(operation.line),
                bool(operation.reply_to),
                operation.reply_address,
                operation.security,
                operation.bindings,
            )
