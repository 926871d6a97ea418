"""Small graphs in the DOT language, made for the theme's colours.

Nodes and edges carry classes, which the style sheet colours; fonts are named for their widths.
There are no clusters: Graphviz 2.43 falls over when it draws several graphs that have them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog_builder.render.text import distinct_cuts, middle_cut

_LONGEST_LABEL = 34
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_GRAPH = 'bgcolor=transparent rankdir=LR nodesep=0.16 ranksep=0.55 fontname="Helvetica" fontsize=10'
_NODE = (
    'shape=box style="rounded,filled" fillcolor=white height=0.36 margin="0.14,0.06" '
    'fontname="Helvetica" fontsize=11'
)
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


@dataclass(frozen=True, slots=True)
class Diagram:
    """What is drawn; a key names one node, wherever it stands."""

    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()
    graph: Mapping[str, str] = field(default_factory=dict)

    def dot(self) -> str:
        """The diagram in the DOT language."""
        cuts = distinct_cuts((_line(each.label) for each in self.nodes), _LONGEST_LABEL)
        attributes = "".join(
            f" {name}={_quoted(value)}" for name, value in self.graph.items() if value
        )
        return "\n".join(
            [
                f"digraph {{ graph [{_GRAPH}{attributes}] node [{_NODE}] edge [{_EDGE}]",
                *(_node(each, cuts[_line(each.label)]) for each in self.nodes),
                *map(_edge, self.edges),
                "}",
            ]
        )


def _node(node: Node, label: str) -> str:
    tip = node.tip or node.label
    return (
        f"{_quoted(node.key)} [label={_quoted(label)} class={_quoted(node.style)} "
        f"tooltip={_quoted(tip)}{' peripheries=2' * node.folded}{_linked(node.href)}]"
    )


def _edge(edge: Edge) -> str:
    label = f" label={_lines(edge.label)}" if edge.label else ""
    tip = f" tooltip={_quoted(edge.tip)} labeltooltip={_quoted(edge.tip)}" if edge.tip else ""
    look = f'class={_quoted(edge.style)} penwidth="{edge.width:.2f}"'
    ends = f"{_quoted(edge.source)} -> {_quoted(edge.target)}"
    heads = " dir=both" if edge.both else ""
    return f"{ends} [{look}{label}{tip}{heads}{_linked(edge.href)}]"


def _linked(href: str) -> str:
    return f" URL={_quoted(href)}" if href else ""


def _lines(label: str) -> str:
    cut: Iterable[str] = (middle_cut(_line(line), _LONGEST_LABEL) for line in label.split("\n"))
    return _quoted("\n".join(cut)).replace("\n", "\\n")


def _line(text: str) -> str:
    return _CONTROL.sub(" ", text)


def _quoted(text: str) -> str:
    """A string that Graphviz takes as it is: neither escapes nor entities nor markup in it."""
    lines = (_line(line) for line in text.split("\n"))
    plain = "\n".join(lines).replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
