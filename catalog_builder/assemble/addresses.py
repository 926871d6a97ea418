"""When two addresses are one, and which addresses say nothing.

Alone knows how parameters, wildcards and placeholders are written in addresses, and which words in
them name an environment, a region or a retry rather than what is sent.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from catalog_builder.assemble.broker_names import plain_name
from catalog_builder.assemble.environments import ENVIRONMENTS

_HOLES = re.compile(r"\$?\{+[^{}]*\}+|<[^<>]*>|\[[^\[\]]*\]")
_COLON_NAMES = re.compile(r"(^|/):[A-Za-z_]\w*")
_SEPARATORS = re.compile(r"([./:])")
_PLACEHOLDER = re.compile(
    r"(?:(?:your|my|some|the|add|insert|enter)[-_. ]?(?:topic|queue|channel|address)"
    r"(?:[-_. ]?(?:name|here))*"
    r"|(?:topic|queue|channel)[-_. ]?(?:name|address)?"
    r"|todo|tbd|changeme|placeholder|unknown|undefined|none|null|n/?a|string)",
    re.IGNORECASE,
)
_SECOND_TRIES = "retry retries dlq dlt dlx dead letter letters deadletter deadletters redelivery"
_REGIONS = (
    "eu us na sa af ap apac emea latam anz asia europe africa global uk ca au de fr jp br sg cn "
    "west east north south central northeast southeast northwest southwest"
)
_SECOND_TRY_WORDS = frozenset(_SECOND_TRIES.split())
_VARIANT_WORDS = frozenset((*_SECOND_TRY_WORDS, *_REGIONS.split(), *ENVIRONMENTS))
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+[a-z]?|\{\*{0,2}\}")
_ENVIRONMENT_HOLES = re.compile(r"\$?\{+(?:env|environment|stage)\}+", re.IGNORECASE)
_MOST_PATTERNS = 128
_MOST_FIRST = 64
_NUMBER = re.compile(r"\d+[smhd]?")


@lru_cache(maxsize=65536)
def address_key(address: str | None) -> str:
    """What equal addresses have in common, whatever they call their parameters.

    Empty for those that identify nothing: none, `/`, placeholders, nothing but wildcards.

    >>> address_key("orders.{region}"), address_key("/orders/:id"), address_key("orders.*")
    ('orders.{}', 'orders/{}', 'orders.{}')
    >>> [address_key(each) for each in (None, "/", "<Resource-Topic>", "add topic here", "#")]
    ['', '', '', '', '']
    >>> address_key("arn:aws:sns:eu-west-1:123456789012:orders"), address_key("$share/a/orders")
    ('orders', 'orders')
    """
    written = plain_name(address or "").strip("/")
    if _PLACEHOLDER.fullmatch(written) or re.search(r"\s", _HOLES.sub("{}", written)):
        return ""
    holed = _COLON_NAMES.sub(r"\1{}", _HOLES.sub("{}", written))
    key = "".join(_hole(part) for part in _SEPARATORS.split(holed))
    return key if re.search(r"[^\W_]", key.replace("{}", "")) else ""


def _hole(part: str) -> str:
    if part in {"*", "+"}:
        return "{}"
    return "{**}" if part in {"#", ">", "**"} else part


def is_template(key: str) -> bool:
    """Whether an address's key has parts that vary."""
    return "{" in key


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """An address without the words that name a region, an environment or a retry.

    >>> stem("orders.eu-west-1.placed"), stem("orders.placed.retry-5m"), stem("ordersPlacedDLQ")
    ('orders placed', 'orders placed', 'orders placed')
    """
    words = _words_of_key(key)
    kept = [
        word
        for place, word in enumerate(words)
        if word not in _VARIANT_WORDS
        and not (_NUMBER.fullmatch(word) and place and words[place - 1] in _VARIANT_WORDS)
        and not (word == "queue" and "dead" in words)
    ]
    return " ".join(kept)


def first_try(key: str, keys: Sequence[str]) -> str:
    """The first of the keys for whose failures an address is a reader's own; else the address.

    >>> first_try("orders.placed.billing.retry", ["orders.placed"])
    'orders.placed'
    >>> first_try("orders.placed.billing", ["orders.placed"]), first_try("reorders.dlq", ["orders"])
    ('orders.placed.billing', 'reorders.dlq')
    """
    if _SECOND_TRY_WORDS.isdisjoint(_words_of_key(key)):
        return key
    return next((each for each in keys[:_MOST_FIRST] if _repeats(key, each)), key)


def _repeats(key: str, first: str) -> bool:
    before, found, after = key.partition(first)
    is_whole = not (before[-1:].isalnum() or after[:1].isalnum())
    return (
        bool(found)
        and is_whole
        and not _SECOND_TRY_WORDS.isdisjoint(_words_of_key(f"{before} {after}"))
    )


def _words_of_key(key: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(key)]


@lru_cache(maxsize=65536)
def without_environment(address: str) -> str:
    """The key of an address without its part that names an environment.

    Between dots, slashes and colons it may be any part; between hyphens and underscores it is the
    first or last, because there `load-test-results` is more likely than an environment.

    >>> [without_environment(each) for each in ("prod.orders", "orders/staging", "orders-dev")]
    ['orders', 'orders', 'orders']
    >>> without_environment("{env}.orders.placed"), without_environment("test")
    ('orders.placed', 'test')
    """
    named = _ENVIRONMENT_HOLES.sub("test", address)
    parts = _SEPARATORS.split(address_key(named))
    for place in range(0, len(parts), 2):
        if len(parts) > 1 and parts[place].lower() in ENVIRONMENTS:
            del parts[place : place + 2]
            return "".join(parts).rstrip("./:")
    words = re.split(r"([-_])", address_key(named))
    if len(words) > 1 and words[0].lower() in ENVIRONMENTS:
        return "".join(words[2:])
    if len(words) > 1 and words[-1].lower() in ENVIRONMENTS:
        return "".join(words[:-2])
    return "".join(parts)


def words_of(address: str) -> str:
    """The last part of an address that says something, as words.

    >>> words_of("shop/orders/{id}/order-placed"), words_of("{a}")
    ('order placed', '')
    """
    parts = [part for part in re.split(r"[./:]", _HOLES.sub("", address)) if part.strip("-_*#+> ")]
    return " ".join(_WORDS.findall(parts[-1])).lower() if parts else ""


class Templates:
    """The addresses with parameters, asked which of them a plain address fits."""

    def __init__(self, keys: Iterable[str]) -> None:
        shapes: defaultdict[tuple[str, ...], set[tuple[int, ...]]] = defaultdict(set)
        self._keys: dict[tuple[str, ...], str] = {}
        for key in sorted(set(keys)):
            parts = tuple(_SEPARATORS.split(key))
            holes = tuple(place for place, part in enumerate(parts) if part == "{}")
            if holes and all(part == "{}" or "{" not in part for part in parts):
                shapes[_shape(parts)].add(holes)
                self._keys[parts] = key
        # Real addresses have a few patterns; a file made to have thousands must not cost minutes.
        self._patterns = {
            shape: sorted(patterns, key=lambda holes: (len(holes), holes))[:_MOST_PATTERNS]
            for shape, patterns in shapes.items()
        }

    def fitting(self, key: str) -> str:
        """The one template with fewest parameters that a plain address fits; empty: none, or two.

        >>> Templates(["orders.{}", "orders.{}.placed"]).fitting("orders.eu")
        'orders.{}'
        """
        parts = tuple(_SEPARATORS.split(key))
        found: defaultdict[int, list[str]] = defaultdict(list)
        for holes in self._patterns.get(_shape(parts), ()):
            filled = tuple("{}" if i in holes else part for i, part in enumerate(parts))
            if filled in self._keys:
                found[len(holes)].append(self._keys[filled])
        fewest = found[min(found)] if found else []
        return fewest[0] if len(fewest) == 1 else ""


def _shape(parts: tuple[str, ...]) -> tuple[str, ...]:
    return parts[1::2]
