"""Any value as JSON text, however odd; odd values cost more, ordinary ones nothing."""

import orjson

from catalog_builder.model import Json
from catalog_builder.render.exports.text import without_surrogates

_DEEPEST = 200
_MOST_BITS = 4096


def encoded(value: Json) -> bytes:
    """The value as JSON in UTF-8, without spaces, keys in the order they are in.

    What JSON cannot hold is replaced: lone surrogates by U+FFFD, infinities by null, keys that are
    not text by their text, whatever stands more than 200 levels deep by null.

    >>> encoded({"big": 2**70, "lone": chr(0xD800)}).decode()
    '{"big":1180591620717411303424,"lone":"\ufffd"}'
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        return orjson.dumps(_tamed(value, 0))


def _tamed(value: Json, depth: int) -> Json:
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return orjson.Fragment(str(value)) if value.bit_length() <= _MOST_BITS else None
    if value is None or isinstance(value, bool | float):
        return value
    if depth < _DEEPEST and isinstance(value, dict):
        return {
            without_surrogates(str(key)): _tamed(below, depth + 1) for key, below in value.items()
        }
    if depth < _DEEPEST and isinstance(value, list | tuple):
        return [_tamed(below, depth + 1) for below in value]
    return None
