"""Where documents meet: what passes on one channel, with all who send and all who receive it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from catalog_builder.assemble.documents import Described, MessageUse, name_words


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """Where documents meet: in a message on a channel, or on a channel alone."""

    senders: frozenset[Described]
    receivers: frozenset[Described]
    uses: Sequence[MessageUse]

    @property
    def words(self) -> frozenset[str]:
        """What its addresses and names say."""
        texts = {use.on.channel.address or "" for use in self.uses}
        texts |= {use.message.name for use in self.uses}
        return frozenset[str]().union(*map(words_in, texts))

    @property
    def parties(self) -> frozenset[Described]:
        """All that send or receive."""
        return self.senders | self.receivers

    def matches(self, document: Described) -> bool:
        """Whether another service sends what the document receives, or the reverse."""
        return (document in self.senders and _has_other(self.receivers, document)) or (
            document in self.receivers and _has_other(self.senders, document)
        )


def meeting_of(uses: Sequence[MessageUse]) -> Meeting:
    """The uses as senders and receivers."""
    return Meeting(
        frozenset(use.by for use in uses if use.sends),
        frozenset(use.by for use in uses if use.receives),
        uses,
    )


def _has_other(documents: Iterable[Described], document: Described) -> bool:
    return any(each.service != document.service for each in documents)


@lru_cache(maxsize=65536)
def words_in(text: str) -> frozenset[str]:
    """The words of a name or an address, in lower case and in the singular.

    >>> sorted(words_in("orders.placed_byHand"))
    ['by', 'hand', 'order', 'placed']
    """
    found = {word for part in re.split(r"\W|_", text) for word in name_words(part)}
    return frozenset(word.removesuffix("s") for word in found)
