"""Which entries a condition such as `domain:orders` lets through."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from catalog_builder.search.entries import Entry, Kind
from catalog_builder.search.finding import Finder
from catalog_builder.search.index import RELATIONS
from catalog_builder.search.query import Clause
from catalog_builder.search.words import key_of, words

ANY = "*"
"""As a value: whatever has one."""


def holding(finder: Finder, clause: Clause) -> set[int]:
    """Entries that a condition holds of."""
    return set(_HOLDING[clause.key](finder, clause))


def _related(finder: Finder, clause: Clause) -> Iterable[int]:
    index = finder.index
    if clause.value == ANY:
        return (entry for entry, named in enumerate(index.refers[clause.key]) if named)
    targets = named_like(finder, RELATIONS[clause.key], clause)
    return (entry for each in targets for entry in finder.naming(clause.key, each))


def named_like(finder: Finder, kind: Kind, clause: Clause) -> list[int]:
    """Entries of a kind by name: those that are called just so, else those with the words."""
    index = finder.index
    own = [entry for entry, each in enumerate(index.entries) if each.kind is kind]
    if clause.exact:
        value = clause.value.casefold()
        return [entry for entry in own if index.entries[entry].name.casefold() == value]
    key = key_of(clause.value)
    if same := [entry for entry in own if key and key_of(index.entries[entry].name) == key]:
        return same
    return [entry for entry in own if _has_words(index.name_words[entry], clause.words)]


def _has_words(name: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return bool(wanted) and all(any(word.startswith(each) for word in name) for each in wanted)


def _carrying(finder: Finder, clause: Clause) -> Iterator[int]:
    """Events that carry a field, and the field itself."""
    index = finder.index
    for row in rows_like(finder, clause):
        yield index.rows[row].field
        yield from index.rows[row].events


def rows_like(finder: Finder, clause: Clause) -> list[int]:
    """Places of the fields that a condition means: by name, or by the end of a path."""
    index = finder.index
    if clause.value == ANY:
        return list(range(len(index.rows)))
    steps = _steps(clause.value)
    if len(steps) > 1:
        return [
            number
            for number, row in enumerate(index.rows)
            if _steps(row.occurrence.path)[-len(steps) :] == steps
        ]
    fields = named_like(finder, Kind.FIELD, clause)
    return [row for field in fields for row in index.rows_of_field[field]]


def _steps(path: str) -> list[str]:
    return [key for step in path.split(".") if (key := key_of(step))]


def _with_protocol(finder: Finder, clause: Clause) -> Iterator[int]:
    return _by_value(finder, clause, lambda each: each.protocols)


def _with_lifecycle(finder: Finder, clause: Clause) -> Iterator[int]:
    return _by_value(finder, clause, lambda each: (each.lifecycle,) if each.lifecycle else ())


def _of_kind(finder: Finder, clause: Clause) -> Iterator[int]:
    wanted = key_of(clause.value)
    for entry, each in enumerate(finder.index.entries):
        if clause.value == ANY or each.kind.value == wanted:
            yield entry


def _by_value(
    finder: Finder, clause: Clause, values: Callable[[Entry], tuple[str, ...]]
) -> Iterator[int]:
    wanted = words(clause.value)
    for entry, each in enumerate(finder.index.entries):
        own = values(each)
        if own and (clause.value == ANY or any(words(value) == wanted for value in own)):
            yield entry


_HOLDING: Mapping[str, Callable[[Finder, Clause], Iterable[int]]] = {
    **dict.fromkeys(RELATIONS, _related),
    "field": _carrying,
    "protocol": _with_protocol,
    "lifecycle": _with_lifecycle,
    "kind": _of_kind,
}
