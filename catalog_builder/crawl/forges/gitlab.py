"""GitLab: groups with their subgroups, and users."""

from collections.abc import Iterator
from urllib.parse import quote

from catalog_builder.config import ForgeSource
from catalog_builder.crawl.forge import GITLAB_LINK
from catalog_builder.crawl.forges.answers import (
    Record,
    clean,
    linked,
    pages,
    records,
    visibility,
    within,
    word,
    words,
)
from catalog_builder.crawl.forges.offer import Offer
from catalog_builder.crawl.http import Visit
from catalog_builder.crawl.listing import Listed


def offers(source: ForgeSource, api: str, visit: Visit) -> Iterator[Offer]:
    """The projects of a group and of all groups in it, or of a user.

    Raises:
        HttpError: the list does not come.
    """
    owner = quote(source.owner.name, safe="")
    query = {"per_page": "100", "order_by": "id", "sort": "asc"}
    if source.owner.kind == "group":
        address = f"{api}/groups/{owner}/projects"
        query |= {"include_subgroups": "true", "with_shared": "false"}
    else:
        address = f"{api}/users/{owner}/projects"
    if not source.meant.archived:
        query |= {"archived": "false"}
    for page in pages(visit, address, query, linked):
        for project in records(page):
            yield _offer(source, project)


def _offer(source: ForgeSource, project: Record) -> Offer:
    full = word(project, "path_with_namespace")
    inside = full[len(source.owner.name) :].strip("/")
    return Offer(
        Listed(
            name=word(project, "path"),
            clone_url=clean(word(project, "http_url_to_repo")),
            url=clean(word(project, "web_url")),
            link=GITLAB_LINK,
            parents=tuple(reversed(full.split("/")[:-1])),
            branch=word(project, "default_branch"),
            archived=within(project, "archived") is True,
        ),
        path=inside,
        topics=words(project, "topics") or words(project, "tag_list"),
        visibility=visibility(word(project, "visibility")),
        fork=within(project, "forked_from_project") is not None,
        empty=within(project, "empty_repo") is True,
    )
