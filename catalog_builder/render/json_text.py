"""JSON as people read it: indented."""

import json
import re

import orjson
from markupsafe import Markup

from catalog_builder.model import Json

_INDENT = re.compile("^(?:  )+", re.MULTILINE)


def json_text(value: Json) -> str:
    """Indented JSON; the order of keys is the value's own."""
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
    except TypeError:  # numbers beyond 64 bits, lone surrogates
        return json.dumps(value, indent=2, ensure_ascii=False)


def json_html(value: Json) -> Markup:
    r"""The same as HTML, with a tab for each level, which is half as long; pages show two spaces.

    >>> json_html({"a": ["<"]})
    Markup('{\n\t"a": [\n\t\t"&lt;"\n\t]\n}')
    """
    text = json_text(value).replace("&", "&amp;").replace("<", "&lt;")
    return Markup(_INDENT.sub(_tabs, text))  # noqa: S704  escaped above


def _tabs(indent: re.Match[str]) -> str:
    return "\t" * (len(indent[0]) // 2)
