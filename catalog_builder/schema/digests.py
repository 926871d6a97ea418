"""When two payloads are the same text, told without a look at both."""

import hashlib

import orjson

from catalog_builder.model import Payload

_BYTES = 16


def digest_of(payload: Payload) -> bytes:
    """The same for payloads of the same text; empty for one that is too deep, or no JSON.

    >>> from catalog_builder.model import SchemaFormat
    >>> one, other = (Payload(SchemaFormat.AVRO, "string", media_type=each) for each in ("a", "b"))
    >>> digest_of(one) == digest_of(other) != digest_of(Payload(SchemaFormat.AVRO, "int"))
    True
    """
    text = [payload.format, payload.root, payload.schema, dict(payload.imports)]
    try:
        body = orjson.dumps(text, option=orjson.OPT_NON_STR_KEYS)
    except orjson.JSONEncodeError:
        return b""
    return hashlib.blake2b(body, digest_size=_BYTES).digest()
