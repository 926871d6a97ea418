"""Azure DevOps: projects of organisations, and of collections on one's own servers."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from catalog_builder.config import ForgeSource
from catalog_builder.crawl.forge import AZURE_LINK
from catalog_builder.crawl.forges.answers import (
    Record,
    clean,
    pages,
    records,
    visibility,
    within,
    word,
)
from catalog_builder.crawl.forges.offer import Offer
from catalog_builder.crawl.http import Answer, Visit
from catalog_builder.crawl.listing import Listed
from catalog_builder.model import Json

HOME = "https://dev.azure.com"


def offers(source: ForgeSource, api: str, visit: Visit) -> Iterator[Offer]:
    """The repositories of a project, or of all projects of an organisation.

    Raises:
        HttpError: the list does not come.
    """
    owner = "/".join(quote(each, safe="") for each in (source.owner.called).split("/"))
    # Servers of one's own are often some years behind.
    query = {"api-version": "7.1" if api == HOME else "6.0"}

    def following(_: Json, answer: Answer) -> str:
        token = answer.headers.get("x-ms-continuationtoken", "")
        return urlencode({**query, "continuationToken": token}) if token else ""

    for page in pages(visit, f"{api}/{owner}/_apis/git/repositories", query, following):
        for repository in records(within(page, "value")):
            yield _offer(source, repository)


def _offer(source: ForgeSource, repository: Record) -> Offer:
    branch = word(repository, "defaultBranch").removeprefix("refs/heads/")
    project = word(repository, "project", "name")
    return Offer(
        Listed(
            name=word(repository, "name"),
            clone_url=clean(word(repository, "remoteUrl")),
            url=clean(word(repository, "webUrl")),
            link=AZURE_LINK,
            parents=tuple(each for each in (project, source.owner.name) if each),
            branch=branch,
            archived=within(repository, "isDisabled") is True,
        ),
        visibility=visibility(word(repository, "project", "visibility")),
        fork=within(repository, "isFork") is True,
        empty=not branch,
    )
