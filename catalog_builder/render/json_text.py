"""JSON as people read it: indented, and coloured as the theme colours code."""

import json
import re

import orjson
from markupsafe import Markup

from catalog_builder.model import Json

_TEXT = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(
    rf"^( *)(?:({_TEXT})(: ))?(?:({_TEXT})|(-?\d[^,\n]*)|(true|false|null))?", re.MULTILINE
)
"""Of indented JSON: on each line stand a name, a value, or both."""


def json_text(value: Json) -> str:
    """Indented JSON; the order of keys is the value's own."""
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    except TypeError:  # numbers beyond 64 bits, lone surrogates
        return json.dumps(value, indent=2, ensure_ascii=False)


def json_html(value: Json) -> Markup:
    """The same as HTML with the theme's classes for names, strings, numbers and constants."""
    text = json_text(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup(_LINE.sub(_coloured, text))  # noqa: S704  escaped above


def _coloured(line: re.Match[str]) -> str:
    indent, name, colon, text, number, word = line.groups(default="")
    if name:
        name = f'<span class="nt">{name}</span>{colon}'
    if text:
        return f'{indent}{name}<span class="s2">{text}</span>'
    if number:
        return f'{indent}{name}<span class="mi">{number}</span>'
    return f'{indent}{name}<span class="kc">{word}</span>' if word else indent + name
