"""One `.proto` file as values.

It alone knows the library that parses Protobuf, which tells errors by printing them, or by
stumbling; files that would keep it busy for long are refused.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from catalog_builder.model import Json

_LARGEST = 60_000
_DEEPEST = 30
_MOST_PROBLEMS = 20
_COMMENT_SIGNS = re.compile(r"^\s*(?:/\*+|\*+/|\*|//+)\s?|\s*\*+/\s*$")
_NOT_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a message; of a map, `type` is that of its values."""

    name: str
    json_name: str
    type: str
    description: str = ""
    repeated: bool = False
    required: bool = False
    is_map: bool = False
    deprecated: bool = False
    sensitive: bool = False
    default: Json = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A `oneof`."""

    name: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Enum:
    """An enum, by the names of its values."""

    name: str
    values: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A message with what is nested in it."""

    name: str
    description: str = ""
    fields: tuple[Field, ...] = ()
    choices: tuple[Choice, ...] = ()
    messages: tuple["Message", ...] = ()
    enums: tuple[Enum, ...] = ()

    def all_fields(self) -> Iterator[Field]:
        """Those of its choices too."""
        yield from self.fields
        for choice in self.choices:
            yield from choice.fields


@dataclass(frozen=True, slots=True)
class File:
    """What a file defines."""

    package: str = ""
    messages: tuple[Message, ...] = ()
    enums: tuple[Enum, ...] = ()
    problems: tuple[str, ...] = ()


def file_of(text: str) -> File:
    """A file as far as it can be read, with what is wrong in it."""
    if len(text) > _LARGEST or _depth(text) > _DEEPEST:
        return File(problems=("the file is too large, or nested too deeply, to be read",))
    return _file_of(text)


@lru_cache(maxsize=512)
def _file_of(text: str) -> File:
    problems: list[str] = []
    try:
        elements = _parsed(text, problems)
    except (ValueError, AttributeError, TypeError, IndexError, RecursionError):
        # The library turns the tree of a broken file into values without looking.
        return File(problems=tuple(problems[:_MOST_PROBLEMS]) or ("the file cannot be parsed",))
    messages, enums, _, _ = _elements(elements)
    packages = [each.name for each in elements if type(each).__name__ == "Package"]
    return File(next(iter(packages), ""), messages, enums, tuple(problems[:_MOST_PROBLEMS]))


def _parsed(text: str, problems: list[str]) -> Sequence[Any]:
    """The library's elements of a file; what it would print is appended to `problems`."""
    # Imported when first needed: the parser's tables cost a quarter of a second.
    from antlr4.error.ErrorListener import (  # type: ignore[import-untyped]  # noqa: PLC0415
        ErrorListener,
    )
    from proto_schema_parser.parser import Parser  # noqa: PLC0415

    class Listener(ErrorListener):  # type: ignore[misc]  # antlr4 ships no types
        def syntaxError(self, *details: Any) -> None:  # noqa: ANN401, N802  antlr4's interface
            _, _, line, column, message, _ = details
            problems.append(f"line {line}:{column}: {message.partition(' expecting ')[0]}")

    def listen(recognizer: Any) -> None:  # noqa: ANN401  a lexer or a parser
        recognizer.removeErrorListeners()
        recognizer.addErrorListener(Listener())

    return Parser(setup_lexer=listen, setup_parser=listen).parse(text).file_elements


def _depth(text: str) -> int:
    depth = deepest = 0
    for sign in _NOT_CODE.sub("", text):
        if sign in "{[(<":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "}])>":
            depth -= 1
    return deepest


_Elements = tuple[tuple[Message, ...], tuple[Enum, ...], tuple[Field, ...], tuple[Choice, ...]]


def _elements(elements: Sequence[Any]) -> _Elements:
    """Messages, enums, fields and choices; a comment describes the element after it."""
    messages, enums, fields, choices = [], [], [], []
    comments: list[str] = []
    for each in elements:
        kind = type(each).__name__
        words = _words(comments)
        if kind == "Comment":
            if not each.inline:
                comments.append(each.text)
            continue
        if kind == "Message":
            messages.append(_message(each, words))
        elif kind == "Group":
            messages.append(_message(each, words))
            fields.append(_group(each, words))
        elif kind == "Enum":
            enums.append(_enum(each, words))
        elif kind in ("Field", "MapField"):
            fields.append(_field(each, words))
        elif kind == "OneOf":
            choices.append(Choice(each.name, _elements(each.elements)[2]))
        comments = []
    return tuple(messages), tuple(enums), tuple(fields), tuple(choices)


def _message(parsed: Any, words: str) -> Message:  # noqa: ANN401  the library's nodes
    messages, enums, fields, choices = _elements(parsed.elements)
    return Message(parsed.name, words, fields, choices, messages, enums)


def _enum(parsed: Any, words: str) -> Enum:  # noqa: ANN401  the library's nodes
    values = [each.name for each in parsed.elements if type(each).__name__ == "EnumValue"]
    return Enum(parsed.name, tuple(values), words)


def _group(parsed: Any, words: str) -> Field:  # noqa: ANN401  the library's nodes
    return Field(
        name=parsed.name.lower(),
        json_name=parsed.name.lower(),
        type=parsed.name,
        description=words,
        repeated=_cardinality(parsed) == "REPEATED",
        required=_cardinality(parsed) == "REQUIRED",
    )


def _field(parsed: Any, words: str) -> Field:  # noqa: ANN401  the library's nodes
    options = {each.name: each.value for each in parsed.options}
    is_map = type(parsed).__name__ == "MapField"
    default = options.get("default")
    default = getattr(default, "name", default)
    return Field(
        name=parsed.name,
        json_name=str(options.get("json_name") or _lower_camel(parsed.name)),
        type=parsed.value_type if is_map else parsed.type,
        description=words,
        repeated=_cardinality(parsed) == "REPEATED",
        required=_cardinality(parsed) == "REQUIRED",
        is_map=is_map,
        deprecated=options.get("deprecated") is True,
        sensitive=options.get("debug_redact") is True,
        default=default if isinstance(default, str | int | float) else None,
    )


def _cardinality(parsed: Any) -> str:  # noqa: ANN401  the library's nodes
    said = getattr(parsed, "cardinality", None)
    return said.value if said else ""


def _lower_camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each[:1].upper() + each[1:] for each in others)


def _words(comments: Sequence[str]) -> str:
    lines = [_COMMENT_SIGNS.sub("", line) for text in comments for line in text.splitlines()]
    return "\n".join(line.rstrip() for line in lines).strip()
