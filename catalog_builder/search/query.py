"""What is asked for: words, and conditions written as `key:value`.

* `order placed`: both words, anywhere.
* `"order placed"`: these very words, in one place.
* `field:customer_id -team:web`: conditions, and what must not be.
* `refund OR chargeback`: one of the two.
* `domain:orders domain:payments`: in one of these domains.
* `consumer:*`: read by anyone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog_builder.search.words import words

KEYS = (
    "field",
    "domain",
    "team",
    "producer",
    "consumer",
    "channel",
    "protocol",
    "lifecycle",
    "kind",
)
ONE_OF = frozenset({"domain", "team", "lifecycle", "kind"})
"""What a thing has one of: conditions on the same of these are alternatives."""

_TOKEN = re.compile(r'(-?)(?:([A-Za-z]+):)?(?:"([^"]*)"?|(\S+))')


@dataclass(frozen=True, slots=True)
class Clause:
    """Words or, with a key, one condition."""

    words: tuple[str, ...]
    key: str = ""
    """One of `KEYS`; empty: words that may stand anywhere."""
    value: str = ""
    """As written, of a condition."""
    exact: bool = False
    """Whether it stood in quotes."""


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted` must hold and none of `unwanted`."""

    wanted: tuple[tuple[Clause, ...], ...]
    """Each a group of alternatives."""
    unwanted: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    clause: Clause
    negated: bool
    after_or: bool


def parsed(text: str) -> Query:
    """What a line of text asks for; every text asks for something or nothing, and none is wrong.

    >>> parsed("cancelled invoice").wanted == ((Clause(("cancelled", "invoice")),),)
    True
    >>> parsed('-lifecycle:deprecated').unwanted[0].key
    'lifecycle'
    """
    groups: list[list[Clause]] = []
    unwanted: list[Clause] = []
    for token in _tokens(text):
        if token.negated:
            unwanted.append(token.clause)
        elif token.after_or and groups:
            groups[-1].append(token.clause)
        elif (same := _alternatives(groups, token.clause)) is not None:
            same.append(token.clause)
        else:
            groups.append([token.clause])
    return Query(tuple(_joined(groups)), tuple(unwanted))


def _tokens(text: str) -> Iterator[_Token]:
    after_or = False
    for sign, key, quoted, bare in _TOKEN.findall(text):
        if bare == "OR" and not sign and not key:
            after_or = True
            continue
        value, exact = (bare, False) if bare else (quoted, True)
        name = key.lower()
        if key and name not in KEYS:
            value, name = f"{key} {value}", ""
        clause = Clause(words(value), name, value if name else "", exact)
        if clause.words or (name and value):
            yield _Token(clause, bool(sign), after_or)
        after_or = False


def _alternatives(groups: list[list[Clause]], clause: Clause) -> list[Clause] | None:
    """The group of conditions on the same one-valued thing, if there is one."""
    if clause.key not in ONE_OF:
        return None
    for group in groups:
        if all(each.key == clause.key for each in group):
            return group
    return None


def _joined(groups: list[list[Clause]]) -> Iterator[tuple[Clause, ...]]:
    """The groups, neighbouring words made one clause: they are looked for together."""
    together: tuple[str, ...] = ()
    for group in groups:
        first = group[0]
        if len(group) == 1 and not first.key and not first.exact:
            together += first.words
            continue
        if together:
            yield (Clause(together),)
            together = ()
        yield tuple(group)
    if together:
        yield (Clause(together),)
