"""Single repositories that git brings."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import unquote

from catalog_builder.config import GitSource
from catalog_builder.crawl.delivered import brought, state_of
from catalog_builder.crawl.findings import finding
from catalog_builder.crawl.found import Brought
from catalog_builder.crawl.listing import Listed
from catalog_builder.crawl.remote import Delivery, bring_listed
from catalog_builder.crawl.run import Run
from catalog_builder.crawl.walk import readable
from catalog_builder.model import Location


def bring_git(sources: Sequence[GitSource], run: Run) -> tuple[Brought, ...]:
    """What each of these sources brings, in their order.

    Findings: `source-empty`, and those of repositories that cannot be brought.
    """
    deliveries = bring_listed([_listed(each) for each in sources], run, here=True)
    return tuple(map(_brought, sources, deliveries))


def _listed(source: GitSource) -> Listed:
    steps = [step for step in unquote(source.git).replace(":", "/").split("/") if step.strip(".")]
    names = [readable(step) for step in reversed(steps)] or ["repository"]
    return Listed(
        name=source.name or names[0].removesuffix(".git"),
        clone_url=source.git,
        url=source.url,
        link=source.link,
        edit=source.edit,
        parents=tuple(names[1:]),
        branch=source.ref,
        token_env=source.token_env,
    )


def _brought(source: GitSource, delivery: Delivery) -> Brought:
    where = source.place or Location("", readable(source.git))
    says_something = source.name or source.url or source.link or source.edit or source.viewpoint
    claimed_by = source.git if says_something else ""
    whole = brought((delivery,), lambda _: where, source.viewpoint, claimed_by)
    findings = whole.findings
    if delivery.found and not delivery.found.specifications and not delivery.failure:
        findings = (*findings, finding("source-empty", where, source.git))
    # The source is the repository, so that its line in the report is the repository's.
    return replace(whole, findings=findings, state=state_of(delivery), age=delivery.age, parts=())
