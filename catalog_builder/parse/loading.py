"""A file's bytes to its documents: bounds first, then the fastest reader that is exact.

Alone knows which reader takes what, and how large a file may be.
"""

from catalog_builder.parse.encoding import Decoded, decode
from catalog_builder.parse.events import load_exactly
from catalog_builder.parse.native import load_json, load_yaml
from catalog_builder.parse.text import MOST_VALUES, Departure, Text

LARGEST = 10_000_000
"""Bytes of a file that is read."""
_SURELY_FEW = MOST_VALUES // 3
"""Bytes that cannot hold more values than are read."""


def load(data: bytes) -> Text:
    """Every document that can be read of a YAML or JSON file, with its departures."""
    if len(data) > LARGEST:
        return _refused("document-too-large", size=len(data), limit=LARGEST)
    decoded = decode(data)
    clean = decoded.data
    if len(clean) > _SURELY_FEW and _most_values(clean) > MOST_VALUES:
        return _refused("document-too-many-values", limit=MOST_VALUES)
    text = (load_json(clean) if _looks_like_json(clean) else None) or load_yaml(clean)
    text = text or _exactly(clean)
    departures = (*_departures_of(decoded), *text.departures)
    return Text(text.documents, text.places, departures)


def _exactly(data: bytes) -> Text:
    """What the exact reader reads; of a text that it refuses, what native code makes of it."""
    exact = load_exactly(data)
    if any(each.code == "document-not-yaml" for each in exact.departures):
        native = load_yaml(data, surely=False)
        if native is not None:
            return Text(native.documents, native.places, exact.departures)
    return exact


def _looks_like_json(data: bytes) -> bool:
    return data[:1] in {b"{", b"["} or data.lstrip()[:1] in {b"{", b"["}


def _most_values(data: bytes) -> int:
    """At least as many values as the text can hold; collections cost several times a scalar."""
    nested = data.count(b"[") + data.count(b"{")
    return 3 * nested + sum(map(data.count, (b",", b":", b"- ", b"? ", b"-\n")))


def _refused(code: str, **values: object) -> Text:
    return Text(departures=(Departure(code, values=values),))


def _departures_of(decoded: Decoded) -> tuple[Departure, ...]:
    found = []
    if decoded.wrong_line:
        values = {"encoding": decoded.encoding.upper()}
        found.append(Departure("encoding-wrong", decoded.wrong_line, values=values))
    if decoded.control_line:
        found.append(Departure("control-character", decoded.control_line))
    return tuple(found)
