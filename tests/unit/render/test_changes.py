"""The page of changes, the versions on an event's page, and the feed."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import replace

import pytest

from catalog_builder.files import Files
from catalog_builder.graph import Flow
from catalog_builder.model import (
    Action,
    Catalog,
    Change,
    ChangeKind,
    Commit,
    Difference,
    Event,
    Expectation,
    Field,
    Location,
    RegisteredVersion,
    SchemaFormat,
    Shape,
    Side,
    Subject,
)
from catalog_builder.render import View, render
from catalog_builder.templates import Templates
from tests.catalogues import HOSTILE_NAMES, catalogue

ATOM = {"a": "http://www.w3.org/2005/Atom"}
GONE = Difference("field-removed", "is gone", "total", breaks=(Side.CONSUMERS,))
ADDED = Difference("field-added", "was added, string", "note")


def commit(day: str, **more: str) -> Commit:
    return Commit(f"c0ffee{day}", f"2026-03-{day}T10:00:00Z", **{"author": "Ann Ng", **more})


def change(day: str, *differences: Difference, **more: object) -> Change:
    made = Change(
        ChangeKind.CHANGED,
        "Placed",
        "placed",
        "orders",
        Action.SEND,
        Location("orders", "asyncapi.yaml"),
        commit=commit(day),
        differences=differences,
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the fields of a change


def expectation(*services: str, path: str) -> Expectation:
    return Expectation(services, Shape(fields=(Field(path, "string"),)))


def shop(*changes: Change, expectations: Iterable[Expectation] = ()) -> Catalog:
    made = catalogue(
        "orders sends placed",
        "billing receives placed",
        "care receives placed",
        "lake receives placed",
        events=[Event("placed", "Placed", owner="orders", expectations=tuple(expectations))],
    )
    return replace(made, changes=changes)


def files(catalog: Catalog) -> Files:
    view = View(catalog, Flow(catalog))
    return render(view, Templates(), directory_urls=False, pictures={}, contents={})


def html(catalog: Catalog, path: str) -> str:
    return next(each for each in files(catalog).pages if each.path == path).body().html


def feed(catalog: Catalog) -> bytes | None:
    found = (each for each in files(catalog).raw if each.path == "changes.xml")
    return next((each.content() for each in found), None)


def entries(catalog: Catalog) -> list[ET.Element]:
    return ET.fromstring(feed(catalog) or b"").findall("a:entry", ATOM)  # noqa: S314  our own


def text(element: ET.Element, name: str) -> str:
    return element.findtext(f"a:{name}", "", ATOM)


def test_without_history_the_page_says_why_and_there_is_no_feed() -> None:
    assert "Nothing is known of the past" in html(shop(), "changes/index.md")
    assert feed(shop()) is None
    assert 'id="versions"' not in html(shop(), "events/placed.md")
    assert 'id="recent"' not in html(shop(), "index.md")


def test_a_breaking_change_names_those_who_read_what_breaks() -> None:
    said = [expectation("billing", path="total"), expectation("care", path="id")]
    view = View(shop(change("02", GONE), expectations=said), Flow(shop()))
    [told] = view.changes
    assert [each.id for each in view.broken_by(told)] == ["billing", "lake"]
    page = html(view.catalog, "changes/index.md")
    assert 'Concerns <a href="../services/billing.html">billing</a>' in page
    assert "care</a>" not in page.partition('id="all"')[0]


@pytest.mark.parametrize("broken", ["address-changed", "event-removed"])
def test_what_breaks_the_event_as_a_whole_concerns_everybody(broken: str) -> None:
    whole = Difference(broken, "…", part="event", breaks=(Side.CONSUMERS,))
    catalog = shop(change("02", whole), expectations=[expectation("care", path="id")])
    view = View(catalog, Flow(catalog))
    assert [each.id for each in view.broken_by(view.changes[0])] == ["billing", "care", "lake"]


def test_what_breaks_producers_concerns_those_who_send() -> None:
    required = Difference("field-required", "is required", "id", breaks=(Side.PRODUCERS,))
    catalog = shop(change("02", required, action=Action.RECEIVE, service="billing"))
    view = View(catalog, Flow(catalog))
    assert [each.id for each in view.broken_by(view.changes[0])] == ["orders"]


def test_fields_of_which_the_same_is_said_stand_together() -> None:
    fields = [replace(GONE, path=path) for path in ("a", "b")]
    page = html(shop(change("02", *fields, ADDED)), "events/placed.md")
    assert "Each of <code>a</code>, <code>b</code> is gone" in page
    assert "<code>note</code> was added, string" in page


def test_versions_stand_newest_first_and_the_newest_is_open() -> None:
    shape = Shape(fields=(Field("then", "string", required=True),))
    page = html(
        shop(
            change("03", GONE),
            change("02", ADDED, shape=shape),
            change("01", kind=ChangeKind.KNOWN),
        ),
        "events/placed.md",
    )
    versions = page.partition('id="versions"')[2].partition('id="details"')[0]
    assert versions.count('<details class="cat-version" open>') == 1
    assert [day for day in ("03", "02", "01") if f">2026-03-{day}</time>" in versions]
    assert (
        versions.index("2026-03-03") < versions.index("2026-03-02") < versions.index("2026-03-01")
    )
    assert versions.count("All fields of this version") == 1
    assert "<code>then</code>" in versions


def test_words_alone_are_not_among_the_recent_changes_of_the_home_page() -> None:
    words = Difference("event-described", "…", part="event", is_wording=True)
    page = html(shop(change("03", words), change("02", GONE)), "index.md")
    recent = page.partition('id="recent"')[2]
    assert "2026-03-02" in recent
    assert "2026-03-03" not in recent


def test_the_feed_has_an_entry_for_each_commit_and_is_as_new_as_the_newest() -> None:
    other = change("02", ADDED, name="Shipped", event="")
    catalog = shop(change("03", GONE), change("02", GONE), other, change("01", ADDED, commit=None))
    root = ET.fromstring(feed(catalog) or b"")  # noqa: S314  our own
    assert text(root, "updated") == "2026-03-03T10:00:00Z"
    titles = [text(each, "title") for each in entries(catalog)]
    assert titles == [
        "orders: Placed (1 breaking change)",
        "orders: Placed, Shipped (1 breaking change)",
    ]
    [first, _] = entries(catalog)
    link = first.find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == "events/placed.html#versions"
    assert first.findtext("a:author/a:name", "", ATOM) == "Ann Ng"
    assert "<code>total</code> is gone" in text(first, "content")


def test_commits_of_one_second_have_an_entry_each() -> None:
    one, other = (Commit(each * 40, "2026-03-02T10:00:00Z") for each in "ab")
    made = [change("02", GONE, commit=each, name=name) for name in "xy" for each in (one, other)]
    assert len({text(each, "id") for each in entries(shop(*made))}) == 2
    assert len(entries(shop(*made))) == 2


def test_the_feed_is_valid_atom() -> None:
    root = ET.fromstring(feed(shop(change("03", GONE), change("02", ADDED))) or b"")  # noqa: S314
    assert root.tag == f"{{{ATOM['a']}}}feed"
    every = [root, *root.findall("a:entry", ATOM)]
    for element in every:
        assert all(text(element, name) for name in ("id", "title", "updated"))
    ids = [text(each, "id") for each in every]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("urn:uuid:") for each in ids)
    assert {each.get("rel") for each in root.findall("a:link", ATOM)} == {"self", "alternate"}


def test_the_feed_holds_no_more_than_a_hundred_entries() -> None:
    many = [
        change("03", GONE, commit=Commit(f"{n:040}", "2026-03-03T10:00:00Z")) for n in range(120)
    ]
    assert len(entries(shop(*many))) == 100


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_break_neither_feed_nor_page(name: str) -> None:
    hostile = change(
        "02",
        replace(GONE, path=name, words=name, variant=name),
        name=name,
        commit=commit("02", author=name, subject=name),
        version=name,
    )
    catalog = shop(hostile)
    assert len(entries(catalog)) == 1
    for path in ("changes/index.md", "events/placed.md", "index.md"):
        page = html(catalog, path)
        assert "<b>" not in page
        assert "</script><" not in page


def test_an_event_shows_what_the_versions_of_its_subject_changed() -> None:
    link = "https://ui.example.com/2"
    versions = (
        RegisteredVersion(2, 41, link, (GONE,)),
        RegisteredVersion(1, 40, is_oldest=True),
    )
    subject = Subject("https://r.example", "placed-value", 2, 41, SchemaFormat.AVRO)
    made = catalogue("orders sends placed", "billing receives placed")
    [event] = made.events
    registered = replace(event, registered=(replace(subject, versions=versions),))
    shown = html(replace(made, events=(registered,)), f"events/{event.id}.md")
    assert "In the schema registry, as <code>placed-value</code>" in shown
    assert f'<p class="cat-line">Schema 41 <a href="{link}" rel="noopener">in the registry' in shown
    assert 'cat-badge--breaking">breaking' in shown
    assert '<span class="cat-breaks">breaks consumers</span>' in shown
