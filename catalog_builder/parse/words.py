"""The words of each version of AsyncAPI: the one table that a new version adds a line to.

Alone knows in which words a version says who sends and what wins.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalog_builder.model import Action

_RECEIVED_OR_SENT = {"publish": Action.RECEIVE, "subscribe": Action.SEND}
_NUMBERS = re.compile(r"\s*v?(\d+)(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Words:
    """How a version says things."""

    version: str
    channels: str = "channels"
    verbs: Mapping[str, Action] | None = None
    """Keys of a channel that are operations; None: operations stand by themselves."""
    trait_wins: bool = False
    verb_is_message: bool = False
    """Whether what stands under a verb is the message itself."""


VERSIONS: Mapping[str, Words] = {
    words.version: words
    for words in (
        Words("1.0.0", "topics", _RECEIVED_OR_SENT, trait_wins=True, verb_is_message=True),
        Words("1.1.0", "topics", _RECEIVED_OR_SENT, trait_wins=True, verb_is_message=True),
        Words("1.2.0", "topics", _RECEIVED_OR_SENT, trait_wins=True, verb_is_message=True),
        Words("2.0.0", verbs=_RECEIVED_OR_SENT, trait_wins=True),
        Words("2.1.0", verbs=_RECEIVED_OR_SENT, trait_wins=True),
        Words("2.2.0", verbs=_RECEIVED_OR_SENT, trait_wins=True),
        Words("2.3.0", verbs=_RECEIVED_OR_SENT, trait_wins=True),
        Words("2.4.0", verbs=_RECEIVED_OR_SENT, trait_wins=True),
        Words("2.5.0", verbs=_RECEIVED_OR_SENT, trait_wins=True),
        Words("2.6.0", verbs=_RECEIVED_OR_SENT, trait_wins=True),
        Words("3.0.0"),
        Words("3.1.0"),
    )
}
EVERY_VERB: Mapping[str, Action] = _RECEIVED_OR_SENT
SUPPORTED_FROM = "2"


def words_of(version: str) -> Words:
    """The words of the version, else of the newest one that begins like it, else of the newest.

    >>> words_of("2.0.0-rc1").version, words_of("3.0").version, words_of("latest").version
    ('2.0.0', '3.0.0', '3.1.0')
    >>> words_of("2.9").version
    '2.6.0'
    """
    if version in VERSIONS:
        return VERSIONS[version]
    numbers = _NUMBERS.match(version)
    starts = (f"{numbers[1]}{numbers[2]}.", f"{numbers[1]}.") if numbers else ()
    found = (
        each
        for start in starts
        for each in sorted(VERSIONS, reverse=True)
        if each.startswith(start)
    )
    return VERSIONS[next(found, max(VERSIONS))]


def is_old(words: Words) -> bool:
    """Whether the version is one of before 2.0.0, whose documents are read as far as they go."""
    return words.version < SUPPORTED_FROM


def is_known(version: str) -> bool:
    """Whether the version is one whose documents we promise to read whole."""
    return version in VERSIONS and version >= SUPPORTED_FROM
