"""A shape that is worked out when somebody looks at it for the first time.

Most questions to a catalogue are not about fields, and shapes cost more than all of the joining.
"""

from collections.abc import Callable

from catalog_builder.model import Shape

_PARTS = ("type", "fields", "variants", "description", "step")


class LaterShape(Shape):
    """Equal to the shape that it becomes, and the same when pickled.

    >>> shape = LaterShape(lambda: Shape("array of string", step="[]"))
    >>> shape.type, shape == Shape("array of string", step="[]")
    ('array of string', True)
    """

    __slots__ = ("_make",)

    _make: Callable[[], Shape]

    def __init__(self, make: Callable[[], Shape], digest: bytes = b"") -> None:
        object.__setattr__(self, "_make", make)
        object.__setattr__(self, "digest", digest)

    def __getattr__(self, name: str) -> object:
        """A part of the shape; Python asks for it here while it is not known yet."""
        if name not in _PARTS:
            raise AttributeError(name)
        made = self._make()
        for part in _PARTS:
            object.__setattr__(self, part, getattr(made, part))
        object.__setattr__(self, "_make", _nothing_more)
        return getattr(made, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and _parts(self) == _parts(other)

    def __hash__(self) -> int:
        return hash(_parts(self))

    def __reduce__(self) -> tuple[type[Shape], tuple[object, ...]]:
        return Shape, (*_parts(self), self.digest)


def _parts(shape: Shape) -> tuple[object, ...]:
    return tuple(getattr(shape, part) for part in _PARTS)


def _nothing_more() -> Shape:
    """Lets go of what the shape was made from."""
    return Shape()
