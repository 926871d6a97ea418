"""Shapes of payloads, kept from build to build: to work one out takes ten times as long."""

from contextlib import suppress
from functools import cache

import msgspec

from catalog_builder.model import Payload, Shape
from catalog_builder.reading.remembered import Remembered
from catalog_builder.schema import shape_of


class Shapes(Remembered[bytes, bytes]):
    """What is known of shapes from before, and which were looked at now."""

    def __init__(self, content: bytes | None, program: str) -> None:
        super().__init__(content, program, _of_all())

    def of(self, payload: Payload, digest: bytes) -> Shape:
        """The payload's shape; `digest` tells its text from others, and is empty where none can."""
        with suppress(KeyError, msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            shape = _of_shape().decode(self._before[digest])
            self._now[digest] = self._before[digest]
            return shape
        shape = shape_of(payload)
        if digest:
            with suppress(msgspec.MsgspecError, RecursionError, UnicodeEncodeError):
                self._now[digest] = msgspec.msgpack.encode(shape)
        return shape


@cache
def _of_all() -> msgspec.msgpack.Decoder[tuple[str, dict[bytes, bytes]]]:
    return msgspec.msgpack.Decoder(tuple[str, dict[bytes, bytes]])


@cache
def _of_shape() -> msgspec.msgpack.Decoder[Shape]:
    return msgspec.msgpack.Decoder(Shape)
