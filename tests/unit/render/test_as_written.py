"""An event in its document's own text: how much of it, and where nothing can be told."""

import json

import pytest

from catalog_builder.render.as_written import excerpt

MESSAGES = {"messages": {f"event-{n}": {"payload": {"type": "object"}} for n in range(2000)}}


@pytest.mark.parametrize("indent", [1, 2])
def test_of_json_it_is_the_message_alone(indent: int) -> None:
    lines = json.dumps(MESSAGES, indent=indent).splitlines()
    number = next(n for n, line in enumerate(lines, 1) if '"event-1500"' in line)
    assert json.loads("{" + excerpt(lines, number) + "}") == {
        "event-1500": {"payload": {"type": "object"}}
    }


def test_of_a_document_without_line_ends_nothing_is_told() -> None:
    assert excerpt([json.dumps(MESSAGES)], 1) == ""


def test_few_messages_in_one_line_are_shown_as_they_are() -> None:
    line = json.dumps({"a": {"payload": {}}, "b": {}})
    assert excerpt([line], 1) == line


@pytest.mark.parametrize(
    "lines",
    [
        ["event:", *(f"  - {n}" for n in range(1000))],
        ['"event": [', *(f"  {n}," for n in range(1000)), "  0", "]"],
    ],
    ids=["YAML", "JSON"],
)
def test_a_long_message_is_cut_and_says_so(lines: list[str]) -> None:
    assert excerpt(lines, 1).splitlines() == [*lines[:300], "…"]


def test_long_lines_are_cut_too() -> None:
    text = excerpt(["event:", f"  title: {'x' * 30_000}"], 1)
    assert len(text) == 24_001
    assert text.endswith("x…")


@pytest.mark.parametrize("number", [0, 2])
def test_a_line_that_is_not_there_says_nothing(number: int) -> None:
    assert excerpt(["event:"], number) == ""
