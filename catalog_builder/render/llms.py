"""`llms.txt`: what language models read first (https://llmstxt.org): what there is, and where."""

from collections.abc import Iterable, Iterator
from functools import partial

from catalog_builder.files import RawFile
from catalog_builder.model import Event
from catalog_builder.render.text import plain_line
from catalog_builder.render.view import View

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


def llms_file(view: View) -> RawFile:
    """The file: every event by domain, with the address of its Markdown."""
    return RawFile("llms.txt", partial(_content, view))


def _content(view: View) -> bytes:
    catalog = view.catalog
    by_domain: dict[str, list[Event]] = {}
    for event in catalog.events:
        by_domain.setdefault(event.domain.name, []).append(event)
    parts = [
        f"# {_line(catalog.title)}",
        f"> {plain_line(catalog.description)}" if catalog.description else "",
        _ABOUT.format(
            events=len(catalog.events),
            services=len(catalog.services),
            channels=len(catalog.channels),
        ),
        *_sections(sorted(by_domain.items(), key=lambda each: (not each[0], each[0].casefold()))),
        _MORE,
    ]
    return ("\n\n".join(filter(None, parts)) + "\n").encode("utf-8", "replace")


def _sections(domains: Iterable[tuple[str, list[Event]]]) -> Iterator[str]:
    for name, events in domains:
        yield f"## {_line(name) or _NOWHERE}"
        yield "\n".join(map(_entry, events))


def _entry(event: Event) -> str:
    line = plain_line(event.summary or event.description or event.title)
    gone = " (deprecated)" if event.is_deprecated else ""
    name = _line(event.called).translate({ord("["): "(", ord("]"): ")"})
    return f"- [{name}](events/{event.id}.md){gone}" + (f": {line}" if line else "")


def _line(text: str) -> str:
    return " ".join(text.split())
