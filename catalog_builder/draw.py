"""Graphs as pictures: DOT in, SVG out. It alone runs Graphviz.

A process costs more than a small diagram does, so many graphs go to one process. A graph with an
error silently swallows those after it, and some releases of Graphviz fall over in the middle of a
long batch; so what comes back is counted, and the rest is drawn in another process.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import graphviz

_BATCH = 100
_END = "</svg>"


def draw(graphs: Mapping[str, str]) -> Mapping[str, str] | None:
    """SVG by key for every graph that can be drawn; None when there is no Graphviz here.

    The SVG is the bare element: neither XML declaration nor document type before it.
    """
    if not graphs:
        return {}
    batches = list(_batches(graphs.items()))
    try:
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
            drawn = threads.map(_batch, batches)
            return {key: svg for batch in drawn for key, svg in batch}
    except graphviz.ExecutableNotFound:
        return None


def _batches(items: Iterable[tuple[str, str]]) -> Iterator[Sequence[tuple[str, str]]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch


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
    return [part[part.index("<svg") :] + _END for part in svg.split(_END)[:-1]]
