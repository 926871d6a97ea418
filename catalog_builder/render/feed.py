"""The Atom feed of changes: an entry for each of the last commits that changed an event.

Nothing in it comes from a clock: it is as new as its newest commit.
"""

import re
import uuid
from collections.abc import Sequence
from functools import partial
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from markupsafe import Markup, escape

from catalog_builder.files import RawFile
from catalog_builder.model import Change, Commit
from catalog_builder.render.kit import Kit, counted, sentence, ticked
from catalog_builder.render.links import CHANGES, Links
from catalog_builder.render.pages.changes import told

FEED = "changes.xml"
FEED_TYPE = "application/atom+xml"
FEED_TITLE = "What changed in which event"
_MOST_ENTRIES = 100
_NAMED = 3
_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML cannot hold at all."""


def feed_file(kit: Kit) -> RawFile | None:
    """The feed; None when nothing is known of any change."""
    if any(change.commit for change in kit.view.changes):
        return RawFile(FEED, partial(_content, kit))
    return None


def _content(kit: Kit) -> bytes:
    root = Links("", kit.directory_urls)
    entries = _by_commit(kit.view.changes)[:_MOST_ENTRIES]
    feed = Element("feed", xmlns=_ATOM)
    _add(feed, "id", _urn(kit.catalog.title))
    _add(feed, "title", f"{kit.catalog.title}: changes")
    _add(feed, "updated", entries[0][0].date)
    SubElement(feed, "link", rel="self", type=FEED_TYPE, href=FEED)
    SubElement(feed, "link", rel="alternate", type="text/html", href=root.page(CHANGES))
    for commit, changes in entries:
        feed.append(_entry(commit, changes, root))
    indent(feed, " ")
    content: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _by_commit(changes: Sequence[Change]) -> list[tuple[Commit, list[Change]]]:
    """The changes of each commit of each repository, newest first."""
    groups: dict[tuple[Commit, str], list[Change]] = {}
    for change in changes:
        if change.commit:
            groups.setdefault((change.commit, change.source.repository), []).append(change)
    return [(commit, group) for (commit, _), group in groups.items()]


def _entry(commit: Commit, changes: Sequence[Change], root: Links) -> Element:
    repository = changes[0].source.repository
    entry = Element("entry")
    _add(entry, "id", _urn(repository, commit.id))
    _add(entry, "title", _title(repository, changes))
    _add(entry, "updated", commit.date)
    _add(SubElement(entry, "author"), "name", commit.author or "unknown")
    event = next((each.event for each in changes if each.event), "")
    href = root.event(event, "versions") if event else root.page(CHANGES)
    SubElement(entry, "link", rel="alternate", type="text/html", href=href)
    if any(each.is_breaking for each in changes):
        SubElement(entry, "category", term="breaking")
    _add(entry, "content", _html(commit, changes)).set("type", "html")
    return entry


def _title(repository: str, changes: Sequence[Change]) -> str:
    ranked = sorted(changes, key=lambda each: (not each.is_breaking, each.name))
    names = list(dict.fromkeys(each.name for each in ranked))
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    breaking = sum(each.is_breaking for each in changes)
    verdict = f" ({counted(breaking, 'breaking change')})" if breaking else ""
    return f"{repository}: {', '.join(names[:_NAMED])}{more}{verdict}"


def _html(commit: Commit, changes: Sequence[Change]) -> str:
    parts = [Markup("<p>{}</p>").format(commit.subject)]
    for change in changes:
        parts.append(Markup("<p><strong>{}</strong> {}</p>").format(change.name, change.verdict))
        lines = (
            Markup("<li>{}{}{}</li>").format(
                Markup(", ").join(Markup("<code>{}</code>").format(each) for each in each.places),
                " " if each.places else "",
                ticked(each.words if each.places else sentence(each.words)),
            )
            for each in told(change.differences, change.side)
        )
        parts.append(Markup("<ul>{}</ul>").format(Markup().join(lines)))
    return str(Markup().join(map(escape, parts)))


def _urn(*names: str) -> str:
    """An address for nothing but to be the same from build to build."""
    words = "\n".join(("catalog-builder", "changes", *names))
    return uuid.uuid5(uuid.NAMESPACE_URL, words.encode("utf-8", "replace").decode()).urn


def _add(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = _NO_XML.sub("\ufffd", text)
    return child
