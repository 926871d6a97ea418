"""Bubbles on a plane: those that exchange much near each other, and none over another.

They stand in columns. Only their order is decided by what they exchange, and each step from the
one to the other is smooth: forces that push circles apart would throw everything about when one
of them grows a little.
"""

from collections.abc import Mapping, Sequence
from math import log1p, sqrt
from typing import TypeAlias

from catalog_builder.map.chance import fractions

_GAP = 30.0
"""Between two bubbles: room for the head of an arrow, and in small estates for a name."""
_NAME = 0.032
"""Of the whole: what a name needs between two bubbles when all of a large estate is seen."""
_WIDER = 3.0
"""How many more columns than rows, as columns are drawn into each other."""
_ROUNDS = 6
"""Of drawing near: few, so that names have their say and a small change changes little."""

Wishes: TypeAlias = list[tuple[float, float]]


def placed(
    radii: Mapping[str, float], flows: Mapping[tuple[str, str], int]
) -> Mapping[str, tuple[float, float]]:
    """The centre of each bubble, by name; no two are nearer than their radii and a gap.

    `flows` says how much passes from one bubble to another. The origin is in the middle.
    """
    names = sorted(radii)
    gap = max(_GAP, _NAME * sqrt(sum((2 * radius) ** 2 for radius in radii.values())))
    wide = {name: radius + gap / 2 for name, radius in radii.items()}
    wishes = dict(zip(names, _wishes(names, flows), strict=True))
    columns = _columns(sorted(names, key=lambda name: (wishes[name][0], name)))
    found: dict[str, tuple[float, float]] = {}
    for column in columns:
        heights = _stacked(sorted(column, key=lambda name: (wishes[name][1], name)), wide)
        x = max((_beside(y, wide[name], found, wide) for name, y in heights.items()), default=0)
        found.update({name: (x, y) for name, y in heights.items()})
    left = min(x - radii[name] for name, (x, _) in found.items())
    right = max(x + radii[name] for name, (x, _) in found.items())
    return {name: (x - (left + right) / 2, y) for name, (x, y) in found.items()}


def _wishes(names: Sequence[str], flows: Mapping[tuple[str, str], int]) -> Wishes:
    """Where each would like to be: where its name puts it, then nearer to its partners."""
    ties = _ties(names, flows)
    wishes = [(across, down) for across, down, *_ in (fractions(f"map {name}") for name in names)]
    for _ in range(_ROUNDS):
        wishes = [
            (
                (own[0] + sum(wishes[other][0] * part for other, part in mine)) / 2,
                (own[1] + sum(wishes[other][1] * part for other, part in mine)) / 2,
            )
            if mine
            else own
            for own, mine in zip(wishes, ties, strict=True)
        ]
    return wishes


def _ties(
    names: Sequence[str], flows: Mapping[tuple[str, str], int]
) -> list[list[tuple[int, float]]]:
    """For each the others that it exchanges with; their parts add up to 1."""
    place = {name: index for index, name in enumerate(names)}
    strengths: list[dict[int, float]] = [{} for _ in names]
    for (one, other), count in sorted(flows.items()):
        if one != other:
            for near, far in ((place[one], place[other]), (place[other], place[one])):
                strengths[near][far] = strengths[near].get(far, 0) + log1p(count)
    return [
        [(other, strength / sum(mine.values())) for other, strength in mine.items()]
        for mine in strengths
    ]


def _columns(ordered: Sequence[str]) -> list[Sequence[str]]:
    """As many columns as make the whole wider than high, the fuller ones in the middle."""
    count = max(1, min(len(ordered), round(sqrt(len(ordered) * _WIDER))))
    least, more = divmod(len(ordered), count)
    first = (count - more) // 2
    columns, start = [], 0
    for number in range(count):
        end = start + least + (first <= number < first + more)
        columns.append(ordered[start:end])
        start = end
    return columns


def _stacked(column: Sequence[str], radii: Mapping[str, float]) -> Mapping[str, float]:
    """The height of each centre, the middle of the column at 0."""
    heights, top = {}, -sum(radii[name] for name in column)
    for name in column:
        heights[name] = top + radii[name]
        top += 2 * radii[name]
    return heights


def _beside(
    y: float,
    radius: float,
    found: Mapping[str, tuple[float, float]],
    radii: Mapping[str, float],
) -> float:
    """How far left a centre at this height may stand without touching what stands there."""
    least = 0.0
    for name, (other_x, other_y) in found.items():
        needed = radius + radii[name]
        if abs(y - other_y) < needed:
            least = max(least, other_x + sqrt(needed**2 - (y - other_y) ** 2))
    return least
