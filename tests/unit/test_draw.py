import shutil

import pytest

from catalog_builder.draw import Pictures, can_draw

needs_graphviz = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")

TWO = """digraph { node [shape=box style="rounded,filled"]
"a-1" [URL="../a.html" tooltip="a - 1"]; b [peripheries=2]; "a-1" -> b }"""


def pictures(**graphs: str) -> Pictures:
    return Pictures({key: lambda dot=dot: dot for key, dot in graphs.items()})  # type: ignore[misc]


@needs_graphviz
def test_every_graph_becomes_one_bare_svg() -> None:
    drawn = pictures(**{f"k{number}": f"digraph {{ n{number} }}" for number in range(300)})
    drawn.announce(drawn)
    svgs = {key: drawn[key] for key in drawn}
    assert all(f">n{key[1:]}</text>" in svg for key, svg in svgs.items())
    assert all(svg.startswith("<svg") and svg.endswith("</svg>") for svg in svgs.values())


@needs_graphviz
def test_a_picture_is_the_same_whatever_was_drawn_with_it() -> None:
    alone = pictures(two=TWO)["two"]
    among = pictures(one="digraph { x }", two=TWO, three="digraph { y }")
    among.announce(["one", "two", "three"])
    assert among["two"] == alone
    assert among["two"] == alone  # asked for again, it is drawn again


@needs_graphviz
def test_a_picture_has_no_names_of_its_own_and_boxes_are_boxes() -> None:
    svg = pictures(two=TWO)["two"]
    assert " id=" not in svg
    assert "<title>" not in svg
    assert svg.count("<rect") == 3  # one of them with a double frame
    assert svg.count("<path") == 1
    assert 'xlink:title="a - 1"' in svg


@needs_graphviz
def test_a_graph_with_an_error_costs_only_itself() -> None:
    drawn = pictures(a="digraph { a }", bad="digraph {{{", b="digraph { b }")
    drawn.announce(["a", "bad", "b"])
    assert [key for key in drawn if drawn.get(key)] == ["a", "b"]


def test_without_graphviz_there_are_no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    drawn = pictures(a="digraph { a }")
    drawn.announce(["a"])
    assert not can_draw()
    assert drawn.get("a") is None
