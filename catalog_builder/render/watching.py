"""A view that notes what is asked of it, and answers the same questions again."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from catalog_builder.graph import Flow
from catalog_builder.model import Catalog
from catalog_builder.recall import Asked, Question, key_of, note, parts_of
from catalog_builder.render.as_written import FILE, Contents, digest_of
from catalog_builder.render.view import View

T = TypeVar("T")

_ASKED_OF_FLOW = frozenset({"downstream_of", "upstream_of"})
_PARTS = ("catalog", "flow")
_UNTOLD = object()
"""An answer that is like no other."""


class _Watching:
    """Notes who asks for an attribute as a whole; mappings note what is looked up in them."""

    _whom = ""

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401  whatever the attribute is
        known = super().__getattribute__(name)
        if isinstance(known, Asked) or name[0] == "_" or name in _PARTS or callable(known):
            return known
        note((super().__getattribute__("_whom"), name), known)
        return known


class _WatchedView(_Watching, View):
    _whom = "view"


class _WatchedCatalog(_Watching, Catalog):
    _whom = "catalog"


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


def watched(view: View) -> View:
    """The same view; whatever is looked up in it, its catalogue or its graph is noted.

    All that it works out has been worked out: what is first asked for while one page is made is
    not hidden from the next.
    """
    view.settle()
    catalog = _known_in(view.catalog)
    seen = _twin(_WatchedView, _known_in(view))
    vars(seen)["catalog"] = _twin(_WatchedCatalog, catalog)
    vars(seen)["flow"] = cast(Flow, _WatchedFlow(view.flow))
    return seen


def answer(view: View, contents: Contents, question: Question) -> object:
    """What a view that is not watched, or a file, says to a question; None: nothing."""
    whom, *rest = question
    if whom == FILE:
        repository, path = rest
        return digest_of(contents.get(repository, {}).get(path))
    name, *key = rest
    if whom == "flow":
        is_known = name in _ASKED_OF_FLOW and len(key) == 1
        return getattr(view.flow, name)(*key) if is_known else _UNTOLD
    known = vars(view if whom == "view" else view.catalog).get(name, _UNTOLD)
    if not key:
        return known
    return known.get(key_of(tuple(key))) if isinstance(known, Mapping) else _UNTOLD


def _known_in(thing: View | Catalog) -> Mapping[str, Any]:
    return vars(thing)


def _twin(kind: type[T], known: Mapping[str, Any]) -> T:
    """One of another kind that knows the same, mappings watched."""
    twin = kind.__new__(kind)
    whom = str(kind._whom)  # type: ignore[attr-defined]  # noqa: SLF001  ours, see above
    vars(twin).update(
        (name, Asked((whom, name), each) if isinstance(each, Mapping) else each)
        for name, each in known.items()
    )
    return twin
