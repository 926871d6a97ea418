"""What extensions and tags say, in the several forms people write them in."""

from collections.abc import Iterable, Mapping

from catalog_builder.model import Json


def text_at(extensions: Mapping[str, Json], keys: Iterable[str]) -> tuple[str, str]:
    """The first of the keys that says something, and what it says.

    A list says its first entry, an object its `name` or `id`.

    >>> text_at({"x-owners": [{"name": "payments"}]}, ("x-owner", "x-owners"))
    ('x-owners', 'payments')
    >>> text_at({}, ("x-owner",))
    ('', '')
    """
    for key in keys if extensions else ():
        text = _text(extensions.get(key))
        if text:
            return key, text
    return "", ""


def tagged(tags: Iterable[str], kinds: Iterable[str]) -> tuple[str, str]:
    """The first tag such as `owner:payments` of one of the kinds, and what it says.

    >>> tagged(("beta", "team: payments"), ("owner", "team"))
    ('team: payments', 'payments')
    """
    wanted = {kind.lower() for kind in kinds}
    for tag in tags:
        kind, colon, text = tag.partition(":")
        if colon and kind.strip().lower() in wanted and text.strip():
            return tag, text.strip()
    return "", ""


def _text(value: Json) -> str:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("id")
    is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value).strip() if is_plain else ""
