"""The repositories that a source on a forge means: as it lists them now, else as it did before."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import NamedTuple
from urllib.parse import urlsplit

import orjson

from catalog_builder.config import Forge, ForgeSource, sends_tokens_safely
from catalog_builder.crawl.address import host_of
from catalog_builder.crawl.credential import (
    NOBODY,
    Credential,
    TokenError,
    somebody,
    token_from,
)
from catalog_builder.crawl.download import seconds_of
from catalog_builder.crawl.forge import commit_on, link_on
from catalog_builder.crawl.forges import azure, bitbucket, gitea, github, gitlab
from catalog_builder.crawl.forges.offer import Offer, chosen
from catalog_builder.crawl.found import Problem
from catalog_builder.crawl.http import Client, HttpError, Trouble, Visit
from catalog_builder.crawl.lasting import Fetched, Lasting, instead, keep, kept
from catalog_builder.crawl.listing import Listed
from catalog_builder.crawl.run import Run

_ROOM = "listings-1"
"""With the number of the form of its records."""

_CODES = {
    Trouble.REFUSED: "forge-refused",
    Trouble.GONE: "forge-owner-missing",
    Trouble.LIMITED: "forge-rate-limited",
    Trouble.UNREACHABLE: "forge-unreachable",
    Trouble.LATE: "forge-timed-out",
    Trouble.BROKEN: "forge-answer-broken",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """What is known of an owner's repositories."""

    listed: tuple[Listed, ...] = ()
    """Those that are meant, sorted."""
    failure: Problem | None = None
    """Why the forge did not tell."""
    state: str = ""
    """That in a word or two; empty: the forge told."""
    age: int | None = None
    """How many days ago this was its list; None: it is now."""


class _Interface(NamedTuple):
    """How a make of forge is asked."""

    home: str
    """The one that everybody knows; empty: there is none."""
    path: str
    """Where on a server of one's own the interface is."""
    offers: Callable[[ForgeSource, str, Visit], Iterator[Offer]]
    as_somebody: Callable[[str, str], Credential] = somebody
    """Of the interface and a token."""


def _with_word_token(api: str, token: str) -> Credential:
    return somebody(api, token, "token")


def _without_user(api: str, token: str) -> Credential:
    """GitLab's interface takes no user, whom some tokens for its git come with."""
    return somebody(api, token.rpartition(":")[2])


def _with_password(api: str, token: str) -> Credential:
    """Azure DevOps takes tokens as the password of anybody."""
    return somebody(api, token if ":" in token else f":{token}")


_INTERFACES = {
    Forge.GITHUB: _Interface("https://api.github.com", "/api/v3", github.offers),
    Forge.GITLAB: _Interface("https://gitlab.com/api/v4", "/api/v4", gitlab.offers, _without_user),
    Forge.GITEA: _Interface("", "/api/v1", gitea.offers, _with_word_token),
    Forge.BITBUCKET: _Interface(
        "https://api.bitbucket.org/2.0", "/rest/api/latest", bitbucket.offers
    ),
    Forge.AZURE: _Interface(azure.HOME, "", azure.offers, _with_password),
}


def list_source(source: ForgeSource, client: Client, run: Run) -> Listing:
    """The repositories that a source means.

    Where the forge does not tell, those of the last time that it did, unless that is too long ago.

    Problems: `token-missing`, and those of forges.
    """
    lasting = Lasting(_ROOM, _key(source), source.written)
    if run.offline:
        return _listing(source, kept(lasting, run))
    try:
        offers = _offers(source, client, seconds_of(run))
    except TokenError as error:
        return _listing(source, instead(lasting, "token-missing", error, run))
    except HttpError as error:
        return _listing(source, instead(lasting, _CODES[error.trouble], error, run))
    meant = (_completed(source, each) for each in chosen(offers, source.meant))
    listed = tuple(sorted(meant, key=lambda each: (each.parents[::-1], each.name, each.clone_url)))
    keep(lasting, orjson.dumps([asdict(each) for each in listed]), run)
    return Listing(listed)


def _listing(source: ForgeSource, before: Fetched) -> Listing:
    """An earlier list."""
    # Heads have moved on since then, so git is asked.
    listed = tuple(
        replace(Listed(**each), parents=tuple(each["parents"]), head="")
        for each in orjson.loads(before.content or b"[]")
    )
    listed = tuple(replace(each, token_env=_token_for(source, each)) for each in listed)
    return Listing(listed, before.failure, before.state, before.age)


def _offers(source: ForgeSource, client: Client, seconds: float) -> list[Offer]:
    interface = _INTERFACES[source.forge]
    api = _address(source, interface)
    token = token_from(source.token_env)
    who = interface.as_somebody(api, token) if token else NOBODY
    offers = interface.offers(source, api, client.visit(seconds, who))
    return [each for each in offers if _is_sound(each.listed)]


def _address(source: ForgeSource, interface: _Interface) -> str:
    """Of the interface; a bare host, as people know their forge, gets the usual path."""
    api = source.api.rstrip("/") or interface.home
    bare = api != interface.home and not urlsplit(api).path
    return api + interface.path if bare else api


def _is_sound(listed: Listed) -> bool:
    """Whether there is enough to bring it, and nothing that is no name."""
    return bool(listed.clone_url) and listed.name.isprintable() and "/" not in listed.name != ""


def _completed(source: ForgeSource, listed: Listed) -> Listed:
    return replace(
        listed,
        link=link_on(listed.url, listed.link),
        commit_link=commit_on(listed.url, listed.link),
        branch=source.ref or listed.branch,
        head="" if source.ref and source.ref != listed.branch else listed.head,
        token_env=_token_for(source, listed),
    )


def _token_for(source: ForgeSource, listed: Listed) -> str:
    """The variable with the token, where the repository is on the very forge that it is for.

    What a forge lists may lead anywhere, and git would take the token there.
    """
    if not source.token_env or not sends_tokens_safely(listed.clone_url):
        return ""
    forge = host_of(_address(source, _INTERFACES[source.forge]))
    host = host_of(listed.clone_url)
    is_azure = forge == host_of(azure.HOME) and host.endswith(".visualstudio.com")
    return source.token_env if host == forge.removeprefix("api.") or is_azure else ""


def _key(source: ForgeSource) -> str:
    """The same for sources that ask the same."""
    return repr(replace(source, token_env="", viewpoint=None, place=None))
