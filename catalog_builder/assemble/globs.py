"""What the configuration's rules are for: documents, addresses and hosts, by globs."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from catalog_builder.config import Where, is_glob, matcher


def matches_document(where: Where, repository: str, path: str) -> bool:
    """Whether a rule is for a document, whatever it says of addresses.

    >>> matches_document(Where(repository="pay-*", path="**/client.yml"), "pay-hub", "client.yml")
    True
    """
    return (not where.repository or _question(where.repository)(repository)) and (
        not where.path or _question(where.path)(f"{repository}/{path}")
    )


def matches_address(glob: str, address: str) -> bool:
    """Whether an address is one that the glob means.

    >>> matches_address("orders.**", "orders.eu.placed"), matches_address("**/health", "/health")
    (True, True)
    """
    return _question(glob)(address)


@lru_cache(maxsize=4096)
def _question(glob: str) -> Callable[[str], bool]:
    # Most rules name one thing, and comparing texts is ten times faster.
    return matcher((glob,)) if is_glob(glob) else glob.__eq__


def matches_host(globs: Sequence[str], host: str) -> bool:
    """Whether a host, in lower case and without its port, is one that any of the globs means.

    >>> matches_host(("*.prod.acme.io", "kafka-?"), "a.b.prod.acme.io")
    True
    """
    return matcher(each.lower() for each in globs)(host)
