"""Small graphs: laid out by whoever understands the DOT language, drawn for the theme's colours.

Nodes and edges carry classes, which the style sheet colours; fonts are named for their widths.
There are no clusters: Graphviz 2.43 falls over when it is given several graphs that have them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from catalog_builder.layout import Layout
from catalog_builder.render.columns import FONT_SIZE, column_width
from catalog_builder.render.nodes import LONGEST_LABEL, Edge, Node
from catalog_builder.render.picture import drawing
from catalog_builder.render.text import distinct_cuts

_GRAPH = "rankdir=LR nodesep=0.16 ranksep=0.55"
_NODE = f'shape=box height=0.36 margin="0.14,0.06" fontname="Helvetica" fontsize={FONT_SIZE}'
_EDGE = 'arrowsize=0.6 fontname="Helvetica" fontsize=9'


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
        cuts = distinct_cuts((each.title for each in self.nodes), LONGEST_LABEL)
        return [cuts[each.title] for each in self.nodes]

    def dot(self) -> str:
        """What the layout depends on, in the DOT language; nodes are named by numbers from 0."""
        attributes = "".join(f" {name}={_quoted(value)}" for name, value in self.graph.items())
        boxes = enumerate(zip(self.nodes, self.labels, strict=True))
        widths = self._widths()
        return "\n".join(
            [
                f"digraph {{ graph [{_GRAPH}{attributes}] node [{_NODE}] edge [{_EDGE}]",
                *(
                    f"{at} [{_size(label, widths.get(node.column))}{_frame(node)}]"
                    for at, (node, label) in boxes
                ),
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
        boxes = zip(layout.boxes, self.labels, self.nodes, strict=True)
        strokes = zip(lines, edges, strict=True)
        return drawing((layout.width, layout.height), boxes, strokes, self.note)

    def _widths(self) -> Mapping[str, float]:
        """How wide the boxes of each column are, in inches."""
        columns: dict[str, list[str]] = defaultdict(list)
        for node, label in zip(self.nodes, self.labels, strict=True):
            if node.column:
                columns[node.column].append(label)
        return {column: column_width(labels) for column, labels in columns.items()}

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {node.key: at for at, node in enumerate(self.nodes)}

    def _ends(self, edge: Edge) -> tuple[int, int]:
        return self._numbers[edge.source], self._numbers[edge.target]

    def _edge(self, edge: Edge) -> str:
        source, target = self._ends(edge)
        label = f" label={_quoted(chr(10).join(edge.lines))}" if edge.label else ""
        heads = " dir=both" if edge.both else ""
        return f"{source} -> {target} [{label}{heads}]"


def _size(label: str, width: float | None) -> str:
    """What says how large a box is: its label, or how wide it is whatever stands in it."""
    return f'label="" width={width}' if width else f"label={_quoted(label)}"


def _frame(node: Node) -> str:
    return " peripheries=2" if node.folded else ""


def _quoted(text: str) -> str:
    """A string that Graphviz takes as it is: neither escapes nor entities nor markup in it."""
    plain = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return '"{}"'.format(plain.replace("\n", "\\n"))
