"""Readings as bytes, to be sent from process to process and kept from build to build.

What is kept may have been written by somebody else, so its format can hold values of the model and
nothing else: it is MessagePack, and a type is expected of every value. Whatever does not fit is not
there.
"""

import zlib
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import msgspec

from catalog_builder.model import Checkout, Document, Reading
from catalog_builder.reading.traced import Answers

T = TypeVar("T")

_QUICK = 1
_LARGEST = 1 << 30


@dataclass(frozen=True, slots=True)
class Record:
    """A reading with all that it depends on."""

    about: str
    """What the crawl says of the repository."""
    answers: Answers
    reading: bytes
    """Packed."""
    wants: bool
    """Whether it refers to files of other hosts, which may change without anybody's knowing."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The readings of one catalogue, by the repositories' names."""

    program: str
    records: dict[str, Record]

    def packed(self) -> bytes:
        """All of it as bytes."""
        return _encoder().encode(self)

    @classmethod
    def of(cls, content: bytes | None, program: str) -> "Kept":
        """What the bytes hold, if this program wrote them; else nothing is kept."""
        try:
            kept = _of_kept().decode(content or b"")
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            return cls(program, {})
        return kept if kept.program == program else cls(program, {})


def packed(value: Reading | Document) -> bytes | None:
    """It as bytes; None when it holds what has no form there, such as huge numbers."""
    try:
        return zlib.compress(_encoder().encode(value), _QUICK)
    except (msgspec.MsgspecError, OverflowError, RecursionError, TypeError, UnicodeEncodeError):
        return None


def unpacked(content: bytes) -> Reading | None:
    """The reading that `packed` made bytes of; None of any other bytes."""
    return _decoded(content, _of_reading())


def unpacked_document(content: bytes) -> Document | None:
    """The document that `packed` made bytes of; None of any other bytes."""
    return _decoded(content, _of_document())


def _decoded(content: bytes, decoder: msgspec.msgpack.Decoder[T]) -> T | None:
    try:
        return decoder.decode(zlib.decompressobj().decompress(content, _LARGEST))
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, zlib.error):
        return None


def about(checkout: Checkout) -> str:
    """What the crawl says of a repository, without a look at its files."""
    return repr((checkout.repository, checkout.specifications))


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder()


@cache
def _of_reading() -> msgspec.msgpack.Decoder[Reading]:
    return msgspec.msgpack.Decoder(Reading)


@cache
def _of_document() -> msgspec.msgpack.Decoder[Document]:
    return msgspec.msgpack.Decoder(Document)


@cache
def _of_kept() -> msgspec.msgpack.Decoder[Kept]:
    return msgspec.msgpack.Decoder(Kept)
