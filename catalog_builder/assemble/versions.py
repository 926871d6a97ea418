"""The version of an event, and where it was said.

Alone knows the order: the message's own extension, its schema's name, the event's type, a suffix of
its name, a suffix of its address, and at last the version of the document.
"""

import re
from collections.abc import Iterator

from catalog_builder.assemble.contents import Contents
from catalog_builder.assemble.documents import MessageUse
from catalog_builder.assemble.extensions import text_at
from catalog_builder.model import Belonging

VERSION_KEYS = (
    "x-version",
    "x-eventcatalog-message-version",
    "x-event-version-displayname",
    "x-event-version",
    "x-ep-event-version-displayname",
    "x-ep-event-version",
)
_PART = re.compile(
    r"(?:^|[./:_#-])v?(\d+\.\d+(?:\.\d+)?)(?=$|[./:_#-](?:\D|$))|(?:^|[./:_#-])v(\d+)\b"
)
_DIGIT = re.compile(r"\d")
_SUFFIX = re.compile(r"(?:(?<=[a-z])V|[ ._-]v?|(?<=[a-z0-9])v)(\d+(?:\.\d+)*)$")


def version_of(use: MessageUse, contents: Contents) -> Belonging:
    """The version that a document gives an event; falsy when it gives none."""
    said = ((name, source, of) for name, source, of in _said(use, contents) if name)
    name, source, of = next(said, ("", "", ""))
    return Belonging(name, f"{source}{of}")


def _said(use: MessageUse, contents: Contents) -> Iterator[tuple[str, str, str]]:
    """Versions, and where they were said."""
    message = use.message
    key, said = text_at(message.extensions, VERSION_KEYS)
    yield said, key, " of the message"
    identity = contents.identity(message.payload)
    yield _version_in(identity), "the schema's name, ", identity
    event_type = contents.event_type(message).name
    yield _version_in(event_type), "the event's type, ", event_type
    yield _suffix(message.name), "the message's name, ", message.name
    address = use.on.channel.address or ""
    yield _version_in(address), "the address, ", address
    yield use.by.document.version, "the document, ", use.by.place


def _version_in(name: str) -> str:
    """A part of a dotted name or an address that is a version: the last one.

    >>> _version_in("com.acme.orders.v2.OrderPlaced"), _version_in("https://a.b/order/1.2.0.json")
    ('2', '1.2.0')
    >>> _version_in("orders.10.0")
    '10.0'
    """
    if not _DIGIT.search(name):
        return ""
    found = [one or other for one, other in _PART.findall(name)]
    return found[-1] if found else _suffix(name) if re.search(r"[vV]\d+$", name) else ""


def _suffix(name: str) -> str:
    """A version at the end of a name.

    >>> _suffix("OrderPlacedV2"), _suffix("order-placed-v1.1"), _suffix("Order2"), _suffix("sha256")
    ('2', '1.1', '', '')
    """
    found = _SUFFIX.search(name) if _DIGIT.search(name) else None
    return found[1] if found and re.search(r"[vV][\d.]+$", name) else ""
