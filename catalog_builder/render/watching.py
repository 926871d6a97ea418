"""A view that notes what is asked of it, and answers the same questions again."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any, TypeVar

from catalog_builder.graph import Flow
from catalog_builder.model import Event, Shape
from catalog_builder.recall import Asked, Question, digest, key_of, note, parts_of
from catalog_builder.render.as_written import FILE, Contents, digest_of
from catalog_builder.render.view import Unit, View

T = TypeVar("T")

_ASKED_OF_FLOW = frozenset({"downstream_of", "upstream_of"})
_PARTS = ("catalog", "flow")
_UNTOLD = object()
"""An answer that is like no other."""


_SHAPES = {"shape", "header_shape", "expectations"}
_told = attrgetter(*(each.name for each in fields(Event) if each.name not in _SHAPES))
"""Of an event all but its shapes, and those that are expected."""


class Digests:
    """Digests of answers; an event is looked at once, in however many of them it stands."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Event, bytes]] = {}

    def __call__(self, answer: object) -> bytes:
        """The same for equal answers."""
        return digest(self._brief(answer))

    def _brief(self, answer: object) -> object:
        if isinstance(answer, Event):
            return self._of(answer)
        if isinstance(answer, tuple) and answer and isinstance(answer[0], Event | Unit):
            return tuple(map(self._brief, answer))
        if isinstance(answer, Unit):
            return [replace(answer, events=()), list(map(self._of, answer.events))]
        return answer

    def _of(self, event: Event) -> bytes:
        """With the event itself, so that no other one is taken for it."""
        known = self._known.get(id(event))
        if known is None:
            expected = [(each.services, _of_shape(each.shape)) for each in event.expectations]
            told = _told(event), _of_shape(event.shape), _of_shape(event.header_shape), expected
            known = self._known[id(event)] = event, digest(told)
        return known[1]


def _of_shape(shape: Shape) -> Shape | bytes:
    """What is as good as a shape, without working it out."""
    return shape.digest or shape


class _Whole:
    """An attribute that is asked for as a whole, which is noted."""

    def __init__(self, question: Question, known: object, digests: Digests) -> None:
        self._asked = question, known, digests

    def __get__(self, thing: object, kind: type | None = None) -> Any:  # noqa: ANN401  whatever it is
        note(*self._asked)
        return self._asked[1]


class _WatchedFlow:
    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the attribute is
        known = getattr(self._flow, name)
        if not callable(known):
            note(("flow", name), _UNTOLD)
            return known
        return lambda *given: self._answered(name, known, given)

    def _answered(self, name: str, method: Callable[..., T], given: tuple[Any, ...]) -> T:
        answer = method(*given)
        parts = parts_of(given[0]) if name in _ASKED_OF_FLOW and len(given) == 1 else ()
        note(("flow", name, *parts), answer if parts else _UNTOLD)
        return answer


def watched(view: View, digests: Digests) -> View:
    """The same view; whatever is looked up in it, its catalogue or its graph is noted.

    All that it works out has been worked out: what is first asked for while one page is made is
    not hidden from the next.
    """
    view.settle()
    seen = _twin(view, "view", digests)
    vars(seen)["catalog"] = _twin(view.catalog, "catalog", digests)
    vars(seen)["flow"] = _WatchedFlow(view.flow)
    return seen


def answering(view: View, contents: Contents, digests: Digests) -> Callable[[Question], bytes]:
    """Gives digests of what a view that is not watched, or a file, says to questions."""
    return lambda question: digests(_answer(view, contents, question))


def _answer(view: View, contents: Contents, question: Question) -> object:
    """None: there is nothing."""
    whom, *rest = question
    if whom == FILE:
        repository, path = rest
        return digest_of(contents.get(repository, {}).get(path))
    name, *key = rest
    if whom == "flow":
        is_known = name in _ASKED_OF_FLOW and len(key) == 1
        return getattr(view.flow, name)(*key) if is_known else _UNTOLD
    known: object = vars(view if whom == "view" else view.catalog).get(name, _UNTOLD)
    if not key:
        return known
    return known.get(key_of(tuple(key))) if isinstance(known, Mapping) else _UNTOLD


def _twin(thing: T, whom: str, digests: Digests) -> T:
    """One that knows the same, and notes what is looked up in its mappings, or asked as a whole."""
    mappings = {name: each for name, each in vars(thing).items() if isinstance(each, Mapping)}
    wholes = {
        name: _Whole((whom, name), each, digests)
        for name, each in vars(thing).items()
        if name not in mappings and name not in _PARTS
    }
    kind: type[T] = type(f"Watched{type(thing).__name__}", (type(thing),), wholes)
    twin = kind.__new__(kind)
    vars(twin).update((name, Asked((whom, name), each, digests)) for name, each in mappings.items())
    return twin
