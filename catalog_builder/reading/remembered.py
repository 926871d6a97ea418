"""What a program keeps for its next run, and of that what was wanted again.

It may have been written by somebody else: a type is expected of every value, and what another
program wrote, or does not fit, is not there.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Generic, TypeVar

import msgspec

K = TypeVar("K", str, bytes)
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Values by their keys: those of before, and those that were wanted now."""

    def __init__(
        self,
        content: bytes | None,
        program: str,
        decoder: msgspec.msgpack.Decoder[tuple[str, dict[K, V]]],
    ) -> None:
        """As far as the bytes are those that `packed` made for this program."""
        self._program = program
        self._before: Mapping[K, V] = {}
        self._now: dict[K, V] = {}
        with suppress(msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            by, known = decoder.decode(content or b"")
            self._before = known if by == program else {}

    @property
    def is_new(self) -> bool:
        """Whether others were wanted than are known from before."""
        return self._now != self._before

    def packed(self) -> bytes:
        """Those that were wanted, as bytes."""
        return msgspec.msgpack.encode((self._program, dict(sorted(self._now.items()))))
