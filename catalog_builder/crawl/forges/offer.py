"""A repository as a forge's answer has it, and whether it is meant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog_builder.config import Meant, Visibility, matcher
from catalog_builder.crawl.listing import Listed


@dataclass(frozen=True, slots=True)
class Offer:
    """A repository that a forge lists, with what decides whether it is meant."""

    listed: Listed
    path: str = ""
    """Its name with the groups between it and the owner, where there are such."""
    topics: tuple[str, ...] = ()
    visibility: Visibility | None = None
    """None: the forge does not say."""
    fork: bool = False
    empty: bool = False


def chosen(offers: Iterable[Offer], meant: Meant) -> Iterator[Listed]:
    """Those of the repositories that are meant."""
    wanted, unwanted = matcher(meant.repositories), matcher(meant.leave_out)
    for offer in offers:
        names = (offer.listed.name, offer.path or offer.listed.name)
        is_named = any(map(wanted, names)) and not any(map(unwanted, names))
        if is_named and _has_the_traits(offer, meant):
            yield offer.listed


def _has_the_traits(offer: Offer, meant: Meant) -> bool:
    return (
        (not meant.topics or not set(meant.topics).isdisjoint(offer.topics))
        and (offer.visibility is None or offer.visibility in meant.visibility)
        and (meant.archived or not offer.listed.archived)
        and (meant.forks or not offer.fork)
        and (meant.empty or not offer.empty)
    )
