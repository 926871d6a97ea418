"""What people mean when they name an event, or one of its fields.

Alone knows that names have dots as paths of fields have, and what may be left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from catalog_builder.model import Catalog, CatalogError, Event, slug, walk

_MOST_NAMED = 3
_LIKENESS = 0.5


@dataclass(frozen=True, slots=True)
class Asked:
    """An event, and the path of a field of it; empty: the whole event."""

    event: Event
    path: str = ""


class AskedError(CatalogError):
    """Nobody knows what is asked for, or it may be several things."""

    def __init__(self, what: str, asked: str, near: Sequence[str]) -> None:
        super().__init__(what, asked, near)
        self.what = what
        self.asked = asked
        self.near = near

    def __str__(self) -> str:
        """What was asked for, and what may have been meant."""
        meant = " or ".join(f"`{each}`" for each in self.near)
        return f"{self.what} `{self.asked}`." + (f" Did you mean {meant}?" if meant else "")


def asked_in(catalog: Catalog, text: str) -> Asked:
    """The event that `EVENT` or `EVENT.field` names: by id or by name, however it is written.

    A field is named by its path; the `[]` and `{}` in it may be left out.

    Raises:
        AskedError: no event has that name, or several have it; the event has no such field.
    """
    named = _by_name(catalog.events)
    for name, path in _readings(text):
        event = catalog.event.get(name)
        found = [event] if event else named.get(slug(name), [])
        if len(found) > 1:
            ids = sorted(each.id for each in found)
            raise AskedError("Several events are called", name, ids)
        if found:
            return Asked(found[0], _path_in(found[0], path) if path else "")
    names = [each.called if slug(each.called) == each.id else each.id for each in catalog.events]
    raise AskedError("There is no event", text, _close(text.partition(".")[0], names, text))


def _by_name(events: Iterable[Event]) -> Mapping[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for each in events:
        for name in dict.fromkeys((slug(each.name), slug(each.called))):
            found.setdefault(name, []).append(each)
    return found


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """The text as an event's name and a path, the longest name first."""
    yield text, ""
    for place in range(len(text) - 1, 0, -1):
        if text[place] == ".":
            yield text[:place], text[place + 1 :]


def _path_in(event: Event, path: str) -> str:
    paths = [each.path for each in walk(event.shape)]
    found = path if path in paths else ""
    plain = _plain(path)
    found = found or next((each for each in paths if _plain(each) == plain), "")
    if not found:
        raise AskedError(f"`{event.called}` has no field", path, _close(path, paths))
    return found


def _plain(path: str) -> str:
    return path.replace("[]", "").replace("{}", "").removeprefix(".")


def _close(text: str, names: Iterable[str], *others: str) -> list[str]:
    by_lower = {each.lower(): each for each in names}
    found = [
        by_lower[each]
        for one in (text, *others)
        for each in get_close_matches(one.lower(), by_lower, _MOST_NAMED, _LIKENESS)
    ]
    return list(dict.fromkeys(found))[:_MOST_NAMED]
