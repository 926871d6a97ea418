"""What each template of a page is given: names, types and meanings.

Owners write templates of their own with these, so they change only with a line in the changelog.
The guide's page of templates is made from them, and a test holds the pages to them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, TypeAlias, TypedDict

from markupsafe import Markup

from catalog_builder.files import Neighbour
from catalog_builder.graph import DomainFlow
from catalog_builder.model import (
    Catalog,
    Change,
    Contact,
    Event,
    Finding,
    Json,
    Location,
    PlacedField,
    RegisteredVersion,
    Relation,
    Service,
    Severity,
    SharedChannel,
    Subject,
)
from catalog_builder.render.dictionary import Meaning, Word
from catalog_builder.render.fields import Tree
from catalog_builder.render.kit import Kit
from catalog_builder.render.links import Links
from catalog_builder.render.listed import Listed
from catalog_builder.render.owing import Debts
from catalog_builder.render.pages.changes import Told
from catalog_builder.render.pages.event_parts import SharedType, Side, Version
from catalog_builder.render.pages.home import Attention
from catalog_builder.render.snippets import Snippet
from catalog_builder.render.tables import Table
from catalog_builder.render.tabs import Pane
from catalog_builder.render.view import Unit, View
from catalog_builder.search import Alike

Picture: TypeAlias = Annotated[Markup, "the diagram; empty without Graphviz"]


class EveryPage(TypedDict):
    """Given to every template."""

    catalog: Annotated[Catalog, "the whole catalogue"]
    view: Annotated[View, "the catalogue from all sides"]
    links: Annotated[Links, "addresses from this page"]
    kit: Annotated[Kit, "everything that pages are made of"]
    section: Annotated[Callable[[str, str], Markup], "a heading for the table of contents"]
    markdown: Annotated[Callable[[str, Location | None], Markup], "a description as HTML"]
    plain_line: Annotated[Callable[[str], str], "a description as one plain line"]
    json_html: Annotated[Callable[[Json], Markup], "JSON as HTML in one line; pages indent it"]
    json_text: Annotated[Callable[[Json], str], "JSON, indented"]
    ticked: Annotated[Callable[[str], Markup], "a text, what is between backticks as code"]
    sentence: Annotated[Callable[[str], str], "a text with a capital first"]
    counted: Annotated[Callable[[int, str], str], "a number with its noun: `2 events`"]
    anchor: Annotated[Callable[..., str], "an address within a page, from its parts"]
    worded: Annotated[Callable[[tuple[str, ...]], Markup], "constraints of a field in a line"]
    code_tabs: Annotated[
        Callable[..., Markup], "code under tabs: a label, panes, snippets, which pane these send"
    ]


class HomePage(TypedDict):
    """home.html: the home page."""

    noun: Annotated[str, "between what events flow: `domain`, or `service` where no two are known"]
    counts: Annotated[Sequence[tuple[str, int, str]], "what there is, how many, where"]
    attention: Annotated[Sequence[Attention], "what needs attention"]
    recent: Annotated[Sequence[tuple[Change, str]], "the last changes, each in a line"]
    busiest: Annotated[Sequence[Event], "the events that most services read"]
    picture: Picture


class TablePage(TypedDict):
    """events.html, services.html, channels.html: all things of a kind."""

    table: Annotated[Table, "all of them"]


class EventPage(TypedDict):
    """event.html: one event."""

    event: Annotated[Event, "the event"]
    summary: Annotated[str, "what it is, in one plain line"]
    protocols: Annotated[tuple[str, ...], "of its channels"]
    sends: Annotated[Listed[Side], "who sends it"]
    receives: Annotated[Listed[Side], "who reads it"]
    channels: Annotated[Listed[SharedChannel], "where it passes"]
    fields: Annotated[Sequence[PlacedField], "all fields of its payload"]
    successor: Annotated[Event | None, "what to use instead, where it is deprecated"]
    format: Annotated[str, "the language of its schema"]
    panes: Annotated[Sequence[Pane], "title, code and language of each tab"]
    made: Annotated[bool, "whether the first example is made from the schema"]
    snippets: Annotated[Sequence[Snippet], "code that sends and reads it"]
    examples: Annotated[int, "how many of the first panes are examples"]
    field_tree: Annotated[Tree, "the list of fields in a shape, whose anchor is given too"]
    types: Annotated[Sequence[SharedType], "named types that other events have as well"]
    neighbours: Annotated[Sequence[Neighbour], "the same in forms for machines"]
    asyncapi: Annotated[str, "the version of AsyncAPI that its document is written in"]
    source_address: Annotated[str, "of its place on the forge; empty: unknown"]
    edit_address: Annotated[str, "where its document is edited; empty: unknown"]
    similar_page: Annotated[str, "path of the page Before you create"]
    alike: Annotated[Sequence[tuple[Event, Alike]], "the events most like it"]
    versions: Annotated[Sequence[Version], "from version control, newest first"]
    registered_versions: Annotated[
        Sequence[tuple[Subject, Sequence[tuple[RegisteredVersion, Sequence[Told]]]]],
        "from schema registries",
    ]
    findings: Annotated[Listed[Finding], "that concern it"]
    original: Annotated[str, "path of its document in the site; empty: nowhere"]
    picture: Picture


class ServicePage(TypedDict):
    """service.html: one service."""

    service: Annotated[Service, "the service"]
    sends: Annotated[Listed[tuple[Event, Sequence[str]]], "events, and ids of channels"]
    receives: Annotated[Listed[tuple[Event, Sequence[str]]], "events, and ids of channels"]
    upstream: Annotated[Listed[tuple[Service, Sequence[Event]]], "whom it depends on, for what"]
    downstream: Annotated[Listed[tuple[Service, Sequence[Event]]], "who depends on it, for what"]
    originals: Annotated[Sequence[str], "paths of its documents in the site"]
    findings: Annotated[Listed[Finding], "that concern it"]
    picture: Picture


class ChannelPage(TypedDict):
    """channel.html: one channel."""

    channel: Annotated[SharedChannel, "the channel"]
    name: Annotated[str, "its address, or what else it is called"]
    events: Annotated[Listed[Event], "what passes"]
    senders: Annotated[Listed[tuple[Service, Listed[Relation]]], "who sends, and where it says so"]
    receivers: Annotated[Listed[tuple[Service, Listed[Relation]]], "who reads, likewise"]
    picture: Picture


class FieldsPage(TypedDict):
    """dictionary.html: all names of fields."""

    table: Annotated[Table, "all of them"]
    conflicts: Annotated[Sequence[tuple[Word, str]], "names of several types, and their events"]
    conflicts_more: Annotated[int, "how many conflicts are left out"]
    type_of: Annotated[Callable[[Meaning], str], "a type with its format"]


class UnitsPage(TypedDict):
    """domains.html, teams.html: all domains, all teams."""

    table: Annotated[Table, "all of them"]
    noun: Annotated[str, "`domain` or `team`"]
    homeless: Annotated[Listed[Service], "the services without one"]
    picture: Picture


class UnitPage(TypedDict):
    """unit.html: one domain or team."""

    unit: Annotated[Unit, "the domain or team"]
    noun: Annotated[str, "`domain` or `team`"]
    others: Annotated[Listed[tuple[str, str]], "teams of the domain, or domains of the team"]
    services: Annotated[Listed[Service], "its services"]
    goes_out: Annotated[Listed[Event], "what others read"]
    comes_in: Annotated[Listed[Event], "what others send"]
    stays: Annotated[Listed[Event], "what stays inside"]
    loose: Annotated[Listed[Event], "what nobody reads, or nobody sends"]
    contacts: Annotated[Sequence[Contact], "whom the documents name"]
    owed: Annotated[Sequence[Debts], "what a team owes to others"]
    findings: Annotated[Listed[Finding], "that concern its services"]
    picture: Picture


class MapPage(TypedDict):
    """map.html: the map."""

    style: Annotated[str, "address of its style sheet"]
    scripts: Annotated[Sequence[str], "addresses of its scripts"]
    sources: Annotated[str, "path of what links lead to"]
    suffix: Annotated[str, "how addresses of pages end"]
    noun: Annotated[str, "between what events flow: `domain`, or `service` where no two are known"]
    flows: Annotated[Sequence[DomainFlow], "the strongest flows between domains"]
    pairs: Annotated[
        Sequence[tuple[Service, Service, int]],
        "sender, reader, number of events: the strongest flows between services, else empty",
    ]
    hidden: Annotated[int, "how many flows are left out"]
    picture: Picture


class SimilarPage(TypedDict):
    """similar.html: before you create."""

    scripts: Annotated[Sequence[str], "addresses of its scripts"]


class ChangesPage(TypedDict):
    """changes.html: what changed."""

    table: Annotated[Table, "all changes"]
    breaking: Annotated[
        Sequence[tuple[Change, Sequence[Told], Sequence[Service]]], "the last that break somebody"
    ]
    more: Annotated[int, "how many of these are left out"]


class HealthPage(TypedDict):
    """health.html: what is wrong, and what is missing."""

    table: Annotated[Table, "all findings"]
    alike: Annotated[Sequence[tuple[Event, Event, Alike]], "events that are nearly the same"]
    alike_more: Annotated[int, "how many pairs are left out"]
    counts: Annotated[Sequence[tuple[Severity, int]], "findings by severity"]
    sources: Annotated[Table, "what became of each source"]
    documents: Annotated[Table, "the documents that were read"]
    rules: Annotated[Sequence[tuple[str, int]], "the most frequent findings"]
    blamed: Annotated[Sequence[tuple[str, int]], "findings by team"]
    coverage: Annotated[Sequence[tuple[str, int, int]], "what is known of how many"]


TEMPLATES: Mapping[str, type] = {
    "home.html": HomePage,
    "events.html": TablePage,
    "event.html": EventPage,
    "services.html": TablePage,
    "service.html": ServicePage,
    "channels.html": TablePage,
    "channel.html": ChannelPage,
    "dictionary.html": FieldsPage,
    "domains.html": UnitsPage,
    "teams.html": UnitsPage,
    "unit.html": UnitPage,
    "map.html": MapPage,
    "similar.html": SimilarPage,
    "changes.html": ChangesPage,
    "health.html": HealthPage,
}
"""What each template of a page is given besides what every one is."""
