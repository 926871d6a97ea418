"""How deep a schema may be nested so that it can be walked, compared and written safely."""

import orjson

from catalog_builder.model import Json

_DEEPEST = 150
_MANY = 64


def is_too_deep(schema: Json) -> bool:
    """Whether a schema is nested deeper than anything that a person writes.

    >>> is_too_deep({"a": [1]})
    False
    """
    if _has_few_levels(schema):
        return False
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


def _has_few_levels(schema: Json) -> bool:
    """Whether its text has fewer brackets than levels are allowed: the plain case, told quickly.

    False where that cannot be told.
    """
    try:
        text = orjson.dumps(schema, option=orjson.OPT_NON_STR_KEYS)
    except orjson.JSONEncodeError:
        return False
    return text.count(b"{") + text.count(b"[") < _DEEPEST
