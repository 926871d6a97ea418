"""How deep a schema may be nested so that it can be walked, compared and written safely."""

from catalog_builder.model import Json

_DEEPEST = 150
_MANY = 64


def is_too_deep(schema: Json) -> bool:
    """Whether a schema is nested deeper than anything that a person writes.

    >>> is_too_deep({"a": [1]})
    False
    """
    level = [schema] if isinstance(schema, dict | list) else []
    for _ in range(_DEEPEST):
        if not level:
            return False
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]
        if len(level) > _MANY:
            # By identity: what stands at several places is looked at once a level.
            level = list({id(each): each for each in level}.values())
    return True
