"""What a source brings, made of what became of its repositories."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.found import Brought
from catalog_builder.crawl.remote import Delivery, shown_address
from catalog_builder.model import Location, SourceState, Viewpoint

_WORDS = {
    "repository-broken": "broken",
    "repository-dropped": "dropped",
    "repository-empty": "empty",
    "repository-gone": "gone",
    "repository-moved": "moved",
    "repository-not-cached": "not in the cache",
    "repository-ref-missing": "no such ref",
    "repository-refused": "refused",
    "repository-timed-out": "timed out",
    "repository-unreachable": "unreachable",
}


def brought(
    deliveries: Sequence[Delivery],
    place: Callable[[Delivery], Location],
    viewpoint: Viewpoint | None = None,
    claimed_by: str = "",
) -> Brought:
    """All that a source brings of its repositories; a failed one is a finding at its place.

    Args:
        deliveries: what became of each.
        place: where the finding of a repository that failed is.
        viewpoint: what the source says of it.
        claimed_by: the source, if it says something of its own about its repositories.
    """
    found = [
        replace(
            each.found,
            repository=replace(each.found.repository, viewpoint=viewpoint),
            claimed_by=claimed_by,
        )
        for each in deliveries
        if each.found
    ]
    failed = [(each, each.failure) for each in deliveries if each.failure]
    return Brought(
        found=tuple(found),
        findings=tuple(finding(why.code, place(each), why.detail) for each, why in failed),
        seconds=sum(each.seconds for each in deliveries),
        parts=tuple(
            SourceState(
                source=shown_address(each.listed),
                repositories=(each.listed.name,) if each.found else (),
                documents=len(each.found.specifications) if each.found else 0,
                state=state_of(each),
                age=each.age,
                seconds=each.seconds,
            )
            for each, _ in failed
        ),
    )


def state_of(delivery: Delivery) -> str:
    """What became of a repository in words; empty: it was brought."""
    if delivery.failure is None:
        return "" if delivery.age is None else "from the cache"
    word = _WORDS[delivery.failure.code]
    return f"stale: {word}" if delivery.found else word
