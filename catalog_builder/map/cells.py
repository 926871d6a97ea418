"""Services inside a bubble: each in a cell of a honeycomb, at a place that its name decides.

A name picks the place and a full cell sends on to the nearest free one, so that a service that
comes or goes moves only the few whose cells it takes or leaves.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import cos, pi, sin, sqrt
from typing import TypeAlias

from catalog_builder.map.chance import fractions

PITCH = 36.0
"""From the centre of a cell to the next one's."""
_ROW = PITCH * sqrt(3) / 2
_SECTOR = 0.7
"""How far, in radians, the services of one team spread to either side of its direction."""

Cell: TypeAlias = tuple[int, int]
"""Axial coordinates of a cell."""


def places(members: Iterable[tuple[str, str]]) -> Mapping[str, tuple[float, float]]:
    """Where each service stands, from the centre of its bubble; `members`: its id and its team.

    Cells are `PITCH` apart. The order of the members changes nothing.
    """
    wanted = sorted((*_wish(id_, team), id_) for id_, team in members)
    shell = _shell(len(wanted))
    reach = sqrt(shell)
    free = set(_disc(shell))
    found = {}
    for _, angle, distance, id_ in wanted:
        x, y = reach * distance * cos(angle), reach * distance * sin(angle)
        cell = _nearest_free(x, y, free)
        free.remove(cell)
        found[id_] = _centre(cell)
    return _centred(found)


def _centred(found: Mapping[str, tuple[float, float]]) -> Mapping[str, tuple[float, float]]:
    """As much room on the left as on the right, above as below."""
    if not found:
        return found
    across, down = zip(*found.values(), strict=True)
    middle_x, middle_y = (min(across) + max(across)) / 2, (min(down) + max(down)) / 2
    return {id_: (x - middle_x, y - middle_y) for id_, (x, y) in found.items()}


def radius(members: int) -> float:
    """How far the cells of so many members reach from the centre of their bubble."""
    return sqrt(_shell(members)) * PITCH + PITCH / 2


def _wish(id_: str, team: str) -> tuple[float, float, float]:
    """Whose turn comes first, and the direction and distance that it asks for."""
    turn, spread, distance, own = fractions(id_)
    direction = next(fractions(team)) if team else own
    return turn, 2 * pi * direction + _SECTOR * (2 * spread - 1), sqrt(distance)


def _centre(cell: Cell) -> tuple[float, float]:
    return PITCH * (cell[0] + cell[1] / 2), _ROW * cell[1]


def _nearest_free(x: float, y: float, free: set[Cell]) -> Cell:
    row = round(y / (sqrt(3) / 2))
    start = round(x - row / 2), row
    ring = 0
    while True:
        here = [each for each in _ring(start, ring) if each in free]
        if here:
            return min(here, key=lambda cell: (_distance(cell, x, y), cell))
        ring += 1


def _distance(cell: Cell, x: float, y: float) -> float:
    across = cell[0] + cell[1] / 2 - x
    down = cell[1] * sqrt(3) / 2 - y
    return across * across + down * down


def _ring(start: Cell, ring: int) -> Iterator[Cell]:
    if not ring:
        yield start
        return
    q, r = start[0] - ring, start[1] + ring
    for step_q, step_r in ((1, 0), (1, -1), (0, -1), (-1, 0), (-1, 1), (0, 1)):
        for _ in range(ring):
            yield q, r
            q, r = q + step_q, r + step_r


def _norm(cell: Cell) -> int:
    return cell[0] * cell[0] + cell[0] * cell[1] + cell[1] * cell[1]


@lru_cache(maxsize=256)
def _disc(shell: int) -> Sequence[Cell]:
    most = int(sqrt(shell * 4 / 3)) + 1
    cells = ((q, r) for q in range(-most, most + 1) for r in range(-most, most + 1))
    return tuple(each for each in cells if _norm(each) <= shell)


@lru_cache(maxsize=256)
def _shell(members: int) -> int:
    """The smallest disc, by the square of its radius in cells, with room for so many."""
    low, high = 0, max(1, members)
    while low < high:
        middle = (low + high) // 2
        if len(_disc(middle)) >= members:
            high = middle
        else:
            low = middle + 1
    # Between two shells no disc has more cells: the outermost cell says which one it is.
    return max((_norm(each) for each in _disc(low)), default=0)
