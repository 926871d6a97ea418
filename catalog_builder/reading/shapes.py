"""Shapes of payloads, kept from build to build: to work one out takes ten times as long.

As with readings, what is kept may have been written by somebody else: a shape is expected of every
value, and whatever does not fit is worked out.
"""

from contextlib import suppress
from functools import cache

import msgspec

from catalog_builder.model import Payload, Shape
from catalog_builder.schema import shape_of


class Shapes:
    """What is known of shapes from before, and which were looked at now."""

    def __init__(self, content: bytes | None, program: str) -> None:
        """As far as the bytes are those that `packed` made for this program."""
        self._program = program
        self._before: dict[bytes, bytes] = {}
        self._now: dict[bytes, bytes] = {}
        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
            by, known = _of_all().decode(content or b"")
            self._before = known if by == program else {}

    def of(self, payload: Payload, digest: bytes) -> Shape:
        """The payload's shape; `digest` tells its text from others, and is empty where none can."""
        with suppress(KeyError, msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            shape = _of_shape().decode(self._before[digest])
            self._now[digest] = self._before[digest]
            return shape
        shape = shape_of(payload)
        if digest:
            with suppress(msgspec.MsgspecError, RecursionError, UnicodeEncodeError):
                self._now[digest] = _encoder().encode(shape)
        return shape

    @property
    def is_new(self) -> bool:
        """Whether others were looked at than are known from before."""
        return self._now != self._before

    def packed(self) -> bytes:
        """Those that were looked at, as bytes."""
        return _encoder().encode((self._program, dict(sorted(self._now.items()))))


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder()


@cache
def _of_all() -> msgspec.msgpack.Decoder[tuple[str, dict[bytes, bytes]]]:
    return msgspec.msgpack.Decoder(tuple[str, dict[bytes, bytes]])


@cache
def _of_shape() -> msgspec.msgpack.Decoder[Shape]:
    return msgspec.msgpack.Decoder(Shape)
