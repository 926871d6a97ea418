"""Addresses on the web: what of them may be shown, and where a redirect may lead."""

import ipaddress
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

_PORTS = {"https": 443, "http": 80}


class RedirectError(Exception):
    """A redirect leads where it may not; the text says why."""


def origin_of(url: str) -> str:
    """Scheme, host and port of an address; empty when it is none.

    >>> origin_of("HTTPS://me:secret@Git.example.com/api?x=1"), origin_of("http://[::1]:8080/")
    ('https://git.example.com:443', 'http://[::1]:8080')
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme.lower()]
    except (KeyError, ValueError):
        return ""
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme.lower()}://{shown}:{port}" if host else ""


def shown(url: str) -> str:
    """An address without what may be secret in it: user, password, query, fragment.

    >>> shown("https://me:secret@git.example.com/a.zip?token=secret#x")
    'https://git.example.com/a.zip'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "an address"
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def redirected(url: str, location: str) -> str:
    """Where a redirect from `url` leads.

    >>> redirected("https://a.example/x", "/y")
    'https://a.example/y'

    Raises:
        RedirectError: to something that is not the web, from https to http, or from a public host
            into a private network.
    """
    try:
        before, after = urlsplit(url), urlsplit(urljoin(url, location))
        host = after.netloc.rpartition("@")[2]
        target = urlunsplit((after.scheme, host, after.path, after.query, ""))
    except ValueError as error:
        raise RedirectError("it redirects to something that is not an address") from error
    if not origin_of(target):
        raise RedirectError("it redirects to something that is not on the web")
    if (before.scheme.lower(), after.scheme.lower()) == ("https", "http"):
        raise RedirectError("it redirects from https to http")
    if _is_private(after) and not _is_private(before):
        raise RedirectError("it redirects into a private network")
    return target


def _is_private(parts: SplitResult) -> bool:
    host = parts.hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
