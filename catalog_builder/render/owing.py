"""What a team owes others: events that others wait for, must leave, or were broken by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog_builder.model import Event
from catalog_builder.render.view import Unit, View


@dataclass(frozen=True, slots=True)
class Debt:
    """An event, and whom it concerns beside the team."""

    event: Event
    others: tuple[str, ...]
    """Names of teams, sorted; empty: of services without a team."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Debts:
    """Debts of one kind."""

    title: str
    meaning: str
    debts: tuple[Debt, ...]


def owed(view: View, team: Unit) -> tuple[Debts, ...]:
    """What a team owes other teams; kinds of which there are none are left out."""
    kinds = (
        Debts(
            "Waited for",
            "Other teams read them, and no specification says that anyone sends them.",
            tuple(_unsent(view, team)),
        ),
        Debts(
            "Deprecated, still read by others",
            "They must move on, with this team's help, before the events can go.",
            tuple(_still_read(view, team)),
        ),
        Debts(
            "Deprecated by others, still read here",
            "This team must move on before the events can go.",
            tuple(_still_reading(view, team)),
        ),
        Debts(
            "Broken for others",
            "The last change of these events breaks those who read or send them.",
            tuple(_broken(view, team)),
        ),
    )
    return tuple(each for each in kinds if each.debts)


def _unsent(view: View, team: Unit) -> Iterator[Debt]:
    for event in team.events:
        if not event.producers and (others := _others(view, team, event.consumers)) is not None:
            yield Debt(event, others)


def _still_read(view: View, team: Unit) -> Iterator[Debt]:
    for event in team.events:
        readers = _others(view, team, event.consumers)
        if event.is_deprecated and readers is not None:
            yield Debt(event, readers, _until(event))


def _still_reading(view: View, team: Unit) -> Iterator[Debt]:
    read = sorted({each for service in team.services for each in service.receives})
    for event in (view.catalog.event[each] for each in read):
        if event.is_deprecated and event.team.name != team.name:
            owner = (event.team.name,) if event.team else ()
            yield Debt(event, owner, _until(event))


def _broken(view: View, team: Unit) -> Iterator[Debt]:
    for event in team.events:
        last = next(iter(view.versions_of_event.get(event.id, ())), None)
        if last is None or not last.is_breaking:
            continue
        broken = (service.id for service in view.broken_by(last))
        if (others := _others(view, team, broken)) is not None:
            yield Debt(event, others, f"on {last.commit.day}" if last.commit else "not committed")


def _others(view: View, team: Unit, services: Iterable[str]) -> tuple[str, ...] | None:
    """The teams of these services but for one; None when all of them are its own."""
    names = {view.catalog.service[each].team.name for each in services} - {team.name}
    return tuple(sorted(names - {""})) if names else None


def _until(event: Event) -> str:
    removal = event.deprecation.removal if event.deprecation else ""
    return f"until {removal}" if removal else ""
