"""What a schema says that an example can be made of, and how names and values are varied."""

from collections.abc import Iterator, Mapping

from catalog_builder.model import Json
from catalog_builder.schema.containers import properties_of, required_of
from catalog_builder.schema.dialect import SAMPLE
from catalog_builder.schema.patterns import example_of_pattern, matches
from catalog_builder.schema.scalars import text_of_schema

_MOST_EXAMPLES = 12
GIVING = frozenset({SAMPLE, "example", "examples", "const", "default", "enum"})
"""Keywords by which a schema's author gives values."""


def values_given(schema: Mapping[str, Json]) -> Iterator[Json]:
    """What the author gives, best first; empty values show too little to be among them."""
    if GIVING.isdisjoint(schema):
        return
    given = []
    if SAMPLE in schema:
        given.append(schema[SAMPLE])
    if "example" in schema:
        given.append(schema["example"])
    examples = schema.get("examples")
    if isinstance(examples, list):
        given += examples[:_MOST_EXAMPLES]
    if "const" in schema:
        given.append(schema["const"])
    if "default" in schema and schema["default"] not in (None, "", [], {}):
        given.append(schema["default"])
    allowed = schema.get("enum")
    if isinstance(allowed, list):
        given += [each for each in allowed if each is not None] or allowed
    yield from given


def all_required(schema: Mapping[str, Json]) -> dict[str, None]:
    """The keys required, and those that these require in turn."""
    required = dict.fromkeys(required_of(schema))
    asked: dict[str, Json] = {}
    for keyword in ("dependentRequired", "dependencies"):
        said = schema.get(keyword)
        asked |= said if isinstance(said, dict) else {}
    waiting = list(required)
    while waiting:
        others = asked.get(waiting.pop())
        for other in others if isinstance(others, list) else ():
            if isinstance(other, str) and other not in required:
                required[other] = None
                waiting.append(other)
    return required


def says_required(schema: Json) -> bool:
    """Whether a property says itself that it is required, as up to draft 3."""
    return isinstance(schema, dict) and schema.get("required") is True


def schema_of_key(schema: Mapping[str, Json], key: str) -> Json:
    """What the value of a key is to be."""
    known = properties_of(schema)
    if key in known:
        return known[key]
    patterns = schema.get("patternProperties")
    for pattern, inner in patterns.items() if isinstance(patterns, dict) else ():
        if matches(pattern, key):
            return inner
    return schema.get("additionalProperties", True)


def new_keys(schema: Mapping[str, Json], count: int) -> Iterator[str]:
    """Keys for the entries of a map."""
    names = schema.get("propertyNames")
    if isinstance(names, dict):
        allowed = names.get("enum")
        if isinstance(allowed, list):
            yield from (each for each in allowed if isinstance(each, str))
        text = text_of_schema(names, "key")
        if text is not None:
            yield text
    patterns = schema.get("patternProperties")
    for pattern in patterns if isinstance(patterns, dict) else ():
        text = example_of_pattern(pattern)
        if text is not None:
            yield text
    for place in range(1, count + 1):
        yield "key" if place == 1 else f"key{place}"


def variations(value: Json, count: int) -> Iterator[Json]:
    """Values like one, yet none the same."""
    for place in range(2, count + 2):
        if isinstance(value, str):
            yield f"{value}{place}"
            yield f"{value[:-1]}{place % 10}"
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield value + place - 1
        elif isinstance(value, bool):
            yield not value
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield from ({**value, key: each} for each in variations(inner, 1))


def singular(name: str) -> str:
    """The name of one item of a list: `tags` holds a `tag`."""
    if name.endswith("ies"):
        return name[:-3] + "y"
    if name.endswith(("sses", "xes", "ches")):
        return name[:-2]
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us")) else name


def whole_of(value: Json) -> int:
    """A count as a keyword gives it; 0 for anything else."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if is_number and 0 <= value < 1e9 else 0  # noqa: PLR2004  no limit is more
