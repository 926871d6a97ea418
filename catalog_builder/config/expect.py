"""What a single value of the configuration may be.

An expectation looks at one node of YAML and gives a value or mistakes, never an exception. Nothing
is built from tags, so a configuration cannot run anything.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

from yaml import Node, ScalarNode, SequenceNode

from catalog_builder.config.failure import Mistake, did_you_mean
from catalog_builder.config.glob import GlobError, matcher

TAG = "tag:yaml.org,2002:"
_READ_AS = {
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "timestamp": "a date",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A value, of use only where there are no mistakes."""

    value: Any = None
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A node, the file it stands in, and what messages call it."""

    file: Path
    node: Node
    name: str = "the configuration"

    def of(self, node: Node, name: str) -> "Part":
        """A node below this one."""
        return replace(self, node=node, name=name)

    def mistake(self, message: str, hint: str = "") -> Mistake:
        """A mistake at this place."""
        mark = self.node.start_mark
        return Mistake(self.file, mark.line + 1, mark.column + 1, message, hint)

    def refused(self, message: str, hint: str = "") -> Checked:
        """No value but one mistake, which names this part."""
        return Checked(mistakes=(self.mistake(f"{self.name} {message}", hint),))


Expectation: TypeAlias = Callable[[Part], Checked]


def text(part: Part) -> Checked:
    """Some text."""
    node = part.node
    if not isinstance(node, ScalarNode):
        kind = "a list" if isinstance(node, SequenceNode) else "a mapping"
        return part.refused(f"must be text, but is {kind}")
    if node.tag != f"{TAG}str":
        return _not_text(part, node.tag.removeprefix(TAG), node.value)
    return Checked(node.value) if node.value.strip() else part.refused("is empty", "Fill it in")


def _not_text(part: Part, tag: str, value: str) -> Checked:
    if tag not in _READ_AS:
        return part.refused(f"has the tag `{tag}`, which means nothing here", "Write plain text")
    hint = f'Put it in quotes: "{value}"' if value else "Fill it in"
    return part.refused(f"must be text, but YAML reads {_READ_AS[tag]}", hint)


def glob(part: Part) -> Checked:
    """A pattern of names or addresses."""
    checked = text(part)
    if checked.mistakes:
        return checked
    try:
        matcher((checked.value,))
    except GlobError as error:
        return part.refused(
            f"is not a glob: {error}", "Write for example `**/asyncapi*.{yaml,yml}`"
        )
    return checked


def inner_glob(part: Part) -> Checked:
    """A pattern of paths inside a repository."""
    checked = glob(part)
    if not checked.mistakes and {"", ".", ".."} & set(checked.value.split("/")):
        return part.refused(
            "can never match: paths count from the repository's folder",
            "Write for example `docs/**/*.yaml`, without `/` or `.` or `..` as a step",
        )
    return checked


def placeholders(*known: str, web: bool = False) -> Expectation:
    """Text in which only these names stand in braces; `web`: an http address."""

    def check(part: Part) -> Checked:
        checked = text(part)
        if checked.mistakes:
            return checked
        if web and not checked.value.startswith(("https://", "http://")):
            return part.refused("is not an address", "Begin it with `https://` or `http://`")
        unknown = sorted(set(_names_in_braces(checked.value)) - set(known))
        mistakes = tuple(
            part.mistake(
                f"{part.name} has the unknown placeholder `{{{name}}}`",
                did_you_mean(name, known, "{%s}"),
            )
            for name in unknown
        )
        return replace(checked, mistakes=mistakes)

    return check


def _names_in_braces(value: str) -> Iterator[str]:
    for piece in value.split("{")[1:]:
        yield piece.partition("}")[0]


def one_of(values: type[StrEnum]) -> Expectation:
    """One of some words."""
    words = [value.value for value in values]

    def check(part: Part) -> Checked:
        checked = text(part)
        if checked.mistakes or checked.value in words:
            return checked if checked.mistakes else Checked(values(checked.value))
        return part.refused(f"cannot be `{checked.value}`", did_you_mean(checked.value, words))

    return check


def flag(part: Part) -> Checked:
    """Whether or not."""
    words = {"true": True, "false": False}
    written = part.node.value if isinstance(part.node, ScalarNode) else None
    if written not in words:
        return part.refused("must be true or false", "Write `true` or `false`")
    return Checked(words[written])


def number(least: int, most: int) -> Expectation:
    """A whole number between these."""

    def check(part: Part) -> Checked:
        written = part.node.value if isinstance(part.node, ScalarNode) else ""
        if not (written.isascii() and written.isdecimal() and least <= int(written[:9]) <= most):
            return part.refused(
                f"must be a whole number from {least:,} to {most:,}", f"Write for example {least}"
            )
        return Checked(int(written))

    return check


def folder(part: Part) -> Checked:
    """A folder that exists."""
    checked = _folder_name(part)
    if not checked.mistakes and not checked.value.is_dir():
        return part.refused(f"is not a folder: `{part.node.value}`", "Make it, or correct the path")
    return checked


def output_folder(part: Part) -> Checked:
    """A folder whose content may be replaced."""
    checked = _folder_name(part)
    if checked.mistakes:
        return checked
    if part.file.resolve().is_relative_to(checked.value.resolve()):
        hint = "Name a folder of its own, such as `site`"
        return part.refused("would replace the folder that the configuration stands in", hint)
    return checked


def _folder_name(part: Part) -> Checked:
    checked = text(part)
    if checked.mistakes:
        return checked
    if "\0" in checked.value:
        return part.refused("is not a path")
    return Checked(part.file.absolute().parent / checked.value)
