"""`llms.txt`: what language models read first (https://llmstxt.org): what there is, and where."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from catalog_builder.files import RawFile
from catalog_builder.model import Event
from catalog_builder.render.kit import counted
from catalog_builder.render.text import plain_line
from catalog_builder.render.view import View

_MOST_LISTED = 1_000
_EVENTS_OF_A_FILE = 500
_NOWHERE = "Without a domain"
_ABOUT = """\
Events that services exchange, from their AsyncAPI specifications: {events} events, \
{services} services, {channels} channels. Each event is there as JSON and as a JSON Schema too: \
`.json` or `.schema.json` for `.md`."""
_MORE = """\
## Optional

- [catalog.json](catalog.json): everything, in one file
- [catalog.schema.json](catalog.schema.json): the JSON Schema of that file
- [catalog.csv](catalog.csv): who sends and who reads what, as a table"""


@dataclass(frozen=True, slots=True)
class _Part:
    """Some events of a domain, in a file of their own."""

    domain: str
    """Empty: none is known of them."""
    path: str
    events: Sequence[Event]


def llms_files(view: View) -> Iterator[RawFile]:
    """Every event by domain, with the address of its Markdown.

    More than 1,000 are told in files of at most 500, and `llms.txt` leads to these.
    """
    parts: tuple[_Part, ...] = ()
    if len(view.catalog.events) > _MOST_LISTED:
        parts = tuple(part for each in _by_domain(view) for part in _parts(view, *each))
    yield RawFile("llms.txt", partial(_content, view, parts))
    for part in parts:
        yield RawFile(part.path, partial(_part_content, view, part))


def _by_domain(view: View) -> list[tuple[str, list[Event]]]:
    """Domains by name, then the events without one."""
    found: dict[str, list[Event]] = {}
    for event in view.catalog.events:
        found.setdefault(event.domain.name, []).append(event)
    return sorted(found.items(), key=lambda each: (not each[0], each[0].casefold()))


def _parts(view: View, domain: str, events: Sequence[Event]) -> Iterator[_Part]:
    begin = f"{view.domain_id[domain]}-" if domain else ""
    for number, start in enumerate(range(0, len(events), _EVENTS_OF_A_FILE), 1):
        yield _Part(domain, f"llms/{begin}{number}.txt", events[start : start + _EVENTS_OF_A_FILE])


def _content(view: View, parts: Sequence[_Part]) -> bytes:
    catalog = view.catalog
    told = [
        f"# {_line(catalog.title)}",
        f"> {plain_line(catalog.description)}" if catalog.description else "",
        _ABOUT.format(
            events=len(catalog.events),
            services=len(catalog.services),
            channels=len(catalog.channels),
        ),
    ]
    for domain, lines in _leading_to(parts) if parts else _listing(view):
        told += [f"## {_line(domain) or _NOWHERE}", "\n".join(lines)]
    return _joined([*told, _MORE])


def _listing(view: View) -> Iterator[tuple[str, Iterable[str]]]:
    for domain, events in _by_domain(view):
        yield domain, map(_entry, events)


def _leading_to(parts: Sequence[_Part]) -> Iterator[tuple[str, Iterable[str]]]:
    for domain, own in groupby(parts, lambda part: part.domain):
        yield domain, map(_leading, own)


def _part_content(view: View, part: _Part) -> bytes:
    return _joined(
        [
            f"# {_line(view.catalog.title)}: {_line(part.domain) or _NOWHERE}",
            "\n".join(_entry(each, "../") for each in part.events),
            "All of them: [llms.txt](../llms.txt)",
        ]
    )


def _joined(parts: Iterable[str]) -> bytes:
    return ("\n\n".join(filter(None, parts)) + "\n").encode("utf-8", "replace")


def _leading(part: _Part) -> str:
    ends = dict.fromkeys(_name(part.events[place]) for place in (0, -1))
    return f"- [{' to '.join(ends)}]({part.path}): {counted(len(part.events), 'event')}"


def _entry(event: Event, root: str = "") -> str:
    line = plain_line(event.summary or event.description or event.title)
    gone = " (deprecated)" if event.is_deprecated else ""
    return f"- [{_name(event)}]({root}events/{event.id}.md){gone}" + (f": {line}" if line else "")


def _name(event: Event) -> str:
    return _line(event.called).translate({ord("["): "(", ord("]"): ")"})


def _line(text: str) -> str:
    return " ".join(text.split())
