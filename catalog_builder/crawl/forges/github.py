"""GitHub and GitHub Enterprise: organisations and users."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from catalog_builder.config import ForgeSource
from catalog_builder.crawl.forge import GITHUB_LINK
from catalog_builder.crawl.forges.answers import (
    Record,
    clean,
    linked,
    pages,
    private_or_public,
    records,
    visibility,
    within,
    word,
    words,
)
from catalog_builder.crawl.forges.offer import Offer
from catalog_builder.crawl.http import HttpError, Visit
from catalog_builder.crawl.listing import Listed
from catalog_builder.model import Json

_HEADS = """
query ($owner: String!, $after: String) {
  repositoryOwner(login: $owner) {
    repositories(first: 100, after: $after, ownerAffiliations: [OWNER]) {
      pageInfo { hasNextPage endCursor }
      nodes { name isEmpty defaultBranchRef { name target { oid } } }
    }
  }
}
"""
_MOST_PAGES_OF_HEADS = 1_000


def offers(source: ForgeSource, api: str, visit: Visit) -> Iterator[Offer]:
    """The repositories of an organisation or a user, with their heads where a token is given.

    Raises:
        HttpError: the list does not come.
    """
    address, query = _list_of(source, api, visit)
    query |= {"per_page": "100", "sort": "full_name"}
    repositories = [
        repository for page in pages(visit, address, query, linked) for repository in records(page)
    ]
    heads = _heads(source, api, visit) if repositories and source.token_env else {}
    for repository in repositories:
        yield _with_head(_offer(source, repository), heads.get(word(repository, "name")))


def _list_of(source: ForgeSource, api: str, visit: Visit) -> tuple[str, dict[str, str]]:
    name = source.owner.name
    if source.owner.kind == "org":
        return f"{api}/orgs/{quote(name, safe='')}/repos", {"type": "all"}
    if source.token_env:
        me = word(visit.get(f"{api}/user").json(), "login")
        if me.casefold() == name.casefold():  # the other list has no private repositories
            return f"{api}/user/repos", {"affiliation": "owner"}
    return f"{api}/users/{quote(name, safe='')}/repos", {"type": "owner"}


def _offer(source: ForgeSource, repository: Record) -> Offer:
    url = clean(word(repository, "html_url"))
    private = private_or_public(within(repository, "private"), is_private=True)
    return Offer(
        Listed(
            name=word(repository, "name"),
            clone_url=clean(word(repository, "clone_url")),
            url=url,
            link=GITHUB_LINK,
            parents=(source.owner.name,),
            branch=word(repository, "default_branch"),
            archived=within(repository, "archived") is True,
        ),
        topics=words(repository, "topics"),
        visibility=visibility(word(repository, "visibility")) or private,
        fork=within(repository, "fork") is True,
    )


def _with_head(offer: Offer, head: Json) -> Offer:
    """With the commit of the default branch, if that is the branch that is read.

    An empty repository is known here alone: the size in the list is rounded and comes late.
    """
    commit = word(head, "defaultBranchRef", "target", "oid")
    is_same = word(head, "defaultBranchRef", "name") == offer.listed.branch
    listed = replace(offer.listed, head=commit) if is_same else offer.listed
    return replace(offer, listed=listed, empty=within(head, "isEmpty") is True)


def _heads(source: ForgeSource, api: str, visit: Visit) -> Mapping[str, Json]:
    """Heads by name, a hundred a question; none where the forge does not answer this one."""
    graphql = f"{api.removesuffix('/v3')}/graphql"
    found: dict[str, Json] = {}
    after = None
    try:
        for _ in range(_MOST_PAGES_OF_HEADS):
            variables = {"owner": source.owner.name, "after": after}
            answer = visit.post(graphql, {"query": _HEADS, "variables": variables}).json()
            held = within(answer, "data", "repositoryOwner", "repositories")
            found |= {word(each, "name"): each for each in records(within(held, "nodes"))}
            after = word(held, "pageInfo", "endCursor")
            if not after or within(held, "pageInfo", "hasNextPage") is not True:
                break
    except HttpError:
        return {}  # git is asked instead
    return found
