"""Bitbucket: workspaces of the Cloud, projects of a Data Center."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from catalog_builder.config import ForgeSource
from catalog_builder.crawl.forge import BITBUCKET_LINK, DATA_CENTER_LINK
from catalog_builder.crawl.forges.answers import (
    Record,
    clean,
    pages,
    private_or_public,
    query_of,
    records,
    within,
    word,
)
from catalog_builder.crawl.forges.offer import Offer
from catalog_builder.crawl.http import Answer, Visit
from catalog_builder.crawl.listing import Listed
from catalog_builder.model import Json

_PAGE = "100"


def offers(source: ForgeSource, api: str, visit: Visit) -> Iterator[Offer]:
    """The repositories of a workspace, of a project in it, or of a project of a Data Center.

    Raises:
        HttpError: the list does not come.
    """
    owner = quote(source.owner.name, safe="~")
    if source.owner.kind == "project":
        address = f"{api}/projects/{owner}/repos"
        query, following, offer = {"limit": _PAGE}, _next_start, _offer_of_data_center
    else:
        address = f"{api}/repositories/{owner}"
        query, following, offer = {"pagelen": _PAGE}, _next_of_cloud, _offer_of_cloud
    if source.owner.project:
        query |= {"q": f'project.key="{source.owner.project}"'}
    for page in pages(visit, address, query, following):
        for repository in records(within(page, "values")):
            yield offer(source, repository)


def _next_of_cloud(page: Json, _: Answer) -> str:
    return query_of(within(page, "next"))


def _next_start(page: Json, _: Answer) -> str:
    start = within(page, "nextPageStart")
    if within(page, "isLastPage") is not False or not isinstance(start, int):
        return ""
    return urlencode({"limit": _PAGE, "start": start})


def _offer_of_cloud(source: ForgeSource, repository: Record) -> Offer:
    branch = word(repository, "mainbranch", "name")
    return Offer(
        Listed(
            name=word(repository, "slug"),
            clone_url=_clone_url(repository, "https"),
            url=clean(word(repository, "links", "html", "href")),
            link=BITBUCKET_LINK,
            parents=tuple(
                each for each in (word(repository, "project", "key"), source.owner.name) if each
            ),
            branch=branch,
        ),
        visibility=private_or_public(within(repository, "is_private"), is_private=True),
        fork=within(repository, "parent") is not None,
        empty=not branch,
    )


def _offer_of_data_center(source: ForgeSource, repository: Record) -> Offer:
    """Neither the default branch nor whether there is one stands in this list: git tells."""
    seen = records(within(repository, "links", "self") or [])
    return Offer(
        Listed(
            name=word(repository, "slug"),
            clone_url=_clone_url(repository, "http"),
            url=clean(word(seen[0], "href")).removesuffix("/browse") if seen else "",
            link=DATA_CENTER_LINK,
            parents=(source.owner.name,),
            archived=within(repository, "archived") is True,
        ),
        visibility=private_or_public(within(repository, "public"), is_private=False),
        fork=within(repository, "origin") is not None,
    )


def _clone_url(repository: Record, name: str) -> str:
    ways = records(within(repository, "links", "clone") or [])
    return next((clean(word(way, "href")) for way in ways if word(way, "name") == name), "")
