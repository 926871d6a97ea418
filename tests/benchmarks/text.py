"""Documents as YAML, written fast.

PyYAML needs minutes for what an estate holds. This writes only what generated documents contain:
mappings, lists, strings of one line, numbers, booleans and null.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache

_PLAIN = re.compile(r"[A-Za-z$/_](?:[\w $,;()/.'+-]*[\w).])?|\d+\.\d+\.\d+")
_RESERVED = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


def yaml_text(document: Mapping[str, object]) -> str:
    """The document as YAML that versions 1.1 and 1.2 read alike.

    >>> print(yaml_text({"a": ["x", "null"], "b": [{"c": 1, "d": {}}]}), end="")
    a: [x, "null"]
    b:
      - c: 1
        d: {}
    """
    lines: list[str] = []
    _write_mapping(document, "", lines)
    return "\n".join([*lines, ""])


def _write_mapping(node: Mapping[str, object], pad: str, lines: list[str]) -> None:
    for key, value in node.items():
        _write(f"{pad}{_scalar(key)}:", value, pad + "  ", lines)


def _write(lead: str, value: object, pad: str, lines: list[str]) -> None:
    if isinstance(value, dict) and value:
        lines.append(lead)
        _write_mapping(value, pad, lines)
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        lines.append(lead)
        for item in value:
            _write_item(item, pad, lines)
    else:
        lines.append(f"{lead} {_flow(value)}")


def _write_item(item: object, pad: str, lines: list[str]) -> None:
    if not isinstance(item, dict) or not item:
        _write(f"{pad}-", item, pad + "  ", lines)
        return
    first = len(lines)
    _write_mapping(item, pad + "  ", lines)
    lines[first] = f"{pad}- {lines[first].lstrip()}"


def _flow(value: object) -> str:
    if isinstance(value, list):
        return _flow_list(value)
    return _scalar(value) if isinstance(value, str) else json.dumps(value)


def _flow_list(items: Sequence[object]) -> str:
    texts = (json.dumps(item) if "," in str(item) else _flow(item) for item in items)
    return f"[{', '.join(texts)}]"


@cache
def _scalar(text: str) -> str:
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _RESERVED
    return text if is_plain else json.dumps(text)
