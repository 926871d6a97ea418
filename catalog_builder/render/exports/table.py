"""A line a relation, for spreadsheets."""

import csv
import io
import re
from functools import lru_cache

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog, Event, Relation, Service, SharedChannel
from catalog_builder.render.exports.export import Export
from catalog_builder.render.exports.text import plain

# Some spreadsheets take the full-width signs of East Asian keyboards for the narrow ones.
_FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NO_SERVICE = Service("", "")
_NO_EVENT = Event("", "")
_NO_CHANNEL = SharedChannel("", "")
_COLUMNS = (
    *("service", "service_name", "team", "domain", "action", "event", "event_name", "version"),
    *("channel", "address", "protocol", "join_rule", "confidence"),
    *("repository", "path", "line"),
)


def _write(catalog: Catalog, _flow: Flow) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for relation in sorted(catalog.relations, key=lambda each: each.order):
        writer.writerow(map(_harmless, _cells(relation, catalog)))
    return text.getvalue().encode()


def _cells(relation: Relation, catalog: Catalog) -> tuple[str, ...]:
    """What stands in the columns, in their order."""
    service = catalog.service.get(relation.service, _NO_SERVICE)
    event = catalog.event.get(relation.event, _NO_EVENT)
    channel = catalog.channel.get(relation.channel, _NO_CHANNEL)
    join, source = relation.join, relation.source
    return (
        *(relation.service, service.name, service.team.name, service.domain.name),
        *(relation.action, relation.event, event.name, event.version.name),
        *(relation.channel, channel.address, channel.protocol, join.rule, join.confidence),
        *(source.repository, source.path, str(source.line or "")),
    )


@lru_cache(maxsize=65536)
def _harmless(text: str) -> str:
    # A cell that begins like a formula is run by spreadsheets; an apostrophe makes it text.
    cell = plain(text)
    return f"'{cell}" if _FORMULA.match(cell) else cell


CSV = Export("csv", "CSV: one line for each service and event it sends or receives", _write)
