"""The words of each version of AsyncAPI: the one table that a new version adds a line to.

Alone knows in which words a version says who sends and what wins.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from catalog_builder.model import Action

_RECEIVED_OR_SENT = {"publish": Action.RECEIVE, "subscribe": Action.SEND}
_MAJOR = re.compile(r"\s*v?(\d+)")


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
    """The words of the version, else of the newest one of its major version, else of the newest.

    >>> words_of("2.0.0-rc1").version, words_of("3.0").version, words_of("latest").version
    ('2.6.0', '3.1.0', '3.1.0')
    """
    if version in VERSIONS:
        return VERSIONS[version]
    major = _MAJOR.match(version)
    start = f"{major[1]}." if major else ""
    nearest = max((each for each in VERSIONS if each.startswith(start)), default=max(VERSIONS))
    return VERSIONS[nearest]


def is_known(version: str) -> bool:
    """Whether the version is one whose documents we promise to read whole."""
    return version in VERSIONS and version >= SUPPORTED_FROM
