"""The formats of texts: whether a text is of one, and a readable text that is."""

import ipaddress
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

from catalog_builder.schema.patterns import matches

_DATE_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)",
    re.ASCII,
)
_TIME = re.compile(
    r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EMAIL = re.compile(
    r"[A-Za-z0-9_+%-]+(\.[A-Za-z0-9_+%-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
)
_HOST = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*")
_REFERENCE = re.compile(r"[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_DURATION = re.compile(
    r"P(?=.)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)", re.ASCII
)
_POINTER = re.compile(r"(/([^~/]|~[01])*)*")
_RELATIVE_POINTER = re.compile(r"(0|[1-9]\d*)(#|(/([^~/]|~[01])*)*)", re.ASCII)
_LONGEST = 2_000


def is_of_format(text: str, name: str) -> bool:
    """Whether a text is of a format; true of formats that are not known.

    >>> is_of_format("2026-02-30", "date"), is_of_format("x", "my-own")
    (False, True)
    """
    check = _CHECKS.get(name)
    return check is None or (len(text) <= _LONGEST and check(text))


def _fits(expression: re.Pattern[str], text: str) -> bool:
    return expression.fullmatch(text) is not None


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_date_time(text: str) -> bool:
    return _DATE_TIME.fullmatch(text) is not None and _is_date(text[:10])


def _is_uri(text: str, expression: re.Pattern[str] = _URI) -> bool:
    return expression.fullmatch(text) is not None and not _BAD_PERCENT.search(text)


def _is_address(text: str, kind: Callable[[str], object]) -> bool:
    try:
        return "%" not in text and bool(kind(text))
    except ValueError:
        return False


_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_date,
    "date-time": _is_date_time,
    "time": partial(_fits, _TIME),
    "duration": partial(_fits, _DURATION),
    "email": partial(_fits, _EMAIL),
    "idn-email": lambda text: "@" in text[1:-1],
    "hostname": partial(_fits, _HOST),
    "idn-hostname": lambda text: bool(text) and not set(text) & set(" /:@"),
    "ipv4": lambda text: _is_address(text, ipaddress.IPv4Address),
    "ipv6": lambda text: _is_address(text, ipaddress.IPv6Address),
    "uri": _is_uri,
    "iri": lambda text: bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S*\Z", text)),
    "uri-reference": partial(_is_uri, expression=_REFERENCE),
    "iri-reference": lambda text: not set(text) & set(' <>"{}|\\^`'),
    "uuid": partial(_fits, _UUID),
    "json-pointer": partial(_fits, _POINTER),
    "relative-json-pointer": partial(_fits, _RELATIVE_POINTER),
    "regex": lambda text: matches(text, "") is not None,
}

FORMAT_SAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "date-time": "2026-03-14T09:26:53Z",
        "datetime": "2026-03-14T09:26:53Z",
        "timestamp": "2026-03-14T09:26:53Z",
        "local-date-time": "2026-03-14T09:26:53",
        "date": "2026-03-14",
        "time": "09:26:53Z",
        "duration": "PT1H30M",
        "email": "ada.lovelace@example.com",
        "idn-email": "ada.lovelace@example.com",
        "hostname": "broker.example.com",
        "idn-hostname": "broker.example.com",
        "ipv4": "192.0.2.10",
        "ipv6": "2001:db8::10",
        "ip": "192.0.2.10",
        "uri": "https://example.com/orders/10042",
        "url": "https://example.com/orders/10042",
        "iri": "https://example.com/orders/10042",
        "uri-reference": "/orders/10042",
        "iri-reference": "/orders/10042",
        "uri-template": "/orders/{orderId}",
        "json-pointer": "/order/lines/0",
        "relative-json-pointer": "1/lines",
        "regex": "^[a-z]+$",
        "byte": "SGVsbG8=",
        "binary": "SGVsbG8=",
        "base64": "SGVsbG8=",
        "password": "correct horse battery staple",
        "phone": "+44 20 7946 0018",
        "decimal": "19.99",
    }
)
"""A text of each format; `uuid` depends on the name, see `values`."""
