"""Questions and their answers, noted for whatever is being made."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Generic, TypeAlias, TypeVar, cast

import msgspec

Question: TypeAlias = tuple[str, ...]
"""Whom one asks, what, and about which: `("catalog", "event", "order-placed")`."""

Notes: TypeAlias = dict[Question, bytes]
"""Digests of answers."""

K = TypeVar("K")
V = TypeVar("V")
T = TypeVar("T")

_DIGEST_BYTES = 12
_NOTHING = b"\0" * _DIGEST_BYTES
_NOTES: ContextVar[tuple[Notes, dict[Question, None]] | None] = ContextVar("notes", default=None)


@contextmanager
def noting(known: Notes, asked: dict[Question, None]) -> Iterator[None]:
    """Every question from here on is in `asked`, and its answer's digest in `known`.

    In this thread alone. `known` may hold answers from before, which are not looked at again.
    """
    before = _NOTES.set((known, asked))
    try:
        yield
    finally:
        _NOTES.reset(before)


def digest(answer: object) -> bytes:
    """The same for equal answers; None has one of its own, and what has no form no two alike."""
    if answer is None:
        return _NOTHING
    try:
        content = _encoder().encode(answer)
    except (msgspec.MsgspecError, OverflowError, RecursionError, TypeError, UnicodeEncodeError):
        return os.urandom(_DIGEST_BYTES)
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()


Digest: TypeAlias = Callable[[object], bytes]
"""The same for equal answers."""


def note(question: Question, answer: object, digested: Digest = digest) -> None:
    """The question was asked, if anything is being made."""
    notes = _NOTES.get()
    if notes is None:
        return
    known, asked = notes
    if question not in asked:
        asked[question] = None
        if question not in known:
            known[question] = digested(answer)


class Asked(Mapping[K, V], Generic[K, V]):
    """A mapping that notes what is looked up; who goes through it has asked for all of it.

    >>> known, asked = {}, {}
    >>> with noting(known, asked):
    ...     Asked(("shop", "price"), {"tea": 3, "milk": 1}).get("tea")
    3
    >>> list(asked)
    [('shop', 'price', 'tea')]
    """

    __slots__ = ("_digested", "_known", "_name", "_questions")

    def __init__(self, name: Question, known: Mapping[K, V], digested: Digest = digest) -> None:
        """`known` has no None as a value: that means that there is nothing."""
        self._name = name
        self._known = known
        self._digested = digested
        self._questions: dict[K, Question] = {}

    def __getitem__(self, key: K) -> V:
        """What is known under the key."""
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        """Whether anything is known under the key."""
        return self.get(cast(K, key)) is not None

    def get(  # type: ignore[override]  # Mapping's three overloads in one
        self, key: K, default: V | T | None = None, /
    ) -> V | T | None:
        """What is known under the key, or the default."""
        found = self._known.get(key)
        notes = _NOTES.get()
        if notes is not None:
            question = self._questions.get(key)
            if question is None:
                question = self._questions[key] = (*self._name, *parts_of(key))
            if question not in notes[1]:
                is_of_key = len(question) > len(self._name)
                note(question, found if is_of_key else self._known, self._digested)
        return default if found is None else found

    def __iter__(self) -> Iterator[K]:
        """All keys."""
        self._note_all()
        return iter(self._known)

    def __len__(self) -> int:
        """How many there are."""
        self._note_all()
        return len(self._known)

    def _note_all(self) -> None:
        note(self._name, self._known, self._digested)


def parts_of(key: object) -> Question:
    """A key as the end of a question; nothing of one that is neither text nor texts."""
    parts = key if isinstance(key, tuple) else (key,)
    is_text = all(isinstance(each, str) for each in parts)
    return parts if is_text and (len(parts) > 1 or parts is not key) else ()


def key_of(parts: Question) -> str | Question:
    """The key that a question ends in."""
    return parts[0] if len(parts) == 1 else parts


@cache
def _encoder() -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder()
