"""Code that sends and reads an event, in the languages that most services are written in.

A template says how a protocol's usual client library is used in a language. It is filled once with
marks, and cut at them. The pieces stand in a script for all events that are sent and read alike; a
page holds its event's own address, server and so on, which the browser puts between the pieces.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeAlias

from markupsafe import Markup

from catalog_builder.files import RawFile
from catalog_builder.model import Action, Event, Json, Relation, SchemaFormat
from catalog_builder.render.assets import hashed
from catalog_builder.render.json_text import json_text
from catalog_builder.render.snippet_values import (
    FLAGS,
    HOLES,
    as_code,
    family_of,
    holds_of,
    values_of,
)
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

_TITLES = {Action.SEND: "Send", Action.RECEIVE: "Read"}

_Cut: TypeAlias = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]
"""Pieces of code, and between them names of values, each with how a line below it begins."""

Code: TypeAlias = tuple[str, str, Markup]
"""Name of the language for programs and for people, and the code."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """What one does with an event, in each language."""

    title: str
    kind: str
    """The protocol, and what else makes the code another; the script of its pieces says it too."""
    path: str
    """Of that script, from the site's root."""
    values: Mapping[str, str]
    """What stands between the pieces, but for the example."""
    codes: Callable[[], tuple[Code, ...]]
    """The whole code in each language, as the browser makes it."""


class Snippets:
    """Fills templates of snippets; each is read and cut once."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._cuts: dict[tuple[str, str, Action, frozenset[str]], _Cut] = {}
        self._scripts: dict[tuple[str, frozenset[str]], RawFile] = {}
        self._used = lru_cache(maxsize=None)(self._names)

    def files(self, view: View) -> tuple[RawFile, ...]:
        """The script of each kind of snippet that a catalogue's events can need."""
        keys = {frozenset({"has_key"} if event.key else ()) for event in view.catalog.events}
        kinds = {
            (family, holds_of(family, channel) | key)
            for channel in view.catalog.channels
            if (family := family_of(channel.protocol))
            for key in {frozenset(), *keys}
        }
        files = (self._script(family, flags) for family, flags in kinds)
        return tuple(sorted(files, key=lambda each: each.path))

    def of(self, view: View, event: Event, example: Json) -> tuple[Snippet, ...]:
        """How to send and how to read an event, where a protocol's library is known."""
        found = []
        for action, title in _TITLES.items():
            relation = _way(view, event, action)
            channel = view.catalog.channel.get(relation.channel if relation else "")
            channel = channel or next((view.catalog.channel[e] for e in event.channels), None)
            family = family_of(channel.protocol) if channel else ""
            if channel is None or not family:
                continue
            values, flags = values_of(family, event, channel, relation, _key(event))
            used = self._used(family, action, flags)
            told = {name: _UNSEEN.sub(_escaped, as_code(name, values[name])) for name in used}
            note = _note(event)
            snippet = Snippet(
                title,
                _kind(family, flags),
                self._script(family, flags).path,
                {**told, "note": note} if note else told,
                partial(self._codes, family, action, flags, told, example, note),
            )
            found.append(snippet)
        return tuple(found)

    def _codes(
        self,
        family: str,
        action: Action,
        flags: frozenset[str],
        values: Mapping[str, str],
        example: Json,
        note: str,
    ) -> tuple[Code, ...]:
        text = _UNSEEN.sub(_escaped, json_text({} if example is None else example))
        found = []
        for name, language in self._languages(family):
            pieces, holes = self._cut(family, name, action, flags)
            parts = [f"{language.comment} {note}\n"] if note else []
            own = {**values, "example": language.example(text)}
            for piece, (hole, line_break) in zip(pieces, holes, strict=False):
                parts += (piece, own[hole].replace("\n", line_break))
            parts.append(pieces[-1])
            code = Markup(_html("".join(parts)))  # noqa: S704  escaped here
            found.append((name, language.title, code))
        return tuple(found)

    def _script(self, family: str, flags: frozenset[str]) -> RawFile:
        """Pieces of code by what is done and in which language."""
        if (family, flags) not in self._scripts:
            kind = _kind(family, flags)
            codes = {
                title: [
                    (
                        name,
                        language.title,
                        language.comment,
                        *self._cut(family, name, action, flags),
                    )
                    for name, language in self._languages(family)
                ]
                for action, title in _TITLES.items()
            }
            text = f"catalogSnippets({json.dumps(kind)}, {json.dumps(codes)});\n"
            self._scripts[family, flags] = hashed(f"snippets-{kind}.js", text.encode())
        return self._scripts[family, flags]

    def _languages(self, family: str) -> list[tuple[str, _Language]]:
        """Those in which there is a usual library for the protocol."""
        every = _LANGUAGES.items()
        return [each for each in every if self._templates.has(f"snippets/{family}/{each[0]}")]

    def _names(self, family: str, action: Action, flags: frozenset[str]) -> tuple[str, ...]:
        """Names of the values that stand in any of the languages."""
        cuts = (self._cut(family, name, action, flags) for name, _ in self._languages(family))
        names = {hole for _, holes in cuts for hole, _ in holes}
        return tuple(sorted(names - {"example"}))

    def _cut(self, family: str, language: str, action: Action, flags: frozenset[str]) -> _Cut:
        key = (family, language, action, flags)
        if key not in self._cuts:
            text = self._templates.fill(
                f"snippets/{family}/{language}",
                action="send" if action is Action.SEND else "read",
                **{name: f"{_OPEN}{name}{_CLOSE}" for name in HOLES},
                **{name: name in flags for name in FLAGS},
            )
            parts = _MARK.split(text.strip())
            breaks = (f"\n{line[: len(line) - len(line.lstrip())]}" for line in _before(parts))
            holes = tuple(zip(parts[1::2], breaks, strict=True))
            self._cuts[key] = (tuple(parts[::2]), holes)
        return self._cuts[key]


def _kind(family: str, flags: frozenset[str]) -> str:
    return "-".join((family, *(each.partition("_")[2] or each for each in FLAGS if each in flags)))


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
