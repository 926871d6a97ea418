"""Events as somebody else would write them."""

import re
from random import Random

from catalog_builder.search import Draft, Entry, Occurrence

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|\d+")
_ADDED = (("legacyFlag", "boolean"), ("operatorNote", "string"))


def disturbed(entry: Entry, random: Random) -> Draft:
    """The event in another style, without a fifth of its fields, with two of its own."""
    joint = random.choice(("_", "-", ".", " "))
    style = random.choice((_snake, str))
    kept = random.sample(entry.fields, len(entry.fields) - len(entry.fields) // 5)
    fields = [Occurrence(style(each.path), each.type, each.required) for each in kept]
    fields += [Occurrence(style(path), type_, required=False) for path, type_ in _ADDED]
    return Draft(joint.join(_WORD.findall(entry.name)).lower(), tuple(fields))


def _snake(path: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", path).lower()
