"""Diagrams as pictures: Graphviz says where everything stands, the diagram draws itself there.

A process costs more than a small diagram does, so many graphs go to one process. A graph with an
error silently swallows those after it, and some releases of Graphviz fall over in the middle of a
long batch; so what comes back is counted, and the rest is laid out in another process.
"""

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TypeAlias

import graphviz

from catalog_builder.draw.album import Album, Harvest
from catalog_builder.draw.plain import layouts
from catalog_builder.layout import Layout, Sketch

Graph: TypeAlias = Callable[[], Sketch]
"""Gives a diagram."""


def can_draw() -> bool:
    """Whether there is Graphviz here."""
    return shutil.which("dot") is not None


class Pictures(Mapping[str, str]):
    """SVG by key, drawn when it is asked for, or beside other work when that is announced.

    What cannot be drawn is not there; `in` and iteration tell what there are graphs of.
    """

    def __init__(self, graphs: Mapping[str, Graph], album: Album | None = None) -> None:
        """Nothing is drawn yet; `graphs` can be asked for, `album` has what was drawn before."""
        self._graphs = graphs
        self.album = Album("") if album is None else album
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
        sketches = {key: graph() for key, graph in items}
        dots = {key: sketch.dot() for key, sketch in sketches.items()}
        drawn = {key: sketches[key].svg(found) for key, found in self._found(dots)}
        new = {key: dot for key, dot in dots.items() if drawn.get(key) is None}
        # Many have the same shape, which is laid out once.
        made = _laid_out(list(dict.fromkeys(new.values())))
        for dot, layout in made.items():
            self.album.put(dot, layout)
        drawn |= {key: sketches[key].svg(made[dot]) for key, dot in new.items() if dot in made}
        return {key: svg for key, svg in drawn.items() if svg is not None}

    def _found(self, dots: Mapping[str, str]) -> Iterator[tuple[str, Layout]]:
        """What the album has of these graphs."""
        for key, dot in dots.items():
            layout = self.album.find(dot)
            if layout:
                yield key, layout

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


def _laid_out(graphs: Sequence[str]) -> Mapping[str, Layout]:
    """Layouts by graph; those that cannot be laid out are not there."""
    try:
        found = _batch(graphs) if graphs else []
    except graphviz.ExecutableNotFound:
        return {}
    return {graph: layout for graph, layout in zip(graphs, found, strict=True) if layout}


def _batch(graphs: Sequence[str]) -> list[Layout | None]:
    done: list[Layout | None] = list(layouts(_output("\n".join(graphs))))
    if len(done) == len(graphs):
        return done
    if not done:
        return [None] if len(graphs) == 1 else _batch(graphs[:1]) + _batch(graphs[1:])
    return done + _batch(graphs[len(done) :])


def _output(dot: str) -> str:
    try:
        output: bytes = graphviz.pipe("dot", "plain", dot.encode(), quiet=True)
    except graphviz.CalledProcessError as error:
        output = error.stdout or b""
    return output.decode(errors="replace")
