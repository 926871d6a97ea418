from catalog_builder.graph import Flow
from catalog_builder.model import Event, SharedChannel
from catalog_builder.render import View
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
