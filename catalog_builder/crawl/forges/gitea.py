"""Gitea and Forgejo: organisations and users."""

from collections.abc import Iterator
from urllib.parse import quote

from catalog_builder.config import ForgeSource, Visibility
from catalog_builder.crawl.forge import GITEA_LINK
from catalog_builder.crawl.forges.answers import (
    Record,
    clean,
    linked,
    pages,
    private_or_public,
    records,
    within,
    word,
    words,
)
from catalog_builder.crawl.forges.offer import Offer
from catalog_builder.crawl.http import Visit
from catalog_builder.crawl.listing import Listed


def offers(source: ForgeSource, api: str, visit: Visit) -> Iterator[Offer]:
    """The repositories of an organisation or a user.

    Raises:
        HttpError: the list does not come.
    """
    owners = "orgs" if source.owner.kind == "org" else "users"
    owner = quote(source.owner.name, safe="")
    query = {"limit": "50", "page": "1"}  # servers give 50 at most unless set up otherwise
    for page in pages(visit, f"{api}/{owners}/{owner}/repos", query, linked):
        for repository in records(page):
            yield _offer(source, api, repository, visit)


def _offer(source: ForgeSource, api: str, repository: Record, visit: Visit) -> Offer:
    internal = within(repository, "internal") is True
    private = private_or_public(within(repository, "private"), is_private=True)
    return Offer(
        Listed(
            name=word(repository, "name"),
            clone_url=clean(word(repository, "clone_url")),
            url=clean(word(repository, "html_url")),
            link=GITEA_LINK,
            parents=(source.owner.name,),
            branch=word(repository, "default_branch"),
            archived=within(repository, "archived") is True,
        ),
        topics=_topics(source, api, repository, visit),
        visibility=Visibility.INTERNAL if internal else private,
        fork=within(repository, "fork") is True,
        empty=within(repository, "empty") is True,
    )


def _topics(source: ForgeSource, api: str, repository: Record, visit: Visit) -> tuple[str, ...]:
    """The topics, which older servers tell of one repository at a time alone."""
    if "topics" in repository or not source.meant.topics:
        return words(repository, "topics")
    owner, _, name = word(repository, "full_name").partition("/")
    address = f"{api}/repos/{quote(owner, safe='')}/{quote(name, safe='')}/topics"
    return words(visit.get(address).json(), "topics")
