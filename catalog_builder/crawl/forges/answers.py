"""Reading what forges answer, which may be anything: a wrong type is as if nothing was said."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias
from urllib.parse import urlencode, urlsplit, urlunsplit

from catalog_builder.config import Visibility
from catalog_builder.crawl.http import Answer, HttpError, Trouble, Visit
from catalog_builder.model import Json

Record: TypeAlias = Mapping[str, Any]
Following: TypeAlias = Callable[[Json, Answer], str]
"""The query of the next page, of a page; empty when it is the last one."""

_MOST_PAGES = 1_000
_NEXT = re.compile(r'<([^<>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^\s",;]+))*)')


def pages(
    visit: Visit, address: str, query: Mapping[str, str], following: Following
) -> Iterator[Json]:
    """Each page of a list.

    Of what a forge says about the next page, its query counts alone: the address stays ours, so
    neither a forge behind a proxy that misjudges its own address nor a malicious one leads away.

    Raises:
        HttpError: a page does not come, or there is no end of them.
    """
    asked: set[str] = set()
    wanted = urlencode(query)
    while wanted not in asked and len(asked) < _MOST_PAGES:
        asked.add(wanted)
        answer = visit.get(f"{address}?{wanted}")
        page = answer.json()
        yield page
        if not (wanted := following(page, answer)):
            return
    raise HttpError(Trouble.BROKEN, "its list of repositories does not end")


def linked(_: Json, answer: Answer) -> str:
    """The query of the next page as the header `Link` has it.

    >>> linked(None, Answer(b"", {"link": '<https://x/y?page=2>; rel="next", <z>; rel="last"'}))
    'page=2'
    """
    for target, parameters in _NEXT.findall(answer.headers.get("link", "")):
        if re.search(r"""\brel\s*=\s*"?(?:[^"]*\s)?next\b""", parameters):
            return query_of(target)
    return ""


def query_of(address: object) -> str:
    """The query of an address; empty when it is none."""
    try:
        return urlsplit(address).query if isinstance(address, str) else ""
    except ValueError:
        return ""


def records(value: Json) -> list[Record]:
    """The mappings in a list.

    Raises:
        HttpError: it is no list, so this is no such forge.
    """
    if not isinstance(value, list):
        raise HttpError(Trouble.BROKEN, "its answer is not a list of repositories")
    return [each for each in value if isinstance(each, dict)]


def within(value: Json, *steps: str) -> Json:
    """What stands at the end of these keys; None when nothing does."""
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def word(value: Json, *steps: str) -> str:
    """The text at the end of these keys; empty when there is none."""
    found = within(value, *steps)
    return found if isinstance(found, str) else ""


def words(value: Json, *steps: str) -> tuple[str, ...]:
    """The texts of the list at the end of these keys."""
    found = within(value, *steps)
    return tuple(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()


def clean(address: str) -> str:
    """An address without user, password, query and fragment; empty when it is not on the web.

    >>> clean("https://jane@bitbucket.org/acme/orders.git"), clean("ext::sh -c id")
    ('https://bitbucket.org/acme/orders.git', '')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    sound = parts.scheme in {"https", "http"} and host and not host.startswith("-")
    printable = address.isprintable() and " " not in address
    return urlunsplit((parts.scheme, host, parts.path, "", "")) if sound and printable else ""


def visibility(value: str) -> Visibility | None:
    """The visibility of that name; None when there is none such."""
    return Visibility(value) if value in list(Visibility) else None


def private_or_public(value: Json, *, is_private: bool) -> Visibility | None:
    """Of a flag, which may be missing."""
    if not isinstance(value, bool):
        return None
    return Visibility.PRIVATE if value is is_private else Visibility.PUBLIC
