"""JSON as people read it: indented, and coloured as the theme colours code."""

import json
import re

from markupsafe import Markup, escape

from catalog_builder.model import Json

_PARTS = re.compile(
    r"(?P<text>\"(?:[^\"\\]|\\.)*\")(?P<colon>\s*:)?|(?P<number>-?\d[\d.eE+-]*)|"
    r"(?P<word>true|false|null)|(?P<other>[^\"\d\-tfn]+|.)"
)


def json_text(value: Json) -> str:
    """Indented JSON; the order of keys is the value's own."""
    return json.dumps(value, indent=2, ensure_ascii=False)


def json_html(value: Json) -> Markup:
    """The same as HTML with the theme's classes for names, strings, numbers and constants."""
    return Markup("".join(_coloured(part) for part in _PARTS.finditer(json_text(value))))  # noqa: S704  every part is escaped


def _coloured(part: re.Match[str]) -> str:
    kind = part.lastgroup
    if kind == "colon":
        return f'<span class="nt">{escape(part["text"])}</span>{part["colon"]}'
    shown = escape(part.group())
    style = {"text": "s2", "number": "mi", "word": "kc"}.get(kind or "")
    return f'<span class="{style}">{shown}</span>' if style else str(shown)
