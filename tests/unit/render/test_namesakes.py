from catalog_builder.graph import Flow
from catalog_builder.model import Event, Field, Shape, SharedChannel
from catalog_builder.render import View, render
from catalog_builder.templates import Templates
from tests.catalogues import catalogue


def test_events_of_one_name_are_told_apart_by_their_channels() -> None:
    made = catalogue(
        "a sends one",
        "a sends two",
        "a sends three",
        events=[Event("one", "Thing"), Event("two", "Thing"), Event("three", "Other")],
        channels=[SharedChannel(each, f"{each}.topic") for each in ("one", "two", "three")],
    )
    assert View(made, Flow(made)).apart == {"one": "one.topic", "two": "two.topic"}


def test_events_of_one_name_and_address_are_told_apart_by_their_protocols() -> None:
    made = catalogue(
        "a sends one",
        "b sends two",
        events=[Event("one", "Thing"), Event("two", "Thing")],
        channels=[SharedChannel("one", "queue", "amqp"), SharedChannel("two", "queue", "jms")],
    )
    view = View(made, Flow(made))
    assert view.apart == {"one": "queue amqp", "two": "queue jms"}
    assert view.called("two") == "Thing queue jms"


def test_wherever_namesakes_are_listed_their_channels_stand_beside_them() -> None:
    fields = {"one": "string", "two": "string", "three": "integer"}
    made = catalogue(
        *(f"a sends {each}" for each in fields),
        *(f"b receives {each}" for each in fields),
        events=[
            Event(each, "Thing", shape=Shape(fields=(Field("size", type_),)))
            for each, type_ in fields.items()
        ],
        channels=[SharedChannel(each, f"{each}.topic") for each in fields],
    )
    view = View(made, Flow(made))
    files = render(view, Templates(), directory_urls=False, pictures={}, contents={})
    pages = {each.path: " ".join(each.body().html.split()) for each in files.pages}
    for path in ("index.md", "fields/index.md", "services/b.md"):
        for each in fields:
            assert f'Thing</a> <code class="cat-quiet">{each}.topic</code>' in pages[path]
