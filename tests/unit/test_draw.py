import re
import shutil

import graphviz
import pytest

from catalog_builder.draw import Pictures, can_draw
from catalog_builder.draw.plain import layouts
from catalog_builder.layout import Layout, Line
from catalog_builder.render.dot import Diagram
from catalog_builder.render.nodes import Edge, Node

needs_graphviz = pytest.mark.skipif(not shutil.which("dot"), reason="Graphviz is not installed")

TWO = Diagram(
    (
        Node("a", "a - 1", "service", "../a.html", "all of a"),
        Node("b", 'B <&> "b"\\', "more", folded=True),
    ),
    (Edge("a", "b"), Edge("b", "a", "3 ⇄ 1\nand more", tip="four", width=2.0, both=True)),
)
PLAIN = r"""graph 1 2 1
node 0 0.5 0.5 1 0.5 "a b" solid box black lightgrey
node 1 1.75 0.25 0.5 0.5 b solid box black lightgrey
edge 0 1 4 1 0.5 1.1 0.5 1.2 0.25 1.25 0.25 "two\
 words" 1.1 0.5 solid black
edge 1 0 4 1 0.5 1.1 0.5 1.2 0.25 1.25 0.25 solid black
stop
graph 1 1 1
no"""


class Wrong:
    """A diagram that Graphviz cannot read."""

    def dot(self) -> str:
        return "digraph {{{"

    def svg(self, layout: Layout) -> str | None:
        raise AssertionError(layout)


def one(name: str) -> Diagram:
    return Diagram((Node(name, name, "service"),))


def pictures(**diagrams: Diagram | Wrong) -> Pictures:
    return Pictures({key: lambda each=each: each for key, each in diagrams.items()})  # type: ignore[misc]


@needs_graphviz
def test_every_diagram_becomes_one_svg() -> None:
    drawn = pictures(**{f"k{number}": one(f"n{number}") for number in range(300)})
    drawn.announce(drawn)
    svgs = {key: drawn[key] for key in drawn}
    assert all(f">n{key[1:]}</text>" in svg for key, svg in svgs.items())
    assert all(svg.startswith("<svg") and svg.endswith("</svg>") for svg in svgs.values())


@needs_graphviz
def test_a_picture_is_the_same_whatever_was_drawn_with_it() -> None:
    alone = pictures(two=TWO)["two"]
    among = pictures(one=one("x"), two=TWO, three=one("y"))
    among.announce(["one", "two", "three"])
    assert among["two"] == alone
    assert among["two"] == alone  # asked for again, it is drawn again


@needs_graphviz
def test_a_picture_holds_boxes_and_lines_and_what_they_say() -> None:
    svg = pictures(two=TWO)["two"]
    assert svg.count("<rect") == 3  # one of them with a double frame
    assert svg.count('<path class="head"') == 2
    assert '<a class="node service" href="../a.html"><title>all of a</title>' in svg
    assert '>B &lt;&amp;&gt; "b"\\</text>' in svg
    assert re.findall("<text[^>]*>([^<]*)</text>", svg)[:2] == ["3 ⇄ 1", "and more"]
    assert "<title>four</title>" in svg


@needs_graphviz
def test_boxes_stand_apart_and_lines_lead_from_one_to_the_next() -> None:
    (layout,) = layouts(graphviz_output(TWO.dot()))
    first, second = layout.boxes
    assert first[0] + first[2] < second[0] < layout.width
    there, back = layout.lines
    assert (there.ends, back.ends) == ((0, 1), (1, 0))
    assert abs(there.points[0][0] - first[0] - first[2]) <= 10
    assert back.label is not None
    assert there.label is None


def graphviz_output(dot: str) -> str:
    output: bytes = graphviz.pipe("dot", "plain", dot.encode())
    return output.decode()


def test_what_graphviz_says_is_read_in_tenths_of_a_point_from_the_top() -> None:
    (layout,) = layouts(PLAIN)
    points = ((720, 360), (792, 360), (864, 540), (900, 540))
    assert layout == Layout(
        1440,
        720,
        ((0, 180, 720, 360), (1080, 360, 360, 360)),
        (Line((0, 1), points, (792, 360)), Line((1, 0), points)),
    )


@needs_graphviz
def test_a_graph_with_an_error_costs_only_itself() -> None:
    drawn = pictures(a=one("a"), bad=Wrong(), b=one("b"))
    drawn.announce(["a", "bad", "b"])
    assert [key for key in drawn if drawn.get(key)] == ["a", "b"]


def test_without_graphviz_there_are_no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    drawn = pictures(a=one("a"))
    drawn.announce(["a"])
    assert not can_draw()
    assert drawn.get("a") is None
