"""Fetching files from the web."""

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TypeVar

from catalog_builder.config import without_query
from catalog_builder.crawl.credential import TokenError, somebody, token_from
from catalog_builder.crawl.found import Brought
from catalog_builder.crawl.http import Client, HttpError
from catalog_builder.crawl.lasting import Fetched, Lasting, instead, keep, kept
from catalog_builder.crawl.run import Run

_ANYTHING = "*/*"

T = TypeVar("T")


def bring_each(
    sources: Sequence[T], run: Run, bring: Callable[[T, Client, Run], Brought]
) -> tuple[Brought, ...]:
    """What each of these sources brings, in their order, and what that took."""
    with closing(Client(run.store)) as client:
        return tuple(_timed(each, client, run, bring) for each in sources)


def _timed(
    source: T, client: Client, run: Run, bring: Callable[[T, Client, Run], Brought]
) -> Brought:
    started = time.monotonic()
    brought = bring(source, client, run)
    return replace(brought, seconds=time.monotonic() - started)


def fetched(url: str, token_env: str, most_bytes: int, client: Client, run: Run) -> Fetched:
    """The file; where it does not come, that of the last time that it did, if not too old.

    Problems: `token-missing`, `download-failed`, `not-in-cache`.
    """
    lasting = Lasting("downloads", url, without_query(url))
    if run.offline:
        return kept(lasting, run)
    try:
        who = somebody(url, token_from(token_env))
        answer = client.visit(seconds_of(run), who).get(url, _ANYTHING, most_bytes)
    except (TokenError, HttpError) as error:
        return instead(lasting, "download-failed", error, run)
    if who.stands_in(answer.body):
        return Fetched(answer.body)
    return keep(lasting, answer.body, run)


def seconds_of(run: Run) -> float:
    """How long the questions of one source may take."""
    limits = run.settings.crawl
    return min(limits.repository_seconds, max(0.0, run.until - time.monotonic()))
