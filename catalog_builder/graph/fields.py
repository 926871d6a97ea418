"""Whether one who describes what it reads depends on a field."""

from catalog_builder.model import Shape, walk

_STEPS = (".", "[]", "{}")


def declares(shape: Shape, path: str) -> bool:
    """Whether a field at a path, one below it, or an object around it that says no more, is there.

    >>> from catalog_builder.model import Field
    >>> known = Field("a", "object", fields=(Field("b", "string"),))
    >>> shape = Shape(fields=(known, Field("c", "any")))
    >>> [declares(shape, path) for path in ("a", "a.b", "a.x", "c.d", "e")]
    [True, True, False, True, False]
    """
    placed = list(walk(shape))
    if any(each.path == path or _is_below(each.path, path) for each in placed):
        return True
    return any(
        _is_below(path, each.path) and not each.field.fields and not each.field.variants
        for each in placed
    )


def _is_below(path: str, above: str) -> bool:
    return path.startswith(tuple(above + step for step in _STEPS))
