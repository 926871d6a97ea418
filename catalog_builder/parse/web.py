"""Files of other hosts, as the crawl brought them: what references lead to outside of repositories.

Alone knows how such a file is told from others: its path here is its address behind a sign that no
path begins with. Nothing is fetched here; what is not there is asked for by `wanted`.
"""

from collections.abc import Mapping
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

from catalog_builder.model import Repository

_SIGN = "//:/"


class WebFiles:
    """Files by address, and the addresses of those that are missing."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.wanted: set[str] = set()

    def path_of(self, address: str) -> str:
        """The path of the file at an address; empty, and it is wanted, when it is not there."""
        whole = as_address(address)
        if whole in self.files:
            return _SIGN + whole
        if whole:
            self.wanted.add(whole)
        return ""


def is_on_web(path: str) -> bool:
    """Whether a path is one of such a file."""
    return path.startswith(_SIGN)


def address_of(path: str) -> str:
    """The address of such a file."""
    return path.removeprefix(_SIGN)


def seen_from(base: str, reference: str) -> str:
    """The address that a reference in such a file means; of what is none, one of no kind.

    >>> seen_from("//:/https://a.example/x/y.yaml", "../z.yaml")
    'https://a.example/z.yaml'
    """
    try:
        return urljoin(address_of(base), reference)
    except ValueError:
        return "none:"


def as_address(written: str) -> str:
    """An http address in one spelling, without a fragment; empty when it is none.

    >>> as_address("HTTPS://A.example/b/../c.yaml#/d"), as_address("ftp://a.example/")
    ('https://a.example/c.yaml', '')
    """
    try:
        parts = urlsplit(urldefrag(written).url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        return ""
    shown = f"[{host}]" if ":" in host else host
    place = shown if port is None else f"{shown}:{port}"
    path = urlsplit(urljoin("http://a/", parts.path)).path
    return urlunsplit((parts.scheme, place, path, parts.query, ""))


def host_of(path: str) -> Repository:
    """The host of such a file, which stands for the repository that it is of."""
    return Repository(urlsplit(address_of(path)).netloc)
