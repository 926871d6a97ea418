"""Files of other crawled repositories, found by the addresses under which forges hand them out.

Alone knows how forges spell the address of a raw file. Nothing is fetched: whatever branch an
address names, the file as it was crawled is meant. Such a file has a path of its own here, which
no file of the repository itself can have: `//github.com/acme/orders/:/schemas/order.yaml`.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, unquote, urlsplit

from catalog_builder.model import Checkout

_INSIDE = "/:/"
_MARKERS = frozenset({"raw", "blob", "src", "browse", "plain"})
_LONGEST_BRANCH = 6
"""Parts of an address that may name a branch, such as `refs/heads/feature/orders`."""
_LONGEST_ADDRESS = 12


class Neighbours:
    """The other repositories of a catalogue, by web address without scheme, in lower case."""

    def __init__(self, checkouts: Mapping[str, Checkout], own: str) -> None:
        self._checkouts = checkouts
        self._own = own

    def path_of(self, url: str) -> str:
        """The path of the file that a web address means; empty when no repository has it."""
        try:
            parts = urlsplit(url)
            host, query = parts.netloc.rpartition("@")[2].lower(), parse_qs(parts.query)
        except ValueError:
            return ""
        steps = [unquote(step) for step in parts.path.split("/") if step]
        host, steps = _as_browsed(host, steps)
        for length in range(min(len(steps), _LONGEST_ADDRESS), 0, -1):
            address = f"{host}/{'/'.join(steps[:length])}".lower()
            checkout = self._checkouts.get(address) or self._checkouts.get(_quoted(address))
            if checkout is not None:
                found = (each for each in _files(steps[length:], query) if each in checkout.files)
                return self._place(address, checkout, next(found, ""))
        return ""

    def _place(self, address: str, checkout: Checkout, file: str) -> str:
        if not file or checkout.repository.name == self._own:
            return file
        return f"//{address}{_INSIDE}{file}"

    def find(self, path: str) -> tuple[Checkout, str] | None:
        """The repository of such a path, and the file's path there."""
        address, _, file = path[2:].partition(_INSIDE)
        checkout = self._checkouts.get(address) or self._checkouts.get(_quoted(address))
        return (checkout, file) if checkout is not None and file else None


def is_elsewhere(path: str) -> bool:
    """Whether a path is one of another repository."""
    return path.startswith("//")


def is_within(path: str, base: str) -> bool:
    """Whether a path is one of the same repository as the path `base`, which is of another."""
    root = base.partition(_INSIDE)[0] + _INSIDE
    return path.startswith(root)


def _quoted(address: str) -> str:
    return address.replace(" ", "%20")


def _as_browsed(host: str, steps: list[str]) -> tuple[str, list[str]]:
    """Host and path as they begin where people look at the repository."""
    if host == "raw.githubusercontent.com":
        return "github.com", [*steps[:2], "raw", *steps[2:]]
    if steps[2:5] == ["_apis", "git", "repositories"]:
        return host, [*steps[:2], "_git", *steps[5:6]]
    return host, steps


def _files(steps: list[str], query: Mapping[str, list[str]]) -> Iterator[str]:
    """Paths that an address may mean, the likeliest first: how long a branch is nobody knows."""
    if "path" in query:
        yield query["path"][0].lstrip("/")
        return
    rest = steps[1:] if steps[:1] == ["-"] else steps
    if not rest or rest[0] not in _MARKERS or ".." in rest:
        return
    lengths = range(2, 2 + _LONGEST_BRANCH)
    for length in (1, *lengths) if "at" in query else (*lengths, 1):
        if rest[length:]:
            yield "/".join(rest[length:])
