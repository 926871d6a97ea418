"""A view that is watched notes what pages ask of it, and a later one answers the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog
from catalog_builder.recall import Question, noting
from catalog_builder.recall.noting import digest
from catalog_builder.render import Digests, View, answering, watched
from catalog_builder.render.as_written import Excerpts, digest_of


@pytest.fixture(scope="module")
def view(catalog: Catalog) -> View:
    return View(catalog, Flow(catalog))


Asking = Callable[[View], Any]

ASKED: dict[str, tuple[Asking, Question]] = {
    "a service": (
        lambda view: view.catalog.service["order-service"],
        ("catalog", "service", "order-service"),
    ),
    "whether there is an event": (
        lambda view: "no-such-event" in view.catalog.event,
        ("catalog", "event", "no-such-event"),
    ),
    "all events": (lambda view: view.catalog.events, ("catalog", "events")),
    "the title": (lambda view: view.catalog.title, ("catalog", "title")),
    "all ids of teams": (lambda view: list(view.team_id), ("view", "team_id")),
    "who sends it": (
        lambda view: view.relations_of_event.get("order-placed"),
        ("view", "relations_of_event", "order-placed"),
    ),
    "what is on a channel": (
        lambda view: view.events_of_channel["orders.region.placed.v2"],
        ("view", "events_of_channel", "orders.region.placed.v2"),
    ),
    "who is downstream": (
        lambda view: view.flow.downstream_of("order-service"),
        ("flow", "downstream_of", "order-service"),
    ),
}


@pytest.mark.parametrize("what", ASKED)
def test_a_question_is_noted_and_can_be_asked_again(view: View, what: str) -> None:
    ask, question = ASKED[what]
    known: dict[Question, bytes] = {}
    asked: dict[Question, None] = {}
    with noting(known, asked):
        ask(watched(view, Digests()))
    assert list(asked) == [question]
    assert answering(view, {}, Digests())(question) == known[question]


def test_methods_note_what_they_look_up(view: View) -> None:
    asked: dict[Question, None] = {}
    seen = watched(view, Digests())
    event = seen.catalog.event["order-placed"]
    with noting({}, asked):
        seen.protocols_of(event)
        seen.catalog.link_to(event.source)
    assert set(asked) == {
        *(("catalog", "channel", each) for each in event.channels),
        ("catalog", "repository", event.source.repository),
    }


def test_the_text_of_an_event_is_of_its_file(view: View) -> None:
    event = view.catalog.event["order-placed"]
    place = (event.source.repository, event.source.path)
    text = b"text\n" * event.source.line
    contents = {place[0]: {place[1]: text}}
    excerpts = Excerpts(contents, (event,))
    for _ in range(2):  # it is remembered after the first time
        asked: dict[Question, None] = {}
        with noting({}, asked):
            excerpts.of(event)
        assert list(asked) == [("file", *place)]
        assert answering(view, contents, Digests())(("file", *place)) == digest(digest_of(text))
    assert answering(view, {}, Digests())(("file", *place)) == digest(None)


@pytest.mark.parametrize(
    "question",
    [
        ("flow", "reached_from", "order-service"),
        ("flow", "nodes"),
        ("view", "settle"),
        ("view", "__class__"),
        ("catalog", "link_to", "x"),
        ("nobody", "knows"),
    ],
)
def test_what_pages_do_not_ask_has_no_answer_twice(view: View, question: Question) -> None:
    answers = answering(view, {}, Digests())
    assert answers(question) != answers(question)


def test_events_differ_wherever_they_stand(view: View) -> None:
    digests = Digests()
    first, second = view.catalog.events[:2]
    unit = view.domains[0]
    assert digests(first) != digests(second)
    assert digests((first, second)) != digests((second, first))
    assert digests((first,)) == Digests()((replace(first),))
    assert digests(unit) == Digests()(replace(unit, events=tuple(map(replace, unit.events))))
    assert digests(unit) != digests(replace(unit, events=unit.events[1:]))
    changed = (replace(unit.events[0], summary="another"), *unit.events[1:])
    assert digests((unit,)) != digests((replace(unit, events=changed),))
