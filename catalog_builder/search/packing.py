"""The index as two scripts for the browser: names first, descriptions after.

Numbers are written in base 64 with five bits a letter and one that says whether more follow, lists
as their first member and then the steps between members; sorted texts as what they do not share
with the one before. What is left, a web server's compression makes small.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import orjson

from catalog_builder.search.entries import Entry, Kind
from catalog_builder.search.index import KINDS, RELATIONS, Index, Zone
from catalog_builder.search.searching import FACETS
from catalog_builder.search.weights import (
    DEPRECATED_PERCENT,
    EVENT_BY_NAME,
    OF_RELATION,
    OF_ZONE,
    READER,
    TOGETHER,
    WHOLE_NAME,
)
from catalog_builder.search.words import words

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BITS, _MORE = 5, 32
_FIRST = (Zone.NAME, Zone.ALSO)
_AFTER = (Zone.LINE, Zone.TEXT)
_LONGEST_SHARED = 35


def packed(index: Index) -> tuple[bytes, bytes]:
    """The script of the names and that of the descriptions; each calls `catalogSearch`."""
    names = _names(index)
    build = hashlib.sha256(orjson.dumps(names)).hexdigest()[:12]
    return (
        b"catalogSearch(" + orjson.dumps({"part": "names", "build": build, **names}) + b");\n",
        b"catalogSearch("
        + orjson.dumps({"part": "texts", "build": build, **_texts(index)})
        + b");\n",
    )


def _names(index: Index) -> Mapping[str, object]:
    entries = index.entries
    first = dict.fromkeys(KINDS, 0)
    for number, entry in reversed(list(enumerate(entries))):
        first[entry.kind] = number
    lifecycles = sorted({each.lifecycle for each in entries})
    protocols = sorted({each.protocols for each in entries})
    types = sorted({row.occurrence.type for row in index.rows})
    return {
        "kinds": [[kind.value, sum(each.kind is kind for each in entries)] for kind in KINDS],
        "facets": FACETS,
        "weights": {
            "zones": [OF_ZONE[zone] for zone in Zone],
            "relations": OF_RELATION,
            "wholeName": WHOLE_NAME,
            "eventByName": EVENT_BY_NAME,
            "together": TOGETHER,
            "reader": READER,
            "deprecatedPercent": DEPRECATED_PERCENT,
        },
        "synonyms": index.synonyms,
        "names": _lines(each.name for each in entries),
        "ids": _lines("" if each.id == usual_id(each) else each.id for each in entries),
        "lifecycles": lifecycles,
        "lifecycle": _numbers(lifecycles.index(each.lifecycle) for each in entries),
        "protocols": protocols,
        "protocol": _numbers(protocols.index(each.protocols) for each in entries),
        "deprecated": _ascending([n for n, each in enumerate(entries) if each.deprecated]),
        "refers": {
            relation: " ".join(
                _ascending([number - first[kind] for number in own])
                for own in index.refers[relation]
            ).rstrip()
            for relation, kind in RELATIONS.items()
        },
        **_vocabulary(index, _FIRST),
        "rows": _numbers(
            len(index.rows_of_field.get(number, ()))
            for number, each in enumerate(entries)
            if each.kind is Kind.FIELD
        ),
        "paths": _shared([row.occurrence.path for row in index.rows]),
        "types": types,
        "type": _numbers(
            2 * types.index(row.occurrence.type) + row.occurrence.required for row in index.rows
        ),
        "events": " ".join(_ascending(row.events) for row in index.rows),
    }


def _texts(index: Index) -> Mapping[str, object]:
    return {
        "lines": _lines("" if each.kind is Kind.FIELD else each.line for each in index.entries),
        **_vocabulary(index, _AFTER),
    }


def usual_id(entry: Entry) -> str:
    """The id that most entries of such a name have, so that it need not be sent.

    >>> usual_id(Entry(Kind.EVENT, "order-placed", "OrderPlaced"))
    'order-placed'
    """
    return "".join(words(entry.name)) if entry.kind is Kind.FIELD else "-".join(words(entry.name))


def _vocabulary(index: Index, zones: Sequence[Zone]) -> Mapping[str, object]:
    """The words that stand in these zones, and in which entries."""
    used = sorted({number for zone in zones for number in index.postings[zone]})
    return {
        "words": _shared([index.words[number] for number in used]),
        "postings": [
            " ".join(_ascending(index.postings[zone].get(number, ())) for number in used).rstrip()
            for zone in zones
        ],
    }


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(_line(each) for each in texts)


def _line(text: str) -> str:
    """A text in one line, and in Unicode that can be sent."""
    return " ".join(text.encode("utf-8", "replace").decode().split())


def _shared(texts: Sequence[str]) -> str:
    """Texts by how many letters each shares with the one before, in base 36, and its rest."""
    parts: list[str] = []
    before = ""
    for text in texts:
        line = _line(text)
        most = min(len(line), len(before), _LONGEST_SHARED)
        shared = next((at for at in range(most) if line[at] != before[at]), most)
        parts.append("0123456789abcdefghijklmnopqrstuvwxyz"[shared] + line[shared:])
        before = line
    return "\n".join(parts)


def _ascending(numbers: Sequence[int]) -> str:
    """A list of ascending numbers as its steps."""
    before = 0
    letters: list[str] = []
    for number in numbers:
        letters.append(_letters(number - before))
        before = number
    return "".join(letters)


def _numbers(numbers: Iterable[int]) -> str:
    return "".join(map(_letters, numbers))


def _letters(number: int) -> str:
    if number < _MORE:
        return _LETTERS[number]
    letters: list[str] = []
    while number >= _MORE:
        letters.append(_LETTERS[number % _MORE + _MORE])
        number >>= _BITS
    letters.append(_LETTERS[number])
    return "".join(letters)
