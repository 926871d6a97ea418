"""When two payloads are the same text, told without a look at both."""

import hashlib
from collections.abc import Iterable, Iterator

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
    return _digest(_text(payload))


def digests_of(payloads: Iterable[Payload], most_bytes: int) -> Iterator[bytes]:
    """The digest of each, until their texts together are longer; of the rest there is none.

    Payloads that hold one another would else be written out again and again.

    >>> from catalog_builder.model import SchemaFormat
    >>> len(list(digests_of([Payload(SchemaFormat.AVRO, "string")] * 9, most_bytes=50)))
    3
    """
    for payload in payloads:
        text = _text(payload)
        yield _digest(text)
        most_bytes -= len(text)
        if most_bytes < 0:
            return


def _text(payload: Payload) -> bytes:
    text = [payload.format, payload.root, payload.schema, dict(payload.imports)]
    try:
        return orjson.dumps(text, option=orjson.OPT_NON_STR_KEYS)
    except orjson.JSONEncodeError:
        return b""


def _digest(text: bytes) -> bytes:
    return hashlib.blake2b(text, digest_size=_BYTES).digest() if text else b""
