"""Lists and mappings of the configuration, put together from what their parts may be."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yaml import MappingNode, ScalarNode, SequenceNode

from catalog_builder.config.expect import TAG, Checked, Expectation, Part
from catalog_builder.config.failure import Mistake, close_to, did_you_mean, listed


def several(expectation: Expectation, at_least: int = 0) -> Expectation:
    """A list of such."""

    def check(part: Part) -> Checked:
        if not isinstance(part.node, SequenceNode):
            return part.refused("must be a list", "Begin each entry with `- `")
        each = [
            expectation(part.of(node, f"{part.name.removesuffix('`')}[{number}]`"))
            for number, node in enumerate(part.node.value)
        ]
        mistakes = tuple(mistake for checked in each for mistake in checked.mistakes)
        if len(each) < at_least:
            few = "is empty" if not each else "has one entry, which says nothing"
            return part.refused(few, f"Give it at least {at_least}")
        return Checked(tuple(checked.value for checked in each), mistakes)

    return check


def record(
    make: Callable[[Part, dict[str, Any]], Any],
    keys: Mapping[str, Expectation],
    required: Collection[str] = (),
    any_of: Collection[str] = (),
) -> Expectation:
    """A mapping of these keys; `make` gets those that were given, and only when all are right."""

    def check(part: Part) -> Checked:
        if not isinstance(part.node, MappingNode):
            return part.refused("must be a mapping", f"Its keys are {listed(keys)}")
        entries = _entries(part, keys)
        checked = {name: keys[name](each) for name, each in entries.given.items()}
        mistakes = [*entries.mistakes, *_missing(part, entries, required, any_of)]
        mistakes += [mistake for each in checked.values() for mistake in each.mistakes]
        if mistakes:
            return Checked(mistakes=tuple(mistakes))
        return Checked(make(part, {name: each.value for name, each in checked.items()}))

    return check


@dataclass(frozen=True, slots=True)
class Kind:
    """One of several kinds of mapping."""

    expectation: Expectation
    keys: Collection[str]
    """All that it may have."""


def one_kind_of(kinds: Mapping[str, Kind]) -> Expectation:
    """A mapping of one of several kinds, told apart by the key that only its kind has."""

    def check(part: Part) -> Checked:
        if not isinstance(part.node, MappingNode):
            return part.refused("must be a mapping", f"It begins with {listed(kinds, 'or')}")
        written = [key.value for key, _ in part.node.value if isinstance(key, ScalarNode)]
        chosen = [name for name in kinds if name in written]
        if len(chosen) > 1:
            hint = "Make an entry of its own of each"
            return part.refused(f"is of several kinds: {listed(chosen)}", hint)
        meant = chosen or [close for word in written for close in close_to(word, kinds)]
        if meant:
            return kinds[meant[0]].expectation(part)
        return _of_no_kind(part, kinds)

    return check


def _of_no_kind(part: Part, kinds: Mapping[str, Kind]) -> Checked:
    known = list(dict.fromkeys((*kinds, *(key for each in kinds.values() for key in each.keys))))
    mistakes = _entries(part, dict.fromkeys(known, lambda _: Checked())).mistakes
    if mistakes:
        return Checked(mistakes=mistakes)
    return part.refused(f"lacks {listed(kinds, 'or')}", "Say where its specifications are")


@dataclass(frozen=True, slots=True)
class _Entries:
    """What stands in a mapping."""

    given: Mapping[str, Part]
    unknown: Collection[str]
    mistakes: tuple[Mistake, ...]


def _entries(part: Part, keys: Mapping[str, Expectation]) -> _Entries:
    given: dict[str, Part] = {}
    mistakes: list[Mistake] = []
    lines: dict[str, int] = {}
    for key, node in part.node.value:
        here = part.of(key, part.name)
        name = key.value if isinstance(key, ScalarNode) else ""
        if name not in keys:
            shown = f"`{name}`" if name else "that is not text"
            mistakes.append(here.mistake(f"unknown key {shown}", did_you_mean(name, keys)))
        elif name in lines:
            message = f"`{name}` is given twice, first in line {lines[name]}"
            mistakes.append(here.mistake(message, "Keep one of the two"))
        elif node.tag != f"{TAG}null":
            given[name] = part.of(node, _child(part, name))
        lines.setdefault(name, key.start_mark.line + 1)
    return _Entries(given, lines.keys() - keys.keys(), tuple(mistakes))


def _missing(
    part: Part, entries: _Entries, required: Collection[str], any_of: Collection[str]
) -> Iterator[Mistake]:
    """What is lacking, unless a wrong key that is reported already was meant to be it."""
    misspelt = {close for name in entries.unknown for close in close_to(name, required)}
    for name in required:
        if name not in entries.given and name not in misspelt:
            yield part.mistake(f"{part.name} lacks `{name}`", f"Add `{name}: ...`")
    if any_of and not entries.unknown and not any(name in entries.given for name in any_of):
        hint = f'Add one of {listed(any_of)}; `"*"` is everywhere'
        yield part.mistake(f"{part.name} does not say where it holds", hint)


def _child(part: Part, name: str) -> str:
    return f"{part.name[:-1]}.{name}`" if part.name.endswith("`") else f"`{name}`"
