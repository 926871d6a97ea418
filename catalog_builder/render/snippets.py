"""Code that sends and reads an event, in the languages that most services are written in.

A template says how a protocol's usual client library is used in a language. It is filled once with
marks, and cut at them; each event's own address, server and example go between the pieces, which
costs next to nothing.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup

from catalog_builder.model import Action, Event, Json, Relation, SchemaFormat
from catalog_builder.render.json_text import json_text
from catalog_builder.render.snippet_values import HOLES, family_of, values_of
from catalog_builder.render.view import View
from catalog_builder.schema import example_of
from catalog_builder.templates import Templates

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([a-z_]+){_CLOSE}")
_UNSEEN = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\x7f-\x9f\ud800-\udfff]")
"""Characters that would change how code is read: they stand in it as escapes."""
_WORDS = re.compile(r'"(?:[^"\\]|\\.)*"|true|false|null')
_IN_PYTHON = {"true": "True", "false": "False", "null": "None"}
_NOT_JSON = {
    SchemaFormat.AVRO: "The payload is Avro: encode and decode it with {id}.avsc, not as JSON.",
    SchemaFormat.PROTOBUF: "The payload is Protobuf: use the code made of {id}.proto, not JSON.",
}


def _in_python(text: str) -> str:
    return _WORDS.sub(lambda word: _IN_PYTHON.get(word[0], word[0]), text)


def _in_java(text: str) -> str:
    text = text.replace("\\", "\\\\")
    return f'{text[:-1]}\\"' if text.endswith('"') else text


def _in_go(text: str) -> str:
    return text.replace("`", '` + "`" + `')


def _as_it_is(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class _Language:
    title: str
    comment: str
    example: Callable[[str], str]
    """How JSON text stands in its code."""


_LANGUAGES: Mapping[str, _Language] = {
    "python": _Language("Python", "#", _in_python),
    "java": _Language("Java", "//", _in_java),
    "typescript": _Language("TypeScript", "//", _as_it_is),
    "go": _Language("Go", "//", _in_go),
    "csharp": _Language("C#", "//", _as_it_is),
}
"""By the name of the templates; a new language is a line here and a template a protocol."""

_Cut: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
"""Pieces of HTML, and between them names of values, each with how a line below it begins."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """What one does with an event, in each language."""

    title: str
    codes: tuple[tuple[str, str, Markup], ...]
    """Name of the language for programs and for people, and the code."""


class Snippets:
    """Fills templates of snippets; each is read and cut once."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._cuts: dict[tuple[str, str, str, frozenset[str]], _Cut] = {}

    def of(self, view: View, event: Event, example: Json) -> tuple[Snippet, ...]:
        """How to send and how to read an event, where a protocol's library is known."""
        text = _UNSEEN.sub(_escaped, _html(json_text({} if example is None else example)))
        found = []
        for action, title in ((Action.SEND, "Send"), (Action.RECEIVE, "Read")):
            relation = _way(view, event, action)
            channel = view.catalog.channel.get(relation.channel if relation else "")
            channel = channel or next((view.catalog.channel[e] for e in event.channels), None)
            family = family_of(channel.protocol) if channel else ""
            if channel is None or not family:
                continue
            values, flags = values_of(family, event, channel, relation, _key(event))
            filled = {name: _UNSEEN.sub(_escaped, _html(each)) for name, each in values.items()}
            word = "send" if action is Action.SEND else "read"
            codes = tuple(self._codes(family, word, flags, filled, text, _note(event)))
            found.append(Snippet(title, codes))
        return tuple(found)

    def _codes(
        self,
        family: str,
        action: str,
        flags: frozenset[str],
        values: Mapping[str, str],
        example: str,
        note: str,
    ) -> Iterator[tuple[str, str, Markup]]:
        for name, language in _LANGUAGES.items():
            pieces, holes = self._cut(family, name, action, flags)
            parts = [f"{language.comment} {note}\n"] if note else []
            own = {**values, "example": language.example(example)}
            for piece, (hole, line_break) in zip(pieces, holes, strict=False):
                parts += (piece, own[hole].replace("\n", line_break))
            parts.append(pieces[-1])
            yield name, language.title, Markup("".join(parts))  # noqa: S704  escaped above

    def _cut(self, family: str, language: str, action: str, flags: frozenset[str]) -> _Cut:
        key = (family, language, action, flags)
        if key not in self._cuts:
            text = self._templates.fill(
                f"snippets/{family}/{language}",
                action=action,
                **{name: f"{_OPEN}{name}{_CLOSE}" for name in HOLES},
                **{name: name in flags for name in ("secure", "has_key", "has_exchange")},
            )
            parts = _MARK.split(text.strip())
            breaks = (f"\n{line[: len(line) - len(line.lstrip())]}" for line in _before(parts))
            holes = tuple(zip(parts[1::2], breaks, strict=True))
            self._cuts[key] = (tuple(map(_html, parts[::2])), holes)
        return self._cuts[key]


def _before(parts: list[str]) -> Iterator[str]:
    """For each hole the line that it stands on, up to it."""
    whole = ""
    for piece in parts[:-1:2]:
        whole = (whole + piece).rpartition("\n")[2]
        yield whole


def _way(view: View, event: Event, action: Action) -> Relation | None:
    """A relation that shows where an event is sent, or read."""
    return next(iter(view.relations(event, action)), None)


def _key(event: Event) -> str | None:
    """An example of the key; None: it has none."""
    made = example_of(event.key) if event.key else None
    if made is None or made.value is None:
        return None
    return made.value if isinstance(made.value, str) else json.dumps(made.value)


def _note(event: Event) -> str:
    payload = event.payload
    return _NOT_JSON.get(payload.format, "").format(id=event.id) if payload else ""


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escaped(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"
