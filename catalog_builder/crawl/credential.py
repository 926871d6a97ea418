"""Who asks: a token from the environment, and the one place on the web that it is for."""

import os
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog_builder.crawl.address import origin_of


class TokenError(Exception):
    """The environment has no token that can be used; the text says why, and names the variable."""


@dataclass(frozen=True, slots=True)
class Credential:
    """A token for one scheme, host and port; it shows neither of them."""

    origin: str = ""
    authorization: str = field(default="", repr=False)
    """The header's value."""
    secret: str = field(default="", repr=False)

    def headers_for(self, url: str) -> Mapping[str, str]:
        """The header that says who asks, where `url` is at the place that it is for."""
        is_for_it = bool(self.origin) and origin_of(url) == self.origin
        return {"authorization": self.authorization} if is_for_it else {}

    def stands_in(self, content: bytes) -> bool:
        """Whether some content, against all custom, repeats the secret."""
        given = (self.secret, self.authorization.rpartition(" ")[2])
        return any(part.encode() in content for part in given if part)


NOBODY = Credential()


def bearer(url: str, token: str, scheme: str = "Bearer") -> Credential:
    """The token alone."""
    return Credential(origin_of(url), f"{scheme} {token}", token)


def basic(url: str, user: str, token: str) -> Credential:
    """The token as a user's password."""
    both = b64encode(f"{user}:{token}".encode()).decode()
    return Credential(origin_of(url), f"Basic {both}", token)


def token_from(variable: str) -> str:
    """The token that an environment variable holds; empty when no variable is named.

    Raises:
        TokenError: it holds none, or something that cannot be one.
    """
    if not variable:
        return ""
    token = os.environ.get(variable, "").strip()
    if not token:
        raise TokenError(f"the environment variable `{variable}` is not set")
    if not (token.isascii() and token.isprintable() and " " not in token):
        raise TokenError(f"the environment variable `{variable}` holds no token but other text")
    return token
