"""JSON as people read it, indented, and as pages carry it."""

import json

import orjson
from markupsafe import Markup

from catalog_builder.model import Json
from catalog_builder.render.text import in_element


def json_text(value: Json) -> str:
    """Indented JSON; the order of keys is the value's own."""
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    except TypeError:  # numbers beyond 64 bits, lone surrogates
        return json.dumps(value, indent=2, ensure_ascii=False)


def json_html(value: Json) -> Markup:
    r"""The same in one line as HTML, which is half as long; pages show it indented.

    >>> json_html({"a": ["<"]})
    Markup('{"a":["&lt;"]}')
    """
    try:
        text = orjson.dumps(value).decode()
    except TypeError:  # as above
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(in_element(text))  # noqa: S704  escaped by this
