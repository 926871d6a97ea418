"""Small graphs: laid out by whoever understands the DOT language, drawn for the theme's colours.

Nodes and edges carry classes, which the style sheet colours; fonts are named for their widths.
There are no clusters: Graphviz 2.43 falls over when it is given several graphs that have them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from catalog_builder.layout import Layout, Line
from catalog_builder.render.picture import Box, Stroke, drawing
from catalog_builder.render.text import distinct_cuts, middle_cut

_LONGEST_LABEL = 34
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_GRAPH = "rankdir=LR nodesep=0.16 ranksep=0.55"
_NODE = 'shape=box height=0.36 margin="0.14,0.06" fontname="Helvetica" fontsize=11'
_EDGE = 'arrowsize=0.6 fontname="Helvetica" fontsize=9'


@dataclass(frozen=True, slots=True)
class Node:
    """A box: `style` is its class, `href` where it leads, `tip` what hovering says."""

    key: str
    label: str
    style: str
    href: str = ""
    tip: str = ""
    folded: bool = False
    """Whether it stands for several things, which a second frame shows."""


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow between two boxes."""

    source: str
    target: str
    label: str = ""
    style: str = "flow"
    tip: str = ""
    width: float = 1.0
    href: str = ""
    both: bool = False
    """Whether it has a head at either end."""


@dataclass(frozen=True)
class Diagram:
    """What is drawn; a key names one node, wherever it stands."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    graph: Mapping[str, str] = field(default_factory=dict)
    """What is other than usual for the whole, in DOT's words."""
    note: str = ""
    """Stands below the whole."""

    @cached_property
    def labels(self) -> Sequence[str]:
        """What stands in each box: names too long are cut in the middle, none like another."""
        cuts = distinct_cuts((_line(each.label) for each in self.nodes), _LONGEST_LABEL)
        return [cuts[_line(each.label)] for each in self.nodes]

    def dot(self) -> str:
        """What the layout depends on, in the DOT language; nodes are named by numbers from 0."""
        attributes = "".join(f" {name}={_quoted(value)}" for name, value in self.graph.items())
        boxes = enumerate(zip(self.nodes, self.labels, strict=True))
        return "\n".join(
            [
                f"digraph {{ graph [{_GRAPH}{attributes}] node [{_NODE}] edge [{_EDGE}]",
                *(f"{at} [label={_quoted(label)}{_frame(node)}]" for at, (node, label) in boxes),
                *map(self._edge, self.edges),
                "}",
            ]
        )

    def svg(self, layout: Layout) -> str | None:
        """The picture as one SVG element; None: the layout is of another diagram."""
        edges = sorted(self.edges, key=self._ends)
        # Between the same ends there may be several, which come in their order.
        lines = sorted(layout.lines, key=lambda line: line.ends)
        is_ours = list(map(self._ends, edges)) == [line.ends for line in lines]
        if not is_ours or len(layout.boxes) != len(self.nodes):
            return None
        boxes = map(_box, layout.boxes, self.labels, self.nodes)
        strokes = map(_stroke, lines, edges)
        return drawing((layout.width, layout.height), boxes, strokes, self.note)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {node.key: at for at, node in enumerate(self.nodes)}

    def _ends(self, edge: Edge) -> tuple[int, int]:
        return self._numbers[edge.source], self._numbers[edge.target]

    def _edge(self, edge: Edge) -> str:
        source, target = self._ends(edge)
        label = f" label={_quoted(chr(10).join(_cut(edge.label)))}" if edge.label else ""
        heads = " dir=both" if edge.both else ""
        return f"{source} -> {target} [{label}{heads}]"


def _box(place: tuple[int, int, int, int], label: str, node: Node) -> Box:
    tip = _line(node.tip or node.label)
    return Box(place, label, node.style, node.href, "" if tip == label else tip, node.folded)


def _stroke(line: Line, edge: Edge) -> Stroke:
    label, tip = _cut(edge.label), _line(edge.tip)
    return Stroke(line, label, edge.style, edge.href, tip, edge.width, edge.both)


def _frame(node: Node) -> str:
    return " peripheries=2" if node.folded else ""


def _cut(label: str) -> Sequence[str]:
    """The lines of an edge's label."""
    return [middle_cut(_line(line), _LONGEST_LABEL) for line in label.split("\n")] if label else []


def _line(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _quoted(text: str) -> str:
    """A string that Graphviz takes as it is: neither escapes nor entities nor markup in it."""
    plain = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return '"{}"'.format(plain.replace("\n", "\\n"))
