import shutil
from array import array
from dataclasses import replace
from functools import partial

import pytest

from catalog_builder.draw import Album, Pictures
from catalog_builder.draw.album import _key
from catalog_builder.layout import Layout, Line
from catalog_builder.render.dot import Diagram
from catalog_builder.render.nodes import Edge, Node

needs_graphviz = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")

DIAGRAM = Diagram(
    (Node("a", "a", "service"), Node("b", "b", "service")), (Edge("a", "b", "3 ⇄ 1"),)
)
GRAPH = DIAGRAM.dot()
LAYOUT = Layout(
    900,
    260,
    ((0, 0, 300, 260), (600, 0, 300, 260)),
    (Line((0, 1), ((300, 130), (400, 130), (450, 130), (540, 130)), (450, 100)),),
)
DRAWN = DIAGRAM.svg(LAYOUT)


def drawn(album: Album) -> str:
    pictures = Pictures({"page": lambda: DIAGRAM}, album)
    pictures.announce(["page"])
    svg = pictures["page"]
    pictures.gather(pictures.harvest())
    return svg


@needs_graphviz
def test_what_was_laid_out_is_found_in_the_next_build() -> None:
    first = Album.of(None, "dot 1")
    svg = drawn(first)
    assert first.is_new
    second = Album.of(first.packed(), "dot 1")
    found = second.find(GRAPH)
    assert found
    assert DIAGRAM.svg(found) == svg
    assert drawn(second) == svg
    assert not second.is_new
    assert second.packed() == first.packed()


def test_a_layout_that_is_there_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    album = Album("dot 1")
    album.put(GRAPH, LAYOUT)
    assert album.find(GRAPH) == LAYOUT
    assert drawn(album) == DRAWN


def test_what_nobody_shows_any_more_is_not_kept() -> None:
    album = Album("dot 1")
    album.put("digraph {}", LAYOUT)
    album.gather(album.harvest())
    again = Album.of(album.packed(), "dot 1")
    again.gather(again.harvest())
    assert again.is_new
    assert Album.of(again.packed(), "dot 1").find("digraph {}") is None


def test_what_another_release_laid_out_is_not_there() -> None:
    album = Album("dot 1")
    album.put(GRAPH, LAYOUT)
    album.gather(album.harvest())
    assert Album.of(album.packed(), "dot 2").find(GRAPH) is None


def test_what_is_laid_out_and_found_at_once_is_kept() -> None:
    album, process = Album("dot 1"), Album("dot 1")
    process.put(GRAPH, LAYOUT)
    assert process.find(GRAPH) == LAYOUT
    album.gather(process.harvest())
    assert Album.of(album.packed(), "dot 1").find(GRAPH) == LAYOUT


@needs_graphviz
def test_diagrams_of_one_shape_are_laid_out_once() -> None:
    def between(name: str) -> Diagram:
        nodes = (Node("a", name, "service", column="a"), Node("b", "b", "service", column="b"))
        return Diagram(nodes, (Edge("a", "b"),))

    names = ["billing", "returns", "an order service with a long name"]
    pictures = Pictures({name: partial(between, name) for name in names})
    pictures.announce(names)
    assert all(f">{name}</text>" in pictures[name] for name in names)
    assert len(pictures.harvest().new) == len({between(name).dot() for name in names}) == 2


@pytest.mark.parametrize("content", [None, b"", b"x", b"\n" * 40])
def test_what_is_no_album_is_an_empty_one(content: bytes | None) -> None:
    assert Album.of(content, "dot 1").find(GRAPH) is None


@pytest.mark.parametrize("cut", range(0, 180, 7))
def test_an_album_that_was_cut_off_costs_only_layouts(cut: int) -> None:
    album = Album("dot 1")
    album.put(GRAPH, LAYOUT)
    album.gather(album.harvest())
    found = Album.of(album.packed()[: -cut or None], "dot 1").find(GRAPH)
    assert found is None or DIAGRAM.svg(found) in {None, DRAWN}


@pytest.mark.parametrize(
    "numbers",
    [
        [],
        [900],
        [900, 260, 2, 0, 0, 300],
        [900, 260, 10**9],
        [900, 260, -1],
        [900, 260, 0, 0, 1, 4, 0, 300, 130],
        [900, 260, 0, 0, 1, 0, 0],
        [900, 260, 0, 0, 1, 1, 1, 5, 5],
        [900, 260, 0, 0, 1, -3, 0, 5, 5],
        [900, 260, 0, 0, 1],
        [-(2**31), 260, 0],
    ],
)
def test_numbers_that_are_no_layout_are_none(numbers: list[int]) -> None:
    album = Album("dot 1", {_key(GRAPH): array("i", numbers).tobytes()})
    assert album.find(GRAPH) is None


@needs_graphviz
@pytest.mark.parametrize(
    "other",
    [
        replace(LAYOUT, boxes=()),
        replace(LAYOUT, lines=()),
        replace(LAYOUT, lines=(replace(LAYOUT.lines[0], ends=(1, 0)),)),
        replace(LAYOUT, lines=LAYOUT.lines * 2),
    ],
)
def test_the_layout_of_another_diagram_is_made_anew(other: Layout) -> None:
    album = Album("dot 1")
    album.put(GRAPH, other)
    assert "</svg>" in drawn(album)
    assert album.find(GRAPH) != other
