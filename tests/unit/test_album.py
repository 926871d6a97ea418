import shutil

import pytest

from catalog_builder.draw import Album, Pictures
from catalog_builder.draw.album import is_harmless

needs_graphviz = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")

GRAPH = """digraph { node [shape=box style="rounded,filled"] "a" [label="A <&> \\"b\\"" class="x y"
URL="../a.html#b" tooltip="a: b" peripheries=2]; a -> b [label="3 ⇄ 1" class=flow] }"""
DRAWN = '<svg width="9pt"><a xlink:href="../a.html"><text x="1" y="2">drawn before</text></a></svg>'


def drawn(album: Album) -> str:
    pictures = Pictures({"page": lambda: GRAPH}, album)
    pictures.announce(["page"])
    svg = pictures["page"]
    pictures.gather(pictures.harvest())
    return svg


@needs_graphviz
def test_what_was_drawn_is_found_in_the_next_build() -> None:
    first = Album.of(None, "dot 1")
    svg = drawn(first)
    assert first.is_new
    second = Album.of(first.packed(), "dot 1")
    assert second.find(GRAPH) == svg
    assert drawn(second) == svg
    assert not second.is_new
    assert second.packed() == first.packed()


def test_a_picture_that_is_there_is_not_drawn() -> None:
    album = Album("dot 1")
    album.put(GRAPH, DRAWN)
    assert drawn(album) == DRAWN


def test_what_nobody_shows_any_more_is_not_kept() -> None:
    album = Album("dot 1")
    album.put("digraph {}", DRAWN)
    album.gather(album.harvest())
    again = Album.of(album.packed(), "dot 1")
    again.gather(again.harvest())
    assert again.is_new
    assert Album.of(again.packed(), "dot 1").find("digraph {}") is None


def test_what_another_drawer_drew_is_not_there() -> None:
    album = Album("dot 1")
    album.put(GRAPH, DRAWN)
    album.gather(album.harvest())
    assert Album.of(album.packed(), "dot 2").find(GRAPH) is None


@pytest.mark.parametrize("content", [None, b"", b"x", b"\n" * 40])
def test_what_is_no_album_is_an_empty_one(content: bytes | None) -> None:
    assert Album.of(content, "dot 1").find(GRAPH) is None


@pytest.mark.parametrize("cut", range(0, 120, 7))
def test_an_album_that_was_cut_off_costs_only_pictures(cut: int) -> None:
    album = Album("dot 1")
    album.put(GRAPH, DRAWN)
    album.gather(album.harvest())
    assert Album.of(album.packed()[: -cut or None], "dot 1").find(GRAPH) in {None, DRAWN}


@needs_graphviz
def test_what_graphviz_draws_is_harmless() -> None:
    assert is_harmless(drawn(Album("dot 1")))


@pytest.mark.parametrize(
    "picture",
    [
        "<svg><script>alert(1)</script></svg>",
        '<svg onload="alert(1)"></svg>',
        '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
        '<svg><a xlink:href="java&#115;cript:alert(1)"><text>x</text></a></svg>',
        '<svg><a href="https://elsewhere.example/"><text>x</text></a></svg>',
        '<svg><a xlink:href="//elsewhere.example/"><text>x</text></a></svg>',
        '<svg><a xlink:href="/\t/elsewhere.example/"><text>x</text></a></svg>',
        '<svg><a xlink:href="javascript&colon;alert(1)"><text>x</text></a></svg>',
        '<svg><rect fill="url(https://elsewhere.example/x)"/></svg>',
        '<svg><image xlink:href="x.png"/></svg>',
        '<svg><text style="x">x</text></svg>',
        "<svg><foreignObject></foreignObject></svg>",
        "<svg></svg><img>",
        "<svg><animate/></svg>",
        "<svg><a\nonclick=alert(1)></a></svg>",
        '<svg><text/onclick="alert(1)">x</text></svg>',
        "<svg><style>x</style></svg>",
        "<svg><ascript></ascript></svg>",
    ],
)
def test_a_picture_that_holds_anything_else_is_drawn_anew(picture: str) -> None:
    assert not is_harmless(picture)
    album = Album("dot 1")
    album.put(GRAPH, picture)
    assert album.find(GRAPH) is None
