"""Graphs as pictures: DOT in, SVG out.

A process costs more than a small diagram does, so many graphs go to one process. A graph with an
error silently swallows those after it, and some releases of Graphviz fall over in the middle of a
long batch; so what comes back is counted, and the rest is drawn in another process.
"""

import re
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TypeAlias

import graphviz

from catalog_builder.draw.album import Album, Harvest

Graph: TypeAlias = Callable[[], str]
"""Gives a graph in the DOT language."""

_END = "</svg>"
_NAMES = re.compile(
    r' id="(?:[^"]*_)?(?:graph|node|edge)\d+"|<title>[^<]*</title>\s*|<!--.*?-->\s*', re.DOTALL
)
_LINKED = re.compile(r'<g id="a_[^"]*">(<a .*?</a>)\s*</g>', re.DOTALL)
_ROUND_BOX = re.compile(
    r'<path(?P<style>(?: (?!d=)[a-z-]+="[^"]*")*) d="M(?P<points>[-\d., C]*)"\s*/>'
)
_BETWEEN_POINTS = re.compile("[ C]")
_POINTS_OF_A_BOX = 25


def can_draw() -> bool:
    """Whether there is Graphviz here."""
    return shutil.which("dot") is not None


class Pictures(Mapping[str, str]):
    """SVG by key, drawn when it is asked for, or beside other work when that is announced.

    The SVG is the bare element: neither XML declaration nor document type before it. What cannot
    be drawn is not there; `in` and iteration tell what there are graphs of.
    """

    def __init__(self, graphs: Mapping[str, Graph], album: Album | None = None) -> None:
        """Nothing is drawn yet; `graphs` can be asked for, `album` has what was drawn before."""
        self._graphs = graphs
        self.album = album or Album("")
        self._waiting: dict[str, Future[Mapping[str, str]]] = {}

    def announce(self, keys: Iterable[str]) -> None:
        """These will be asked for, each once: one process draws them meanwhile."""
        wanted = [(key, self._graphs[key]) for key in keys if key in self._graphs]
        if wanted:
            drawn = _begun(partial(self._drawn, wanted))
            self._waiting.update((key, drawn) for key, _ in wanted)

    def __getitem__(self, key: str) -> str:
        """The SVG; KeyError when there is none."""
        announced = self._waiting.pop(key, None)
        if announced:
            return announced.result()[key]
        return self._drawn([(key, self._graphs[key])])[key]

    def harvest(self) -> Harvest:
        """What this process has found and drawn since it was asked last."""
        return self.album.harvest()

    def gather(self, harvest: Harvest) -> None:
        """What any process has found and drawn is in the album."""
        self.album.gather(harvest)

    def _drawn(self, items: Sequence[tuple[str, Graph]]) -> Mapping[str, str]:
        graphs = {key: graph() for key, graph in items}
        found = {key: self.album.find(graph) for key, graph in graphs.items()}
        new = dict(_drawn([(key, graphs[key]) for key in graphs if found[key] is None]))
        for key, picture in new.items():
            self.album.put(graphs[key], picture)
        return {**{key: each for key, each in found.items() if each is not None}, **new}

    def __contains__(self, key: object) -> bool:
        """Whether there is a graph."""
        return key in self._graphs

    def __iter__(self) -> Iterator[str]:
        """The keys of the graphs."""
        return iter(self._graphs)

    def __len__(self) -> int:
        """How many graphs there are."""
        return len(self._graphs)


def _begun(work: Callable[[], Mapping[str, str]]) -> Future[Mapping[str, str]]:
    """What will be drawn by a thread that ends with it: none is left to be in anybody's way."""
    drawn: Future[Mapping[str, str]] = Future()

    def begin() -> None:
        try:
            drawn.set_result(work())
        except BaseException as error:  # noqa: BLE001  it is raised where the picture is asked for
            drawn.set_exception(error)

    threading.Thread(target=begin, daemon=True).start()
    return drawn


def _drawn(items: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    try:
        return _batch(items) if items else ()
    except graphviz.ExecutableNotFound:
        return ()


def _batch(items: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    pictures = _pictures("\n".join(dot for _, dot in items))
    if len(pictures) == len(items):
        return [(key, svg) for (key, _), svg in zip(items, pictures, strict=True)]
    done = [(key, svg) for (key, _), svg in zip(items, pictures, strict=False)]
    if not done:
        return [] if len(items) == 1 else _batch(items[:1]) + _batch(items[1:])
    return done + _batch(items[len(done) :])


def _pictures(dot: str) -> list[str]:
    try:
        output = graphviz.pipe("dot", "svg", dot.encode(), quiet=True)
    except graphviz.CalledProcessError as error:
        output = error.stdout or b""
    svg = output.decode(errors="replace")
    return [_bare(part[part.index("<svg") :] + _END) for part in svg.split(_END)[:-1]]


def _bare(svg: str) -> str:
    """The same picture in fewer words, and the same whatever was drawn before it.

    Graphviz numbers what it draws, and writes a box with round corners as a path of thirteen
    points: together half of a small picture.
    """
    svg = _NAMES.sub("", _LINKED.sub(r"\1", svg))
    return _ROUND_BOX.sub(_box, svg).replace("&#45;", "-").replace("&#160;", "\u00a0")


def _box(path: re.Match[str]) -> str:
    points = _BETWEEN_POINTS.split(path["points"])
    if len(points) != _POINTS_OF_A_BOX:
        return path.group()
    # From the right end of the upper side around against the clock, three points for each bend.
    (from_left, _), (left, _) = (map(float, points[at].split(",")) for at in (3, 5))
    (to_right, top), (_, bottom) = (map(float, points[at].split(",")) for at in (0, 12))
    corner = from_left - left
    sides = (left, top, to_right + corner - left, bottom - top, corner)
    x, y, width, height, rx = (f"{each:.2f}".rstrip("0").rstrip(".") for each in sides)
    return f'<rect{path["style"]} x="{x}" y="{y}" width="{width}" height="{height}" rx="{rx}"/>'
