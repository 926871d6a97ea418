"""What changed when, by which commit, and whom that breaks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalog_builder.files import Page
from catalog_builder.model import Change, Difference, Side, Verdict
from catalog_builder.render.kit import Kit, sentence
from catalog_builder.render.links import CHANGES, Links
from catalog_builder.render.tables import Column, Table

SECTION = "Changes"
_BREAKING_SHOWN = 6
_PATHS_IN_A_LINE = 4
_NOT_COMMITTED = "not committed"
_COLUMNS = (
    Column("event", "Event", "name"),
    Column("date", "Date", "date"),
    Column("verdict", "Verdict", "badge", facet=True),
    Column("breaks", "Breaks", "text", facet=True),
    Column("change", "Change", "text", facet=True),
    Column("commit", "Commit", "place"),
    Column("author", "By", "text", facet=True),
    Column("domain", "Domain", "link", facet=True, shown=False),
    Column("team", "Team", "link", facet=True),
    Column("service", "Described by", "link", facet=True, shown=False),
    Column("document", "Document", "text", shown=False),
    Column("version", "Version", "text", shown=False),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Differences that say the same of several fields, put together."""

    places: tuple[str, ...]
    """Of the fields; empty: the event as a whole."""
    words: str
    breaks: bool
    """Whether it breaks those who must keep up."""
    is_wording: bool


def pages(kit: Kit) -> Iterator[Page]:
    """One page."""
    yield kit.page(
        CHANGES,
        "changes.html",
        _values,
        title=SECTION,
        description="What changed in which event, by which commit, and whom that breaks.",
        section=SECTION,
        is_index=True,
        wide=True,
    )


def table(kit: Kit) -> Table:
    """Every change, newest first."""
    return Table("changes", "change", _COLUMNS, tuple(_row(kit, each) for each in kit.view.changes))


def told(differences: Iterable[Difference], side: Side) -> list[Told]:
    """What departs: what breaks first, words last; fields of which the same is said together."""
    groups: dict[tuple[bool, bool, str, bool], list[str]] = {}
    for each in differences:
        place = _place(each)
        key = (side not in each.breaks, each.is_wording, each.words, not place)
        groups.setdefault(key, []).append(place)
    return [
        Told(tuple(filter(None, places)), words, not is_kept, is_wording)
        for (is_kept, is_wording, words, _), places in sorted(
            groups.items(), key=lambda each: each[0][:2]
        )
    ]


def in_one_line(change: Change) -> str:
    """The first thing that departs, in a line of text, and how many more there are."""
    every = told(change.differences, change.side)
    if not every:
        return ""
    first, more = every[0], len(every) - 1
    shown = ", ".join(f"`{each}`" for each in first.places[:_PATHS_IN_A_LINE])
    rest = len(first.places) - _PATHS_IN_A_LINE
    subject = f"{shown} and {rest} more" if rest > 0 else shown
    line = " ".join(filter(None, ("each of" * (len(first.places) > 1), subject, first.words)))
    return sentence(line) + (f"; and {more} more" if more else "")


def recent(kit: Kit, most: int) -> list[Change]:
    """The last change of each of the events that changed last, but for words."""
    told_of: set[str] = set()
    found: list[Change] = []
    for each in kit.view.changes:
        if each.verdict is not Verdict.WORDING and each.event and each.event not in told_of:
            told_of.add(each.event)
            found.append(each)
    return found[:most]


def _place(difference: Difference) -> str:
    """The field as people call it; empty for the event as a whole."""
    if difference.part == "event":
        return ""
    path = difference.path
    named = path or "payload" if difference.part == "payload" else f"{difference.part} {path}"
    return f"{named.strip()} ({difference.variant})" if difference.variant else named.strip()


def _row(kit: Kit, change: Change) -> tuple[Any, ...]:
    root, view = Links("", kit.directory_urls), kit.view
    commit = change.commit
    service = kit.catalog.service[change.service]
    domain, team = _belongings(kit, change)
    return (
        (change.name, root.event(change.event) if change.event else "", in_one_line(change)),
        commit.day if commit else _NOT_COMMITTED,
        change.verdict.value,
        change.side.value if change.is_breaking else "",
        change.kind.value,
        (commit.subject or commit.id[:7], kit.catalog.link_to_commit(change.source, commit))
        if commit
        else ("", ""),
        commit.author if commit else "",
        (domain, root.domain(view.domain_id[domain])) if domain else ("", ""),
        (team, root.team(view.team_id[team])) if team else ("", ""),
        (service.name, root.service(service.id)),
        str(change.source),
        change.version,
    )


def _belongings(kit: Kit, change: Change) -> tuple[str, str]:
    """Domain and team of the event, else of the service that described it."""
    thing = kit.catalog.event.get(change.event) or kit.catalog.service[change.service]
    return thing.domain.name, thing.team.name


def _values(kit: Kit, links: Links) -> Mapping[str, Any]:  # noqa: ARG001  one shape for all
    breaking = [each for each in kit.view.changes if each.is_breaking]
    return {
        "table": kit.once(table),
        "breaking": [
            (each, told(each.differences, each.side), kit.view.broken_by(each))
            for each in breaking[:_BREAKING_SHOWN]
        ],
        "more": max(len(breaking) - _BREAKING_SHOWN, 0),
    }
