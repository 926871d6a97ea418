"""The page of one channel, and the table of all."""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Any

from catalog_builder.files import Page
from catalog_builder.model import Action, Relation, Service, SharedChannel
from catalog_builder.render.diagrams import channel_diagram
from catalog_builder.render.kit import Diagrams, Kit, graph
from catalog_builder.render.links import CHANNELS, Links, channel_path, links_from
from catalog_builder.render.listed import Listed, listed
from catalog_builder.render.tables import Column, Table
from catalog_builder.render.text import plain_line
from catalog_builder.render.view import View

SECTION = "Channels"
_LISTED = 60
_PLACES = 6
_COLUMNS = (
    Column("name", "Address", "name"),
    Column("protocol", "Protocol", "text", facet=True),
    Column("events", "Events", "links"),
    Column("sends", "Senders", "links", facet=True),
    Column("receives", "Receivers", "links", facet=True),
    Column("servers", "Server", "texts", facet=True, shown=False),
)


def pages(kit: Kit) -> Iterator[Page]:
    """The table, then a page for each channel."""
    yield kit.page(
        CHANNELS,
        "channels.html",
        lambda kit, links: {"table": kit.once(table)},  # noqa: ARG005  one shape for all
        title=SECTION,
        description=f"Every channel of {kit.catalog.title}: its address and who uses it.",
        section=SECTION,
        is_index=True,
        wide=True,
    )
    for channel in kit.catalog.channels:
        yield kit.page(
            channel_path(channel.id),
            "channel.html",
            partial(_values, channel),
            title=name_of(channel),
            description=plain_line(channel.description) or f"Who uses {name_of(channel)}.",
            section=SECTION,
            of=("catalog", "channel", channel.id),
        )


def diagrams(view: View, *, directory_urls: bool) -> Diagrams:
    """The graph of each channel."""
    for channel in view.catalog.channels:
        path = channel_path(channel.id)
        links = links_from(path, directory_urls=directory_urls)
        yield path, graph(channel_diagram, view, channel, links)


def table(kit: Kit) -> Table:
    """Every channel with what one looks for."""
    rows = tuple(_row(kit, each) for each in kit.catalog.channels)
    return Table("channels", "channel", _COLUMNS, rows)


def name_of(channel: SharedChannel) -> str:
    """What people call a channel."""
    return channel.address or channel.title or channel.id


def _row(kit: Kit, channel: SharedChannel) -> tuple[Any, ...]:
    root = Links("", kit.directory_urls)
    service = kit.catalog.service
    return (
        (name_of(channel), root.channel(channel.id), plain_line(channel.description)),
        channel.protocol,
        tuple(
            (event.called, root.event(event.id))
            for event in kit.view.events_of_channel.get(channel.id, ())
        ),
        tuple((service[each].name, root.service(each)) for each in channel.sends),
        tuple((service[each].name, root.service(each)) for each in channel.receives),
        tuple(sorted({server.host for server in channel.servers})),
    )


def _values(channel: SharedChannel, kit: Kit, links: Links) -> Mapping[str, Any]:  # noqa: ARG001  one shape for all
    return {
        "channel": channel,
        "name": name_of(channel),
        "events": listed(kit.view.events_of_channel.get(channel.id, ()), _LISTED),
        "senders": _users(kit, channel, Action.SEND),
        "receivers": _users(kit, channel, Action.RECEIVE),
        "picture": kit.picture(
            channel_path(channel.id),
            f"Who sends to and who receives from {name_of(channel)}; the same as the lists below",
        ),
    }


def _users(
    kit: Kit, channel: SharedChannel, action: Action
) -> Listed[tuple[Service, Listed[Relation]]]:
    """Who sends to a channel, or receives from it, and which places say so."""
    places: dict[str, list[Relation]] = {
        each: [] for each in (channel.sends if action is Action.SEND else channel.receives)
    }
    for relation in kit.view.relations_of_channel.get(channel.id, ()):
        if relation.action is action and relation.service in places:
            places[relation.service].append(relation)
    shown = islice(places.items(), _LISTED)
    return Listed(
        tuple((kit.catalog.service[id_], listed(found, _PLACES)) for id_, found in shown),
        len(places),
    )
